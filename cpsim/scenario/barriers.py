"""Groups of barriers: which gates each holds, what a team or town is like without it, and whose it is to remove.

"Without" is the best that is plausible, never perfection: posts are filled but people still fall ill, nine in ten
places are known, a town's buses run. What the system and the community decide has then always been so; what a team can
do begins with its changes. Nothing is made worse where a team is better off already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsim.errors import OptionError, Problem
from cpsim.model.codes import Gate
from cpsim.scenario.changes import from_pairs
from cpsim.scenario.declare import declarations
from cpsim.scenario.evidence import evidence
from cpsim.scenario.sheet import Sheet
from cpsim.scenario.wording import either, nearest

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario, TeamWorld
    from cpsim.scenario.schema import TeamDescription

Changes = dict[str, Any]
LONGEST_TITLE = 200  # signs


@dataclass(frozen=True)
class Barrier:
    """One group. `removed` works out from a team what differs without it, as dotted paths and values; `always`: it has
    then always been so, in place of from the changes on.
    """

    name: str
    label: str
    gates: tuple[Gate, ...]
    whose: str
    without: str
    removed: Callable[[TeamDescription], Changes]
    always: bool = False


def _posts_filled(team: TeamDescription) -> Changes:
    filled = {
        role: {"in_post": posts.in_post + posts.vacant, "vacant": 0.0} for role, posts in team.team.staff_wte.items()
    }
    people = min(team.team.caseload_per_wte, 20.0)
    return {"team.staff_wte": filled, "team.caseload_per_wte": people}


def _crises_held(team: TeamDescription) -> Changes:
    return {"policies.crisis_team_share": 1.0}


def _visits(team: TeamDescription) -> Changes:
    policies = team.policies
    return {
        "policies.cp_visit_every_days": min(policies.cp_visit_every_days, 14.0),
        "policies.cp_people_per_wte": max(policies.cp_people_per_wte, 8.0),
    }


def _trained(team: TeamDescription) -> Changes:
    every = team.strategy.supervision_every_weeks
    return {
        "strategy.materials": True,
        "strategy.training_days_per_person": max(team.strategy.training_days_per_person, 1.0),
        "strategy.supervision_every_weeks": min(every, 4.0) if every else 4.0,
    }


def _led(team: TeamDescription) -> Changes:
    opened = max(team.parameters.materials_opened, 0.9)
    return {
        "strategy.materials": True,
        "strategy.leadership": "named lead with time",
        "parameters.materials_opened": opened,
    }


def _known(team: TeamDescription) -> Changes:
    return {"parameters.known_at_start": max(team.parameters.known_at_start, 0.9)}


def _accompanied(team: TeamDescription) -> Changes:
    return {"policies.accompanied_visits": max(team.policies.accompanied_visits, 3.0)}


def _twice(path: str, now: float) -> float:
    """Twice the value, as far as it is accepted at all."""
    limits = declarations()[path].limits
    return min(2.0 * now, limits[1]) if limits else 2.0 * now


def _more_places(team: TeamDescription) -> Changes:
    """Twice the groups, so twice as many that come to mind."""
    paths = ("parameters.groups_per_10k", "parameters.places_considered")
    return {path: _twice(path, getattr(team.parameters, path.split(".")[1])) for path in paths}


def _buses(team: TeamDescription) -> Changes:
    return {"place.bus_reach": max(team.place.bus_reach, evidence()["community_urban_bus_reach"].value)}


def _paid(team: TeamDescription) -> Changes:
    return {"strategy.budget_gbp": None} | {f"strategy.pay_{what}": True for what in ("fees", "extras", "fares")}


SYSTEM, OURS, COMMUNITY, MONEY = "the system's", "the team's", "the community's", "money"
BARRIERS = tuple(
    Barrier(*row)
    for row in (
        (
            "staffing",
            "staffing and caseload",
            (Gate.ABSENCE, Gate.CASELOAD),
            SYSTEM,
            "posts filled, 20 people for each",
            _posts_filled,
            True,
        ),
        ("crisis", "crisis load", (Gate.CRISIS_WORK,), SYSTEM, "a crisis team holds all crises", _crises_held, True),
        (
            "contact",
            "contact",
            (Gate.NO_TIME_LEFT, Gate.DOSE),
            OURS,
            "a visit for CP every 14 days while it goes on",
            _visits,
        ),
        ("clarity", "clarity", (Gate.NOT_CLEAR,), OURS, "all trained, monthly CP supervision", _trained),
        ("priority", "priority", (Gate.NOT_PRIORITY,), OURS, "a named lead with time, materials opened", _led),
        ("knowledge", "knowledge of places", (Gate.NOT_KNOWN,), OURS, "nine in ten places known", _known),
        ("anxiety", "social anxiety", (Gate.ANXIETY,), OURS, "the first three visits accompanied", _accompanied),
        ("supply", "supply of places", (Gate.NOT_OPEN,), COMMUNITY, "twice the groups", _more_places),
        ("transport", "transport", (Gate.TRANSPORT,), COMMUNITY, "buses as in a town", _buses),
        ("money", "money", (Gate.MONEY,), MONEY, "fee, coffee and fare paid", _paid),
    )
)


def barriers() -> dict[str, Barrier]:
    """The ten groups by name, in display order."""
    return {barrier.name: barrier for barrier in BARRIERS}


def chosen(names: Sequence[str]) -> list[Barrier]:
    """The groups of these names. Raises OptionError with all that are not known."""
    known = barriers()
    wrong = [_unknown(name, list(known)) for name in names if name not in known]
    if wrong:
        raise OptionError("\n".join(wrong))
    return [known[name] for name in dict.fromkeys(names)]


def _unknown(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    return f"without {name!r}: no such barrier; {f'did you mean {near!r}?' if near else f'write {either(known)}'}"


def removed(team: TeamWorld, barrier: Barrier) -> Changes:
    """What differs for a team without this barrier, as dotted paths and values."""
    after = barrier.removed(team.changed)
    if not barrier.always:
        return after
    before = barrier.removed(team.base)
    always = {f"standing.{path}": value for path, value in before.items()}
    return always | {path: value for path, value in after.items() if value != before[path]}


def sheet_without(scenario: Scenario, names: Sequence[str]) -> tuple[Sheet, list[Problem]]:
    """The sheet that takes these barriers away from every team, each from what it is itself."""
    found = chosen(names)
    entries: list[dict[str, Any]] = []
    problems: list[Problem] = []
    reasons: dict[str, str] = {}
    for team in scenario.teams:
        changes: Changes = {}
        for barrier in found:
            changes |= removed(team, barrier)
            reasons |= {path.removeprefix("standing."): _reason(barrier) for path in removed(team, barrier)}
        sheet, mistaken = from_pairs(changes.items(), "without")
        entries.append({"name": team.name, **sheet.values})
        problems += mistaken
    title = f"{scenario.title}; barriers taken away: {', '.join(barrier.label for barrier in found)}"[:LONGEST_TITLE]
    return Sheet("without", {"title": title, "teams": entries, "because": reasons}, {}, dotted=True), problems


def _reason(barrier: Barrier) -> str:
    return f"{barrier.label} taken away: {barrier.without}"
