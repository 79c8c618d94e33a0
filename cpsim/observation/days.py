"""The panel of one team in one future, by day: what a study could look at if it could look at everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cpsim.errors import UserError
from cpsim.outputs.run_result import RunResult


@dataclass(frozen=True)
class TeamDays:
    """One team in one future. `seed`: of its draws. `lines`: PANEL, ordered by day and person.

    `implementation`: GBP spent on putting CP into practice for each person on the caseload, by week from day 0 on.
    """

    replication: int
    team: str
    place: int
    seed: int
    lines: np.ndarray
    implementation: np.ndarray

    @cached_property
    def weeks(self) -> np.ndarray:
        """The panel days, in weeks since day 0."""
        return np.array(list(self._days))

    @cached_property
    def _days(self) -> dict[int, np.ndarray]:
        """The lines by week, as views: days are looked up again and again."""
        weeks, first = np.unique(self.lines["week"], return_index=True)
        return dict(zip(weeks.tolist(), np.split(self.lines, first[1:]), strict=True))

    def day(self, week: int) -> np.ndarray:
        """The lines of everybody on one panel day. Raises UserError when that day was not kept."""
        if week not in self._days:
            raise UserError(f"the panel has no week {week}; it goes from {self.weeks[0]} to {self.weeks[-1]}")
        return self._days[week]

    @cached_property
    def _order(self) -> dict[int, np.ndarray]:
        """For each week the places of its lines in the order of people's addresses."""
        return {week: np.argsort(day["person"]) for week, day in self._days.items()}

    def before(self, week: int) -> int:
        """The panel day at this week or the last one before it."""
        return int(self.weeks[self.weeks <= week].max())

    def at(self, week: int, people: np.ndarray) -> np.ndarray:
        """The lines of these people on one panel day; a line of zeros for who had not been referred by then."""
        day, order = self.day(week), self._order[week]
        place = np.minimum(np.searchsorted(day["person"], people, sorter=order), len(day) - 1)
        found = day[order[place]]
        found[found["person"] != people] = np.zeros(1, day.dtype)
        return found

    def each_at(self, weeks: np.ndarray, people: np.ndarray) -> np.ndarray:
        """The line of each person on a day of their own."""
        found = np.zeros(len(people), self.lines.dtype)
        for week in np.unique(weeks):
            found[weeks == week] = self.at(int(week), people[weeks == week])
        return found


def team_days(result: RunResult) -> Iterator[TeamDays]:
    """Every team of every future of a result. Raises UserError when it kept no panel."""
    runs = result.runs
    if runs.panel is None or runs.panel_lines is None:
        raise UserError("this run kept no panel of people; run it with panel_every_weeks=2")
    ends = np.cumsum(runs.panel_lines)
    weeks = np.cumsum(runs.weeks)
    for k in range(len(runs)):
        weekly = runs.weekly[weeks[k] - runs.weeks[k] : weeks[k]]
        weekly = weekly[weekly["week"] >= 0]
        yield TeamDays(
            replication=int(runs.replication[k]),
            team=runs.teams[runs.team[k]],
            place=int(runs.team[k]),
            seed=int(runs.seed[k]),
            lines=runs.panel[ends[k] - runs.panel_lines[k] : ends[k]],
            implementation=weekly["cost_implementation"] / np.maximum(weekly["caseload"], 1.0),
        )
