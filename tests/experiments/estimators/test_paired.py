import numpy as np
import pytest
from scipy import stats

from cpsim.experiments.estimators.paired import (
    BETTER,
    LESS,
    MORE,
    SAME,
    UNCLEAR,
    WORSE,
    against_first,
    critical_value,
)

pytestmark = pytest.mark.unit


def draws(seed=1):
    return np.random.default_rng(seed)


def test_a_difference_is_that_of_a_paired_t_test():
    random = draws()
    a = random.normal(3, 2, 40)
    b = a + random.normal(0.5, 1, 40)

    (found,) = against_first([a, b], good=1)
    theirs = stats.ttest_rel(b, a).confidence_interval(0.95)

    assert found.difference == pytest.approx(np.mean(b - a))
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))
    assert (found.all_low, found.all_high) == pytest.approx((found.low, found.high))  # one plan is a family of one
    assert found.beats + found.loses + found.ties == pytest.approx(1)


@pytest.mark.parametrize(
    ("shift", "good", "verdict"), [(2, 1, BETTER), (2, -1, WORSE), (-2, -1, BETTER), (2, 0, MORE), (-2, 0, LESS)]
)
def test_the_verdict_knows_which_way_is_good(shift, good, verdict):
    a = draws().normal(0, 1, 50)
    (found,) = against_first([a, a + shift + draws(2).normal(0, 0.1, 50)], good)
    assert found.verdict == verdict
    if good:
        assert found.beats == (verdict == BETTER)


def test_a_plan_against_itself_is_the_same_and_never_beats():
    a = draws().normal(0, 1, 50)
    (found,) = against_first([a, a.copy()], good=1)
    assert (found.verdict, found.difference, found.beats, found.ties) == (SAME, 0.0, 0.0, 1.0)


def test_what_luck_alone_gives_is_not_called_a_difference():
    a, b = draws(1).normal(0, 1, 30), draws(2).normal(0, 1, 30)
    assert against_first([a, b], good=1)[0].verdict == UNCLEAR


def test_a_world_that_cannot_say_is_left_out_of_its_comparison_alone():
    a = np.array([1.0, 2.0, np.nan, 4.0])
    b = np.array([2.0, 4.0, 9.0, 5.0])
    c = np.array([np.nan, 3.0, 9.0, 5.0])
    first, second = against_first([a, b, c], good=1)
    assert (first.worlds, first.difference) == (3, pytest.approx(4 / 3))
    assert (second.worlds, second.difference) == (2, 1.0)


def test_nobody_says_anything():
    (found,) = against_first([np.full(3, np.nan), np.ones(3)], good=1)
    assert (found.worlds, found.verdict) == (0, UNCLEAR)
    assert np.isnan(found.difference)


def test_other_worlds_are_refused():
    with pytest.raises(ValueError, match="the same worlds"):
        against_first([np.ones(3), np.ones(4)], good=1)


def test_pairing_is_worth_what_theory_says():
    """Two numbers with correlation r and equal variances: 1 / (1 - r) times fewer worlds."""
    random = draws()
    shared = random.normal(0, 3, 100_000)
    a, b = (shared + random.normal(0, 1, 100_000) for _ in range(2))
    (found,) = against_first([a, b], good=1)
    assert found.variance_reduction == pytest.approx(1 / (1 - 0.9), rel=0.03)


class TestSeveralPlans:
    def test_equal_correlations_of_a_half_give_the_value_of_the_tables(self):
        """Dunnett 1964, two-sided 5 %, 3 against a control, many degrees of freedom: 2.35."""
        random = draws()
        first, *others = random.normal(0, 1, (4, 20_000))
        assert critical_value([other - first for other in others]) == pytest.approx(2.35, abs=0.02)

    def test_it_lies_between_one_t_and_bonferroni(self):
        independent = draws().normal(0, 1, (5, 30))
        t, bonferroni = stats.t.ppf([0.975, 1 - 0.025 / 5], 29)
        assert t < critical_value(independent) <= bonferroni

    def test_plans_that_differ_by_the_same_count_once(self):
        d = draws().normal(0, 1, 30)
        assert critical_value([d, d]) == pytest.approx(stats.t.ppf(0.975, 29), abs=0.02)

    def test_a_plan_that_changes_nothing_widens_nothing(self):
        d = draws().normal(0, 1, 30)
        assert critical_value([d, np.zeros(30)]) == pytest.approx(stats.t.ppf(0.975, 29))


def test_intervals_hold_their_promise():
    """1,000 experiments of 20 worlds, 3 plans with true differences: alone 95 % each, together 95 % for all at once."""
    random, truth = draws(), np.array([0.0, 0.5, -1.0])
    alone = together = 0
    for _ in range(1000):
        first = random.normal(0, 2, 20)
        found = against_first([first, *(first + gap + random.normal(0, 1, 20) for gap in truth)], good=1)
        alone += sum(each.low <= gap <= each.high for each, gap in zip(found, truth, strict=True))
        together += all(each.all_low <= gap <= each.all_high for each, gap in zip(found, truth, strict=True))
    assert abs(alone / 3000 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 1000)
    assert abs(together / 1000 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 1000)
