"""`cpsim discover SCENARIO --target ...`: when does it work?"""

from __future__ import annotations

from typing import Annotated, Any

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
from cpsim.cli.plan import LEVERS, TARGET, listed
from cpsim.cli.run import SEED, WORKERS, whole_number
from cpsim.cli.typed import typed

SAMPLES = 4096
HOW_MANY = Annotated[int, whole_number(f"How many settings are tried; {SAMPLES:,} if not said.")]
ONLY = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAMES",
        help="Only these circumstances, or groups of them, such as team,staffing,geography; none: only levers.",
    ),
]
BOX = Annotated[
    int | None, whole_number("Take the box of this step of trajectory.csv, in place of the widest that works.")
]
WORLDS = 2.4  # a setting, on average, at most


def discover(
    context: typer.Context,
    scenario: SCENARIO,
    target: TARGET,
    sets: SETS = None,
    samples: HOW_MANY = SAMPLES,
    levers: LEVERS = None,
    only: ONLY = None,
    box: BOX = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    part: PART = None,
    cluster: CLUSTER = None,
    out: STUDY_OUT = None,
    force: STUDY_FORCE = False,
    yes: YES = False,
    as_json: AS_JSON = False,
) -> None:
    """Find the levers and circumstances in which a target is reached.

    \b
    Examples:
      cpsim discover cmht --target "five_steps>=0.3"
      cpsim discover cmht --target "reach>=0.6" --only team,staffing,geography
    """
    from cpsim.experiments.discover import discover as discovered
    from cpsim.experiments.settings import example, settings_of
    from cpsim.experiments.targets import parse
    from cpsim.scenario.load import load

    chosen = load(scenario, sets or [])
    with making_runs():
        _, timed = parse(target), example(chosen, settings_of(chosen, listed(levers), listed(only)))
    folder = study_folder(out, "discover", chosen, force)
    ask_about_time(int(samples * WORLDS), timed, workers, yes)
    with making_runs() as progress:
        how: dict[str, Any] = {"folder": folder, "workers": workers, "part": part, "cluster": cluster}
        options: dict[str, Any] = {"samples": samples, "levers": listed(levers), "only": listed(only), "box": box}
        found = discovered(chosen, target, **options, seed=seed, command=typed(context), progress=progress, **how)
    save_and_tell(found, folder, as_json, force)
