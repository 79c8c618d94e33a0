"""Run a small busy team uncompiled and print every address drawn: purpose, agent, event, how often, how often in vain.

    NUMBA_DISABLE_JIT=1 python -m tests.randomness.asked

"In vain" are contacts that found no time: their luck was looked at and not used, and is looked at again next time.
"""

import json
from collections import Counter

from cpsim.model import draw
from cpsim.model.codes import Contact, Purpose
from cpsim.model.rules import contact
from cpsim.population.law import saved_law
from cpsim.scenario.load import load
from tests.tiny import finish, populated, standing

# Every purpose is drawn often, by few people: full days, many crises, many places to go to, posts that change hands.
BUSY = {
    "team.staff_wte": {
        "community psychiatric nurse": {"in_post": 1.0, "vacant": 0.5},
        "social worker": {"in_post": 0.0, "vacant": 0.0},
        "occupational therapist": {"in_post": 0.0, "vacant": 0.0},
        "psychologist": {"in_post": 0.0, "vacant": 0.0},
        "psychiatrist": {"in_post": 0.0, "vacant": 0.0},
        "support worker": {"in_post": 0.5, "vacant": 0.0},
    },
    "team.caseload_per_wte": 16,
    "team.new_people_per_month": 4,
    "strategy.materials": True,
    "strategy.training_days_per_person": 1,
    "policies.free_agenda": True,
    "parameters.recovery_interval_days": 7,
    "parameters.contact_minutes": 30,
    "parameters.leaving_per_year": 2,
    "parameters.transfers_per_year": 4,
    "parameters.relapse_per_year": 3,
    "parameters.return_share": 0.9,
    "parameters.return_median_weeks": 1,
    "parameters.long_stay_years": 0.3,
    "parameters.own_attempts_per_month": 4,
    "parameters.ordinary_attempts": 1,
    "parameters.known_at_start": 1,
    "parameters.interest_match": 0.3,  # so that a way is looked for, and CP gets there
    "parameters.full_dose_minutes": 100,
    "parameters.clarity_untrained": 1,
    "parameters.wish_mean": 0.95,
    "parameters.fee": 0,
    "parameters.extras": 0,
    "parameters.lapse_3m": 0,
}

WINS = {"strategy.community_engagement_hours_per_week": 10, "parameters.engagement_hours_per_win": 5}


def asked():
    """{address: times} and {address: times in vain} of one run."""
    times, in_vain = Counter(), Counter()
    philox, attempt = draw.philox, contact.attempt

    def counted(a, b, c, d, key_a, key_b):
        times[Purpose(d).name, c, a | b << 32] += 1
        return philox(a, b, c, d, key_a, key_b)

    def watched(person, *rest):
        event = int(person.contacts_planned) + 1
        found = attempt(person, *rest)
        in_vain[Purpose.CONTACT.name, int(person.id), event] += found[0] == Contact.NO_TIME
        return found

    draw.philox, contact.attempt = counted, watched
    try:
        scenario = load("cmht").with_(standing(BUSY) | WINS, weeks=13)
        finish(populated(scenario, warm_up_weeks=4, law=saved_law()))
    finally:
        draw.philox, contact.attempt = philox, attempt
    return times, in_vain


if __name__ == "__main__":
    times, in_vain = asked()
    print(json.dumps([[*address, count, in_vain[address]] for address, count in times.items()]))
