"""`cpsim structure`: which conclusions survive when the model is built otherwise?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cpsim.cli.experiment_options import (
    AS_JSON,
    CLUSTER,
    PART,
    STUDY_FORCE,
    STUDY_OUT,
    YES,
    ask_about_time,
    making_runs,
    save_and_tell,
    study_folder,
)
from cpsim.cli.run import SEED, WEEKS, WORKERS, whole_number
from cpsim.cli.typed import typed

REPLICATIONS = 80


def structure(
    context: typer.Context,
    replications: Annotated[int, whole_number("Simulated worlds of each scenario in each structure.")] = REPLICATIONS,
    weeks: WEEKS = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    part: PART = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    force: STUDY_FORCE = False,
    as_json: AS_JSON = False,
) -> None:
    """Which conclusions survive when gates, ordinary support, feedbacks and start are of another form?

    The same conclusions are asked of the model as it is and of the model built otherwise, in the same worlds.

    \b
    Examples:
      cpsim structure
      cpsim structure --replications 20 --out runs/structure
    """
    from cpsim.experiments import structure as study
    from cpsim.experiments.structure_lists import ORDINARY
    from cpsim.scenario.load import load

    with making_runs():  # mistakes are told with their dashes
        study.check(replications)
    chosen = load(ORDINARY).with_(weeks=weeks) if weeks else load(ORDINARY)
    folder = study_folder(out, study.Structural.kind, chosen, force)
    if not part:
        ask_about_time(study.how_many(replications), chosen, workers, yes)
    running: dict[str, Any] = {"folder": folder, "workers": workers, "part": part, "cluster": cluster}
    running["command"] = typed(context)
    with making_runs() as progress:
        found = study.structure(replications, weeks=weeks, seed=seed, progress=progress, **running)
    save_and_tell(found, folder, as_json, force)
