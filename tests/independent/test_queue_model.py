"""The engine against an independent queue model: the same team, easy, near the edge and beyond it (V29).

Feedbacks are off. Each margin is less than a planner would act on and is given in the measure's own unit; for what
grows without bound beyond the edge it is a share.
"""

import numpy as np
import pytest

from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import make
from cpsim.model.simulate import simulate
from cpsim.population.populate import plan, populate
from tests.independent.equivalence import agree
from tests.independent.queue_model import CRISIS, NEVER, RECOVERY, STABILISING, Service, Team
from tests.tiny import quiet, staffed

pytestmark = pytest.mark.limit

YEAR, MONTH = 365.25, 365.25 / 12  # days
WEEKS, WARM_UP = 104, 52
SIXTY_YEARS = 60 * YEAR  # the longest stay that a scenario may ask for
ROLE = "occupational_therapist"  # sees people as often as the interval says

MARGINS = {  # absolute, share of the value: the larger of the two
    "contacts per person-month": (0.03, 0.03),
    "contacts in crisis": (0.3, 0.0),  # of eight a month
    "contacts stabilising": (0.15, 0.0),  # of three a month
    "contacts in recovery": (0.05, 0.0),  # of one a month
    "share of days late": (0.03, 0.1),
    "days put off per person-month": (0.06, 0.2),  # near the edge one per cent more work is five per cent more of these
    "missed per person-month": (0.02, 0.08),
    "minutes used": (0.02, 0.0),  # ten minutes of a day
    "days waited": (0.5, 0.12),
    "people waiting": (0.2, 0.12),
    "people on the caseload": (1.0, 0.05),
}


def scenario(service):
    """The same team in cpsim's words."""
    recovery, stabilising, crisis = (service.interval[stage] for stage in (RECOVERY, STABILISING, CRISIS))
    said = {
        "team.caseload_per_wte": service.people / service.practitioners,
        "team.new_people_per_month": service.referrals_a_day * service.accepted * MONTH,  # taken on
        "parameters.day_minutes": service.day_minutes,
        "parameters.contact_minutes": service.contact_minutes,
        "parameters.crisis_minutes": service.crisis_minutes,
        "parameters.notes_minutes": service.notes_minutes,
        "parameters.recovery_interval_days": recovery,
        "parameters.stabilising_interval_days": stabilising,
        "parameters.crisis_interval_days": crisis,
        "parameters.miss_share": service.missed,
        "parameters.rebook_days": service.rebook_days,
        "parameters.relapse_per_year": YEAR / service.relapse_days,
        "parameters.stabilising_relapse": 2,
        "parameters.accept_share": service.accepted,
        "parameters.assessment_minutes": service.assessment_minutes,
        "parameters.assessment_sitting_minutes": service.sitting_minutes,
        "parameters.groups_per_10k": 0,
    }
    if service.relapse_days < NEVER:
        said |= {"parameters.crisis_days": service.crisis_days, "parameters.stabilising_days": service.stabilising_days}
    if service.referrals_a_day:
        said |= {"parameters.brief_share": 1, "parameters.brief_stay_months": service.stay_days / MONTH}
    if service.cap < NEVER:
        said["policies.caseload_cap_per_wte"] = service.cap / service.practitioners
    return quiet(said, staff=staffed(**{ROLE: float(service.practitioners)}), weeks=WEEKS)


def in_cpsim(service, runs):
    """Measures of each run of the engine."""
    chosen = scenario(service)
    shared = plan(chosen, chosen.teams[0], warm_up_weeks=WARM_UP)
    for seed in range(runs):
        world = populate(shared, seed)
        simulate(world, make(1, OUTCOME)[0], np.zeros(1, np.int64))
        weeks = world.weekly[WARM_UP:-1]
        total = {name: float(weeks[name].sum()) for name in weeks.dtype.names}
        days = 7 * len(weeks)
        in_stage = {RECOVERY: "in_recovery", STABILISING: "stabilising", CRISIS: "in_crisis"}
        yield measures(
            days={stage: 7 * total[name] for stage, name in in_stage.items()},
            held={
                RECOVERY: total["contacts_recovery"],
                STABILISING: total["contacts_stabilising"],
                CRISIS: total["contacts_crisis"],
            },
            late=total["late"],
            put_off=total["put_off"],
            missed=total["not_seen"],
            used=1 - total["free"] / total["available"],
            days_waited=total["days_waited"] / max(1, total["waits_ended"]),
            waiting=7 * total["waiting"] / days,
            span=days,
        )


