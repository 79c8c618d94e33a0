"""`cpsim sweep SCENARIO --vary ...`: where does it tip?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

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
SETS = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change one value of the scenario first; can be repeated."),
]


def sweep(
    scenario: SCENARIO,
    vary: VARY,
    targets: TARGET = None,
    sets: SETS = None,
    weeks: WEEKS = None,
    replications: Annotated[int, whole_number("Simulated worlds of each cell.")] = REPLICATIONS,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    force: STUDY_FORCE = False,
    part: PART = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    as_json: AS_JSON = False,
) -> None:
    """Where does it tip? One or two values varied, and where a target is passed.

    \b
    Examples:
      cpsim sweep cmht --vary team.caseload_per_wte=15:45:5 --target "five_steps>=0.3"
      cpsim sweep cmht --vary team.caseload_per_wte=15:45:5 --vary strategy.training_days_per_person=0,1,2
      cpsim sweep cmht --vary "strategy.leadership=nobody,someone,named lead with time"
    """
    from cpsim.experiments.sweep import asked, design_of
    from cpsim.experiments.sweep import sweep as sweep_over

    base, factors, wanted = asked(chosen_scenario(scenario, sets or [], weeks), vary, targets or [])
    if part and out is None:
        raise OptionError("--part: give --out FOLDER too, where all parts keep their runs")
    runs = len(design_of(base, factors, wanted, replications, seed))
    folder = study_folder(out, "sweep", base, force)
    ask_about_time(runs, base, workers, yes)
    places: dict[str, Any] = {"folder": folder, "workers": workers, "part": part, "cluster": cluster}
    with making_runs() as progress:
        found = sweep_over(base, factors, wanted, replications, seed, progress=progress, **places)
    given = {"vary": vary, "target": targets, "set": sets, "weeks": weeks, "replications": replications, "seed": seed}
    save_and_tell(replace(found, command=typed("sweep", [scenario], given)), folder, as_json, force)
