"""`cpsim counterfactuals SCENARIO`: what if this team had been another?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.across import ENSEMBLE, SETTINGS, asked_over_a_set
from cpsim.cli.check import SCENARIO, SETS
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
from cpsim.cli.run import SEED, WORKERS, whole_number
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.across import Question
    from cpsim.experiments.counterfactuals import Counterfactuals
    from cpsim.scenario.load import Scenario

WORLDS = 100
HOW_MANY = Annotated[
    int | None,
    whole_number(f"Simulated futures of each plan and horizon; {WORLDS} if not said, and 4 a setting with --ensemble."),
]
HORIZONS = Annotated[
    str, typer.Option("--weeks", metavar="NUMBERS", help="Horizons in weeks, with commas: 6, 9, 12 and 18 months.")
]


def counterfactuals(
    context: typer.Context,
    scenario: SCENARIO,
    sets: SETS = None,
    weeks: HORIZONS = "26,39,52,78",
    worlds: HOW_MANY = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    part: PART = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    force: STUDY_FORCE = False,
    as_json: AS_JSON = False,
    ensemble: ENSEMBLE = None,
    settings: SETTINGS = None,
) -> None:
    """What if? Third-sector delivery, protected time, a crisis team, and all of training to engagement, over time.

    \b
    Examples:
      cpsim counterfactuals cmht
      cpsim counterfactuals my-team.yaml --weeks 52,104 --worlds 40
    """
    from cpsim.scenario.load import load

    chosen, numbers = load(scenario, sets or ()), _numbers(weeks)
    running = {"workers": workers, "part": part, "cluster": cluster}
    make, saving = partial(_question, chosen, worlds, numbers, seed), (out, force, yes, as_json)
    if asked_over_a_set(make, context, (ensemble, settings), saving, running):
        return
    count = WORLDS if worlds is None else worlds
    command = typed(context, worlds=count)
    found, folder = _made(chosen, count, numbers, seed, (out, force, yes), command=command, **running)
    save_and_tell(found, folder, as_json, force)


def _made(
    chosen: Scenario,
    worlds: int,
    numbers: tuple[int, ...],
    seed: int,
    saving: tuple[Path | None, bool, bool],
    **running: Any,
) -> tuple[Counterfactuals, Path]:
    """Ask about the time, then make the runs with progress shown. saving: --out, --force, --yes."""
    from cpsim.experiments import counterfactuals as study

    (out, force, yes) = saving
    with making_runs():  # mistakes are told with their dashes
        horizons = study.horizons(numbers, worlds)
    folder = study_folder(out, study.Counterfactuals.kind, chosen, force)
    if not running["part"]:
        runs = worlds * len(horizons) * (1 + len(study.plans()))
        ask_about_time(runs, chosen.with_(weeks=max(horizons)), running["workers"], yes)
    with making_runs() as progress:
        found = study.counterfactuals(
            chosen, worlds, weeks=horizons, seed=seed, folder=folder, progress=progress, **running
        )
    return found, folder


def _question(chosen: Scenario, worlds: int | None, numbers: tuple[int, ...], seed: int, command: str) -> Question:
    """The plans as they are asked about at every setting of a set."""
    from cpsim.experiments.across_questions import WORLDS as A_SETTING
    from cpsim.experiments.across_questions import of_counterfactuals

    return of_counterfactuals(
        chosen, A_SETTING if worlds is None else worlds, weeks=numbers, seed=seed, command=command
    )


def _numbers(text: str) -> tuple[int, ...]:
    """ "26,39" as numbers. Raises OptionError."""
    try:
        return tuple(int(each) for each in text.split(","))
    except ValueError:
        raise OptionError(f"--weeks {text}: write numbers of weeks with commas, such as 26,39,52,78") from None
