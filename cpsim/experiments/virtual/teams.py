"""The teams of a trial: what the study does not fix is drawn anew each time; and how CP is delivered in them.

Of a team are drawn: size, mix of roles, caseload, and vacancies around the scenario's own level. Of a trust, alike for
all its teams: the kind of place with its distances and buses, and the share of crises that a crisis team holds. Ranges
are those of the team population (rows `teams_...` of the register). What teams decide and do stays as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cpsim.errors import OptionError, UserError
from cpsim.model import draw
from cpsim.scenario.barriers import BARRIERS, OURS, barriers
from cpsim.scenario.changes import from_pairs
from cpsim.scenario.evidence import evidence
from cpsim.scenario.load import Scenario, TeamWorld, apply
from cpsim.scenario.schema import TeamDescription
from cpsim.scenario.sheet import Sheet, shipped_schema
from cpsim.scenario.teams import draw_team
from cpsim.scenario.wording import nearest

IMPLEMENTATION, COMPARISON = "implementation", "comparison"
OBSERVED, FULL, ALIKE = "observed", "full", "alike"
OFFERED = "offered"
OFFER = {"budget_gbp": 1_000.0, "budget_for": "training"}  # cp_budget_offered
TRUSTS = 1_000  # addresses of trusts begin here, so that no team has the same luck
EFFECT = "switches.cp_effect"
ON, OFF = "on", "off"


def check_arms(scenario: Scenario) -> None:
    """Raise UserError unless every team is in one of the two arms and each arm has a team."""
    arms = set(scenario.arms.values())
    if arms != {IMPLEMENTATION, COMPARISON}:
        text = "a trial compares two arms: give each team `arm: implementation` or `arm: comparison`"
        raise UserError(f"{scenario.name}: {text}, as study-2021 does")
    if len(scenario.teams) < 3:
        raise UserError(f"{scenario.name}: a trial needs three teams or more, to know how teams differ")


def with_teams(scenario: Scenario, teams: int) -> Scenario:
    """The study with so many teams: its trusts one after the other, again and again, each as it is written.

    Raises OptionError unless the number is that of whole trusts.
    """
    names = list(dict.fromkeys(team.group for team in scenario.teams))
    trusts = [[team for team in scenario.teams if team.group == name] for name in names]
    size = len(trusts[0])
    if teams < 2 * size or teams % size or any(len(trust) != size for trust in trusts):
        raise OptionError(f"teams: {teams} is not possible; write a multiple of {size} from {2 * size} on")
    copied: list[TeamWorld] = []
    for number in range(teams // size):
        lap, place = divmod(number, len(trusts))
        more = f", again {lap}" if lap else ""
        copied += [replace(team, name=team.name + more, group=team.group + more) for team in trusts[place]]
    return replace(scenario, teams=tuple(copied))


# ---------------------------------------------------------------- drawn anew


def drawn(scenario: Scenario, seed: int, trial: int) -> Scenario:
    """The scenario with teams and trusts of one trial; the same in every delivery of it."""
    trusts = list(dict.fromkeys(team.group or team.name for team in scenario.teams))
    entries, problems = [], []
    for number, team in enumerate(scenario.teams):
        trust = trusts.index(team.group or team.name)
        own = draw_team(draw.world_seed(seed, trial, number), 0)
        around = draw_team(draw.world_seed(seed, trial, TRUSTS + trust), 0)
        sheet, mistaken = from_pairs(_standing(team, own, around).items(), "the team population")
        entries.append({"name": team.name, **sheet.values})
        problems += mistaken
    return apply(
        scenario, Sheet("the team population", {"teams": entries}, {}, dotted=True), problems, shipped_schema()
    )


def _standing(team: TeamWorld, own: dict[str, Any], around: dict[str, Any]) -> dict[str, Any]:
    """What has always been so of this team, as dotted paths."""
    staff = _posts(team.base, own["team"]["staff_wte"])
    place = dict(around["place"])
    place["population"] = round(place["population"] * _people(own) / _people(around), -2)
    return {
        "standing.team.caseload_per_wte": own["team"]["caseload_per_wte"],
        "standing.team.staff_wte": staff,
        "standing.policies.crisis_team_share": around["policies"]["crisis_team_share"],
        **{f"standing.place.{name}": value for name, value in place.items()},
    }


def _posts(team: TeamDescription, staff: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The drawn posts, as empty beside the scenario's level as the draw is beside the population's."""
    named = [team.team.staff_wte[role] for role in staff if role in team.team.staff_wte]
    level = sum(posts.vacant for posts in named) / max(sum(posts.in_post + posts.vacant for posts in named), 1e-9)
    found = {}
    for role, posts in staff.items():
        size = posts["in_post"] + posts["vacant"]
        share = posts["vacant"] / size if size else 0.0
        empty = round(size * min(1.0, level * share / evidence()["teams_vacancy"].value), 1)
        found[role] = {"in_post": round(size - empty, 1), "vacant": empty}
    return found


