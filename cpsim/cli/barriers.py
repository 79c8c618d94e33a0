"""`cpsim barriers SCENARIO`: what blocks delivery, and what taking it away would bring."""

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
    from cpsim.experiments.barriers import Barriers
    from cpsim.scenario.load import Scenario

WORLDS = Annotated[
    int | None,
    whole_number(
        "Simulated futures of each combination, on average; 40 if not said (2 a setting with "
        "--ensemble). Runs: this times 2^groups."
    ),
]
GROUPS = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Only these groups of barriers: staffing, crisis, contact, clarity, priority, knowledge, anxiety, supply, "
        "transport, money; with commas. All ten if not said.",
    ),
]
OUTCOMES = Annotated[
    str | None, typer.Option(metavar="NAMES", help="Outcomes whose gain is shared out, with commas; else six.")
]
QUICK = Annotated[bool, typer.Option("--quick", help="Few futures: about a minute or two, and wide intervals.")]
COMMON = Annotated[
    bool,
    typer.Option(
        "--common", help="The same futures for all combinations: how shares differ between teams; means are less sure."
    ),
]


def barriers(
    context: typer.Context,
    scenario: SCENARIO,
    sets: SETS = None,
    worlds: WORLDS = None,
    quick: QUICK = False,
    groups: GROUPS = None,
    outputs: OUTCOMES = None,
    common: COMMON = False,
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
    """What stands in the way of Connecting People, and what taking barriers away would bring, singly and together.

    \b
    Examples:
      cpsim barriers cmht --quick
      cpsim barriers my-team.yaml --groups contact,clarity,priority,staffing
      cpsim barriers cmht --out runs/barriers
    """
    from cpsim.experiments import barriers as study
    from cpsim.scenario.load import load

    chosen, saving = load(scenario, sets or ()), (out, force, yes, as_json)
    asked: dict[str, Any] = {"groups": _names(groups), "outputs": _names(outputs) or study.OUTPUTS, "seed": seed}
    running: dict[str, Any] = {"workers": workers, "part": part, "cluster": cluster}
    make = partial(_question, chosen, worlds, **asked)
    if asked_over_a_set(make, context, (ensemble, settings), saving, running, quick=quick, common=common):
        return
    count = how_many_worlds(worlds, quick, study.QUICK_WORLDS, study.WORLDS)
    running["command"] = typed(context, worlds=count, quick=False)
    save_and_tell(*_made(chosen, count, saving[:3], running, common=common, **asked), as_json, force)


def how_many_worlds(worlds: int | None, quick: bool, few: int, usual: int) -> int:
    """What --worlds and --quick say together. Raises OptionError when both are given."""
    if quick and worlds is not None:
        raise OptionError("--quick and --worlds: give one of the two")
    return worlds if worlds is not None else few if quick else usual


def _question(chosen: Scenario, worlds: int | None, command: str, **asked: Any) -> Question:
    """The game as it is played at every setting of a set."""
    from cpsim.experiments.across_games import WORLDS as A_SETTING
    from cpsim.experiments.across_games import of_barriers

    return of_barriers(chosen, A_SETTING if worlds is None else worlds, command=command, **asked)


def _names(text: str | None) -> tuple[str, ...] | None:
    return tuple(name.strip() for name in text.split(",") if name.strip()) if text else None


def _made(
    chosen: Scenario,
    worlds: int,
    saving: tuple[Path | None, bool, bool],
    running: dict[str, Any],
    **asked: Any,
) -> tuple[Barriers, Path]:
    """Ask about the time, then make the runs with progress shown. saving: --out, --force, --yes.

    Raises OptionError, with dashes.
    """
    from cpsim.experiments import barriers as study

    out, force, yes = saving
    folder = study_folder(out, study.Barriers.kind, chosen, force)
    try:
        runs = study.how_many(chosen, worlds, workers=running["workers"], **asked)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    if not running["part"]:
        ask_about_time(runs, chosen, running["workers"], yes)
    with making_runs() as progress:
        return study.barriers(chosen, worlds, folder=folder, **asked, **running, progress=progress), folder
