"""Say in plain English what a scenario was understood to be, so that its author can see a slip before a run.

The sentences are made from the declarations, so a new field is described without a line here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsim.scenario.declare import Declaration, Section, declarations_of
from cpsim.scenario.export import shown
from cpsim.scenario.marks import beyond_evidence, overridden, value_at
from cpsim.scenario.resolve import touch
from cpsim.scenario.sheet import Schema, shipped_schema
from cpsim.scenario.wording import plain, span, with_unit

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario, TeamWorld

Sentences = tuple[str, ...]
MANY = 20  # teams: more than these are summed up instead of listed
IN_WORDS = {  # choices whose name in a file is not what one says
    "cmht": "community mental health team",
    "crisis_first": "it gives way to a crisis",
    "protected_time": "it is kept",
}
APART = 5  # values of one number that are told one by one; more are summed up


@dataclass(frozen=True)
class Understood:
    """A scenario in sentences. `beyond`: those own numbers that lie outside what the evidence covers; `warnings`: what
    hardly fits together.
    """

    name: str
    title: str
    digest: str
    run: Sentences
    team: Sentences
    place: Sentences
    always: Sentences
    changes: Sentences
    other_teams: Sentences
    own_numbers: Sentences
    beyond: Sentences
    warnings: Sentences

    def parts(self) -> list[tuple[str, Sentences]]:
        """Headings with their sentences, in the order to be read; empty ones left out."""
        found = [
            ("The run", self.run),
            ("The team before day 0", self.team),
            ("The place", self.place),
            ("Has always been so here, and is not the default", self.always),
            ("What changes", self.changes),
            ("The other teams", self.other_teams),
            ("Your own numbers in place of the evidence", self.own_numbers),
            ("Do these fit together?", self.warnings or ("Nothing here speaks against it.",)),
        ]
        return [(heading, sentences) for heading, sentences in found if sentences]


def describe(scenario: Scenario, schema: Schema | None = None) -> Understood:
    """All that `cpsim check` says about a scenario that is valid."""
    first, *others = scenario.teams
    declared = list(declarations_of(type(first.base)).values())
    return Understood(
        name=scenario.name,
        title=scenario.title,
        digest=scenario.digest,
        run=tuple(_run(scenario)),
        team=(*_size(first.base), *_facts(first.base, [each for each in declared if each.path.startswith("team.")])),
        place=tuple(_facts(first.base, [each for each in declared if each.path.startswith("place.")])),
        always=tuple(_always(first, declared)),
        changes=tuple(_changes(first, declared, scenario.because)),
        other_teams=tuple(
            _all_teams(scenario.teams, declared) if len(others) > MANY else _others(others, first, declared)
        ),
        own_numbers=tuple(_own_numbers(scenario, declared)),
        beyond=tuple(_beyond(scenario, declared)),
        warnings=tuple(_warnings(scenario, schema or shipped_schema())),
    )


def _run(scenario: Scenario) -> Iterator[str]:
    if scenario.question:
        yield scenario.question
    yield f"Day 0 is {scenario.start.day} {scenario.start:%B %Y}; the run goes on for {scenario.weeks} weeks."
    yield f"Changes begin to act {f'in week {scenario.from_week}' if scenario.from_week else 'on day 0'}."
    count = sum(team.copies for team in scenario.teams)
    if len(scenario.teams) > MANY:
        yield f"There are {count} teams, {scenario.teams[0].name} to {scenario.teams[-1].name}."
    elif count > 1:
        yield f"There are {count} teams: {', '.join(_counted(team) for team in scenario.teams)}."
    for what, labels in (("arm", scenario.arms), ("group", scenario.groups)):
        if any(labels.values()):
            yield f"By {what}: {_tallied(labels)}."


def _tallied(labels: dict[str, str]) -> str:
    """How many teams have which label: "implementation (5 teams), comparison (5 teams)"."""
    counts = Counter(label or "none" for label in labels.values())
    return ", ".join(f"{label} ({with_unit(str(count), 'teams')})" for label, count in counts.items())


def _counted(team: TeamWorld) -> str:
    return team.name if team.copies == 1 else f"{team.name} ({team.copies} alike)"


def _size(base: Section) -> Iterator[str]:
    """The sums that a planner knows by heart: posts, and people."""
    from cpsim.scenario.schema import TeamDescription, coordinating_wte

    if isinstance(base, TeamDescription):
        posts = base.team.staff_wte.values()
        filled, vacant = sum(each.in_post for each in posts), sum(each.vacant for each in posts)
        carrying = coordinating_wte(base)
        yield f"{filled:.1f} WTE in post and {vacant:.1f} WTE vacant; {carrying:.1f} of these posts carry a caseload."
        yield f"That is a caseload of about {base.team.caseload_per_wte * carrying:.0f} people."


def said(value: Any, unit: str) -> str:
    """A value as a sentence has it: "25 people per WTE", "yes", "nurse 6 (1.5 vacant)"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return IN_WORDS.get(value, value.replace("_", " "))
    if isinstance(value, dict):
        return f"{shown(value)} ({unit})" if unit else shown(value)
    if isinstance(value, int | float) and abs(value) >= 10_000:
        return with_unit(f"{value:,.0f}", unit)
    return with_unit(shown(value), unit if value is not None else "")


