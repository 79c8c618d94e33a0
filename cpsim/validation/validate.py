"""Hold the model against the patterns: run what they need, once each, and judge row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from cpsim.engine.options import check_options
from cpsim.validation.judge import Judged, judge, not_computed
from cpsim.validation.lives import SPECS, Life, run_spec
from cpsim.validation.reading import Found
from cpsim.validation.register import RUNS, chosen
from cpsim.validation.table import CHECKS

REPLICATIONS = 20  # of every scenario
Progress = Callable[[int, int], None]


def validate(
    replications: int = REPLICATIONS, seed: int = 1, only: Sequence[str] = (), progress: Progress | None = None
) -> list[Judged]:
    """Judge the patterns, a row a measure, in the order of the register.

    only: ids such as "P15", or several with commas; all when empty. progress: called with (runs done, runs in all).
    Raises OptionError for options that make no sense.
    """
    check_options(replications, seed, None, None)
    rows = chosen(only)
    wanted = [name for name in CHECKS if any(row.id == name and row.needs == RUNS for row in rows)]
    found = dict(_computed(wanted, replications, seed, progress))
    return [judge(row, found[row.id][row.measure]) if row.needs == RUNS else not_computed(row) for row in rows]


def _computed(
    wanted: Sequence[str], replications: int, seed: int, progress: Progress | None
) -> Iterator[tuple[str, Found]]:
    """Each pattern with its numbers; runs are kept only as long as a later pattern reads them."""
    lives: dict[str, Sequence[Life]] = {}
    planned = (
        sum(SPECS[name].times for name in {name for pattern in wanted for name in CHECKS[pattern].runs}) * replications
    )
    done = count(1)

    def told() -> None:
        number = next(done)
        if progress:
            progress(number, planned)

    for place, pattern in enumerate(wanted):
        for name in CHECKS[pattern].runs:
            if name not in lives:
                lives[name] = run_spec(SPECS[name], replications, seed, told)
        yield pattern, CHECKS[pattern].read(lives)
        needed = {name for later in wanted[place + 1 :] for name in CHECKS[later].runs}
        lives = {name: lived for name, lived in lives.items() if name in needed}
