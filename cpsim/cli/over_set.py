"""`cpsim run SCENARIO --ensemble SET`: a scenario at every setting that calibration did not rule out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cpsim.cli.experiment_options import making_runs, save_and_tell, study_folder
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario


def run_over_set(
    scenario: Scenario,
    where: str,
    worlds: int | None,
    seed: int,
    workers: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
    precision: bool,
    people: bool,
    context: typer.Context,
) -> None:
    """worlds: simulated futures of each setting, as --replications gives them; 4 if not said."""
    from cpsim.experiments.ensemble import load_set
    from cpsim.experiments.over_set import WORLDS, over_set

    wrong = [name for name, given in {"--precision": precision, "--people": people}.items() if given]
    if wrong:
        raise OptionError(f"{wrong[0]} and --ensemble: give one of the two")
    settings = load_set(where)
    folder = study_folder(out, "ensemble", scenario, force)
    count = WORLDS if worlds is None else worlds
    with making_runs() as progress:
        found = over_set(
            scenario,
            settings,
            worlds=count,
            seed=seed,
            folder=folder,
            workers=workers,
            progress=progress,
            command=typed(context, replications=count),
        )
    save_and_tell(found, folder, as_json, force)
