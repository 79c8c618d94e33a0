"""Numbers over runs are summed up as the pattern says and held against its ends."""

import dataclasses
import json
import math

import numpy as np
import pytest

from cpsim.validation import judge as judging
from cpsim.validation.judge import judge, not_computed
from cpsim.validation.register import patterns
from cpsim.validation.words import in_words, number

pytestmark = pytest.mark.unit


def row(how=judging.MEAN, low=0.3, high=0.5, **more):
    return dataclasses.replace(patterns()[0], how=how, low=low, high=high, needs="runs", **more)


def test_a_mean_with_its_t_interval():
    found = judge(row(), np.array([0.3, 0.4, 0.5]))
    assert (found.found, found.met, found.runs) == (pytest.approx(0.4), True, 3)
    half = 4.302653 * 0.1 / math.sqrt(3)  # t of 2 degrees of freedom, standard error of the mean
    assert (found.low, found.high) == (pytest.approx(0.4 - half), pytest.approx(0.4 + half))


@pytest.mark.parametrize(("mean", "met"), [(0.29, False), (0.3, True), (0.5, True), (0.51, False)])
def test_both_ends_belong_to_the_target(mean, met):
    assert judge(row(), np.array([mean, mean])).met is met


def test_open_ends():
    assert judge(row(low=None), np.array([-9.0, -9.0])).met is True
    assert judge(row(high=None), np.array([9.0, 9.0])).met is True


def test_a_share_of_runs_with_wilsons_interval():
    found = judge(row(judging.SHARE, low=0.9, high=None), np.array([True] * 8 + [False] * 2))
    assert (found.found, found.met) == (0.8, False)
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_a_median_with_the_interval_of_ordered_values():
    found = judge(row(judging.MEDIAN), np.arange(1.0, 21.0))
    assert (found.found, found.low, found.high) == (10.5, 6.0, 15.0)


def test_a_ratio_of_means_is_not_the_mean_of_ratios():
    found = judge(row(judging.RATIO), np.array([[1.0, 1.0], [1.0, 3.0]]))
    assert found.found == 0.5
    assert found.low < 0.5 < found.high


def test_a_ratio_over_nothing_is_told_without_a_number():
    found = judge(row(judging.RATIO, high=None), np.array([[1.0, 0.0], [1.0, 0.0]]))
    assert found.met is True
    assert found.as_dict()["found"] is None


def test_runs_without_a_value_count_for_nothing():
    assert judge(row(), np.array([0.4, np.nan, 0.4])).runs == 2
    assert judge(row(), np.array([np.nan])).met is None


def test_one_run_has_no_interval():
    found = judge(row(), np.array([0.4]))
    assert math.isnan(found.low)
    assert found.as_dict()["interval"] is None


def test_plain_data_has_what_a_program_needs():
    told = json.loads(json.dumps(judge(row(), np.array([0.3, 0.4])).as_dict(), allow_nan=False))
    assert {"id", "use", "target", "found", "met", "interval"} <= set(told)
    assert (told["target"], told["met"], told["found"]) == ("0.3 to 0.5", True, pytest.approx(0.35))
    left_out = json.loads(json.dumps(not_computed(patterns()[0]).as_dict(), allow_nan=False))
    assert (left_out["found"], left_out["met"], left_out["needs"]) == (None, None, "trial")


def test_uses_stand_in_tables_of_their_own():
    rows = [judge(row(use=use, measure=use.lower()), np.array([0.1, 0.1])) for use in ("QUALITATIVE", "CALIBRATION")]
    text = in_words([*rows, not_computed(patterns()[4])])
    assert text.index("Calibration:") < text.index("calibration ") < text.index("Qualitative:")
    assert "Validation:" not in text
    assert "P3: needs the virtual trial" in text
    assert "0 of 2 measures met" in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    ("value", "told"), [(0.24567, "0.246"), (3.456, "3.46"), (33.13, "33.1"), (123.4, "123"), (-0.0001, "0.000")]
)
def test_numbers_are_short(value, told):
    assert number(value) == told
    assert number(math.inf) == "not known"
