"""A scenario file becomes a Scenario: read, follow `extends`, check everything, put together.

`load("cmht")`, `load("my-team.yaml", ["team.caseload_per_wte=25"])`. What is wrong anywhere in the chain of
files or in the options is reported at once, with file, line and what would be right.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cpsim.errors import Problem, ScenarioError
from cpsim.scenario import resolve
from cpsim.scenario.barriers import sheet_without
from cpsim.scenario.changes import from_changes, from_options
from cpsim.scenario.problems import check, dotted
from cpsim.scenario.read_yaml import read_file
from cpsim.scenario.sheet import FIRST_DAY, HEADS, LABELS, Schema, Sheet, shipped_schema
from cpsim.scenario.source import Source, find, find_parent, shipped

if TYPE_CHECKING:
    from cpsim.scenario.schema import TeamDescription

# What sort of scenario each that comes with cpsim is, in the order in which they are listed.
ORDINARY = "The ordinary team, from which the others differ"
FROM_DAY_0 = "Something is done, or happens, from the first day on"
ALWAYS = "A team that has long been different"
MANY = "Several teams"


@dataclass(frozen=True)
class TeamWorld:
    """One team of a scenario. `base` holds through the warm-up, `changed` from `from_week` on.

    `arm` and `group` are labels for comparisons, such as "comparison" and "trust 1"; nothing that happens depends on
    them.
    """

    name: str
    copies: int
    base: TeamDescription
    changed: TeamDescription
    arm: str = ""
    group: str = ""

    @property
    def names(self) -> list[str]:
        """The name of each copy."""
        return [self.name] if self.copies == 1 else [f"{self.name} {copy + 1}" for copy in range(self.copies)]


@dataclass(frozen=True)
class Scenario:
    """A place, one or more teams and what changes; everything resolved and validated.

    `weeks` are counted from day 0, which is `start`; changes begin to act in `from_week`; `because` maps dotted paths
    to reasons.
    """

    name: str
    title: str
    question: str
    start: datetime.date
    weeks: int
    from_week: int
    because: dict[str, str]
    teams: tuple[TeamWorld, ...]

    def with_(self, changes: Mapping[str, Any] | None = None, **top: Any) -> Scenario:
        """A scenario like this one with some values changed, for all its teams.

        `changes` maps dotted paths to values, as `--set` does; `top` may be title, question, start, weeks, from_week.
        Raises ScenarioError with all mistakes.
        """
        return change(self, changes or {}, top)

    def without(self, *barriers: str) -> Scenario:
        """A scenario like this one without these groups of barriers, such as "transport"; the best that is plausible.

        The names are those of `cpsim.scenario.barriers.barriers()`. Raises OptionError when one is not among them.
        """
        sheet, problems = sheet_without(self, barriers)
        return apply(self, sheet, problems, shipped_schema()) if barriers else self

    @property
    def arms(self) -> dict[str, str]:
        """The arm of each team, copies named one by one; "" where none is given."""
        return {name: team.arm for team in self.teams for name in team.names}

    @property
    def groups(self) -> dict[str, str]:
        """The group of each team, such as its trust, likewise."""
        return {name: team.group for team in self.teams for name in team.names}

    @property
    def document(self) -> dict[str, Any]:
        """Everything in plain dicts, lists, text and numbers; `from_document` gives an equal scenario."""
        return {
            "schema": 1,
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "start": self.start.isoformat(),
            "weeks": self.weeks,
            "from_week": self.from_week,
            "because": dict(self.because),
            "teams": [
                {
                    "name": team.name,
                    "copies": team.copies,
                    **{key: getattr(team, key) for key in LABELS if getattr(team, key)},
                    "base": team.base.model_dump(),
                    "changed": team.changed.model_dump(),
                }
                for team in self.teams
            ],
        }

    @property
    def digest(self) -> str:
        """Twelve hexadecimal signs that differ whenever any value differs."""
        text = json.dumps(self.document, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def load(name_or_path: str | Path, sets: Sequence[str] = (), schema: Schema | None = None) -> Scenario:
    """The scenario of a shipped name or of a file, changed by `sets` ("path=value").

    Raises ScenarioError with all mistakes of the file, its parents and `sets`.
    """
    source = find(name_or_path)
    schema = schema or shipped_schema()
    sheets, problems = read_chain(source)
    options, misplaced = from_options(sets)
    for sheet in sheets:
        problems += [each for each in check(sheet, schema) if not _known(each, problems)]
    problems += [*misplaced, *check(options, schema)]
    if problems:
        files = [*(sheet.shown for sheet in sheets), *(problem.file for problem in problems)]
        raise ScenarioError(sorted(problems, key=lambda problem: (files.index(problem.file), problem.line)))
    first, *rest = reversed(sheets)
    state = resolve.first(first, schema)
    for sheet in [*rest, options]:
        state = resolve.then(state, sheet, schema)
    return _scenario(source.name, state, [first, *rest, options], schema)


def read_chain(source: Source) -> tuple[list[Sheet], list[Problem]]:
    """A file, its parent, its parent's parent...; and the mistakes that reading them met."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    files = [source.file.resolve()]
    try:
        while True:
            sheet, found = read_file(source.file, source.shown)
            sheets.append(sheet)
            problems += found
            if sheet.values.get("extends") is None:
                return sheets, problems
            line = sheet.line(("extends",))
            parent = find_parent(sheet.values["extends"], source, line)
            if parent.file.resolve() in files:
                names = " > ".join([*(each.shown for each in sheets), parent.shown])
                raise ScenarioError([Problem(source.shown, line, "extends", f"goes round in a circle: {names}")])
            source = parent
            files.append(source.file.resolve())
    except ScenarioError as error:
        return sheets, [*problems, *error.problems]


