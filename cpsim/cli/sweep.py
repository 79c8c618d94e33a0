"""`cpsim sweep SCENARIO --vary ...`: where does it tip?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.across import ENSEMBLE, SETTINGS, asked_over_a_set
from cpsim.cli.check import SCENARIO
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
from cpsim.cli.run import SEED, WEEKS, WORKERS, chosen_scenario, whole_number
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.across import Question
    from cpsim.experiments.sweep import Sweep
    from cpsim.scenario.load import Scenario

REPLICATIONS = 50
VARY = Annotated[
    list[str],
    typer.Option(
        metavar="PATH=LOW:HIGH:STEP", help="What to vary, or PATH=A,B,C for a list of numbers or words; once or twice."
    ),
]
TARGET = Annotated[
    list[str] | None,
    typer.Option(
        "--target", metavar="OUTCOME>=NUMBER", help="Where is this reached? Such as 'five_steps>=0.3'; can be repeated."
    ),
]
HOW_MANY = Annotated[
    int | None,
    whole_number(f"Simulated worlds of each cell; {REPLICATIONS} if not said, and 4 a setting with --ensemble."),
]
SETS = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change one value of the scenario first; can be repeated."),
]


def sweep(
    context: typer.Context,
    scenario: SCENARIO,
    vary: VARY,
    targets: TARGET = None,
    sets: SETS = None,
    weeks: WEEKS = None,
    replications: HOW_MANY = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    force: STUDY_FORCE = False,
    part: PART = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    as_json: AS_JSON = False,
    ensemble: ENSEMBLE = None,
    settings: SETTINGS = None,
) -> None:
    """Where does it tip? One or two values varied, and where a target is passed.

    \b
    Examples:
      cpsim sweep cmht --vary team.caseload_per_wte=15:45:5 --target "five_steps>=0.3"
      cpsim sweep cmht --vary team.caseload_per_wte=15:45:5 --vary strategy.training_days_per_person=0,1,2
      cpsim sweep cmht --vary "strategy.leadership=nobody,someone,named lead with time"
    """
    from cpsim.experiments.sweep import asked

    base, factors, wanted = asked(chosen_scenario(scenario, sets or [], weeks), vary, targets or [])
    if part and out is None:
        raise OptionError("--part: give --out FOLDER too, where all parts keep their runs")
    running: dict[str, Any] = {"workers": workers, "part": part, "cluster": cluster}
    make = partial(_question, base, factors, wanted, replications, seed)
    if asked_over_a_set(make, context, (ensemble, settings), (out, force, yes, as_json), running):
        return
    number = REPLICATIONS if replications is None else replications
    folder = study_folder(out, "sweep", base, force)
    found = _made(base, factors, wanted, number, seed, yes, folder=folder, **running)
    save_and_tell(replace(found, command=typed(context, replications=number)), folder, as_json, force)


def _made(base: Scenario, factors: Any, wanted: Any, number: int, seed: int, yes: bool, **running: Any) -> Sweep:
    """Ask about the time, then make the runs with progress shown."""
    from cpsim.experiments.sweep import design_of
    from cpsim.experiments.sweep import sweep as sweep_over

    ask_about_time(len(design_of(base, factors, wanted, number, seed)), base, running["workers"], yes)
    with making_runs() as progress:
        return sweep_over(base, factors, wanted, number, seed, progress=progress, **running)


def _question(base: Scenario, factors: Any, wanted: Any, worlds: int | None, seed: int, command: str) -> Question:
    """The sweep as it is asked at every setting of a set."""
    from cpsim.experiments.across_questions import WORLDS, of_sweep

    return of_sweep(base, factors, wanted, WORLDS if worlds is None else worlds, seed, command=command)
