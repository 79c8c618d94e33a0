"""One team's World for one seed: rows are allocated here and filled by compiled rules."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK, KINDS, ROLES, WINS, Activity, Gate, Purpose, Source
from cpsim.model.ledgers import ACCESS_TALLY, GATE_TALLY, PANEL, WEEKLY
from cpsim.model.panel import panel_days
from cpsim.model.records import MEMBERSHIP, MEMBERSHIPS, PERSON, PLACE, TASK, TEAM, WINDOW_DAYS, World, make
from cpsim.model.rule import rule
from cpsim.model.rules import learning, posts
from cpsim.population.law import Law, Start, saved_law
from cpsim.population.people import (
    REFERRED,
    RETURNING,
    draw_person,
    referral_stream,
    start_referred,
)
from cpsim.population.places import count_places, populate_places
from cpsim.population.staff import draft_staff
from cpsim.population.starting import belong, read_scores, start_on_caseload
from cpsim.scenario.flows import at_rest
from cpsim.scenario.load import Scenario, TeamWorld
from cpsim.scenario.record import parameters
from cpsim.scenario.schema import coordinating_wte

WARM_UP_WEEKS = 26  # of a team that starts as a long run of it left people
LONG_WARM_UP_WEEKS = 104  # of any other


@dataclass(frozen=True)
class Plan:
    """What every seed of one team has in common.

    params: two rows, before and after the changes. staff: PRACTITIONER rows without their draws. start: how the first
    caseload stands on its first day; starters: how many they are; long_share: of these. new, returning: referrals a
    day. places: groups of the town at a time. reserve: groups that work with the community could open. Days count
    from the first day reported.
    """

    params: np.ndarray
    start: Start
    staff: np.ndarray
    starters: int
    new: float
    returning: float
    long_share: float
    places: int
    reserve: int
    weeks: int
    first_day: int
    change_day: int
    first_weekday: int

    @property
    def last_day(self) -> int:
        """The day after the last."""
        return self.weeks * DAYS_A_WEEK


def plan(scenario: Scenario, team: TeamWorld, warm_up_weeks: int | None = None, law: Law | None = None) -> Plan:
    """Work out once what every seed of this team shares.

    warm_up_weeks: as many as the start needs, unless given. law: the one that comes with cpsim, unless given.
    """
    start = (law or saved_law()).start(team.base)
    if warm_up_weeks is None:
        warm_up_weeks = WARM_UP_WEEKS if start.as_saved else LONG_WARM_UP_WEEKS
    params = parameters([team.base, team.changed])
    flows = at_rest(team.base)
    change_day = scenario.from_week * DAYS_A_WEEK
    places = round(team.base.parameters.groups_per_10k * team.base.place.population / 10_000)
    return Plan(
        params=params,
        start=start,
        staff=draft_staff(team.base, team.changed, change_day),
        starters=round(team.base.team.caseload_per_wte * coordinating_wte(team.base)),
        new=flows.new / team.base.parameters.accept_share,
        returning=flows.returning,
        long_share=flows.long_share,
        places=places,
        reserve=groups_to_open(team, scenario.weeks, places),
        weeks=scenario.weeks,
        first_day=-warm_up_weeks * DAYS_A_WEEK,
        change_day=change_day,
        first_weekday=scenario.start.weekday(),
    )


def groups_to_open(team: TeamWorld, weeks: int, places: int) -> int:
    """The most groups that the changed team's work could open; never more than there are, or one of each kind."""
    before, after = (each.strategy.community_engagement_hours_per_week for each in (team.base, team.changed))
    wins = max(0.0, after - before) * weeks / team.changed.parameters.engagement_hours_per_win
    return min(math.ceil(wins / WINS), max(KINDS, places))


def populate(plan: Plan, seed: int, panel_every_weeks: int = 0) -> World:
    """Draw everybody and everything of one team; 0 weeks: no panel of its people is kept."""
    days, ids = _referrals(plan, seed)
    days_run = plan.last_day - plan.first_day
    places = count_places(plan.places, plan.reserve, days_run, plan.params[0], seed)
    world = blank(plan, seed, plan.starters + len(days), places, panel_every_weeks)
    draw_everybody(world, plan.start, plan.starters, plan.long_share, days, ids, plan.places, plan.reserve)
    return world


