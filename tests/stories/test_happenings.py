"""What two looks say: made-up differences, one thing at a time."""

import numpy as np
import pytest

from cpsim.model.codes import Activity, Gate, Source, Stage
from cpsim.model.records import CLOSED, DELIVERED, GONE, NOBODY, SEEN
from cpsim.stories import words
from cpsim.stories.connecting import connecting, places, window
from cpsim.stories.contacts import contacts
from cpsim.stories.happenings import StageSpells, flow, practitioners
from cpsim.stories.look import Seen
from cpsim.stories.walk import Part
from tests.stories.looks import future, look, told

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"stage": Stage.NOT_YET}, {"stage": Stage.WAITING}, "referred"),
        ({"stage": Stage.DISCHARGED}, {"stage": Stage.WAITING, "returning": 1}, "came back"),
        ({"stage": Stage.WAITING}, {"stage": Stage.WAITING, "urgent": 1}, "in crisis while waiting"),
        ({"stage": Stage.WAITING}, {"stage": Stage.NOT_ACCEPTED}, "not taken on"),
        ({"stage": Stage.WAITING, "assess_left": 9}, {"stage": Stage.WAITING}, "assessed"),
        ({"stage": Stage.WAITING}, {"stage": Stage.RECOVERY, "wait_since": 10}, "taken on"),
        ({"stage": Stage.RECOVERY}, {"stage": Stage.DISCHARGED}, "discharged"),
        ({"stage": Stage.RECOVERY}, {"stage": Stage.DIED}, "died"),
    ],
)
def test_the_way_in_and_out(before, after, kind):
    assert kind in told(flow, look(**before), look(**after))


def test_waiting_is_counted_from_the_referral():
    found = told(flow, look(stage=Stage.WAITING), look(stage=Stage.RECOVERY, wait_since=12))
    assert found["taken on"] == {"days": "18 days"}


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (Stage.RECOVERY, Stage.CRISIS, "crisis"),
        (Stage.CRISIS, Stage.HOSPITAL, "hospital"),
        (Stage.HOSPITAL, Stage.STABILISING, "home"),
        (Stage.CRISIS, Stage.STABILISING, "stabilising"),
        (Stage.STABILISING, Stage.RECOVERY, "recovery"),
    ],
)
def test_stages(was, now, kind):
    assert list(told(StageSpells(20), look(stage=was), look(stage=now), "live")) == [kind]


def test_how_long_a_crisis_lasted_is_counted_from_its_first_day():
    spells = StageSpells(0)
    told(spells, look(stage=Stage.RECOVERY), look(stage=Stage.CRISIS), team=future(day=10))
    found = told(spells, look(stage=Stage.CRISIS), look(stage=Stage.STABILISING), team=future(day=25))
    assert found["stabilising"] == {"days": "15 days"}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"coordinator": -1, "last_coordinator": GONE}, "worker left"),
        ({}, {"coordinator": 1}, "worker changed"),
        ({"coordinator": -1, "last_coordinator": NOBODY}, {"coordinator": 1}, "worker given"),
        ({"coordinator": -1, "last_coordinator": GONE, "uncovered_days": 9}, {"coordinator": 1}, "worker again"),
    ],
)
def test_practitioners_come_and_go(before, after, kind):
    assert list(told(practitioners, look(**before), look(**after), "respond")) == [kind]


def test_whoever_leaves_the_caseload_does_not_lose_a_practitioner():
    assert told(practitioners, look(), look(stage=Stage.DISCHARGED, coordinator=-1)) == {}


@pytest.mark.parametrize(
    ("spent", "kind", "where"),
    [
        ({Activity.ROUTINE: 56.0, Activity.TRAVEL: 20.0}, Activity.ROUTINE, "at home"),
        ({Activity.ROUTINE: 56.0}, Activity.ROUTINE, "at the team base"),
        ({Activity.ROUTINE: 20.0}, Activity.ROUTINE, "by phone or video"),
        ({Activity.CP_VISIT: 56.0}, Activity.CP_VISIT, "at home"),
        ({Activity.CRISIS: 75.0}, Activity.CRISIS, "at the team base"),
    ],
)
def test_where_a_contact_took_place_is_read_from_what_it_cost(spent, kind, where):
    found = told(contacts, look(), look(contacts_held=1, spent=spent), team=future(kind))
    assert (found["seen"]["where"], found["seen"]["minutes"]) == (where, round(spent[kind]))


