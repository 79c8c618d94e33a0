"""The first day of a run: the people on the caseload, as in a team at rest, and where they belong.

Each is drawn by themselves, and then starts as somebody of the law does who is like them (see `law`): ties and places
always; stage, contact and relationship too where the team is that of the law, and by formula where it is not.
"""

import math

from cpsim.model import draw
from cpsim.model.codes import WEMWBS_BOTTOM, WEMWBS_TOP, Purpose, Source, Stage
from cpsim.model.records import MEMBERSHIPS
from cpsim.model.rule import rule
from cpsim.model.rules import access, contact, discharge, membership, outcome, stage

LOOKS = 8  # times four saved people are looked at, to find one who is like the person
# What counts as much as a standard deviation of severity: money decides about places, and posts about contact.
INCOME, STAFFING = 5.0, 10.0  # so many for the whole way from the poorest to the richest, from no post filled to all
TRIES = 40  # places tried for each membership, to find one that the person can get to and afford


@rule
def start_on_caseload(person, start, staffing, first_day, long_share, p, seed):
    """Somebody of the first caseload. Returns the row of the saved person who is like them; -1: there is no law."""
    person.referral_day = first_day
    person.joined_day = first_day
    person.long_stay = 1 if draw.uniform(seed, Purpose.CLASS_OF_STAY, person.id, 0) < long_share else 0
    discharge.begin(person, seed)
    person.uncovered_days = math.ceil(p.reallocation_days)  # somebody is found for them on the first day
    row = most_like(person, start, staffing, seed, p)
    if row >= 0:
        person.ties_new = start.more_ties * start.people[row].ties_new
        person.capital = outcome.capital(person, p)
        person.relapse = stage.relapse_hazard(person, p)
    if row >= 0 and start.as_saved:
        start_as(person, start.people[row], first_day, p, seed)
    else:
        start_by_formula(person, p, seed)
    return row


@rule
def most_like(person, start, staffing, seed, p):
    """Row of the saved person most like this one, of a few drawn from those of the same class of stay."""
    rank = 1.0 - math.exp(-person.spare_income / p.spare_income) if p.spare_income > 0 else 0.0
    found, least = -1, math.inf
    block = start.blocks[person.long_stay]
    first, nowhere, end = block[0], block[1], block[2]
    if first == end:
        return found
    for look in range(LOOKS):
        for luck in draw.four(seed, Purpose.STARTING_LIKE, person.id, look):
            row = row_at(luck, first, nowhere, end, start.more_belong)
            unlike = difference(person, rank, staffing, start.people[row])
            if unlike < least:
                found, least = row, unlike
    return found


@rule
def row_at(luck, first, nowhere, end, more_belong):
    """A row of one class: so many times as likely as in the law is it somebody who belongs somewhere."""
    belong, all_of_class = nowhere - first, end - first
    if belong == all_of_class:
        return first + math.floor(luck * belong)
    wanted = min(1.0, belong / all_of_class * more_belong)
    if luck < wanted:
        return first + math.floor(luck / wanted * belong)
    return nowhere + math.floor((luck - wanted) / (1.0 - wanted) * (all_of_class - belong))


@rule
def difference(person, rank, staffing, saved):
    """How unlike two people are in what decides about crises, contact and places; `rank`: the first one's in income."""
    severity, anxiety = person.severity - saved.severity, person.social_anxiety - saved.social_anxiety
    income, posts = INCOME * (rank - saved.income_rank), STAFFING * (staffing - saved.staffing)
    unlike = severity * severity + anxiety * anxiety / 2.0 + income * income + posts * posts
    return unlike + (person.car != saved.car) + (person.near_bus != saved.near_bus)