def blank(plan: Plan, seed: int, count: int, places: int, panel_every_weeks: int = 0) -> World:
    """Rows for so many people and places, nobody drawn yet."""
    weeks = (plan.last_day - plan.first_day) // DAYS_A_WEEK
    world = World(
        seed=seed,
        team=_team(plan),
        params=plan.params,
        people=make(count, PERSON),
        workers=plan.staff.copy(),
        places=make(places, PLACE),
        kinds=np.zeros((KINDS, 3), np.int64),
        memberships=make(count * MEMBERSHIPS, MEMBERSHIP),
        active=np.zeros(count + 1, np.int64),
        events=np.zeros(count + 1, np.int64),
        due=np.zeros(count + 1, np.int64),
        tasks=make(4 * count + 1, TASK),
        windows=np.zeros((count, plan.last_day // WINDOW_DAYS + 1), np.int64),
        weekly=make(weeks + 1, WEEKLY),  # and a spare line for sums
        gates=make(len(Gate), GATE_TALLY),
        access=make((len(Source), len(Gate)), ACCESS_TALLY),
        minutes=np.zeros((ROLES, len(Activity))),
        panel=make(count * panel_days(plan.weeks, panel_every_weeks), PANEL),
    )
    world.team["panel_every"] = panel_every_weeks
    world.gates["gate"] = range(len(Gate))
    world.access["source"] = np.arange(len(Source))[:, None]
    world.access["gate"] = range(len(Gate))
    return world


def _team(plan: Plan) -> np.ndarray:
    rows = make(1, TEAM)
    team: Any = rows[0]
    team["day"] = plan.first_day - 1
    team["first_day"] = plan.first_day
    team["change_day"] = plan.change_day
    team["last_day"] = plan.last_day
    team["first_weekday"] = plan.first_weekday
    team["next_referral"] = plan.starters
    team["quit_ratio"] = team["sick_ratio"] = team["discharge_ratio"] = 1.0
    return rows


def _referrals(plan: Plan, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Days and addresses of everybody who will be referred, in the order of their days."""
    fades = float(plan.params[1]["return_mean_days"])
    new = _stream(plan, seed, plan.new, 0.0, REFERRED)
    back = _stream(plan, seed, plan.returning, fades, RETURNING)
    days, ids = (np.concatenate(both) for both in zip(new, back, strict=True))
    order = np.lexsort((ids, days))
    return days[order], ids[order]


def _stream(plan: Plan, seed: int, rate: float, fades: float, first_id: int) -> tuple[np.ndarray, np.ndarray]:
    expected = rate * (plan.last_day - plan.first_day)
    room = int(expected + 10 * math.sqrt(expected)) + 20
    days, ids = np.zeros(room, np.int64), np.zeros(room, np.int64)
    found = referral_stream(days, ids, float(rate), fades, first_id, plan.first_day, plan.last_day, seed)
    if found < 0:
        raise OverflowError(f"more than {room} referrals where about {expected:.0f} were expected")
    return days[:found], ids[:found]


@rule
def draw_everybody(w, start, starters, long_share, days, ids, town, reserve):
    """Fill every row of the world from its seed."""
    p, team = w.params[0], w.team[0]
    populate_places(w.places, w.kinds, town, reserve, team.first_day, team.last_day, p, w.seed)
    level, _ = draw.normals(w.seed, Purpose.TEAM, 0, 0)
    team.ordinary = math.exp(p.ordinary_spread * level - p.ordinary_spread * p.ordinary_spread / 2)
    for row in range(len(w.memberships)):
        w.memberships[row].place = -1
    for k in range(len(w.workers)):
        start_post(w.workers[k], w.seed, p)
    staffing = staffing_of(w.workers, team.first_day)
    for i in range(len(w.people)):
        person = w.people[i]
        person.id = i if i < starters else ids[i - starters]
        draw_person(person, p, w.seed)
        if i < starters:
            like = start_on_caseload(person, start, staffing, team.first_day, long_share, p, w.seed)
            if like >= 0 and start.people[like].belongs:
                belong(w, i, start.places[like * MEMBERSHIPS : (like + 1) * MEMBERSHIPS])
            read_scores(person, w.memberships, i * MEMBERSHIPS, p)
            w.active[i] = i
        else:
            start_referred(person, days[i - starters], p, w.seed)
    team.active = starters
    team.caseload = starters


@rule
def staffing_of(workers, day):
    """WTE in post of those who carry a caseload, over those established today; 1 where nobody is to carry one."""
    established, in_post = 0.0, 0.0
    for k in range(len(workers)):
        if workers[k].coordinates and posts.exists(workers[k], day):
            established += workers[k].wte
            in_post += workers[k].wte * workers[k].filled
    return in_post / established if established > 0 else 1.0


@rule
def start_post(worker, seed, p):
    """Who is in post has been there for some time, and a vacant post has been advertised for some time."""
    there = draw.uniform(seed, Purpose.STARTING_POST, worker.id, 0)
    worker.filled = 1 if there < worker.filled_at_start else 0
    if worker.filled:
        posts.arrive(worker, 0, seed, p)
        worker.settling = 0.0
        learning.has_been_trained(worker, p)
        learning.open_materials(worker, p)
        posts.begin_spell(worker, seed)
    else:
        worker.vacant_days = math.ceil(p.agency_days)
        posts.begin_round(worker, worker.round_before, True, seed, p)
