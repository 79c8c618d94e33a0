"""`cpsim difference A B`: what makes B deliver more than A?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.across import ENSEMBLE, SETTINGS, asked_over_a_set
from cpsim.cli.barriers import OUTCOMES, QUICK, WORLDS, how_many_worlds
from cpsim.cli.compare import HORIZON
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
from cpsim.cli.run import SEED, WORKERS
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.across import Question
    from cpsim.experiments.difference import Difference
    from cpsim.scenario.load import Scenario

FIRST = Annotated[str, typer.Argument(metavar="A", help="A scenario file or name: where one starts from.")]
SECOND = Annotated[str, typer.Argument(metavar="B", help="Another: where one arrives when every part is as there.")]


def difference(
    context: typer.Context,
    a: FIRST,
    b: SECOND,
    worlds: WORLDS = None,
    quick: QUICK = False,
    outputs: OUTCOMES = None,
    weeks: HORIZON = None,
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
    """What makes B deliver more than A: every part in which they differ, alone, together and on average.

    \b
    Examples:
      cpsim difference cmht third-sector --quick
      cpsim difference cmht my-team.yaml
      cpsim difference cmht third-sector --weeks 104 --out runs/third-sector
    """
    from cpsim.experiments import difference as study

    names = tuple(name.strip() for name in outputs.split(",") if name.strip()) if outputs else study.OUTPUTS
    one, other = study.both(a, b, weeks)
    running = {"workers": workers, "part": part, "cluster": cluster}
    make = partial(_question, (one, other), worlds, outputs=names, seed=seed)
    if asked_over_a_set(make, context, (ensemble, settings), (out, force, yes, as_json), running, quick=quick):
        return
    count = how_many_worlds(worlds, quick, study.QUICK_WORLDS, study.WORLDS)
    folder = study_folder(out, study.Difference.kind, other, force)
    command = typed(context, worlds=count, quick=False)
    found = _made((one, other), count, yes, folder, outputs=names, seed=seed, command=command, **running)
    save_and_tell(found, folder, as_json, force)


def _question(pair: tuple[Scenario, Scenario], worlds: int | None, command: str, **asked: Any) -> Question:
    """The game as it is played at every setting of a set."""
    from cpsim.experiments.across_games import WORLDS as A_SETTING
    from cpsim.experiments.across_games import of_difference

    return of_difference(*pair, A_SETTING if worlds is None else worlds, command=command, **asked)


def _made(pair: tuple[Scenario, Scenario], worlds: int, yes: bool, folder: Path, **asked: Any) -> Difference:
    """Ask about the time, then make the runs with progress shown. Raises OptionError, with dashes."""
    from cpsim.experiments import difference as study

    try:
        runs = study.how_many(*pair, worlds, **{name: asked[name] for name in ("outputs", "seed", "workers")})
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    if not asked["part"]:
        ask_about_time(runs, pair[0], asked["workers"], yes)
    with making_runs() as progress:
        return study.difference(*pair, worlds, folder=folder, progress=progress, **asked)
