"""`cpsim compare A B`: did it help, and what did it cost others?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.across import ENSEMBLE, SETTINGS, asked_over_a_set
from cpsim.cli.experiment_options import (
    AS_JSON,
    PART,
    STUDY_FORCE,
    STUDY_OUT,
    YES,
    ask_about_time,
    making_runs,
    save_and_tell,
    study_folder,
)
from cpsim.cli.run import SEED, WORKERS, whole_number
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.across import Question
    from cpsim.experiments.compare import Comparison
    from cpsim.experiments.plans import Plan

REPLICATIONS = 100
SCENARIOS = Annotated[
    list[str],
    typer.Argument(metavar="A B [C...]", help="Scenario files or names; A is what the others are held against."),
]
SETS = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Compare A with A changed like this; several values at once with ';' between them. Can be repeated.",
    ),
]
WITHOUT = Annotated[
    list[str] | None,
    typer.Option(
        metavar="BARRIER",
        help="Compare A with A without this group of barriers; several at once with ',' between them. Can be repeated.",
    ),
]
HOW_MANY = Annotated[
    int | None, whole_number(f"Simulated worlds of each; {REPLICATIONS} if not said, and 4 a setting with --ensemble.")
]
HORIZON = Annotated[
    int | None, typer.Option("--weeks", "--horizon", min=1, metavar="NUMBER", help="Weeks to report, the same for all.")
]


def compare(
    context: typer.Context,
    scenarios: SCENARIOS,
    sets: SETS = None,
    without: WITHOUT = None,
    weeks: HORIZON = None,
    replications: HOW_MANY = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    part: PART = None,
    force: STUDY_FORCE = False,
    yes: YES = False,
    as_json: AS_JSON = False,
    ensemble: ENSEMBLE = None,
    settings: SETTINGS = None,
) -> None:
    """Did it help? Plans on the same people with the same luck, with what they cost others.

    \b
    Examples:
      cpsim compare cmht protected-time
      cpsim compare cmht small-caseloads third-sector --weeks 104
      cpsim compare cmht --without transport --without transport,money
      cpsim compare my-team.yaml --set team.caseload_per_wte=20
      cpsim compare cmht protected-time --ensemble shipped
    """
    chosen = _plans(scenarios, sets or [], without or [], weeks)
    make, saving = partial(_question, chosen, replications, seed), (out, force, yes, as_json)
    if asked_over_a_set(make, context, (ensemble, settings), saving, {"workers": workers, "part": part}):
        return
    if part and out is None:
        raise OptionError("--part: give --out FOLDER too, where all parts keep their runs")
    replications = REPLICATIONS if replications is None else replications
    folder = study_folder(out, "compare", chosen[0].scenario, force)
    if not part:
        ask_about_time(len(chosen) * replications, chosen[0].scenario, workers, yes)
    found = _compared(chosen, replications, seed, folder=folder, workers=workers, part=part)
    save_and_tell(replace(found, command=typed(context, replications=replications)), folder, as_json, force)


def _question(chosen: tuple[Plan, ...], worlds: int | None, seed: int, command: str) -> Question:
    """The comparison as it is asked at every setting of a set."""
    from cpsim.experiments.across_questions import WORLDS, of_compare

    scenarios, names = [plan.scenario for plan in chosen], [plan.name for plan in chosen]
    return of_compare(scenarios, WORLDS if worlds is None else worlds, seed, names=names, command=command)


def _plans(scenarios: list[str], sets: list[str], without: list[str], weeks: int | None) -> tuple[Plan, ...]:
    """What was asked for, checked. Raises UserError."""
    from cpsim.experiments.plans import plans, variants
    from cpsim.scenario.load import load

    made, names = variants(scenarios[0], sets, without)
    loaded = [load(each) for each in scenarios]
    return plans([*loaded, *made], [*(each.name for each in loaded), *names], weeks)


def _compared(chosen: tuple[Plan, ...], replications: int, seed: int, **running: Any) -> Comparison:
    """Run all plans, or those of a part."""
    from cpsim.experiments.compare import compare as compare_plans

    scenarios, names = [plan.scenario for plan in chosen], [plan.name for plan in chosen]
    with making_runs() as progress:
        return compare_plans(scenarios, replications, seed, names=names, progress=progress, **running)
