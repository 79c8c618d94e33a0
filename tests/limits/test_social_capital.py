"""V27: social capital under constant attendance follows its differential equation, as far as a weekly step can.

Ties are made at a rate a and fade at a rate f: dx/dt = a - f x, so x(t) = a/f (1 - exp(-f t)), and capital gains
(1 - exp(-x c / cap)) cap. Somebody who goes every week keeps all their ties alive (f = 0); somebody who goes to a share
of the weeks lets them fade in the others.
"""

import numpy as np
import pytest
from scipy import integrate

from cpsim.model.records import NEVER
from tests.limits.theory import mean_of
from tests.tiny import finish, member, populated, quiet

pytestmark = [pytest.mark.limit]

MONTH = 365.25 / 12  # days
PEOPLE, WEEKS, RUNS = 200, 104, 8
TIES, HALF_LIFE, ATTENDANCE = 0.4, 6.0, 0.7  # a month; months; of the weeks
PER_TIE, CAP = 0.5, 4.0  # RG-UK points
MEMBERS = {
    "team.caseload_per_wte": PEOPLE,
    "place.population": 70_000,
    "parameters.groups_per_10k": 10,
    "parameters.places_a_week": 400,
    "parameters.places_taken": 0,
    "parameters.lapse_3m": 0,
    "parameters.attendance": ATTENDANCE,
    "parameters.ties_per_month": TIES,
    "parameters.tie_halflife_months": HALF_LIFE,
    "parameters.capital_per_tie": PER_TIE,
    "parameters.capital_gain_cap": CAP,
    "parameters.capital_mean": 8,
    "parameters.capital_sd": 0.5,
}


def ties_by_theory(days, attendance=ATTENDANCE):
    """The differential equation, integrated numerically, so that no closed form is shared with the code."""
    made, fades = TIES / MONTH, np.log(2) / (HALF_LIFE * MONTH) * (1 - attendance)
    return integrate.solve_ivp(lambda _, x: made - fades * x, (0, days), [0.0], rtol=1e-9).y[0, -1]


def lived(changes=None):
    """The people of many runs at their end: all members of one place from the first day on."""
    runs = []
    for seed in range(RUNS):
        world = populated(quiet(MEMBERS | (changes or {}), weeks=WEEKS), seed=seed)
        world.people.exit_left[:] = 9e9
        world.places.closes[:] = NEVER
        for i in range(PEOPLE):
            member(world, i)
        finish(world)
        runs.append(world.people[:PEOPLE].copy())
    return runs


def test_v27_ties_under_constant_attendance_match_the_differential_equation():
    ties, error = mean_of([people["ties_new"].mean() for people in lived()])
    theory = ties_by_theory(WEEKS * 7)
    step = 0.01 * theory  # a week in a half-life of 26
    assert abs(ties - theory) < error + step
    assert error + step < 0.1 * theory


def test_v27_capital_is_what_these_ties_are_worth():
    """Where one tie adds little of the cap, the mean of what ties are worth is what their mean is worth."""
    nearly_linear = {"parameters.capital_gain_cap": 27, "parameters.capital_per_tie": 0.01}
    runs = lived(nearly_linear)
    gain, error = mean_of([(people["capital"] - people["capital_own"]).mean() for people in runs])
    theory = 27 * -np.expm1(-ties_by_theory(WEEKS * 7) * 0.01 / 27)
    assert abs(gain - theory) < error + 0.01 * theory
    assert error < 0.1 * theory


def test_v27_capital_never_gains_more_than_its_cap():
    for people in lived({"parameters.ties_per_month": 3, "parameters.attendance": 1}):
        gain = people["capital"] - people["capital_own"]
        assert gain == pytest.approx(CAP, rel=0.002)
        assert (gain <= CAP).all()
