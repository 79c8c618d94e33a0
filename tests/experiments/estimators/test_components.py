"""Settings and luck told apart, where both are known."""

import numpy as np
import pytest

from cpsim.experiments.estimators.components import components

pytestmark = pytest.mark.unit


def made(between, within, settings=400, worlds=4, seed=0):
    rng = np.random.default_rng(seed)
    means = 10 + between * rng.standard_normal((settings, 1))
    return means + within * rng.standard_normal((settings, worlds))


def test_both_are_found():
    found = components(made(1.0, 2.0))
    assert found.between == pytest.approx(1.0, rel=0.25)
    assert found.within == pytest.approx(4.0, rel=0.1)
    assert (found.settings_high - found.settings_low) == pytest.approx(2 * 1.2816, rel=0.12)
    assert (found.luck_high - found.luck_low) == pytest.approx(2 * 1.2816 * 2.0, rel=0.1)
    assert found.half_width == pytest.approx(1.96 * 2.0 / np.sqrt(1600), rel=0.1)


def test_luck_alone_is_not_taken_for_something_that_is_known():
    found = components(made(0.0, 2.0))
    assert found.settings_high - found.settings_low < 0.8  # four worlds' means would lie 2.6 apart
    assert found.luck_high - found.luck_low == pytest.approx(5.1, rel=0.1)


def test_one_world_or_one_setting_says_nothing_of_the_two():
    assert np.isnan(components(np.ones((5, 1))).settings_low)
    assert np.isnan(components(np.ones((1, 5))).luck_low)


def test_a_setting_without_a_value_is_left_out():
    values = made(1.0, 1.0, settings=20)
    values[3, 1] = np.nan
    assert components(values).settings == 19


def test_luck_does_not_go_beyond_what_was_seen():
    values = np.abs(made(1.0, 1.0)) - 8
    found = components(np.maximum(values, 0.0))
    assert found.luck_low >= 0.0