def _sentence(found: Declaration, answer: str) -> str:
    """What a declaration is about, without its explanations, and the answer: "The kind of team: cmht."."""
    label = re.split("[;:]", found.about)[0]
    return f"{label} {answer[:1].upper()}{answer[1:]}." if label.endswith("?") else f"{label}: {answer}."


def _facts(description: Section, declared: list[Declaration]) -> Iterator[str]:
    for found in declared:
        yield _sentence(found, said(value_at(description, found.path), found.unit))


def _always(team: TeamWorld, declared: list[Declaration]) -> Iterator[str]:
    """What differs from the default, but for what is described in full or listed by itself."""
    for found in declared:
        value = value_at(team.base, found.path)
        if not found.path.startswith(("team.", "place.", "parameters.")) and value != found.value:
            yield _sentence(found, f"{said(value, found.unit)} (by default {said(found.value, '')})")


def _changes(team: TeamWorld, declared: list[Declaration], because: dict[str, str]) -> Iterator[str]:
    for found in declared:
        before, after = value_at(team.base, found.path), value_at(team.changed, found.path)
        if before != after:
            if isinstance(before, dict):
                before, after = _apart(before, after), _apart(after, before)
            reason = next((f", because: {why}" for path, why in because.items() if touch(path, found.path)), "")
            yield _sentence(found, f"from {said(before, '')} to {said(after, found.unit)}{reason}")


def _apart(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Those roles in which two staffs differ."""
    return {key: value for key, value in one.items() if value != other.get(key)}


def _others(teams: list[TeamWorld], first: TeamWorld, declared: list[Declaration]) -> Iterator[str]:
    """The further teams, those that are alike in one sentence."""
    alike: dict[str, list[str]] = {}
    for team in teams:
        alike.setdefault(_apart_from(team, first, declared), []).append(_counted(team))
    for apart, names in alike.items():
        yield f"{', '.join(names)}: as {first.name}{', but ' if apart else ''}{apart}."


def _apart_from(team: TeamWorld, first: TeamWorld, declared: list[Declaration]) -> str:
    """What sets a team apart from the first."""
    apart: dict[str, None] = {}
    for found in declared:
        before, after = value_at(team.base, found.path), value_at(team.changed, found.path)
        if (before, after) != (value_at(first.base, found.path), value_at(first.changed, found.path)):
            then = "" if before == after else f", then {said(after, found.unit)}"
            apart[_sentence(found, f"{said(before, found.unit)}{then}").rstrip(".")] = None
    return "; ".join(apart)


def _all_teams(teams: Sequence[TeamWorld], declared: list[Declaration]) -> Iterator[str]:
    """In what many teams differ: numbers by their ends, words by how often they occur."""
    yield f"All {len(teams)} teams are described like the first; they differ in this."
    for found in declared:
        values = [value_at(team.changed, found.path) for team in teams]
        if all(value == values[0] for value in values):
            continue
        if isinstance(values[0], str):
            words = ", ".join(f"{word} {count}" for word, count in Counter(values).most_common())
            yield _sentence(found, words)
        elif isinstance(values[0], dict):
            yield _sentence(found, "different in each team")
        else:
            yield _sentence(found, _ends(values, found.unit))


def _ends(values: Sequence[float], unit: str) -> str:
    return f"{said(min(values), '')} to {said(max(values), unit)}"


def _own_numbers(scenario: Scenario, declared: list[Declaration]) -> Iterator[str]:
    by_path = {found.path: found for found in declared}
    beyond = {(path, value) for path, value, *_ in beyond_evidence(scenario)}
    own: dict[str, list[float]] = {}
    for path, value, _ in overridden(scenario):
        own.setdefault(path, []).append(value)
    for path, values in own.items():
        found = by_path[path]
        covered = f", {span(found.low, found.high)}" if found.low is not None and found.high is not None else ""
        says = f"({path}); the evidence says {plain(found.value)}{covered}"
        if len(values) > APART:
            mark = ", so some are beyond it" if any((path, value) in beyond for value in values) else ""
            yield _sentence(found, f"{_ends(values, found.unit)} {says}{mark}")
            continue
        for value in values:
            mark = ", so this is beyond it" if (path, value) in beyond else ""
            yield _sentence(found, f"{said(value, found.unit)} {says}{mark}")


def _beyond(scenario: Scenario, declared: list[Declaration]) -> Iterator[str]:
    by_path = {found.path: found for found in declared}
    beyond = beyond_evidence(scenario)
    times = Counter(path for path, *_ in beyond)
    told = set()
    for path, value, low, high in beyond:
        found = by_path[path]
        if times[path] > APART and path in told:
            continue
        told.add(path)
        values = f"{times[path]} values of these teams" if times[path] > APART else plain(value)
        yield _sentence(found, f"{values}; the evidence covers {span(low, high, found.unit)} ({path})")


def _warnings(scenario: Scenario, schema: Schema) -> Iterator[str]:
    several = len(scenario.teams) > 1
    found = {
        f"{f'{team.name}: ' if several else ''}{path}: {message}": None
        for team in scenario.teams
        for description in (team.base, team.changed)
        for path, message in schema.doubts(description)
    }
    yield from found
