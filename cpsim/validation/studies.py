"""Simulated studies that patterns are read from: trials of study-2021, with teams drawn anew, and pilots as written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from cpsim.errors import OptionError
from cpsim.experiments.virtual.lives import Lived, live_trial
from cpsim.experiments.virtual.teams import OBSERVED, ON, drawn
from cpsim.observation.design import design_for
from cpsim.scenario.load import load
from cpsim.scenario.wording import nearest
from cpsim.validation import pilot, trial
from cpsim.validation.judge import Judged, judge
from cpsim.validation.register import Pattern

TRIAL, PILOT = "trial", "pilot"
STUDIES = {TRIAL: "study-2021", PILOT: "pilot"}
READ: Mapping[str, Mapping[str, Callable]] = {TRIAL: trial.READ, PILOT: pilot.READ}
DEFAULT = 40  # of each study


def check_with(names: Sequence[str]) -> list[str]:
    """The studies asked for. Raises OptionError for one that there is not."""
    wanted = [name.strip() for each in names for name in each.split(",") if name.strip()]
    for name in wanted:
        if name not in STUDIES:
            near = nearest(name, STUDIES)
            hint = f"did you mean {near!r}?" if near else f"write {', '.join(STUDIES)}"
            raise OptionError(f"--with: {name!r} is not known; {hint}")
    return list(dict.fromkeys(wanted))


def simulated(study: str, count: int, seed: int, told: Callable[[], None]) -> list[list[Lived]]:
    """So many simulated studies, as delivered; `told` is called after each."""
    scenario = load(STUDIES[study])
    design = design_for(scenario)

    def one(number: int) -> list[Lived]:
        teams = drawn(scenario, seed, number) if study == TRIAL else scenario
        lived = live_trial({(OBSERVED, ON): teams}, design, seed, number)
        told()
        return lived[OBSERVED, ON]

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(one, range(count)))


def judged(rows: Sequence[Pattern], study: str, count: int, seed: int, told: Callable[[], None]) -> list[Judged]:
    """The rows of one study, computed from so many simulated ones."""
    lives = simulated(study, count, seed, told)
    found = {name: READ[study][name](lives) for name in {row.id for row in rows}}
    return [judge(row, found[row.id][row.measure]) for row in rows]
