"""What a team is: the sections of a scenario that describe it, and which of its numbers cannot go together."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from cpsim.scenario.declare import Section, measured, policy
from cpsim.scenario.parameters.absence import AbsenceParameters
from cpsim.scenario.parameters.access import AccessParameters
from cpsim.scenario.parameters.allocation import AllocationParameters
from cpsim.scenario.parameters.connecting import ConnectingParameters
from cpsim.scenario.parameters.contact import ContactParameters
from cpsim.scenario.parameters.cost import CostParameters
from cpsim.scenario.parameters.discharge import DischargeParameters
from cpsim.scenario.parameters.engagement import EngagementParameters
from cpsim.scenario.parameters.funds import FundsParameters
from cpsim.scenario.parameters.gates import GatesParameters
from cpsim.scenario.parameters.learning import LearningParameters
from cpsim.scenario.parameters.membership import MembershipParameters
from cpsim.scenario.parameters.outcome import OutcomeParameters
from cpsim.scenario.parameters.people import PeopleParameters
from cpsim.scenario.parameters.places import PlacesParameters
from cpsim.scenario.parameters.posts import PostsParameters
from cpsim.scenario.parameters.pressure import PressureParameters
from cpsim.scenario.parameters.referral import ReferralParameters
from cpsim.scenario.parameters.stage import StageParameters
from cpsim.scenario.tables import roles
from cpsim.scenario.wording import either, nearest


class Posts(Section):
    """Posts of one role, in whole-time equivalents."""

    in_post: float = policy(0.0, limits=(0, 200), unit="WTE", group="team", about="In post")
    vacant: float = policy(0.0, limits=(0, 200), unit="WTE", group="team", about="Funded and vacant")


def known_role(name: str) -> str:
    """The name of a role as roles.csv has it. Raises ValueError, with the nearest one."""
    known = [role.name for role in roles()]
    if name not in known:
        near = nearest(name, known)
        raise ValueError(f"no such role; did you mean '{near}'?" if near else f"no such role; write {either(known)}")
    return name


class TeamSection(Section):
    """The team: what it is, who works in it, how many people it keeps."""

    setting: str = policy(
        "cmht", choices=("cmht", "third_sector"), standing=True, group="team", about="The kind of team"
    )
    staff_wte: dict[Annotated[str, AfterValidator(known_role)], Posts] = policy(
        {}, group="team", unit="WTE", about="Posts by role: in post, and funded but vacant"
    )
    vacancies: str = policy(
        "usual",
        choices=("usual", "just now"),
        standing=True,
        group="team",
        about="The kind of vacancies; usual: they stay what they are; just now: posts fill as the evidence says",
    )
    caseload_per_wte: float = policy(
        27.0,
        limits=(0, 200),
        usual=(12, 40),
        unit="people per WTE",
        standing=True,
        group="team",
        about="People the team keeps for each established care-co-ordinating WTE",
    )
    new_people_per_month: float | None = policy(
        None,
        limits=(0, 400),
        usual=(5, 30),
        unit="people a month",
        standing=True,
        group="team",
        about="People newly taken on in a month; left out: what keeps the caseload as it is",
    )


class PlaceSection(Section):
    """The place: how far people live, how they get about, how many live there."""

    kind: str = policy(
        "town", choices=("city", "town", "rural"), standing=True, group="place", about="The kind of place, in words"
    )
    population: float = policy(
        45_000.0,
        limits=(500, 2_000_000),
        usual=(20_000, 120_000),
        unit="people",
        standing=True,
        group="place",
        about="Residents aged 18 to 65 of the team's patch",
    )
    settlements: int = policy(
        3,
        limits=(1, 60),
        usual=(1, 12),
        unit="settlements",
        standing=True,
        group="geography",
        about="Towns and villages; the team is in the first",
    )
    radius_km: float = measured(
        "community_radius_urban_km",
        about="Half the side of the square that stands for the patch",
        unit="km",
        limits=(0, 80),
        group="geography",
    )
    speed_km_h: float = measured(
        "community_speed_urban", about="Door-to-door driving speed", unit="km/h", limits=(3, 100), group="geography"
    )
    bus_reach: float = measured(
        "community_urban_bus_reach",
        about="Share of homes and groups with a regular bus near",
        unit="proportion",
        limits=(0, 1),
        group="geography",
    )
    no_car_share: float = measured(
        "person_no_car", about="Service users without a car", unit="proportion", limits=(0, 1), group="geography"
    )


class PoliciesSection(Section):
    """How the team works: what it does first, how often, what it protects."""

    when_the_day_is_full: str = policy(
        "crisis_first",
        choices=("crisis_first", "protected_time"),
        group="policies",
        about="Whether protected CP time gives way to a crisis, or is kept",
    )
    protected_cp_hours_per_week: float = policy(
        0.0, limits=(0, 20), usual=(0, 4), unit="hours a week per WTE", group="policies", about="Time set aside for CP"
    )
    caseload_cap_per_wte: float = policy(
        0.0,
        limits=(0, 200),
        usual=(15, 40),
        unit="people per WTE in post",
        group="policies",
        about="Above this nobody but people in crisis is allocated; 0: no cap",
    )
    crisis_team_share: float = measured(
        "crisis_crt_share",
        about="Share of crises that a crisis team carries",
        unit="proportion",
        limits=(0, 1),
        group="crisis",
        tag="lever",
    )
    freeze_vacant_posts: bool = policy(
        False, group="policies", about="Are vacant posts frozen, that is, not advertised?"
    )
    agency_cover_share: float = policy(
        0.0,
        limits=(0, 1),
        usual=(0, 0.9),
        unit="proportion of vacant posts",
        group="policies",
        about="Vacant care-co-ordinating posts covered by agency staff",
    )
    away_wte: float = policy(
        0.0,
        limits=(0, 200),
        usual=(0, 4),
        unit="WTE",
        group="policies",
        about="Care co-ordinators away for weeks, as with long sickness; to the nearest whole post",
    )
    away_from_week: float = policy(
        0.0,
        limits=(0, 520),
        unit="weeks",
        group="policies",
        about="Week in which those away go; counted from the day on which the changes begin to act",
    )
    away_for_weeks: float = policy(
        12.0, limits=(1, 520), usual=(4, 26), unit="weeks", group="policies", about="How long those away stay away"
    )
    duty_rota: bool = policy(True, group="policies", about="Does the team keep a duty rota?")
    reviews: bool = policy(True, group="policies", about="Does the team hold care reviews?")
    free_agenda: bool = policy(
        False, group="policies", about="Is the whole contact the person's own, with no clinical agenda?"
    )
    cp_visit_every_days: float = policy(
        21.0, limits=(1, 90), usual=(7, 21), unit="days", group="policies", about="Days between booked visits for CP"
    )
    cp_people_per_wte: float = policy(
        4.0,
        limits=(0, 60),
        usual=(2, 8),
        unit="people per WTE",
        group="policies",
        about="People for whom a care co-ordinator books CP visits at a time",
    )
    accompanied_visits: float = policy(
        1.0,
        limits=(0, 12),
        usual=(0, 4),
        unit="visits",
        group="policies",
        about="First visits to a place that are accompanied",
    )


class StrategySection(Section):
    """What is done to put Connecting People into practice."""

    materials: bool = policy(False, group="strategy", about="Has the team been given the CP materials?")
    training_days_per_person: float = policy(
        0.0, limits=(0, 20), usual=(0, 2), unit="days", group="strategy", about="CP training for everybody in post"
    )
    supervision_every_weeks: float = policy(
        0.0,
        limits=(0, 52),
        usual=(2, 8),
        unit="weeks",
        group="strategy",
        about="CP supervision every so many weeks; 0: none",
    )
    leadership: str = policy(
        "nobody",
        choices=("nobody", "someone", "named lead with time"),
        group="strategy",
        about="Who leads on CP in the team",
    )
    community_engagement_hours_per_week: float = policy(
        0.25,
        limits=(0, 200),
        usual=(0, 10),
        unit="hours a week of the team",
        group="strategy",
        about="Time for work with local groups; what goes beyond the time always given wins knowledge and places",
    )
    pay_fees: bool = policy(False, group="strategy", about="Do funds pay the fees of activities?")
    pay_extras: bool = policy(False, group="strategy", about="Do funds pay the coffee and other extras?")
    pay_fares: bool = policy(False, group="strategy", about="Do funds pay bus fares?")
    budget_gbp: float | None = policy(
        None,
        limits=(0, 1_000_000),
        usual=(500, 20_000),
        unit="GBP",
        group="strategy",
        about="A budget that somebody has to find time to arrange; left out: funds pay without a limit",
    )
    budget_for: str = policy(
        "taking part",
        choices=("taking part", "training"),
        group="strategy",
        about="What the budget is for: what funds pay of taking part, or days of training",
    )


class SwitchesSection(Section):
    """For experiments on the model itself: feedbacks off, other gates, a world without effect, an unread number."""

    capacity_trap: bool = policy(True, group="switches", standing=True, about="Does late contact bring crises on?")
    workforce_spiral: bool = policy(
        True, group="switches", standing=True, about="Does high pressure make practitioners leave or fall sick?"
    )
    discharge_pressure: bool = policy(
        True, group="switches", standing=True, about="Does high pressure bring discharge forward?"
    )
    isolation: bool = policy(True, group="switches", standing=True, about="Does isolation bring crises on?")
    separate_gates: bool = policy(
        True, group="switches", standing=True, about="Do wish, clarity and priority fail apart, each by its own luck?"
    )
    cp_effect: float = measured(
        "model_cp_effect",
        about="Multiplier of every effect of CP on outcomes",
        unit="ratio",
        limits=(0, 1),
        group="switches",
    )
    dummy: float = measured(
        "model_dummy", about="A number that no rule reads", unit="0-1 scale", limits=(0, 1), group="dummy"
    )


class ParametersSection(
    PostsParameters,
    AbsenceParameters,
    LearningParameters,
    ReferralParameters,
    AllocationParameters,
    StageParameters,
    DischargeParameters,
    ContactParameters,
    GatesParameters,
    ConnectingParameters,
    AccessParameters,
    MembershipParameters,
    EngagementParameters,
    FundsParameters,
    OutcomeParameters,
    PressureParameters,
    CostParameters,
    PeopleParameters,
    PlacesParameters,
):
    """Every measured number of the model, whatever the team decides."""


class TeamDescription(Section):
    """One team, its place, how it works, and the numbers behind it."""

    team: TeamSection = TeamSection()
    place: PlaceSection = PlaceSection()
    policies: PoliciesSection = PoliciesSection()
    strategy: StrategySection = StrategySection()
    parameters: ParametersSection = ParametersSection()
    switches: SwitchesSection = SwitchesSection()


def coordinating_wte(description: TeamDescription, *, in_post_only: bool = False) -> float:
    """WTE of the roles that carry a caseload in this setting, established or in post."""
    third = description.team.setting == "third_sector"
    carrying = {role.name for role in roles() if (role.coordinates_third_sector if third else role.coordinates_cmht)}
    staff = {name: posts for name, posts in description.team.staff_wte.items() if name in carrying}
    return sum(posts.in_post + (0.0 if in_post_only else posts.vacant) for posts in staff.values())


def contradictions(description: TeamDescription) -> list[tuple[str, str]]:
    """Numbers that cannot both be true: (path, what is wrong and what would be right)."""
    p, found = description.parameters, []
    fixed = p.meetings_share + p.records_share + (p.duty_share if description.policies.duty_rota else 0.0)
    if fixed >= 1:
        found.append(
            (
                "parameters.meetings_share",
                f"meetings, records and duty take {fixed:.0%} of the day; less than 100 % is needed",
            )
        )
    week = p.day_minutes * 5 / 60
    protected = description.policies.protected_cp_hours_per_week
    if protected > week * (1 - min(fixed, 1)):
        left = week * (1 - fixed)
        text = f"{protected:g} hours a week are more than the {left:.1f} left after meetings, records and duty"
        found.append(("policies.protected_cp_hours_per_week", text))
    every, strategy = description.strategy.supervision_every_weeks, description.strategy
    if every and p.supervision_minutes / every > 60 * week * (1 - min(fixed, 1)):
        found.append(("strategy.supervision_every_weeks", "more supervision than there are hours in the week"))
    bought = strategy.budget_gbp and strategy.budget_for == "training"
    if (strategy.training_days_per_person or every or bought) and not strategy.materials:
        found.append(("strategy.materials", "training or supervision in CP needs the materials: write materials: true"))
    hours = strategy.community_engagement_hours_per_week
    paid = week * sum(posts.in_post for posts in description.team.staff_wte.values())
    if hours > 0.25 and hours > paid:
        text = f"{hours:g} hours a week are more than the {paid:.0f} that the whole team is paid for"
        found.append(("strategy.community_engagement_hours_per_week", text))
    if p.step_done_quality >= 1:
        found.append(("parameters.step_done_quality", "no step could ever count as done; write less than 1"))
    return found


def doubts(description: TeamDescription) -> list[tuple[str, str]]:
    """Numbers that do not fit each other, though they could be true: (path, a question for the planner)."""
    from cpsim.scenario.flows import caseload_kept  # arithmetic of flows; it needs this module

    found = []
    established = coordinating_wte(description)
    in_post = coordinating_wte(description, in_post_only=True)
    people = description.team.caseload_per_wte * established
    if established == 0:
        found.append(("team.staff_wte", "nobody in this team carries a caseload, so nobody is ever allocated"))
    elif in_post and people / in_post > 45:
        text = f"{people:.0f} people for {in_post:.1f} WTE in post are {people / in_post:.0f} each; is that so?"
        found.append(("team.caseload_per_wte", text))
    given = description.team.new_people_per_month
    if given is not None and established:
        kept = caseload_kept(description, given)
        if abs(kept - people) > 0.2 * people:
            text = f"{given:g} new people a month would keep about {kept:.0f} people, not {people:.0f}; which is right?"
            found.append(("team.new_people_per_month", text))
    strategy = description.strategy
    pays = strategy.pay_fees or strategy.pay_extras or strategy.pay_fares
    if strategy.budget_gbp and strategy.budget_for == "taking part" and not pays:
        text = "the budget may pay for taking part, but no fee, extra or fare is to be paid; is that so?"
        found.append(("strategy.budget_gbp", text))
    cap = description.policies.caseload_cap_per_wte
    if cap and in_post and people / in_post > cap:
        each = people / in_post
        text = f"{each:.0f} people per WTE in post are above the cap of {cap:g}: nobody is allocated at first"
        found.append(("policies.caseload_cap_per_wte", text))
    away = description.policies.away_wte
    if away > in_post:
        found.append(
            ("policies.away_wte", f"{away:g} WTE are to be away, but {in_post:.1f} WTE in post carry a caseload")
        )
    return found
