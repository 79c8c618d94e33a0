"""A whole story, a day sheet and the list of telling people, told of small teams and held against the run."""

import datetime
import math

import numpy as np
import pytest

import cpsim
from cpsim.errors import OptionError
from cpsim.model.codes import ACTIVITY_LABELS, Activity, Stage
from cpsim.stories.happenings import Happening
from cpsim.stories.story import merged
from cpsim.stories.telling import Lives, choose
from tests.mesa_model.walks import small
from tests.tiny import populated

pytestmark = pytest.mark.unit

SOMEBODY = 4
FOR_PEOPLE = {
    *(Activity.CRISIS, Activity.ASSESSMENT, Activity.STABILISING, Activity.ROUTINE, Activity.REVIEW),
    *(Activity.CP_VISIT, Activity.TRAVEL, Activity.NOTES),
}


@pytest.fixture(scope="module")
def chosen():
    return small(weeks=26)


@pytest.fixture(scope="module")
def told(chosen):
    return cpsim.story(chosen, SOMEBODY, seed=3)


@pytest.fixture(scope="module")
def person(chosen):
    return cpsim.run(chosen, replications=1, seed=3, people=True).people.iloc[SOMEBODY]


def test_the_events_add_up_to_the_run(told, person):
    kinds = told.events.kind.value_counts()
    assert kinds["seen"] == person.contacts_held > 0
    assert kinds.get("not seen", 0) == person.contacts_missed
    assert kinds.get("review", 0) == person.reviews_done
    assert kinds.get("joined", 0) == person.joined


def test_it_is_in_order_and_within_the_weeks(told, chosen):
    assert told.events.day.is_monotonic_increasing
    assert told.events.date.between(chosen.start, chosen.start + datetime.timedelta(days=26 * 7 - 1)).all()


def test_the_text_holds_every_sentence_and_is_not_wide(told):
    flat = " ".join(told.text.split())
    assert all(text in flat for text in told.events.text)
    assert all(text in flat for text in (*told.who, *told.at_first, *told.at_last, *told.summary))
    assert max(map(len, told.text.splitlines())) <= 96
    assert "Simulated people: nobody here is real." in flat


def test_as_data_it_says_the_same(told):
    data = told.as_dict()
    assert [each["text"] for each in data["events"]] == list(told.events.text)
    assert data["events"][0]["date"] == told.events.date[0].isoformat()


def test_somebody_who_came_after_the_start_is_told_from_the_referral(chosen):
    world = cpsim.run(chosen, replications=1, seed=3, people=True).people
    late = int(np.flatnonzero((world.referral_day > 10) & (world.stage != "assessed, not taken on"))[0])
    assert cpsim.story(chosen, late, seed=3).events.kind.iloc[0] == "referred"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": -1}, "person: -1 is not possible; the people whom this team ever meets are 0 to "),
        ({"person": 10**6}, "person: 1000000 is not possible"),
        ({"team": 1}, "team: 1 is not possible; they are numbered 0 to 0"),
        ({"replication": -1}, "replication: -1 is not possible; the first is 0"),
        ({"seed": -1}, "seed: -1"),
    ],
)
def test_numbers_that_do_not_exist(chosen, wrong, words):
    with pytest.raises(OptionError, match=words):
        cpsim.story(chosen, **{"person": 0, **wrong})


def put_off(day, cause="crisis work"):
    return Happening(day, "put off", {"what": "A contact", "cause": cause, "again": ""})


class Calendar:
    def date(self, day):
        return datetime.date(2026, 4, 1) + datetime.timedelta(days=day)


def test_what_is_put_off_day_after_day_is_said_once():
    told = merged([put_off(0), put_off(1), put_off(2, "caseload"), put_off(5)], Calendar())
    assert [each.text for each in told] == [
        "A contact was due and nobody had time: crisis work, on 3 working days up to 6 April.",
        "A contact was due and nobody had time: caseload.",
    ]


def test_after_a_contact_it_begins_anew():
    seen = Happening(1, "not seen", {"worker": "nurse 1", "came": "called"})
    assert [each.kind for each in merged([put_off(0), seen, put_off(8)], Calendar())] == [
        "put off",
        "not seen",
        "put off",
    ]


# ---------------------------------------------------------------------- day sheets


@pytest.mark.parametrize("day", range(12))
def test_the_minutes_of_a_day_fill_the_paid_day(chosen, day):
    sheet = cpsim.day_sheet(chosen, 0, day, seed=3)
    working = sheet.date.weekday() < 5
    assert bool(sheet.spent) == working
    if working:
        assert math.isclose(sheet.minutes.minutes.sum(), 450.0)
        spent = sheet.visits.minutes.sum()
        for_people = [label for activity, label in ACTIVITY_LABELS.items() if activity in FOR_PEOPLE]
        assert abs(spent - sum(sheet.spent.get(label, 0.0) for label in for_people)) <= len(sheet.lines)


def test_a_day_may_be_a_date(chosen):
    by_date = cpsim.day_sheet(chosen, 0, chosen.start + datetime.timedelta(days=6), seed=3)
    assert by_date == cpsim.day_sheet(chosen, 0, 6, seed=3)


def test_a_weekend_and_a_day_off_say_so(chosen):
    saturday = next(day for day in range(7) if (chosen.start + datetime.timedelta(days=day)).weekday() == 5)
    assert "Monday to Friday" in cpsim.day_sheet(chosen, 0, saturday).about
    half_time = [cpsim.day_sheet(chosen, 1, day, seed=3).about for day in range(14)]
    assert any("not one of its days" in about for about in half_time)


@pytest.mark.parametrize("wrong", [{"practitioner": 99}, {"day": 10**5}, {"day": datetime.date(2020, 1, 1)}])
def test_days_and_posts_that_do_not_exist(chosen, wrong):
    with pytest.raises(OptionError, match="is not possible"):
        cpsim.day_sheet(chosen, **wrong)


# ---------------------------------------------------------------------- telling people


def test_telling_people_are_what_is_said_of_them(chosen):
    people = cpsim.run(chosen, replications=1, seed=3, people=True).people
    found = {each.what: each.person for each in cpsim.telling_people(chosen, seed=3)}
    assert len(found) == len(set(found.values())) > 2
    hospital = [(what, person) for what, person in found.items() if what.startswith("in hospital for ")]
    for what, person in hospital:
        assert what == f"in hospital for {people.days_in_hospital[person]} days"
        assert people.days_in_hospital[person] > 0


def test_a_kind_nobody_shows_is_left_out():
    world = populated(small())
    count = len(world.people)
    world.people["stage"] = Stage.RECOVERY
    lives = Lives(world.people, world.windows, np.zeros(count), np.zeros(count), np.zeros(count, bool))
    assert [each.what for each in choose(lives)] == []
    world.people["crises"][5] = 4
    assert [(each.person, each.what) for each in choose(lives)] == [(5, "in crisis 4 times")]
