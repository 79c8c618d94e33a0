"""`cpsim counterfactuals SCENARIO`: what if this team had been another?"""

from __future__ import annotations

from typing import Annotated

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
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

WORLDS = 100
HORIZONS = Annotated[
    str, typer.Option("--weeks", metavar="NUMBERS", help="Horizons in weeks, with commas: 6, 9, 12 and 18 months.")
]


def counterfactuals(
    scenario: SCENARIO,
    sets: SETS = None,
    weeks: HORIZONS = "26,39,52,78",
    worlds: Annotated[int, whole_number("Simulated futures of each plan and horizon.")] = WORLDS,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    part: PART = None,
    cluster: CLUSTER = None,
    yes: YES = False,
    force: STUDY_FORCE = False,
    as_json: AS_JSON = False,
) -> None:
    """What if? Third-sector delivery, protected time, a crisis team, and all of training to engagement, over time.

    \b
    Examples:
      cpsim counterfactuals cmht
      cpsim counterfactuals my-team.yaml --weeks 52,104 --worlds 40
    """
    from cpsim.experiments import counterfactuals as study
    from cpsim.scenario.load import load

    horizons = _numbers(weeks)
    with making_runs():  # mistakes are told with their dashes
        horizons = study.horizons(horizons, worlds)
    chosen = load(scenario, sets or ())
    folder = study_folder(out, study.Counterfactuals.kind, chosen, force)
    if not part:
        longest = chosen.with_(weeks=max(horizons))
        ask_about_time(worlds * len(horizons) * (1 + len(study.plans())), longest, workers, yes)
    told = {"set": sets, "weeks": weeks, "worlds": worlds, "seed": seed}
    running = {"folder": folder, "workers": workers, "part": part, "cluster": cluster}
    command = typed("counterfactuals", [scenario], told)
    with making_runs() as progress:
        found = study.counterfactuals(
            chosen, worlds, weeks=horizons, seed=seed, command=command, progress=progress, **running
        )
    save_and_tell(found, folder, as_json, force)


def _numbers(text: str) -> tuple[int, ...]:
    """ "26,39" as numbers. Raises OptionError."""
    try:
        return tuple(int(each) for each in text.split(","))
    except ValueError:
        raise OptionError(f"--weeks {text}: write numbers of weeks with commas, such as 26,39,52,78") from None
