"""Service use: half a year before and after, priced by hand."""

import numpy as np
import pytest

from cpsim.observation import service_use
from cpsim.observation.design import STUDY
from tests.observation.panels import lines, team

pytestmark = pytest.mark.unit

PEOPLE = np.array([3, 7])
BEFORE = np.array([-4, 0])  # weeks of recruitment: the eve of day 0 is what counts


def day(count, week, contacts, **fields):
    """Ten days in hospital for everybody in week 8, five of the person 7 before."""
    beds = np.where(np.arange(count) == 7, 5, 0) + (10 if week >= 8 else 0)
    return lines(count, week, contacts=contacts, bed_days=np.where(week >= -10, beds, 0), **fields)


def test_each_half_year_holds_its_own():
    before = service_use.before(team(20, day=day), PEOPLE, BEFORE, STUDY)
    after = service_use.after(team(20, day=day), PEOPLE, BEFORE, STUDY)
    assert before["contacts"].tolist() == after["contacts"].tolist() == [13, 13]  # one a fortnight
    assert before["bed_days"].tolist() == [0, 5]
    assert after["bed_days"].tolist() == [10, 10]


def test_prices_are_those_of_the_evidence():
    before = service_use.before(team(20, day=day), PEOPLE, BEFORE, STUDY)
    assert before["service_cost"].tolist() == [13 * 128, 13 * 128 + 5 * 429]
    used = {"contacts": np.zeros(1), "bed_days": np.zeros(1), "crisis_team_days": np.array([4.0])}
    assert service_use.priced(used, STUDY) == pytest.approx(4 * 0.9 * 195)


def test_implementation_is_shared_by_all_on_the_caseload_and_has_no_before():
    assert service_use.before(team(20), PEOPLE, BEFORE, STUDY)["implementation_cost"].tolist() == [0, 0]
    assert service_use.after(team(20), PEOPLE, BEFORE, STUDY)["implementation_cost"].tolist() == [
        52,
        52,
    ]  # 26 weeks at 2


def test_a_warm_up_of_half_a_year_is_counted_whole():
    """Its first panel day is two weeks after its start, and what was counted by then belongs to the half year."""
    whole = team(20)
    short = type(whole)(**{**vars(whole), "lines": whole.lines[whole.lines["week"] > -26]})
    assert short.weeks[0] == -24
    assert service_use.before(short, PEOPLE, BEFORE, STUDY)["contacts"].tolist() == [13, 13]


def test_somebody_referred_later_had_nothing_before():
    whole = team(20)
    late = whole.lines[(whole.lines["person"] != 7) | (whole.lines["week"] > -10)]
    known = service_use.before(type(whole)(**{**vars(whole), "lines": late}), PEOPLE, BEFORE, STUDY)
    assert known["contacts"].tolist() == [13, 13]


def test_who_is_recruited_later_has_half_years_of_their_own():
    """Recruited in week 2 or 10 and interviewed again after 28 weeks: up to the interviews, and not from day 0."""
    later, design = np.array([2, 10]), STUDY.model_copy(update={"followup_weeks": 28.0})
    before = service_use.before(team(20, day=day), PEOPLE, later, design)
    after = service_use.after(team(20, day=day), PEOPLE, later, design)
    assert before["contacts"].tolist() == after["contacts"].tolist() == [13, 13]
    assert before["bed_days"].tolist() == [0, 15]
    assert after["bed_days"].tolist() == [10, 0]
    assert after["implementation_cost"].tolist() == [52, 52]
