"""`cpsim same-money SCENARIO --budget ...`: what would this sum do on each single lever?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.across import ENSEMBLE, SETTINGS, asked_over_a_set
from cpsim.cli.check import SCENARIO, SETS
from cpsim.cli.compare import HORIZON
from cpsim.cli.experiment_options import (
    AS_JSON,
    CLUSTER,
    STUDY_FORCE,
    STUDY_OUT,
    YES,
    ask_about_time,
    making_runs,
    save_and_tell,
    study_folder,
)
from cpsim.cli.plan import LEVERS, listed, pounds
from cpsim.cli.run import SEED, WORKERS, whole_number
from cpsim.cli.typed import typed

if TYPE_CHECKING:
    from cpsim.experiments.across import Question
    from cpsim.experiments.same_money import SameMoney
    from cpsim.scenario.load import Scenario

WORLDS = 100
HOW_MANY = Annotated[
    int | None,
    whole_number(f"Simulated futures of each level; {WORLDS} if not said, and 4 a setting with --ensemble."),
]
BUDGET = Annotated[str, typer.Option(metavar="POUNDS/year", help="The sum a year, such as 50000/year.")]


def same_money(
    context: typer.Context,
    scenario: SCENARIO,
    budget: BUDGET,
    sets: SETS = None,
    levers: LEVERS = None,
    weeks: HORIZON = None,
    worlds: HOW_MANY = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    force: STUDY_FORCE = False,
    as_json: AS_JSON = False,
    ensemble: ENSEMBLE = None,
    settings: SETTINGS = None,
) -> None:
    """What would the same money do? One sum a year, spent on each single lever in turn.

    \b
    Examples:
      cpsim same-money cmht --budget 50000/year
      cpsim same-money my-team.yaml --budget 100k --weeks 104
      cpsim same-money cmht --budget 50000/year --levers posts,training,supervision
    """
    from cpsim.scenario.load import load

    chosen, asked, sum_of_money = load(scenario, sets or ()), listed(levers), pounds(budget) or 0.0
    running: dict[str, Any] = {"workers": workers, "cluster": cluster}
    make = partial(_question, chosen, sum_of_money, worlds, levers=asked, weeks=weeks, seed=seed)
    if asked_over_a_set(make, context, (ensemble, settings), (out, force, yes, as_json), running):
        return
    count = WORLDS if worlds is None else worlds
    running["command"] = typed(context, worlds=count)
    found, folder = _made(chosen, sum_of_money, count, asked, weeks, seed, (out, force, yes), **running)
    save_and_tell(found, folder, as_json, force)


def _made(
    chosen: Scenario,
    budget: float,
    worlds: int,
    levers: Sequence[str],
    weeks: int | None,
    seed: int,
    saving: tuple[Path | None, bool, bool],
    **running: Any,
) -> tuple[SameMoney, Path]:
    """Ask about the time, then make the runs with progress shown. saving: --out, --force, --yes."""
    from cpsim.experiments import same_money as study

    out, force, yes = saving
    with making_runs():  # mistakes are told with their dashes
        chosen, options = study.choices(chosen, budget, worlds, levers, weeks)
    folder = study_folder(out, study.SameMoney.kind, chosen, force)
    ask_about_time(worlds * (1 + sum(len(lever.levels) for lever in options)), chosen, running["workers"], yes)
    with making_runs() as progress:
        found = study.same_money(
            chosen, budget, worlds, levers=levers, seed=seed, folder=folder, progress=progress, **running
        )
    return found, folder


def _question(chosen: Scenario, budget: float, worlds: int | None, command: str, **asked: Any) -> Question:
    """The sum as it is asked about at every setting of a set."""
    from cpsim.experiments.across_questions import WORLDS as A_SETTING
    from cpsim.experiments.across_questions import of_same_money

    return of_same_money(chosen, budget, A_SETTING if worlds is None else worlds, command=command, **asked)
