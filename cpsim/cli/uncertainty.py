"""`cpsim uncertainty S [T]`: how sure are we, and what would make us surer?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cpsim.cli.experiment_options import AS_JSON, CLUSTER, PART, STUDY_FORCE, STUDY_OUT, YES
from cpsim.cli.run import SEED, WEEKS, WORKERS, whole_number
from cpsim.cli.typed import typed

FIRST = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario's name or file.")]
OTHER = Annotated[
    str | None, typer.Argument(metavar="OTHER", help="A second one, to hold beside the first in the same worlds.")
]
VECTORS = Annotated[
    int | None, whole_number("How many settings of the parameters; 512, or all of an ensemble, if not said.")
]
WORLDS = Annotated[int, whole_number("Simulated futures of each setting; at least 2.")]
ENSEMBLE = Annotated[
    str | None,
    typer.Option(metavar="SET", help="A calibration's folder or set, or 'shipped'; else drawn from the evidence."),
]
EFFECT = Annotated[str, typer.Option(metavar="OUTCOME", help="What a point is a point of.")]
PAY = Annotated[
    float | None, typer.Option(metavar="POUNDS", help="End of the curve, pounds a point; found if not said.")
]


def uncertainty(
    context: typer.Context,
    scenario: FIRST,
    other: OTHER = None,
    vectors: VECTORS = None,
    worlds: WORLDS = 2,
    ensemble: ENSEMBLE = None,
    effect: EFFECT = "rguk_change",
    pay_up_to: PAY = None,
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
    """Tell what is not known apart from luck and simulation error; costs beside outcomes; which evidence to collect.

    \b
    Examples:
      cpsim uncertainty cmht
      cpsim uncertainty cmht training-and-supervision
      cpsim uncertainty cmht my-team.yaml --vectors 1000 --out runs/how-sure
    """
    from cpsim.cli.experiment_options import ask_about_time, making_runs, save_and_tell, study_folder
    from cpsim.cli.run import chosen_scenario
    from cpsim.experiments.uncertainty import answer, ask

    told: dict[str, Any] = {"vectors": vectors, "worlds": worlds, "seed": seed, "effect": effect}
    with making_runs() as progress:
        first = chosen_scenario(scenario, [], weeks)
        asked = ask(first, other, ensemble=ensemble, pay_up_to=pay_up_to, command=typed(context), **told)
        folder = study_folder(out, "uncertainty", first, force)
        ask_about_time(asked.runs, first, workers, yes)
        found = answer(asked, folder=folder, workers=workers, part=part, cluster=cluster, progress=progress)
    save_and_tell(found, folder, as_json, force)