def in_simpy(service, runs):
    """The same of the queue model."""
    for seed in range(runs):
        count = Team(service, seed).run(7 * WEEKS, 7 * WARM_UP)
        yield measures(
            days={stage: count[f"days_{stage}"] for stage in (RECOVERY, STABILISING, CRISIS)},
            held={stage: count[f"held_{stage}"] for stage in (RECOVERY, STABILISING, CRISIS)},
            late=count["late"],
            put_off=count["put_off"],
            missed=count["missed"],
            used=count["used"] / count["minutes"],
            days_waited=count["days_waited"] / max(1, count["taken_on"]),
            waiting=count["waiting"] / count["days"],
            span=count["days"],
        )


def measures(days, held, late, put_off, missed, used, days_waited, waiting, span):
    """In field units, from sums over a run."""
    months = sum(days.values()) / MONTH
    return {
        "contacts per person-month": sum(held.values()) / months,
        "contacts in crisis": held[CRISIS] * MONTH / max(1, days[CRISIS]),
        "contacts stabilising": held[STABILISING] * MONTH / max(1, days[STABILISING]),
        "contacts in recovery": held[RECOVERY] * MONTH / max(1, days[RECOVERY]),
        "share of days late": late / max(1, days[RECOVERY]),
        "days put off per person-month": put_off / months,
        "missed per person-month": missed / months,
        "minutes used": used,
        "days waited": days_waited,
        "people waiting": waiting,
        "people on the caseload": sum(days.values()) / span,
    }


def disagreements(service, runs, instead=None):
    """Measures in which the two models do not surely agree, in words; `instead`: what the queue model is told."""
    engine, queue = list(in_cpsim(service, runs)), list(in_simpy(instead or service, runs))
    found = {}
    for name, (absolute, share) in MARGINS.items():
        one, other = ([run[name] for run in model] for model in (engine, queue))
        holds, words = agree(one, other, max(absolute, share * float(np.mean(other))))
        if not holds:
            found[name] = words
    return found


PLANNED = {"practitioners": 2, "day_minutes": 240, "missed": 0.12, "stay_days": SIXTY_YEARS}
CRISES = PLANNED | {"relapse_days": 120, "crisis_days": 20, "stabilising_days": 30}
REFERRED = {"practitioners": 2, "day_minutes": 240, "missed": 0.1, "stay_days": 60.0}


@pytest.mark.parametrize("people", [40, 120, 200], ids=["easy", "near the edge", "beyond"])
def test_v29_planned_contacts(people):
    """Minutes used 0.3, 0.88 and all; beyond the edge a third of days is late, 8 days a month put off."""
    assert disagreements(Service(people=people, **PLANNED), runs={40: 20, 120: 50, 200: 15}[people]) == {}


@pytest.mark.slow
@pytest.mark.parametrize("people", [30, 45, 90], ids=["easy", "near the edge", "beyond"])
def test_v29_crises_before_planned_contacts(people):
    """A third of people's time is in crisis or after one. Beyond the edge planned contacts in recovery all but end."""
    assert disagreements(Service(people=people, **CRISES), runs=200) == {}


def test_v29_crises_leave_no_time_for_planned_contacts():
    """The last of these, with fewer runs: where nearly all is late, little is left to chance."""
    assert disagreements(Service(people=90, **CRISES), runs=20) == {}


@pytest.mark.parametrize("referrals_a_day", [0.12, 0.3], ids=["easy", "busier"])
def test_v29_referrals_are_assessed_beside_planned_contacts(referrals_a_day):
    """Nobody is turned away, so people wait only for two sittings and the next working day."""
    assert disagreements(Service(referrals_a_day=referrals_a_day, **REFERRED), runs=80) == {}


NEAR = pytest.param(0.27, 4_000, marks=pytest.mark.slow)  # waits of some teams are ten times those of others


@pytest.mark.parametrize(("referrals_a_day", "runs"), [(0.2, 80), NEAR, (0.5, 240)], ids=["easy", "near", "beyond"])
def test_v29_waiting_list_under_a_cap(referrals_a_day, runs):
    """Places for 20 people who stay for 60 days: 0.33 a day at most. Not all who are assessed are taken on."""
    service = Service(referrals_a_day=referrals_a_day / 0.9, accepted=0.9, cap=20, **REFERRED)
    assert disagreements(service, runs) == {}


PLANTED = {
    "contacts three minutes longer": {"contact_minutes": 59},
    "an interval a week longer": {"interval": {RECOVERY: 35, STABILISING: 7, CRISIS: 2.8}},
    "a third more missed": {"missed": 0.16},
}


@pytest.mark.parametrize("fault", PLANTED)
def test_v29_the_comparison_bites(fault):
    """Small mistakes in one of the two models are seen."""
    right = Service(people=120, **PLANNED)
    assert disagreements(right, 6, instead=Service(**{"people": 120, **PLANNED, **PLANTED[fault]}))
