"""`cpsim trial SCENARIO`: what could a study of these teams see?"""

from __future__ import annotations

from typing import Annotated

import typer

from cpsim.cli.check import SETS
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

KIND = "trial"
SCENARIO = Annotated[str, typer.Argument(help="A study: teams in an implementation and a comparison arm.")]
TRIALS = Annotated[int, whole_number("How many simulated trials; 1000 if not said.")]
DELIVERY = Annotated[
    str,
    typer.Option(
        metavar="LIST",
        help="What to compare: observed, full, or barriers taken away, such as contact or clarity+priority.",
    ),
]
PEOPLE = Annotated[int | None, whole_number("People recruited in all, instead of the study's number.")]
MONTHS = Annotated[int | None, whole_number("Months from the first interview to the second, instead of the study's.")]
TEAMS = Annotated[int | None, whole_number("Teams in all: the study's trusts again and again.")]
AS_WRITTEN = Annotated[bool, typer.Option("--as-written", help="Keep teams as the scenario has them in every trial.")]
REPLAY = Annotated[bool, typer.Option("--replay", help="Show the study team by team beside what it reported.")]


def trial(
    scenario: SCENARIO = "study-2021",
    sets: SETS = None,
    trials: TRIALS = 1000,
    delivery: DELIVERY = "observed,full",
    people: PEOPLE = None,
    months: MONTHS = None,
    teams: TEAMS = None,
    as_written: AS_WRITTEN = False,
    replay: REPLAY = False,
    seed: SEED = 1,
    workers: WORKERS = None,
    part: PART = None,
    out: STUDY_OUT = None,
    force: STUDY_FORCE = False,
    yes: YES = False,
    as_json: AS_JSON = False,
) -> None:
    """Do a study again and again, with new teams, people and luck, and say what it could have seen.

    \b
    Examples:
      cpsim trial study-2021 --trials 200
      cpsim trial study-2021 --delivery observed,contact,full --months 12
      cpsim trial study-2021 --replay --trials 50
    """
    from cpsim.experiments.trial import trial as run_trials
    from cpsim.experiments.virtual.teams import check_deliveries
    from cpsim.scenario.load import load

    chosen = load(scenario, sets or ())
    names = check_deliveries([delivery])
    folder = study_folder(out, KIND, chosen, force)
    ask_about_time(trials * (2 * len(names) + 1), chosen, workers, yes)
    with making_runs() as progress:
        found = run_trials(
            chosen,
            trials,
            seed,
            delivery=names,
            people=people,
            months=months,
            teams=teams,
            as_written=as_written,
            folder=folder,
            workers=workers,
            part=part,
            progress=progress,
        )
    if replay and not as_json:
        typer.echo(f"{found.replayed()}\n")
    save_and_tell(found, folder, as_json, force)
