"""`cpsim trial SCENARIO`: what could a study of these teams see?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.trial import Asked, Trial
    from cpsim.scenario.load import Scenario

KIND, PILOT = "trial", "pilot"
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
ENSEMBLE = Annotated[
    str | None,
    typer.Option(metavar="SET", help="A calibration's folder or set, or `shipped`: another setting in each trial."),
]
REPLAY = Annotated[bool, typer.Option("--replay", help="Show the study team by team beside what it reported.")]


def trial(
    context: typer.Context,
    scenario: SCENARIO = "study-2021",
    sets: SETS = None,
    trials: TRIALS = 1000,
    delivery: DELIVERY = "observed,full",
    people: PEOPLE = None,
    months: MONTHS = None,
    teams: TEAMS = None,
    as_written: AS_WRITTEN = False,
    ensemble: ENSEMBLE = None,
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
      cpsim trial study-2021 --delivery observed,contact,full --months 12
      cpsim trial pilot --trials 50
    """
    from cpsim.scenario.load import load

    chosen = load(scenario, sets or ())
    if _is_a_pilot(chosen):
        _pilot(chosen, trials, seed, workers, part, out, force, yes, as_json, typed(context))
        return
    sizes: dict[str, Any] = {"people": people, "months": months, "teams": teams}
    asked = _asked(chosen, trials, seed, workers, [delivery], **sizes)
    folder = _placed(asked, trials, out, chosen, force, workers, yes)
    more = {"as_written": as_written, "ensemble": ensemble or (), "folder": folder, "workers": workers, "part": part}
    found = _made(chosen, trials, seed, delivery=asked.deliveries, **sizes, **more, command=typed(context))
    if replay and not as_json:
        typer.echo(found.replayed() + "\n")
    save_and_tell(found, folder, as_json, force)


def _placed(asked: Asked, trials: int, out: Any, chosen: Scenario, force: bool, workers: int | None, yes: bool) -> Any:
    """The folder, once it is agreed how long all of it takes."""
    folder = study_folder(out, KIND, chosen, force)
    ask_about_time(trials * (2 * len(asked.deliveries) + 1), asked.scenario, workers, yes)
    return folder


def _is_a_pilot(scenario: Scenario) -> bool:
    """One arm only, and a design that says whom to compare."""
    return scenario.name == PILOT and len(set(scenario.arms.values())) == 1


def _pilot(
    chosen: Scenario,
    trials: int,
    seed: int,
    workers: int | None,
    part: Any,
    out: Any,
    force: bool,
    yes: bool,
    json: bool,
    command: str,
) -> None:
    from cpsim.experiments.pilot import check_pilot, pilot

    try:
        check_pilot(chosen, trials, seed, workers)
    except OptionError as error:
        raise OptionError(f"--{error}") from None
    folder = study_folder(out, PILOT, chosen, force)
    ask_about_time(2 * trials, chosen, workers, yes)
    with making_runs() as progress:
        running = {"folder": folder, "workers": workers, "part": part, "progress": progress}
        found = pilot(chosen, trials, seed, **running, command=command)
    save_and_tell(found, folder, json, force)


def _asked(*study: Any, **sizes: Any) -> Asked:
    """What was asked for, or every mistake in it with its dashes."""
    from cpsim.experiments.trial import asked_for

    try:
        return asked_for(*study, **sizes)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None


def _made(*study: Any, **more: Any) -> Trial:
    from cpsim.experiments.trial import trial as run_trials

    with making_runs() as progress:
        return run_trials(*study, **more, progress=progress)
