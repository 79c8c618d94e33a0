"""Hold the model against the patterns: run what they need, once each, and judge row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from cpsim.engine.options import check_options
from cpsim.validation import studies
from cpsim.validation.judge import Judged, judge, not_computed
from cpsim.validation.lives import SPECS, Life, run_spec
from cpsim.validation.reading import Found
from cpsim.validation.register import RUNS, Pattern, chosen
from cpsim.validation.table import CHECKS

REPLICATIONS = 20  # of every scenario
Progress = Callable[[int, int], None]


def validate(
    replications: int = REPLICATIONS,
    seed: int = 1,
    only: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    with_: Sequence[str] = (),
    trials: int = studies.DEFAULT,
) -> list[Judged]:
    """Judge the patterns, a row a measure, in the order of the register.

    only: ids such as "P15", or several with commas; all when empty. with_: "trial" and "pilot", simulated studies that
    other patterns are read from, so many `trials` of each. progress: called with (runs done, runs in all).
    Raises OptionError for options that make no sense.
    """
    check_options(replications, seed, None, None)
    check_options(trials, seed, None, None)
    asked = studies.check_with(with_)
    rows = chosen(only)
    wanted = read_from_runs(rows)
    by_study = {study: [row for row in rows if row.needs == study] for study in asked}
    planned = _runs_of(wanted) * replications + sum(trials for each in by_study.values() if each)
    told = _counting(planned, progress)
    found = dict(computed(wanted, lambda name: run_spec(SPECS[name], replications, seed, told)))
    judged = {row: judge(row, found[row.id][row.measure]) for row in rows if row.needs == RUNS}
    for study, theirs in by_study.items():
        if theirs:
            judged |= dict(zip(theirs, studies.judged(theirs, study, trials, seed, told), strict=True))
    return [judged[row] if row in judged else not_computed(row) for row in rows]


def read_from_runs(rows: Sequence[Pattern]) -> list[str]:
    """Ids of those patterns that plain runs show, in the order in which they are read."""
    return [name for name in CHECKS if any(row.id == name and row.needs == RUNS for row in rows)]


def _runs_of(wanted: Sequence[str]) -> int:
    return sum(SPECS[name].times for name in {name for pattern in wanted for name in CHECKS[pattern].runs})


def _counting(planned: int, progress: Progress | None) -> Callable[[], None]:
    """What is called after each run."""
    done = count(1)

    def told() -> None:
        number = next(done)
        if progress:
            progress(number, planned)

    return told


def computed(wanted: Sequence[str], run: Callable[[str], Sequence[Life]]) -> Iterator[tuple[str, Found]]:
    """Each pattern with its numbers; runs (names of `lives.SPECS`) are kept only as long as a later one reads them."""
    lives: dict[str, Sequence[Life]] = {}
    for place, pattern in enumerate(wanted):
        for name in CHECKS[pattern].runs:
            if name not in lives:
                lives[name] = run(name)
        yield pattern, CHECKS[pattern].read(lives)
        needed = {name for later in wanted[place + 1 :] for name in CHECKS[later].runs}
        lives = {name: lived for name, lived in lives.items() if name in needed}
