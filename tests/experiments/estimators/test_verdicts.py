"""Does a conclusion survive? Made-up margins whose answer is known."""

import numpy as np
import pytest

from cpsim.experiments.estimators.verdicts import FALLS, STANDS, UNSETTLED, WEAKER, tried

pytestmark = pytest.mark.unit
WORLDS = 40
LUCK = np.random.default_rng(1).normal(0, 1, (8, WORLDS))
LUCK -= LUCK.mean(axis=1, keepdims=True)


def margin(mean, row=0, spread=1.0):
    """Margins of exactly this mean."""
    return mean + spread * LUCK[row]


def verdicts(*margins):
    return [each.verdict for each in tried(margins)]


def test_each_verdict_where_it_is_due():
    found = tried([margin(4), margin(3.5, 1), margin(1, 2), margin(0.1, 3), margin(-4, 4)])
    assert [each.verdict for each in found] == [STANDS, STANDS, WEAKER, UNSETTLED, FALLS]
    assert [each.margin for each in found] == pytest.approx([4, 3.5, 1, 0.1, -4])
    assert all(each.low < each.margin < each.high for each in found)


def test_less_than_half_is_weaker_only_beyond_doubt():
    assert verdicts(margin(4), margin(1.9, 1)) == [STANDS, STANDS]
    assert verdicts(margin(4), margin(1.9, 0, 0.5)) == [STANDS, WEAKER]  # the same luck: the difference is sure


def test_intervals_hold_for_all_structures_together():
    alone = tried([margin(4)])[0]
    many = tried([margin(4, row) for row in range(8)])[0]
    assert many.high - many.low > alone.high - alone.low


def test_a_conclusion_of_several_parts_holds_when_all_do():
    both = np.array([margin(4), margin(3, 1)])
    one_lost = np.array([margin(4), margin(-3, 1)])
    one_open = np.array([margin(4), margin(0, 1)])
    found = tried([both, one_lost, one_open])
    assert [each.verdict for each in found] == [STANDS, FALLS, UNSETTLED]
    assert [each.margin for each in found] == pytest.approx([3, -3, 0])


def test_a_part_that_varies_much_counts_even_when_its_mean_is_not_the_least():
    found = tried([np.array([margin(2, spread=0.1), margin(2.1, 1, spread=50)])])
    assert found[0].verdict == UNSETTLED
    assert found[0].low < 0 < found[0].high


def test_what_never_varies_is_beyond_doubt():
    assert verdicts(np.full(WORLDS, 0.05), np.full(WORLDS, -0.05)) == [STANDS, FALLS]
    assert verdicts(np.zeros(WORLDS)) == [UNSETTLED]


def test_a_world_that_cannot_say_is_left_out():
    some = margin(4)
    some[0] = np.nan
    assert tried([some])[0].margin == pytest.approx(some[1:].mean())


def test_one_world_settles_nothing():
    assert verdicts(np.array([5.0]), np.array([-5.0])) == [UNSETTLED, UNSETTLED]


def test_other_parts_or_worlds_are_refused():
    with pytest.raises(ValueError, match="same parts and worlds"):
        tried([margin(1), margin(1)[:-1]])
