"""People: those on the caseload on the first day, and everybody who will be referred.

Everybody exists from the start with a referral day, so scenarios with one seed meet the same people. Lists are
nested: a
larger team has the same first people and more; a higher rate of referrals has the same referrals and more.
"""

import math

from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK, KINDS, RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP, Purpose
from cpsim.model.records import NEVER, NOBODY, WINDOW_DAYS
from cpsim.model.rule import rule
from cpsim.model.rules import allocation, outcome, stage
from cpsim.population.places import somewhere

REFERRED = 1_000_000_000  # first address of people referred; below are those of the first caseload
RETURNING = 2_000_000_000  # first address of people who were discharged before the run and come back in it
BLOCK = 1_000_000  # addresses of one stream of referrals


@rule
def draw_person(person, p, seed):
    """Everything about a person that does not depend on their stage."""
    person.severity, person.social_anxiety = draw.normals(seed, Purpose.TRAITS, person.id, 0)
    wish, network = draw.normals(seed, Purpose.NETWORK, person.id, 0)
    income, car, bus, friendly = draw.four(seed, Purpose.STARTING_TIES, person.id, 0)
    person.wish = 1.0 / (1.0 + math.exp(-(p.wish_logit + p.wish_spread * wish)))
    person.spare_income = -p.spare_income * math.log(income)
    person.car = 1 if car >= p.no_car_share else 0
    person.near_bus = 1 if bus < p.bus_reach else 0
    person.home_x, person.home_y, _ = somewhere(Purpose.HOME, person.id, p, seed)
    east, north = person.home_x, person.home_y
    person.travel = p.travel_a_km * math.sqrt(east * east + north * north)  # hypot: other last bits when compiled
    first, second, free_rides, tie = draw.four(seed, Purpose.INTERESTS, person.id, 0)
    person.bus_pass = 1 if free_rides < p.bus_pass_share else 0
    person.interest_a = math.floor(first * KINDS)
    person.interest_b = (person.interest_a + 1 + math.floor(second * (KINDS - 1))) % KINDS
    person.tie_break = tie
    draw_scores(person, network, p, seed)
    draw_kinds_of_ties(person, friendly, p)
    begin(person, p, seed)


@rule
def draw_scores(person, network, p, seed):
    """Ties, social capital and wellbeing that the person starts from."""
    own, mood = draw.normals(seed, Purpose.STARTING_SCORES, person.id, 0)
    person.ties_usual = p.ties_usual * math.exp(p.ties_spread * network - p.ties_spread * p.ties_spread / 2)
    person.ties = person.ties_usual
    person.ties_start = person.ties_usual
    person.ties_fallen = p.ties_fallen
    person.capital_own = min(RGUK_TOP, max(0.0, p.capital_mean + p.capital_sd * own))
    person.capital = person.capital_own
    person.wellbeing_own = min(WEMWBS_TOP, max(WEMWBS_BOTTOM, p.wellbeing_mean + p.wellbeing_sd * mood))
    person.wellbeing = person.wellbeing_own
    recovery, health = draw.normals(seed, Purpose.READ_OUTS, person.id, 0)
    person.recovery_own = p.recovery_spread * recovery
    person.health_own = p.health_spread * health
    outcome.read(person, 0.0, p)
    outcome.note(person)
    person.goal_left, person.goal_luck = draw.pair(seed, Purpose.GOAL, person.id, 0)
    person.goal_left = -math.log(person.goal_left)


@rule
def draw_kinds_of_ties(person, friendly, p):
    """Family, friends, neighbours: how many of the network are friends goes from none to twice the mean."""
    family = p.family_share
    friends = min(1.0 - family, 2.0 * p.friends_share * friendly)
    person.ties_family = person.ties * family
    person.ties_friends = person.ties * friends
    person.ties_neighbours = person.ties - person.ties_family - person.ties_friends


@rule
def begin(person, p, seed):
    """Nothing has happened yet."""
    person.coordinator = -1
    person.last_coordinator = NOBODY
    person.cp_worker = -1
    person.window_place = -1
    person.found_place = -1
    person.return_day = NEVER
    person.interval = p.recovery_interval_days
    person.window_offset = person.id % WINDOW_DAYS
    person.week_offset = person.id % DAYS_A_WEEK
    person.relapse = stage.relapse_hazard(person, p)
    person.spell_left = draw.exponential(seed, Purpose.WAITING_SPELL, person.id, 0)
    allocation.begin_transfers(person, seed)


@rule
def start_referred(person, day, p, seed):
    """A person who will be referred on this day."""
    person.referral_day = day
    if person.id >= RETURNING:
        person.returning = 1
        person.long_stay = 1
    else:
        person.long_stay = 1 if draw.uniform(seed, Purpose.CLASS_OF_REFERRAL, person.id, 0) >= p.brief_share else 0
    person.relationship = 0.0
    person.review_left = p.review_interval_days


@rule
def referral_stream(days, ids, rate, fades_by, first_id, first_day, last_day, seed):
    """Days and addresses of referrals at a rate a day that fades with a mean of `fades_by` days (0: it does not).

    A rate of r is the first r of endless streams of one a day, the last one thinned: so a higher rate has the same
    referrals and more. Returns how many; -1: the arrays are too small.
    """
    found = 0
    stream = 0
    while stream < rate:
        part = min(1.0, rate - stream)
        day = float(first_day)
        number = 0
        while True:
            who = first_id + stream * BLOCK + number
            wait, kept = draw.pair(seed, Purpose.REFERRAL_DAY, who, 0)
            day -= math.log(wait)
            number += 1
            if day >= last_day:
                break
            still = math.exp(-(day - first_day) / fades_by) if fades_by > 0 else 1.0
            if kept < part * still:
                if found == len(days):
                    return -1
                days[found] = math.floor(day)
                ids[found] = who
                found += 1
        stream += 1
    return found
