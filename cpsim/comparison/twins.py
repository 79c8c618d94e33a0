"""Same-person twins: what b does to each person that a does not, with intervals over worlds.

Two scenarios with one seed meet the same people with the same luck, so the difference of a person with themselves is
what the scenarios do, and luck only as far as it comes in another order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cpsim.comparison import telling
from cpsim.comparison.pairing import OTHERS, OUTCOMES, Compared, check_pair, joined
from cpsim.comparison.payback import Payback, payback
from cpsim.engine.run import run
from cpsim.errors import UserError
from cpsim.outputs.intervals import Estimate, estimate
from cpsim.outputs.measures import measures
from cpsim.scenario.evidence import evidence

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.outputs.run_result import RunResult
    from cpsim.scenario.load import Scenario

GROUPS = ("everybody", "on_caseload", "could_take_up", "some_cp", "no_cp")


def twins(
    a: Scenario | str | Path,
    b: Scenario | str | Path,
    replications: int = 100,
    seed: int = 1,
    *,
    workers: int | None = None,
) -> Twins:
    """Run both scenarios on the same people with the same luck, and join them person by person.

    Every difference is b less a. Raises UserError when the two differ in weeks or in their number of teams, and what
    `cpsim.run` raises.
    """
    both = [run(each, replications, seed, workers=workers, people=True) for each in (a, b)]
    return Twins(*both)


@dataclass(frozen=True)
class Twins:
    """Two results on the same people. `frame`: a row a person; `summary`, `others`, `payback`: what it comes to."""

    a: RunResult
    b: RunResult

    def __post_init__(self) -> None:
        check_pair(self.a, self.b)

    def __repr__(self) -> str:
        return f"<Twins {self.a.scenario.name} and {self.b.scenario.name}: {self.a.replications} replications>"

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row a person who was with the service in both: each number in a, in b, and b less a (`_difference`)."""
        return joined(self.a.runs, self.b.runs)

    def group(self, who: str = "on_caseload") -> pd.DataFrame:
        """The rows of one group.

        everybody: on the caseload or waiting in both. on_caseload: in both. could_take_up: in both. some_cp: had any
        in either. no_cp: had none in either (by one scenario alone those would be chosen who fared badly in it).
        """
        if who not in GROUPS:
            raise UserError(f"there is no group {who!r}; there are {', '.join(GROUPS)}")
        chosen = self.frame if who == "everybody" else self.frame[self.frame[who]]
        if who in ("some_cp", "could_take_up"):
            chosen = chosen[chosen["on_caseload"]]
        return chosen

    def summary(self, who: str = "on_caseload") -> pd.DataFrame:
        """A row a measure: both means, the mean difference, and shares better, the same and worse, with intervals.

        `low` to `high`: 95 % interval of the mean over worlds. `better` is more of a score, of contacts and of steps,
        less of crises, minutes and costs; from a worthwhile change on (`worthwhile`).
        """
        return self._table(OUTCOMES, self.group(who))

    def others(self, who: str = "no_cp") -> pd.DataFrame:
        """What b costs others, in the same form: contacts, days overdue, reviews, days waiting, crises a person.

        who: no_cp, those who had CP in neither; or another group, such as everybody.
        """
        return self._table(OTHERS, self.group(who))

    def payback(self, what: str = "cost") -> Payback:
        """By how much b is dearer than a, month by month: in `cost` (GBP, all payers) or in staff `minutes`."""
        return payback(self.a.runs, self.b.runs, what)

    def in_words(self) -> str:
        """What differs, in plain English, at most 80 columns wide."""
        return telling.in_words(self)

    def _table(self, compared: tuple[Compared, ...], people: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame([_row(each, people) for each in compared])


def _row(compared: Compared, people: pd.DataFrame) -> dict[str, object]:
    """One measure of a group."""
    measure = measures("people")[compared.column]
    least = evidence()[compared.worthwhile].value if compared.worthwhile else 1.0
    change = people[f"{compared.column}_difference"].to_numpy(float)
    gain = change * compared.good
    found = {name: _over_worlds(people, values) for name, values in _shares(gain, least).items()}
    difference = _over_worlds(people, change)
    return {
        "measure": compared.column,
        "label": measure.label,
        "unit": measure.unit,
        "better_is": "more" if compared.good > 0 else "less",
        "worthwhile": least,
        "people": len(people),
        "a": _over_worlds(people, people[f"{compared.column}_a"].to_numpy(float)).mean,
        "b": _over_worlds(people, people[f"{compared.column}_b"].to_numpy(float)).mean,
        "difference": difference.mean,
        "low": difference.ci_low,
        "high": difference.ci_high,
        "worlds": difference.runs,
        **{
            f"{name}{end}": value
            for name, share in found.items()
            for end, value in (("", share.mean), ("_low", share.ci_low), ("_high", share.ci_high))
        },
    }


def _shares(gain: np.ndarray, least: float) -> dict[str, np.ndarray]:
    """Who is better, the same and worse, as 0 and 1."""
    better, worse = gain >= least, gain <= -least
    return {"better": better, "same": ~better & ~worse, "worse": worse}


def _over_worlds(people: pd.DataFrame, values: np.ndarray) -> Estimate:
    """The mean of a person's number inside each world, and its interval over worlds: people of one share a team."""
    import pandas as pd

    means = (
        pd.Series(values.astype(float)).groupby([people["replication"].to_numpy(), people["team"].to_numpy()]).mean()
    )
    return estimate(means.to_numpy(), means.index.get_level_values(0).to_numpy())