def test_a_lost_journey_is_told_from_a_missed_appointment():
    lost = told(contacts, look(), look(contacts_missed=1, spent={Activity.TRAVEL: 20.0}))
    missed = told(contacts, look(), look(contacts_missed=1))
    assert lost["not seen"]["came"] != missed["not seen"]["came"]


def test_put_off_names_the_cause_that_the_model_counted():
    found = told(contacts, look(), look(put_off=1, put_off_crisis=1))
    assert found["put off"]["cause"] == "crisis work took the time"


def test_put_off_because_nobody_is_there():
    away = told(contacts, look(), look(put_off=1, put_off_absence=1), "plan", future(present=False))
    none = told(contacts, look(coordinator=-1), look(coordinator=-1, put_off=1, put_off_absence=1), "plan")
    assert (list(away), list(none)) == (["put off away"], ["put off alone"])


def test_a_visit_and_a_contact_put_off_on_one_day_are_two():
    both = {"cp_worker": 1, "cp_active": 1}
    away = future(present=False)
    once = list(contacts(Seen(look(**both), look(put_off=1, **both), 0), Part("plan"), away))
    twice = list(contacts(Seen(look(**both), look(put_off=2, **both), 0), Part("plan"), away))
    assert [facts["what"] for _, facts in once] == ["A contact"]
    assert [facts["what"] for _, facts in twice] == ["A visit for CP", "A contact"]


def test_cp_moves_on_and_a_step_is_worked_through():
    found = told(connecting, look(step=2), look(step=3, minutes_2=47.0, steps_done=2))
    assert (found["cp"]["minutes"], found["cp"]["step"]) == (47, 2)
    assert found["step worked through"] == {"step": 2, "well": words.WELL[True]}


def test_a_step_without_quality_does_not_count():
    found = told(connecting, look(step=1), look(step=2, minutes_1=90.0))
    assert found["step worked through"]["well"] == words.WELL[False]


@pytest.mark.parametrize(
    ("bits", "kind"),
    [(CLOSED | SEEN | DELIVERED, "window delivered"), (CLOSED | SEEN | 1 << Gate.MONEY, "window stopped")],
)
def test_a_window_says_what_came_of_it(bits, kind):
    team = future(windows=np.full((1, 3), bits))
    found = told(window, look(window_open=1, window_day=2), look(), "window closes", team)
    assert list(found) == [kind]
    assert found[kind]["span"] == "3 April to 30 April"


def test_a_window_nobody_could_have_used_says_so():
    team = future(windows=np.full((1, 3), CLOSED | 1 << Gate.DOSE))
    found = told(window, look(window_open=1, window_day=2), look(), "window closes", team)
    assert found["window stopped"]["imputed"] == words.IMPUTED
    assert found["window stopped"]["codes"] == [Gate.DOSE]


def test_a_window_in_hospital_is_not_told():
    team = future(windows=np.zeros((1, 3), np.int64))
    assert told(window, look(window_open=1, window_day=2), look(), "window closes", team) == {}


def test_attempts_joining_going_and_leaving():
    tried = told(places, look(), look(tried={Source.OWN: [Gate.MONEY]}), "tries")
    assert tried["tried"]["result"] == "In the way: cannot afford it."
    joined = told(places, look(), look(tried={Source.ORDINARY: []}, belongs=[(0, 0)], joined=1))
    assert set(joined) == {"tried", "joined"}
    assert joined["tried"]["result"] == words.NOTHING_IN_THE_WAY
    assert "first time" in told(places, look(belongs=[(0, 0)]), look(belongs=[(0, 1)]), "live")
    assert told(places, look(belongs=[(0, 7)]), look(), "live")["left place"]["times"] == "7 times"


def test_what_others_tried_is_not_theirs():
    assert told(places, look(), look(tried={Source.OWN: []}), "receive") == {}


@pytest.mark.parametrize(("moved", "kind"), [(0.0, "looked"), (95.0, "way found")])
def test_looking_for_a_way_is_told_with_what_came_of_it(moved, kind):
    after = look(search_minutes=95.0, looks=4, minutes_2=moved, window_minutes=moved, step=2)
    found = told(connecting, look(search_minutes=50.0, looks=2, step=2), after, "task")
    assert found[kind] == {"minutes": 45, "places": "2 places"}
    assert ("cp" in found) is (moved > 0)
