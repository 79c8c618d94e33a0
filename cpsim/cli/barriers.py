"""`cpsim barriers SCENARIO`: what blocks delivery, and what taking it away would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

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
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers
    from cpsim.scenario.load import Scenario

WORLDS = Annotated[
    int | None,
    whole_number("Simulated futures of each combination, on average; 40 if not said. Runs: this times 2^groups."),
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

    if quick and worlds is not None:
        raise OptionError("--quick and --worlds: give one of the two")
    count = worlds if worlds is not None else study.QUICK_WORLDS if quick else study.WORLDS
    chosen = load(scenario, sets or ())
    asked = {"groups": _names(groups), "outputs": _names(outputs) or study.OUTPUTS, "common": common}
    folder = study_folder(out, study.Barriers.kind, chosen, force)
    found = _made(chosen, count, asked, yes, seed=seed, workers=workers, folder=folder, part=part, cluster=cluster)
    save_and_tell(found, folder, as_json, force)


def _names(text: str | None) -> tuple[str, ...] | None:
    return tuple(name.strip() for name in text.split(",") if name.strip()) if text else None


def _made(chosen: Scenario, worlds: int, asked: dict[str, Any], yes: bool, **running: Any) -> Barriers:
    """Ask about the time, then make the runs with progress shown. Raises OptionError, with dashes."""
    from cpsim.experiments import barriers as study

    try:
        runs = study.how_many(chosen, worlds, seed=running["seed"], workers=running["workers"], **asked)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    if not running["part"]:
        ask_about_time(runs, chosen, running["workers"], yes)
    with making_runs() as progress:
        return study.barriers(chosen, worlds, **asked, **running, progress=progress)
