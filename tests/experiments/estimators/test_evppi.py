"""Value of knowing a parameter, against the closed form of a linear benefit of normal parameters."""

import numpy as np
import pytest
from scipy.stats import norm

pytest.importorskip("sklearn")

from cpsim.experiments.estimators.evppi import evppi, perfect

pytestmark = pytest.mark.unit

MEAN, SLOPES = 0.3, (2.0, 1.0, 0.0)
NAMES = ["strong", "weak", "none"]


def closed_form(sd):
    """E max(0, N(mean, sd)) - max(0, mean)."""
    return MEAN * norm.cdf(MEAN / sd) + sd * norm.pdf(MEAN / sd) - MEAN


def sample(points, noise, seed=1):
    random = np.random.default_rng(seed)
    theta = random.normal(size=(points, 3))
    return theta, MEAN + theta @ SLOPES + noise * random.normal(size=points)


def test_closed_form_is_that_of_the_literature_example():
    assert [closed_form(2.0), closed_form(1.0)] == pytest.approx([0.657, 0.267], abs=5e-4)


@pytest.mark.parametrize(("points", "noise", "margin"), [(2000, 0, 0.05), (2000, 3, 0.08), (10_000, 10, 0.08)])
def test_value_is_the_closed_form_and_noise_does_not_inflate_it(points, noise, margin):
    found = evppi(NAMES, *sample(points, noise), shuffles=20)
    assert found.value[:2] == pytest.approx([closed_form(2.0), closed_form(1.0)], abs=margin)
    assert found.value[2:].max() < 0.02


def test_dummy_stands_last_and_stays_under_the_floor():
    found = evppi(NAMES, *sample(1000, 3, seed=2))
    assert found.names == (*NAMES, "dummy")
    assert list(found.above) == [True, True, False, False]


def test_floor_is_passed_by_chance_in_about_one_of_twenty():
    random = np.random.default_rng(8)
    passed = []
    for seed in range(60):
        found = evppi(["a", "b"], random.random((300, 2)), random.normal(size=300), seed, shuffles=100)
        passed.append(found.above.any())
    assert np.mean(passed) <= 0.15


def test_nothing_to_learn_where_the_choice_is_clear():
    theta, benefit = sample(500, 1)
    assert evppi(NAMES, theta, benefit + 100, shuffles=20).value == pytest.approx([0] * 4, abs=1e-9)
    assert perfect(benefit + 100) == pytest.approx(0)


def test_same_seed_same_values():
    theta, benefit = sample(300, 1)
    one, other = (evppi(NAMES, theta, benefit, seed=3, shuffles=20) for _ in range(2))
    assert one.value.tolist() == other.value.tolist()
    assert one.floor == other.floor


def test_all_known_is_worth_what_the_closed_form_says():
    assert perfect(sample(200_000, 0)[1]) == pytest.approx(closed_form(np.sqrt(5)), abs=0.01)


def test_a_parameter_that_never_varies_is_worth_nothing():
    theta, benefit = sample(300, 1)
    theta[:, 2] = 4.0
    assert evppi(NAMES, theta, benefit, shuffles=10).value[2] == 0
