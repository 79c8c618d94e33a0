"""The story of one service user in one simulated future: dated, in plain words."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpsim.outputs.telling import NOBODY_REAL
from cpsim.scenario.load import Scenario
from cpsim.stories import words
from cpsim.stories.connecting import connecting, places, window
from cpsim.stories.contacts import contacts
from cpsim.stories.future import Future
from cpsim.stories.happenings import Happening, StageSpells, Topic, flow, practitioners
from cpsim.stories.look import Look, Seen
from cpsim.stories.walk import Part, parts
from cpsim.stories.who import how_they_stand, in_the_end, who_it_is

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 96
INDENT = " " * 12
ENDS_A_WAIT = {"seen", "not seen", "hospital", "discharged", "lost contact", "died", "worker given", "worker again"}


@dataclass(frozen=True)
class Story:
    """What happened to one service user. `print(story)` shows it; `events` is a table of it.

    who, at_first, at_last, summary: sentences. happenings: in their order.
    """

    scenario: Scenario
    team: str
    person: int
    seed: int
    replication: int
    who: tuple[str, ...]
    at_first: tuple[str, ...]
    happenings: tuple[Happening, ...]
    at_last: tuple[str, ...]
    summary: tuple[str, ...]

    def __str__(self) -> str:
        return self.text

    @cached_property
    def events(self) -> pd.DataFrame:
        """A row a happening: day (0 is the first reported), date, kind, text."""
        import pandas as pd

        rows = [(each.day, self.date(each.day), each.kind, each.text) for each in self.happenings]
        return pd.DataFrame(rows, columns=["day", "date", "kind", "text"])

    def date(self, day: int) -> datetime.date:
        """The date of a day of the run."""
        return self.scenario.start + datetime.timedelta(days=day)

    @property
    def title(self) -> str:
        """Whose story, of which team, in which future."""
        team = f", {self.team}" if len(self.scenario.teams) > 1 or self.scenario.teams[0].copies > 1 else ""
        return f"Person {self.person} of {self.scenario.title}{team} (seed {self.seed}, future {self.replication})"

    @property
    def text(self) -> str:
        """The whole story, at most 96 columns wide."""
        weeks = words.count(self.scenario.weeks, "week")
        end = self.date(self.scenario.weeks * 7 - 1)
        sections = [
            wrapped(self.title),
            wrapped(" ".join(self.who)),
            wrapped(f"At the start, on {words.date(self.date(0))}: {' '.join(self.at_first)}"),
            *self._months(),
            wrapped(f"At the end, on {words.date(end)}: {' '.join(self.at_last)}"),
            f"In these {weeks}\n" + "\n".join(wrapped(each, "  - ", "    ") for each in self.summary),
            wrapped(NOBODY_REAL),
        ]
        return "\n\n".join(sections)

    def _months(self) -> Iterator[str]:
        for month, group in groupby(self.happenings, lambda each: f"{self.date(each.day):%B %Y}"):
            days = groupby(group, lambda each: each.day)
            yield "\n".join([month, *(self._day(day, list(happened)) for day, happened in days)])

    def _day(self, day: int, happened: list[Happening]) -> str:
        text = " ".join(each.text for each in happened)
        return wrapped(text, self._dated(day), INDENT)

    def _dated(self, day: int) -> str:
        return f"{words.short_date(self.date(day)):<{len(INDENT)}}"

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data, for `--json`."""
        events = [
            {"day": each.day, "date": self.date(each.day).isoformat(), "kind": each.kind, "text": each.text}
            for each in self.happenings
        ]
        which = {"scenario": self.scenario.name, "digest": self.scenario.digest, "team": self.team}
        future = {"person": self.person, "seed": self.seed, "replication": self.replication}
        said = {name: list(getattr(self, name)) for name in ("who", "at_first", "at_last", "summary")}
        return {**which, **future, **said, "events": events}


def wrapped(text: str, mark: str = "", indent: str = "") -> str:
    """Text of at most 96 columns."""
    lines = textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=indent, break_on_hyphens=False)
    return "\n".join(lines)


def story(
    scenario: Scenario | str | Path = "cmht", person: int = 0, *, seed: int = 1, replication: int = 0, team: int = 0
) -> Story:
    """Follow one service user through one simulated future.

    person: number of the person, as in `RunResult.people` (its rows, from 0), in the order of joining: first those on
    the caseload at the start, then people by the day of their referral. seed, replication, team: which of the futures
    that `cpsim.run(scenario, seed=seed)` makes, and which team, all counted from 0. Raises OptionError for numbers that
    do not exist.
    """
    future = Future.of(scenario, seed, replication, team)
    future.check_person(person)
    future.live_until(-1)
    at_first = tuple(how_they_stand(future, person))
    happenings = tuple(merged(follow(future, person), future))
    return Story(
        scenario=future.scenario,
        team=future.team,
        person=person,
        seed=seed,
        replication=replication,
        who=tuple(who_it_is(future.world.people[person])),
        at_first=at_first,
        happenings=happenings,
        at_last=tuple(how_they_stand(future, person)),
        summary=tuple(in_the_end(future, person)),
    )


def follow(future: Future, person: int) -> Iterator[Happening]:
    """Live the days to the last, looking at the person before and after each part of each."""
    topics: list[Topic] = [flow, StageSpells(future.day), practitioners, contacts, connecting, places, window]
    before = Look.at(future.world, person)
    while future.day < future.last_day:
        for part in parts(future.world, people={person}):
            after = Look.at(future.world, person)
            if _concerns(part, person, future) and not after.same(before):
                seen = Seen(before, after, person)
                for topic in topics:
                    for kind, facts in topic(seen, part, future):
                        yield Happening(future.day, kind, facts)
            before = after


def _concerns(part: Part, person: int, future: Future) -> bool:
    """Is what changed in this part the person's own? Tasks are of others too."""
    if part.name == "task":
        return int(future.world.tasks["person"][part.task]) == person
    return part.name not in ("open", "others", "list", "evening")


def merged(happenings: Iterator[Happening], future: Future) -> list[Happening]:
    """The same with what was put off from day to day said once, on the first day."""
    told: list[Happening] = []
    open_since: dict[str, tuple[int, int]] = {}  # sentence -> where it was told, days so far
    for each in happenings:
        if each.kind in ENDS_A_WAIT:
            open_since.clear()
        if not each.kind.startswith("put off"):
            told.append(each)
            continue
        where, days = open_since.get(each.text, (len(told), 0))
        open_since[each.text] = where, days + 1
        if days:
            again = words.again(days + 1, future.date(each.day))
            told[where] = told[where]._replace(facts={**told[where].facts, "again": again})
        else:
            told.append(each)
    return told
