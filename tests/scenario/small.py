"""A schema of ten fields, so that these tests say what loading does and not what the model holds."""

from typing import Annotated

from pydantic import AfterValidator

from cpsim.scenario.declare import Section, measured, policy
from cpsim.scenario.sheet import Schema


def known_role(name: str) -> str:
    if name not in ("nurse", "social worker", "manager"):
        raise ValueError("no such role; write 'nurse', 'social worker' or 'manager'")
    return name


class Post(Section):
    in_post: float = policy(..., about="Posts filled", unit="WTE", limits=(0, 200), group="team")
    vacant: float = policy(0.0, about="Posts empty", unit="WTE", limits=(0, 200), group="team")


class Team(Section):
    setting: str = policy("cmht", about="Kind", choices=("cmht", "third_sector"), group="team", standing=True)
    staff_wte: dict[Annotated[str, AfterValidator(known_role)], Post] = policy(
        {"nurse": {"in_post": 5.0}}, about="Posts by role", unit="WTE", group="team"
    )
    caseload_cap_per_wte: float = policy(
        35.0, about="Cap", unit="people/WTE", limits=(5, 80), usual=(20, 45), group="team"
    )
    reviews: int = policy(2, about="Reviews a year", limits=(0, 12), group="team")


class Policies(Section):
    when_the_day_is_full: str = policy(
        "crisis_first", about="Order", choices=("crisis_first", "protected_time"), group="policies"
    )
    weekend_duty: bool = policy(False, about="Duty at weekends", group="policies")


class Strategy(Section):
    supervision_every_weeks: float = policy(0.0, about="Supervision", unit="weeks", limits=(0, 52), group="strategy")
    training_days: float = policy(0.0, about="Training", unit="days", limits=(0, 20), group="strategy")


class Parameters(Section):
    contact_minutes: float = measured(
        "time_routine_contact_minutes", about="Time of a contact", unit="minutes", limits=(5, 180), group="contact"
    )


class Small(Section):
    team: Team = Team()
    policies: Policies = Policies()
    strategy: Strategy = Strategy()
    parameters: Parameters = Parameters()


def contradictions(small: Small) -> list[tuple[str, str]]:
    if small.strategy.training_days > small.team.caseload_cap_per_wte:
        return [("strategy.training_days", "more days of training than people on a caseload")]
    return []


def doubts(small: Small) -> list[tuple[str, str]]:
    if small.team.reviews == 0:
        return [("team.reviews", "a team without reviews is rare; is it so?")]
    return []


SMALL = Schema(Small, contradictions, doubts)