@rule
def start_as(person, saved, first_day, p, seed):
    """The person starts where the saved one stood."""
    stage.enter(person, saved.stage, seed, p)
    person.interval = contact.planned_interval(person, 1.0, p)
    person.returning = saved.returning
    person.joined_day = first_day - 1 - saved.days_here  # saved of an evening, and this is the next morning
    person.days_since_contact = saved.days_since_contact
    person.review_left = saved.review_left
    person.relationship = saved.relationship
    level = outcome.wellbeing_target(person, p) - saved.below
    person.wellbeing = min(WEMWBS_TOP, max(WEMWBS_BOTTOM, level))


@rule
def start_by_formula(person, p, seed):
    """Stage and contact of somebody at rest who is seen on time."""
    share, since, review, _ = draw.four(seed, Purpose.STARTING_STAGE, person.id, 0)
    stage.enter(person, starting_stage(person, share, p), seed, p)
    person.interval = contact.planned_interval(person, 1.0, p)
    person.days_since_contact = math.floor(since * person.interval)
    person.review_left = math.floor(review * p.review_interval_days)
    faded = math.pow(p.relationship_kept, p.recovery_interval_days)
    just_seen = p.relationship_gain / (1.0 - faded * (1.0 - p.relationship_gain))
    person.relationship = just_seen * math.pow(p.relationship_kept, float(person.days_since_contact))
    person.wellbeing = outcome.wellbeing_target(person, p)


@rule
def starting_stage(person, luck, p):
    """A stage drawn from the share of days that somebody of this hazard spends in each, in the long run."""
    if person.relapse <= 0:
        return Stage.RECOVERY
    leaves_stabilising = p.settle_hazard + person.relapse * p.stabilising_relapse
    crises = leaves_stabilising / p.settle_hazard  # for each time in recovery
    in_recovery = 1.0 / person.relapse
    in_crisis = crises * p.crisis_days
    in_hospital = crises * p.hospital_chance * p.hospital_days
    stabilising = crises / leaves_stabilising
    point = luck * (in_recovery + in_crisis + in_hospital + stabilising)
    if point < in_recovery:
        return Stage.RECOVERY
    if point < in_recovery + stabilising:
        return Stage.STABILISING
    return Stage.CRISIS if point < in_recovery + stabilising + in_crisis else Stage.HOSPITAL


@rule
def belong(w, i, saved):
    """The person (row `i`) belongs to as many places as the saved one, as long as they are there, if there are any."""
    person, p = w.people[i], w.params[0]
    first_day = w.team[0].first_day
    for slot in range(MEMBERSHIPS):
        before = saved[slot]
        if before.days < 0:
            continue
        row = somewhere_to_go(person, slot, w.memberships, i * MEMBERSHIPS, w.places, w.kinds, first_day, w.seed, p)
        if row >= 0:
            own = w.memberships[i * MEMBERSHIPS + slot]
            membership.join(person, own, w.places[row], row, Source.OWN, first_day - 1 - before.days, p)
            own.comfort = max(before.comfort, p.comfort_start)
            own.attended = before.attended


@rule
def read_scores(person, memberships, first, p):
    """The scores that follow from where the person stands and belongs, once all that is settled."""
    at_ease = 0.0
    for slot in range(MEMBERSHIPS):
        if memberships[first + slot].place >= 0:
            at_ease = max(at_ease, membership.ease(memberships[first + slot], p))
    outcome.read(person, at_ease, p)
    outcome.note(person)


@rule
def somewhere_to_go(person, slot, memberships, first, places, kinds, day, seed, p):
    """Row of a place of interest with room, within reach and means, that the person does not go to yet; -1: none."""
    for k in range(TRIES):
        which, where, _, _ = draw.four(seed, Purpose.BELONGING, person.id, slot * TRIES + k)
        kind = person.interest_a if which < p.first_interest_share else person.interest_b
        row = kinds[kind, 0] + math.floor(where * kinds[kind, 1])
        if kinds[kind, 1] > 0 and access.failing(person, places[row], day, -1.0, -1.0, p) == 0:
            elsewhere = True
            for other in range(MEMBERSHIPS):
                elsewhere = elsewhere and memberships[first + other].place != row
            if elsewhere:
                return row
    return -1