def _people(own: dict[str, Any]) -> float:
    """About how many are on the caseload of a drawn team."""
    posts = list(own["team"]["staff_wte"].values())[:3]
    return float(own["team"]["caseload_per_wte"] * sum(each["in_post"] + each["vacant"] for each in posts))


# ---------------------------------------------------------------- deliveries


def check_deliveries(names: Sequence[str]) -> list[str]:
    """The deliveries asked for, once each. Raises OptionError for one that cannot be."""
    wanted = [name.strip() for each in names for name in each.split(",") if name.strip()]
    known = [OBSERVED, FULL, OFFERED, *barriers()]
    for part in (part for name in wanted for part in name.split("+")):
        if part not in known:
            near = nearest(part, known)
            hint = f"did you mean {near!r}?" if near else f"write {OBSERVED}, {FULL}, or barriers with +"
            raise OptionError(f"delivery: {part!r} is not known; {hint}")
    if not wanted:
        raise OptionError(f"delivery: nothing was given; write {OBSERVED},{FULL}")
    return list(dict.fromkeys(wanted))


def delivered(scenario: Scenario, delivery: str) -> Scenario:
    """The trial's teams under one delivery.

    observed: as written. full: all barriers taken away. alike: the implementation teams do what their comparison team
    does. offered: as written, and each implementation team is offered GBP 1,000 for training. Any other name: barriers
    joined by "+". Barriers that a team can take away are taken from implementation teams only; what the system, the
    community and money decide is changed for both arms, or arms would differ by more than CP.
    """
    if delivery == OBSERVED:
        return scenario
    if delivery == ALIKE:
        return replace(scenario, teams=tuple(_like_the_other_arm(team, scenario) for team in scenario.teams))
    if delivery == OFFERED:
        return replace(scenario, teams=tuple(_with_an_offer(team) for team in scenario.teams))
    names = [each.name for each in BARRIERS] if delivery == FULL else delivery.split("+")
    around = [name for name in names if barriers()[name].whose != OURS]
    return _only_ours(scenario.without(*names), scenario.without(*around))


def _only_ours(changed: Scenario, other: Scenario) -> Scenario:
    """Implementation teams of the one, comparison teams of the other."""
    pairs = zip(changed.teams, other.teams, strict=True)
    return replace(changed, teams=tuple(one if one.arm == IMPLEMENTATION else two for one, two in pairs))


def _with_an_offer(team: TeamWorld) -> TeamWorld:
    """An implementation team with the money that the study offered."""
    if team.arm != IMPLEMENTATION:
        return team
    offered = team.changed.strategy.model_copy(update=OFFER)
    return replace(team, changed=team.changed.model_copy(update={"strategy": offered}))


def _like_the_other_arm(team: TeamWorld, scenario: Scenario) -> TeamWorld:
    """The team with what its comparison team does, or the first comparison team where its group has none."""
    if team.arm != IMPLEMENTATION:
        return team
    others = [each for each in scenario.teams if each.arm == COMPARISON]
    other = next((each for each in others if each.group == team.group), others[0])
    same = {name: getattr(other.changed, name) for name in ("strategy", "parameters", "switches")}
    return replace(team, changed=team.changed.model_copy(update=same))


def without_effect(scenario: Scenario) -> Scenario:
    """Everything is done as it would be, and CP does nothing to anybody."""
    return scenario.with_({EFFECT: 0.0})
