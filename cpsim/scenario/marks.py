"""What a reader of a result should know about a scenario's numbers: which differ from the evidence, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import TYPE_CHECKING, Any

from cpsim.scenario.declare import Declaration, Section, declarations_of

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario


def beyond_evidence(scenario: Scenario) -> list[tuple[str, float, float, float]]:
    """(path, value, low, high) of each measured number that lies outside what its evidence covers."""
    return [
        (found.path, value, found.low, found.high)
        for found, value in _measured(scenario)
        if found.low is not None and found.high is not None and not found.low <= value <= found.high
    ]


def overridden(scenario: Scenario) -> list[tuple[str, float, float]]:
    """(path, value, value by the evidence) of each measured number that the scenario gives a value of its own."""
    return [(found.path, value, found.value) for found, value in _measured(scenario) if value != found.value]


def value_at(description: Section, path: str) -> Any:
    """The value at a declared path ("team.caseload_per_wte")."""
    return reduce(getattr, path.split("."), description)


def _measured(scenario: Scenario) -> Iterator[tuple[Declaration, float]]:
    """Each measured number with each different value that it has in some team."""
    descriptions: list[Section] = [side for team in scenario.teams for side in (team.base, team.changed)]
    for found in declarations_of(type(descriptions[0])).values():
        if found.kind == "measured":
            for value in dict.fromkeys(value_at(each, found.path) for each in descriptions):
                yield found, value
