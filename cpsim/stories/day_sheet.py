"""A practitioner's day in one simulated future: the minutes by activity, the list in order, and who was put off."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.model.codes import ACTIVITY_LABELS, ROLES, STAGE_LABELS, WORKING_DAYS, Activity, Stage
from cpsim.model.hours.evening import close_day
from cpsim.model.records import World
from cpsim.outputs.telling import NOBODY_REAL
from cpsim.scenario.load import Scenario
from cpsim.stories import words
from cpsim.stories.connecting import connecting, places
from cpsim.stories.contacts import contacts
from cpsim.stories.future import Future, within
from cpsim.stories.look import Look, Seen
from cpsim.stories.story import wrapped
from cpsim.stories.walk import Part, parts, tasks_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Line:
    """One line of the day's list. minutes: used for it, travel and notes included. came_of_it: in sentences."""

    person: int
    stage: str
    what: str
    minutes: int
    came_of_it: str

    @property
    def found_time(self) -> bool:
        """Was there time for it, whether or not the person was seen?"""
        return self.came_of_it != words.NO_TIME


@dataclass(frozen=True)
class DaySheet:
    """A practitioner's day. `print(sheet)` shows it; `visits` and `minutes` are tables of it.

    about: how it stands with the post. spent: paid minutes by activity, in the order of the day. lines: today's list in
    the order in which it was gone through. put_off: people whose contact was due and found no time, or nobody there.
    """

    scenario: Scenario
    practitioner: int
    post: str
    day: int
    seed: int
    replication: int
    about: str
    spent: dict[str, float]
    lines: tuple[Line, ...]
    put_off: tuple[int, ...]

    def __str__(self) -> str:
        return self.text

    @property
    def date(self) -> datetime.date:
        """The date of the day."""
        return self.scenario.start + datetime.timedelta(days=self.day)

    @cached_property
    def visits(self) -> pd.DataFrame:
        """A row a line of the list: person, stage, what, minutes, came_of_it."""
        import pandas as pd

        return pd.DataFrame([asdict(line) for line in self.lines], columns=list(Line.__annotations__))

    @cached_property
    def minutes(self) -> pd.DataFrame:
        """A row an activity: its minutes; together the paid day."""
        import pandas as pd

        return pd.DataFrame(list(self.spent.items()), columns=["activity", "minutes"])

    @property
    def text(self) -> str:
        """The whole sheet, at most 96 columns wide."""
        head = f"{self.post[0].upper()}{self.post[1:]}, {self.date:%A} {words.date(self.date)}"
        team = f"practitioner {self.practitioner} of {self.scenario.title}"
        whose = f"({team}, seed {self.seed}, future {self.replication})"
        told = [f"{head}\n{wrapped(whose)}", wrapped(self.about)]
        if self.spent:
            rows = [f"  {round(minutes):>5}  {activity}" for activity, minutes in self.spent.items()]
            told.append("\n".join(["Minutes", *rows, f"  {round(sum(self.spent.values())):>5}  paid"]))
        done = [_shown(line) for line in self.lines if line.found_time]
        if done:
            told.append("\n".join(["Today's list, in order, with minutes", *done]))
        told += [wrapped(f"{what}: {', '.join(who)}.") for what, who in self._not_done()]
        return "\n\n".join([*told, NOBODY_REAL])

    def _not_done(self) -> Iterator[tuple[str, list[str]]]:
        """What was on the list and found no time, by what it was; and who else was put off."""
        idle = [line for line in self.lines if not line.found_time]
        for what in dict.fromkeys(line.what for line in idle):
            yield f"No time for a {what} with person", [str(line.person) for line in idle if line.what == what]
        others = [str(person) for person in self.put_off if person not in {line.person for line in idle}]
        if others:
            yield "Due today, nobody there or no time in the day: person", others

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data, for `--json`."""
        told = asdict(self) | {"date": self.date.isoformat(), "scenario": self.scenario.name}
        return {**told, "digest": self.scenario.digest}


def _shown(line: Line) -> str:
    head = f"  {line.minutes:>5}  Person {line.person} ({line.stage}), {line.what}: "
    return wrapped(line.came_of_it, head, " " * 9)


def day_sheet(
    scenario: Scenario | str | Path = "cmht",
    practitioner: int = 0,
    day: int | datetime.date = 0,
    *,
    seed: int = 1,
    replication: int = 0,
    team: int = 0,
) -> DaySheet:
    """A practitioner's day in one simulated future.

    practitioner: number of the post, from 0, in the order of the roles. day: a date, or the number of the day, 0 being
    the first reported. Raises OptionError for numbers that do not exist.
    """
    future = Future.of(scenario, seed, replication, team)
    future.check_practitioner(practitioner)
    number = (day - future.scenario.start).days if isinstance(day, datetime.date) else day
    within("day", number, future.last_day + 1, f"the days of this run, from {future.scenario.start} on, are")
    future.live_until(number - 1)
    watch = _Watch(future, practitioner)
    watch.live_the_day()
    return DaySheet(
        scenario=future.scenario,
        practitioner=practitioner,
        post=future.post(practitioner),
        day=number,
        seed=seed,
        replication=replication,
        about=watch.about(),
        spent={ACTIVITY_LABELS[Activity(activity)]: minutes for activity, minutes in watch.spent.items()},
        lines=tuple(watch.lines),
        put_off=tuple(dict.fromkeys(watch.put_off)),
    )


class _Watch:
    """Looks at one practitioner through one day."""

    def __init__(self, future: Future, k: int) -> None:
        self.future, self.k, self.world = future, k, future.world
        self.role = int(self.world.workers["role"][k])
        self.spent: dict[int, float] = {}
        self.lines: list[Line] = []
        self.put_off: list[int] = []

    @property
    def worker(self) -> Any:
        """The practitioner's row as it is now."""
        return self.world.workers[self.k]

    def live_the_day(self) -> None:
        """Live the day, part by part."""
        w = self.world
        minutes, put_off = w.minutes[self.role].copy(), w.people["put_off"].copy()
        for part in parts(w, workers={self.k}):
            mine = part.worker == self.k
            if part.name == "plan":
                self._note_put_off(w.people["put_off"] > put_off)
            elif part.name == "list" and mine:
                self._look_ahead()
            elif part.name == "task" and mine:
                self._note_task(part)
            elif part.name == "evening":
                self._spend_evening()
            if mine and part.name != "list":
                self._spend(w.minutes[self.role] - minutes)
            minutes, put_off = w.minutes[self.role].copy(), w.people["put_off"].copy()

    def about(self) -> str:
        """How it stands with the post today."""
        w, worker = self.world, self.worker
        if w.team[0]["weekday"] >= WORKING_DAYS:
            return words.ABOUT_THE_DAY["weekend"]
        if not worker["filled"]:
            return words.ABOUT_THE_DAY["vacant"]
        there = "at work" if worker["present"] else "away" if self.spent else "day off"
        people = words.count(int(worker["caseload"]), "person", "people")
        return f"{words.ABOUT_THE_DAY[there]} {worker['wte']:.1f} WTE, care co-ordinator of {people}."

    def _spend(self, minutes: np.ndarray) -> None:
        for activity in np.flatnonzero(minutes):
            self.spent[int(activity)] = self.spent.get(int(activity), 0.0) + float(minutes[activity])

    def _spend_evening(self) -> None:
        """What the evening makes of the minutes left: lived on a copy, with an account for this one alone."""
        tried = World(*deepcopy(tuple(self.world)))
        tried = tried._replace(minutes=np.zeros((ROLES + 1, len(Activity))))
        tried.workers["role"][self.k] = ROLES
        close_day(tried)
        self._spend(tried.minutes[ROLES])

    def _note_put_off(self, rose: np.ndarray) -> None:
        """People of this practitioner for whom the plan of the day found no time."""
        people = self.world.people
        mine = (people["coordinator"] == self.k) | ((people["cp_worker"] == self.k) & (people["cp_active"] == 1))
        self.put_off += np.flatnonzero(rose & mine).tolist()

    def _look_ahead(self) -> None:
        """Look at the person of the task that comes next, if there is one."""
        done = len(self.lines)
        rows = list(tasks_of(self.world, self.k))[done : done + 1]
        self.left = float(self.worker["minutes_left"])
        self.before = [Look.at(self.world, int(self.world.tasks["person"][row])) for row in rows]

    def _note_task(self, part: Part) -> None:
        i = int(self.world.tasks["person"][part.task])
        seen = Seen(self.before[0], Look.at(self.world, i), i)
        came = list(self._what_came(seen, part))
        self.lines.append(
            Line(
                person=i,
                stage=STAGE_LABELS[Stage(seen.was("stage"))],
                what=words.TASKS[Activity(int(self.world.tasks["kind"][part.task]))],
                minutes=round(self.left - float(self.worker["minutes_left"])),
                came_of_it=" ".join(came) if came else words.NO_TIME,
            )
        )
        if seen.rose("put_off") > 0:
            self.put_off.append(i)
        self._look_ahead()

    def _what_came(self, seen: Seen, part: Part) -> Iterator[str]:
        for topic in (contacts, connecting, places):
            for kind, facts in topic(seen, part, self.future):
                if kind != "put off":
                    yield words.sentence(kind, facts)
