"""What must not get worse: the costs to others that a plan is held to, each with how much of it is as good as none.

A margin is not a finding: it is what somebody would not call worse, said before looking. "No worse" holds when the
one-sided 95 % limit of the mean difference from the team as it is, in the same worlds, lies within the margin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.outputs.measures import measures
from cpsim.scenario.wording import either, nearest


@dataclass(frozen=True)
class Harm:
    """One outcome that may not get worse. `worse`: 1 where more is worse, -1 where less is. `margin`: in its unit."""

    word: str
    outcome: str
    worse: int
    margin: float
    said: str

    @property
    def label(self) -> str:
        """What the register calls the outcome."""
        return measures("outcomes")[self.outcome].label

    def of(self, runs: pd.DataFrame, base: pd.DataFrame) -> np.ndarray:
        """By how much each run is worse than the base in the same world. What neither knows counts as the same."""
        apart = self.worse * (runs[self.outcome].to_numpy(float) - base[self.outcome].to_numpy(float))
        return np.nan_to_num(apart)


# A wait is known only of those who were taken on, so the number who wait is held too: a cap that takes on nobody
# would else look harmless.
HARMS = (
    Harm("crises", "crises_per_person_year", 1, 0.03, "3 more crises a year among 100 people"),
    Harm("waits", "wait_weeks", 1, 1.0, "a week longer for those taken on"),
    Harm("waits", "waiting", 1, 3.0, "3 more people waiting on a mean day"),
    Harm("late", "late_share", 1, 0.03, "3 in 100 more of the days in recovery overdue for a contact"),
    Harm("reviews", "reviews_per_person", -1, 0.05, "5 reviews fewer for 100 people"),
    Harm("pressure", "pressure", 1, 0.03, "0.03 hours more of work for each hour available"),
    Harm("turnover", "turnover", 1, 0.03, "3 more leavers a year of 100 whole-time practitioners"),
)
WORDS = tuple(dict.fromkeys(harm.word for harm in HARMS))


def chosen(asked: Sequence[str] | Mapping[str, float]) -> tuple[Harm, ...]:
    """The harms of these words, such as "crises" or "crises=0.05" with a margin. Raises OptionError."""
    pairs = [_pair(each) for each in asked] if not isinstance(asked, Mapping) else list(asked.items())
    wrong = [_unknown(word) for word, _ in pairs if word not in WORDS]
    if wrong:
        raise OptionError("\n".join(wrong))
    margins = dict(pairs)
    return tuple(_with_margin(harm, margins[harm.word]) for harm in HARMS if harm.word in margins)


def _pair(text: str) -> tuple[str, float | None]:
    word, sign, number = text.partition("=")
    if not sign:
        return word.strip(), None
    try:
        margin = float(number)
    except ValueError:
        margin = -1.0
    if margin < 0:
        raise OptionError(f"no-worse {text!r}: write the margin as a number, such as crises=0.05")
    return word.strip(), margin


def _with_margin(harm: Harm, margin: float | None) -> Harm:
    if margin is None or harm.outcome == "waiting":
        return harm
    return Harm(harm.word, harm.outcome, harm.worse, margin, f"{margin:g} (your own margin)")


def _unknown(word: str) -> str:
    near = nearest(word, WORDS)
    return (
        f"no-worse {word!r}: no such cost to others; {f'did you mean {near!r}?' if near else f'write {either(WORDS)}'}"
    )
