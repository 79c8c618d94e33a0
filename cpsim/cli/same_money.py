"""`cpsim same-money SCENARIO --budget ...`: what would this sum do on each single lever?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

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

WORLDS = 100
BUDGET = Annotated[str, typer.Option(metavar="POUNDS/year", help="The sum a year, such as 50000/year.")]


def same_money(
    scenario: SCENARIO,
    budget: BUDGET,
    sets: SETS = None,
    levers: LEVERS = None,
    weeks: HORIZON = None,
    worlds: Annotated[int, whole_number("Simulated futures of each level.")] = WORLDS,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    force: STUDY_FORCE = False,
    as_json: AS_JSON = False,
) -> None:
    """What would the same money do? One sum a year, spent on each single lever in turn.

    \b
    Examples:
      cpsim same-money cmht --budget 50000/year
      cpsim same-money my-team.yaml --budget 100k --weeks 104
      cpsim same-money cmht --budget 50000/year --levers posts,training,supervision
    """
    from cpsim.experiments import same_money as study
    from cpsim.scenario.load import load

    chosen, asked = load(scenario, sets or ()), listed(levers)
    sum_of_money = pounds(budget) or 0.0
    with making_runs():  # mistakes are told with their dashes
        chosen, options = study.choices(chosen, sum_of_money, worlds, asked, weeks)
    folder = study_folder(out, study.SameMoney.kind, chosen, force)
    ask_about_time(worlds * (1 + sum(len(lever.levels) for lever in options)), chosen, workers, yes)
    told = {"budget": budget, "set": sets, "levers": levers, "weeks": weeks, "worlds": worlds, "seed": seed}
    command = typed("same-money", [scenario], told)
    running: dict[str, Any] = {"folder": folder, "workers": workers, "cluster": cluster}
    with making_runs() as progress:
        found = study.same_money(
            chosen, sum_of_money, worlds, levers=asked, seed=seed, command=command, progress=progress, **running
        )
    save_and_tell(found, folder, as_json, force)
