"""Travel in a square patch, against the mean distance of its points from the centre."""

import math

import numpy as np
import pytest

from cpsim.model.codes import Activity
from tests.limits.theory import distance_from_centre, mean_of
from tests.tiny import finish, populated, quiet

RADIUS, SPEED, DETOUR, CHAINING = 8.0, 30.0, 1.3, 0.6  # km; km/h; of distance; of a separate journey
PATCH = {
    "place.radius_km": RADIUS,
    "place.speed_km_h": SPEED,
    "parameters.detour": DETOUR,
    "parameters.chaining": CHAINING,
    "parameters.settled_share": 0,
    "parameters.groups_per_10k": 0,
}


def there_and_back():
    """Mean minutes of a visit's travel: a square of twice the radius, driven both ways, in a chain of visits."""
    return 2 * distance_from_centre(2 * RADIUS) * DETOUR / SPEED * 60 * CHAINING


@pytest.mark.limit
def test_v28_mean_distance_is_the_textbooks():
    """(sqrt 2 + log(1 + sqrt 2)) / 6 of the side: 0.3826."""
    assert distance_from_centre(1) == pytest.approx((math.sqrt(2) + math.log(1 + math.sqrt(2))) / 6, rel=1e-6)


@pytest.mark.limit
def test_v28_travel_to_homes_is_the_mean_distance():
    """Homes spread evenly over the patch; a coefficient of variation of 0.37 in 12,000 people is a noise of 1 %."""
    travel = [populated(quiet(PATCH | {"team.caseload_per_wte": 200}), seed).people.travel for seed in range(60)]
    found, noise = mean_of([minutes.mean() for minutes in travel])
    assert noise < 0.015 * there_and_back()
    assert abs(found - there_and_back()) < 0.01 * there_and_back() + noise
    assert max(minutes.max() for minutes in travel) <= 2 * RADIUS * math.sqrt(2) * DETOUR / SPEED * 60 * CHAINING


@pytest.mark.limit
def test_v28_the_account_of_minutes_has_a_journey_for_each_visit():
    """All contacts are visits; everybody is seen equally often: minutes of travel over visits made is the mean journey.

    The scenario's own standard for planning, used for pressure, is the same number.
    """
    seen_at_home = {"parameters.base_share": 0, "parameters.recovery_interval_days": 14, "team.caseload_per_wte": 12}
    scenario = quiet(PATCH | seen_at_home, weeks=32)
    minutes, visits = [], []
    for seed in range(150):
        world = populated(scenario, seed)
        finish(world)
        minutes.append(world.minutes[:, Activity.TRAVEL].sum())
        visits.append((world.people.contacts_held + world.people.contacts_missed).sum())
    assert min(visits) > 12 * 6
    journeys = np.array(minutes) / np.array(visits)
    found, noise = mean_of(journeys)
    assert noise < 0.04 * there_and_back()
    assert abs(found - there_and_back()) < 0.01 * there_and_back() + noise

    p = world.params[0]
    a_day = (p["contact_minutes"] + there_and_back() + p["notes_minutes"]) / 14
    assert p["recovery_minutes_a_day"] == pytest.approx(a_day, rel=1e-9)


@pytest.mark.limit
def test_v28_one_settlement_is_a_smaller_square_at_the_centre():
    """All in one settlement, half the size of the patch: half the way."""
    world = populated(quiet(PATCH | {"parameters.settled_share": 1, "team.caseload_per_wte": 200}), 3)
    people = world.people
    assert np.abs(people.home_x).max() <= RADIUS / 2
    assert people.travel.mean() == pytest.approx(there_and_back() / 2, rel=0.1)  # noise of 200 people: 2.6 %
