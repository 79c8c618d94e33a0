"""Measures over settings, on made-up values where the answer is known; what a page says of them."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from cpsim.experiments.ensemble import NAME, digests_now, load_set, write_set
from cpsim.plots.studies.validation import on_axis, pictures
from cpsim.report.study import html
from cpsim.scenario.load import load
from cpsim.validation import held_words
from cpsim.validation.at_settings import Asked
from cpsim.validation.explanations import NONE_YET, explanations
from cpsim.validation.held import UNKNOWN, Held, over_settings
from cpsim.validation.judge import DIRECTION, MEAN, SHARE, judge
from cpsim.validation.register import patterns
from cpsim.validation.targets import patterns_digest

pytestmark = pytest.mark.unit

SETTINGS = 20
NAN = np.nan


def row(how=MEAN, low=0.3, high=0.5, **more):
    return dataclasses.replace(patterns()[0], id="P12", how=how, low=low, high=high, needs="runs", **more)


def over(*values, **more):
    return over_settings(row(**more), np.array(values, float))


# ---------------------------------------------------------------------------------------------------- the rule
def test_met_by_the_middle_and_the_90_per_cent():
    found = over_settings(row(), np.arange(0, 101) / 250)  # 0 to 0.4, the middle 0.2
    assert (found.middle, found.low, found.high) == pytest.approx((0.2, 0.02, 0.38))
    assert (found.met, found.reached, found.known) == (False, True, 101), "reached, and still not met"
    assert found.inside == pytest.approx(26 / 101)
    assert found.place == pytest.approx(100.5 / 101), "0.4, the middle of the target, is the last setting"
    assert over(0.3, 0.3, 0.9).met is True


@pytest.mark.parametrize(
    ("low", "high", "met", "reached"), [(0.5, None, False, True), (0.7, None, False, False), (None, 0.4, True, True)]
)
def test_targets_with_one_end(low, high, met, reached):
    found = over(0.2, 0.4, 0.6, low=low, high=high)
    assert (found.met, found.reached) == (met, reached)
    assert np.isnan(found.place)


def test_a_share_of_few_runs_counts_as_it_is_and_not_as_its_median():
    found = over(1.0, 1.0, 1.0, 0.5, how=SHARE, low=0.9, high=None)
    assert (found.middle, found.met) == (0.875, False), "the median of these is 1"
    assert found.inside == 0.75


@pytest.mark.parametrize(("values", "met"), [((1, 1, 0), True), ((1, 0), False), ((1, 0, 0), False)])
def test_a_yes_or_no_needs_more_than_half(values, met):
    assert over(*values, how=DIRECTION, low=1.0, high=None).met is met


def test_settings_without_a_value_count_for_nothing_and_too_many_of_them_leave_it_unknown():
    found = over(0.4, 0.4, NAN)
    assert (found.met, found.known, found.inside) == (True, 2, 1.0)
    assert over(0.4, NAN, NAN).met is None
    assert over(NAN, NAN) is UNKNOWN


def test_a_ratio_over_nothing_is_larger_than_any():
    found = over(1.0, np.inf, np.inf, low=0.5, high=None)
    assert (found.middle, found.high, found.met) == (np.inf, np.inf, True)


# ---------------------------------------------------------------------------------------------------- the axis
@pytest.mark.parametrize(
    ("how", "low", "high", "values", "at"),
    [
        (MEAN, 20, 30, (20, 25, 35), (0, 0.5, 1.5)),
        (MEAN, -30, -10, (-30, 0), (0, 1.5)),
        (MEAN, 0.5, None, (0.0, 0.5, 1.0), (-1, 0, 1)),
        (MEAN, None, 0.5, (0.0, 0.5, 1.0), (0, 1, 2)),
        (MEAN, 0, None, (-0.02, 0.01), (-1, 0.5)),
        (MEAN, None, 0, (0.0, 0.0), (1, 1)),
        (DIRECTION, 1, None, (0, 1), (-0.5, 0.5)),
    ],
)
def test_every_target_has_the_same_place(how, low, high, values, at):
    ends = {"target_low": NAN if low is None else low, "target_high": NAN if high is None else high}
    line = pd.DataFrame([{"how": how, **ends}]).iloc[0]
    assert on_axis(line, np.array(values, float)) == pytest.approx(at)


# ---------------------------------------------------------------------------------------------------- what is told
MADE = (
    row(measure="fine", use="VALIDATION"),
    row(measure="bad", use="VALIDATION"),
    row(measure="open", use="CALIBRATION", low=0.9, high=None, how=SHARE),
    row(measure="yes or no", use="QUALITATIVE", low=1.0, high=None, how=DIRECTION),
    row(measure="hardly known", use="QUALITATIVE"),
)
VALUES = (0.4, 0.6, 0.8, 1.0, NAN)


@pytest.fixture
def found(tmp_path):
    changes = pd.DataFrame({"parameters.refill_days": np.linspace(100, 200, SETTINGS)})
    facts = {"seed": 1, "usual": {"parameters.refill_days": 130.0}, "patterns": patterns_digest(), **digests_now()}
    write_set(changes, facts, tmp_path / NAME)
    usual = [judge(each, np.array([0.4, 0.4]) if each.how != DIRECTION else np.array([1.0])) for each in MADE]
    spread = np.linspace(-0.05, 0.05, SETTINGS)[:, None] * np.array([1, 1, 1, 0, 1])
    values = np.array(VALUES) + spread
    return Held(load("cmht"), Asked(), usual, (), load_set(tmp_path), np.arange(SETTINGS), values)


def test_uses_are_counted_apart_and_what_settings_change_is_named(found):
    said = found.headlines()
    assert said[
        0
    ] == "Held back, and never tuned to: 1 of 2 measures met, over 20 settings that calibration did not " + (
        "rule out."
    )
    assert said[1:3] == ["May be fitted to: 0 of 1 measures met.", "Direction only: 1 of 2 measures met."]
    assert "Not known, and so not met: 1 measure." in said
    assert "Met there, and not over settings: P12 bad and P12 hardly known." in said


def test_text_fits_and_every_failure_is_explained(found):
    text = found.in_words()
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("NOT MET") == 2
    assert f"  P12, bad: {NONE_YET}" in text
    assert "yes in 20 of 20" in text


def test_a_sentence_is_the_registers_own(found):
    (name, measure), sentence = next(iter(explanations().items()))
    known = dataclasses.replace(MADE[1], id=name, measure=measure)
    told = dataclasses.replace(found, usual=[judge(known, np.array([0.4, 0.4]))], values=found.values[:, 1:2])
    assert held_words.rows_of(told)[0].explanation == sentence
    assert " ".join(sentence.split()) in " ".join(told.in_words().split())


def test_the_page_has_a_section_and_a_picture_a_use(found):
    page = html(found)
    order = [page.index(f'<section id="{name}"') for name in ("held-back", "fitted", "direction", "the-set")]
    assert order == sorted(order)
    assert [picture.name for picture in pictures(found)] == ["held-back", "fitted", "direction"]
    assert "NOT MET; the 90 % does not reach the target" in page
    assert "Not known, and so not met" in page
    assert "The set was made with this version" in page


def test_marks_differ_by_more_than_colour(found):
    from matplotlib import text as texts

    for picture in pictures(found):
        (axes,) = picture.figure().axes
        told = {line.get_marker() for line in axes.lines} - {"None", "", "<", ">"}
        met = set(picture.table["met"])
        assert told == {sign for state, sign in ((True, "o"), (False, "X")) if state in met}
        words = {each.get_text() for each in axes.findobj(texts.Text)}
        assert ("not known" in words) == (None in met)


def test_labels_are_within_the_picture(found):
    for picture in pictures(found):
        figure = picture.figure()
        figure.draw_without_rendering()
        (axes,) = figure.axes
        boxes = [label.get_window_extent() for label in axes.get_yticklabels() + axes.get_xticklabels()]
        assert min(box.x0 for box in boxes) >= 0
        assert max(box.x1 for box in boxes) <= figure.bbox.x1


def test_without_a_set_the_page_shows_the_usual_values(found):
    plain = Held(found.scenario, found.asked, found.usual)
    page = html(plain)
    assert plain.headlines()[0] == "Held back, and never tuned to: 2 of 2 measures met."
    assert re.search(r"May be fitted to: 0 of 1 met", page)
    assert "90 % of settings" not in page
    assert list(plain.tables) == ["measures"]


def test_a_set_of_another_version_and_settings_that_failed_are_said(found):
    found.settings.facts["code"] = "other"
    found.values[3] = NAN
    told = dataclasses.replace(found, failed=("because",)).headlines()
    assert any("does not belong to this version" in line for line in told)
    assert "1 setting failed to run. The first: because" in told
