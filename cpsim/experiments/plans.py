"""What is compared: plans with a letter and a name, each a scenario; the first is the reference."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpsim.errors import OptionError, UserError
from cpsim.outputs.words import listed
from cpsim.scenario.load import Scenario, load

MOST = 6  # more columns than that nobody can read side by side
LETTERS = string.ascii_uppercase


@dataclass(frozen=True)
class Plan:
    """One column of a comparison. `letter`: A is the reference. `name`: short, written from what differs."""

    letter: str
    name: str
    scenario: Scenario

    @property
    def column(self) -> str:
        """ "B: protected-time"."""
        return f"{self.letter}: {self.name}"


def plans(
    scenarios: Sequence[Scenario | str | Path], names: Sequence[str] | None = None, weeks: int | None = None
) -> tuple[Plan, ...]:
    """Letters and names for these scenarios, all over the same weeks.

    names: one each; else the scenarios' own, with their letter where two are alike. weeks: for all, in place of their
    own. Raises UserError when they cannot be compared like with like, and what loading raises.
    """
    if not 2 <= len(scenarios) <= MOST:
        raise OptionError(f"compare: give 2 to {MOST} scenarios, the first as the reference; {len(scenarios)} given")
    chosen = [each if isinstance(each, Scenario) else load(each) for each in scenarios]
    if weeks is not None:
        chosen = [each.with_(weeks=weeks) for each in chosen]
    check_alike(chosen)
    own = list(names) if names else [each.name for each in chosen]
    twice = {name for name in own if own.count(name) > 1}
    called = [f"{name} ({letter})" if name in twice else name for name, letter in zip(own, LETTERS, strict=False)]
    return tuple(Plan(*each) for each in zip(LETTERS, called, chosen, strict=False))


def check_alike(scenarios: Sequence[Scenario]) -> None:
    """Raise UserError when weeks or the number of teams differ: the difference would not be the plan's alone."""
    weeks = [each.weeks for each in scenarios]
    if len(set(weeks)) > 1:
        told = listed([f"{each.name} {each.weeks}" for each in scenarios])
        raise UserError(f"weeks differ ({told}); give --weeks, so that all cover the same time")
    teams = [sum(team.copies for team in each.teams) for each in scenarios]
    if len(set(teams)) > 1:
        told = listed([f"{each.name} {count}" for each, count in zip(scenarios, teams, strict=True)])
        raise UserError(f"numbers of teams differ ({told}); a team is compared with itself under another plan")


def variants(first: str, sets: Sequence[str], without: Sequence[str]) -> tuple[list[Scenario], list[str]]:
    """Further plans made from the first: one for each `--set` ("path=value", several joined by ";") and one for each
    `--without` (a group of barriers, several joined by ","). Raises ScenarioError or OptionError with mistakes.
    """
    made: list[Scenario] = []
    names: list[str] = []
    for text in sets:
        pairs = [each.strip() for each in text.split(";") if each.strip()]
        made.append(load(first, pairs or [text]))
        names.append(", ".join(_short(pair) for pair in pairs))
    for text in without:
        groups = [each.strip() for each in text.split(",") if each.strip()]
        made.append(load(first).without(*groups))
        names.append(f"without {listed(groups)}")
    return made, names


def _short(pair: str) -> str:
    """ "team.caseload_per_wte=25" as "caseload per WTE 25"."""
    path, _, value = pair.partition("=")
    return f"{name_of(path.strip())} {value.strip().replace('_', ' ')}"


def name_of(path: str) -> str:
    """The last part of a path in words: "caseload per WTE"."""
    words = path.split(".")[-1].split("_")
    return " ".join(word.upper() if word in ("wte", "cp") else word for word in words)
