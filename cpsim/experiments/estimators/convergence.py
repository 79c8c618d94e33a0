"""Is an index settled: its value and the width of its interval with a quarter, half and all of the runs.

After Sarrazin, Pianosi & Wagener (2016), Environ. Model. Softw. 79: settled are values (width), the order, and what is
nothing (the dummy), each by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.problem import LARGEST, is_dummy, ranked

WIDTH = 0.05  # of the 95 % interval of each of the five largest
DUMMY_WITHIN = 0.02


@dataclass(frozen=True)
class Verdict:
    """`width`: the widest interval among the five largest; `dummy`: what the factor wired to nothing shows.

    None where there are no intervals, or no dummy. `five`: how many values there are to look at, at most five.
    """

    five: int
    width: float | None
    same_five: bool
    same_order: bool
    dummy: float | None

    @property
    def settled(self) -> bool:
        """All that is asked for."""
        narrow = self.width is None or self.width <= WIDTH
        return self.five > 0 and narrow and self.same_order and self._dummy_fine

    @property
    def _dummy_fine(self) -> bool:
        return self.dummy is None or abs(self.dummy) <= DUMMY_WITHIN

    def in_words(self) -> str:
        """One sentence that says what can be relied on."""
        if not self.five:
            return "There was nothing to tell apart."
        order = {
            (True, True): "the five largest stand in the same order with half the runs",
            (True, False): "the five largest are the same with half the runs, in another order",
            (False, False): "with half the runs other factors are among the five largest",
        }[self.same_five, self.same_order]
        wanted = f"({WIDTH:.2f} or less is asked for)"
        widths = "" if self.width is None else f"; their widest interval is {self.width:.2f} {wanted}"
        nothing = "" if self.dummy is None else f"; the dummy shows {_signed(self.dummy)}"
        start = "Settled" if self.settled else "Not yet settled"
        return f"{start}: {order}{widths}{nothing}."


def _signed(value: float) -> str:
    return f"{value:.3f}" if abs(value) >= 0.0005 else "0"


def sizes(n: int) -> tuple[int, ...]:
    """A quarter, half, and all; from two on."""
    return tuple(size for size in (n // 4, n // 2, n) if size > 1)


def steps(
    n: int, estimate: Callable[[int], pd.DataFrame], value: str, low: str | None = None, high: str | None = None
) -> pd.DataFrame:
    """A row a size and factor: `n`, `factor`, `value`, `low`, `high`. estimate: the table of the first rows."""
    parts = []
    for size in sizes(n):
        table = estimate(size)
        part = pd.DataFrame({"n": size, "factor": table["factor"], "value": table[value]})
        part["low"], part["high"] = (table[each] if each else np.nan for each in (low, high))
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def verdict(table: pd.DataFrame) -> Verdict:
    """The verdict on the last size of a table of `steps`; factors without a value do not count."""
    last, half = (_at(table, place) for place in (-1, -2))
    top = list(last["factor"][:LARGEST])
    before = list(half["factor"][:LARGEST])
    widths = (last["high"] - last["low"])[:LARGEST].dropna().tolist()
    nothing = last["value"].to_numpy(float)[last["factor"].map(is_dummy).to_numpy(bool)].tolist()
    return Verdict(
        five=len(top),
        width=max(widths) if widths else None,
        same_five=set(top) == set(before),
        same_order=top == before,
        dummy=nothing[0] if nothing else None,
    )


def _at(table: pd.DataFrame, place: int) -> pd.DataFrame:
    known = sorted(table["n"].unique())
    chosen = known[place] if len(known) >= -place else known[-1]
    return ranked(table[(table["n"] == chosen) & table["value"].notna()], "value")