def _known(problem: Problem, problems: list[Problem]) -> bool:
    """Has this place been complained about already? One complaint a place is enough."""
    return any((each.file, each.line, each.path) == (problem.file, problem.line, problem.path) for each in problems)


def change(
    scenario: Scenario, values: Mapping[str, Any], top: Mapping[str, Any], schema: Schema | None = None
) -> Scenario:
    """What `Scenario.with_` does."""
    schema = schema or shipped_schema()
    return apply(scenario, *from_changes(values, top), schema)


def apply(scenario: Scenario, sheet: Sheet, problems: list[Problem], schema: Schema) -> Scenario:
    """The scenario with one more sheet on top. Raises ScenarioError with all mistakes."""
    problems = [*problems, *check(sheet, schema)]
    if problems:
        raise ScenarioError(problems)
    teams = {
        team.name: resolve.World(team.base.model_dump(), team.changed.model_dump(), team.copies, team.arm, team.group)
        for team in scenario.teams
    }
    head = {key: getattr(scenario, key) for key in HEADS}
    state = resolve.State(next(iter(teams.values())), teams, head, dict(scenario.because))
    return _scenario(scenario.name, resolve.then(state, sheet, schema), [sheet], schema)


def _scenario(name: str, state: resolve.State, sheets: Sequence[Sheet], schema: Schema) -> Scenario:
    described, problems = resolve.describe_teams(state, sheets, schema)
    head: dict[str, Any] = {"question": "", "start": FIRST_DAY, "weeks": 52, "from_week": 0} | state.head
    if head["from_week"] >= head["weeks"]:
        message = f"the changes would begin in week {head['from_week']} of a run of {head['weeks']} weeks"
        problems.append(_head_problem(sheets, "from_week", message))
    if problems:
        raise ScenarioError(problems)
    worlds = state.worlds()
    teams = tuple(
        TeamWorld(team, worlds[team].copies, *pair, worlds[team].arm, worlds[team].group)
        for team, pair in described.items()
    )
    head |= {key: _one_line(head[key]) for key in ("title", "question")}
    return Scenario(name=name, because=state.because, teams=teams, **head)


def _head_problem(sheets: Sequence[Sheet], key: str, message: str) -> Problem:
    sheet = next((each for each in reversed(sheets) if (key,) in each.lines), sheets[0])
    return Problem(sheet.shown, sheet.line((key,)), key, message)


def from_document(document: Mapping[str, Any], schema: Schema | None = None) -> Scenario:
    """The scenario of a `document`, such as a manifest holds. Raises ScenarioError when it cannot be read."""
    schema = schema or shipped_schema()
    shown = "the stored scenario"
    try:
        head = {key: document[key] for key in HEADS} | {"start": datetime.date.fromisoformat(document["start"])}
        labels = [{key: team[key] for key in LABELS if key in team} for team in document["teams"]]
        names = [{key: team[key] for key in ("name", "copies")} for team in document["teams"]]
        teams = [name | label for name, label in zip(names, labels, strict=True)]
        problems = check(Sheet(shown, {"schema": document["schema"], **head, "teams": teams}, {}), schema)
        if problems:
            raise ScenarioError(problems)
        described: Any = schema.description.model_validate
        worlds = tuple(
            TeamWorld(team["name"], team["copies"], described(team["base"]), described(team["changed"]), **label)
            for team, label in zip(document["teams"], labels, strict=True)
        )
        return Scenario(**head, name=str(document["name"]), because=dict(document["because"]), teams=worlds)
    except ValidationError as error:
        raise ScenarioError([Problem(shown, 0, dotted(each["loc"]), each["msg"]) for each in error.errors()]) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ScenarioError([Problem(shown, 0, "", f"is damaged: {error!r}")]) from None


def shipped_scenarios() -> list[tuple[str, str, str]]:
    """Name, title and question of each scenario that comes with cpsim."""
    return sorted(row for rows in grouped_scenarios().values() for row in rows)


def grouped_scenarios() -> dict[str, list[tuple[str, str, str]]]:
    """The same under headings that say what sort of scenario each is."""
    found: dict[str, list[tuple[str, str, str]]] = {heading: [] for heading in (ORDINARY, FROM_DAY_0, ALWAYS, MANY)}
    for name, source in shipped().items():
        head = read_file(source.file, source.shown)[0].values
        row = (name, _one_line(head.get("title")), _one_line(head.get("question")))
        found[_heading(head)].append(row)
    return found


def _heading(head: Mapping[str, Any]) -> str:
    if "extends" not in head:
        return ORDINARY
    if "teams" in head:
        return MANY
    return ALWAYS if "standing" in head else FROM_DAY_0


def _one_line(text: Any) -> str:
    return " ".join(str(text or "").split())
