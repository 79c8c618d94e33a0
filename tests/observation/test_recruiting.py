"""Recruiting: only people just seen and out of crisis, those best known to their practitioner first."""

import numpy as np
import pytest

from cpsim.model.codes import Stage
from cpsim.observation.design import PILOT, STUDY, Design
from cpsim.observation.recruiting import quota, recruit
from tests.observation.panels import lines, team

pytestmark = pytest.mark.unit

EVERYBODY = Design(people_per_team=500.0, consent_share=1.0)


def test_ten_teams_recruit_what_the_study_did_and_fourteen_agencies_what_the_pilot_did():
    assert sum(quota(STUDY, place) for place in range(10)) == 159
    assert {quota(STUDY, place) for place in range(10)} == {15, 16}
    assert sum(quota(PILOT, place) for place in range(14)) == 155


def test_each_person_takes_part_once_and_within_the_window():
    found = recruit(team(), Design(people_per_team=60.0)).lines
    assert len(found) == len(set(found["person"])) == 60
    assert set(found["week"]) == {-4, -2, 0}


@pytest.mark.parametrize(
    "not_asked",
    [
        {"stage": Stage.CRISIS},
        {"stage": Stage.HOSPITAL},
        {"stage": Stage.WAITING},
        {"stage": Stage.DISCHARGED},
        {"coordinator": -1},
    ],
)
def test_who_is_never_asked(not_asked):
    [(field, value)] = not_asked.items()
    usual = {"stage": Stage.RECOVERY, "coordinator": 0}[field]
    found = recruit(team(**{field: np.where(np.arange(200) < 100, value, usual)}), EVERYBODY)
    assert set(found.lines["person"]) == set(range(100, 200))


def test_nobody_is_asked_who_was_not_seen():
    def day(count, week, contacts, **fields):
        return lines(count, week, contacts=np.where(np.arange(count) < 100, 0, contacts), **fields)

    assert set(recruit(team(day=day), EVERYBODY).lines["person"]) == set(range(100, 200))


def test_only_new_referrals_where_the_design_says_so():
    joined = np.where(np.arange(200) < 30, -60, -2000)
    returning = np.where(np.arange(200) < 10, 1, 0)
    found = recruit(team(joined_day=joined, returning=returning), EVERYBODY.model_copy(update={"new_within_weeks": 26}))
    assert set(found.lines["person"]) == set(range(10, 30))


def recruited_share(group, **fields):
    """Share of the people of a group among those recruited, over many teams."""
    found = [recruit(team(seed=seed, **fields), Design(people_per_team=20.0)).lines["person"] for seed in range(40)]
    return np.isin(np.concatenate(found), group).mean()


def test_practitioners_ask_whom_they_know_well():
    known = np.arange(100)
    relationship = np.where(np.arange(200) < 100, 1.0, 0.0)
    assert recruited_share(known) == pytest.approx(0.5, abs=0.06)
    ratio = STUDY.choice_relationship
    assert recruited_share(known, relationship=relationship) == pytest.approx(ratio / (1 + ratio), abs=0.06)


def test_people_just_out_of_a_crisis_are_asked_less():
    stage = np.where(np.arange(200) < 100, Stage.STABILISING, Stage.RECOVERY)
    share = recruited_share(np.arange(100), stage=stage)
    assert share == pytest.approx(STUDY.choice_stabilising / (1 + STUDY.choice_stabilising), abs=0.06)


def test_those_who_say_no_are_asked_too():
    found = [recruit(team(seed=seed), Design(people_per_team=60.0)) for seed in range(20)]
    assert np.mean([len(each.lines) / each.asked for each in found]) == pytest.approx(STUDY.consent_share, abs=0.05)


def test_a_team_with_too_few_recruits_fewer():
    found = recruit(team(count=40), Design(people_per_team=60.0))
    assert len(found.lines) < found.asked == 40


def test_people_who_will_soon_be_gone_are_hardly_asked_and_those_who_want_more_rather():
    stays = np.where(np.arange(200) < 100, 0, 1)
    share = recruited_share(np.arange(100), long_stay=stays)
    assert share == pytest.approx(STUDY.choice_brief / (1 + STUDY.choice_brief), abs=0.05)
    wish = np.where(np.arange(200) < 100, 1.0, 0.0)
    share = recruited_share(np.arange(100), wish=wish)
    assert share == pytest.approx(STUDY.choice_wish / (1 + STUDY.choice_wish), abs=0.06)


def test_a_design_can_recruit_after_the_changes_began():
    later = Design(people_per_team=60.0, recruiting_ends_week=8.0)
    assert set(recruit(team(), later).lines["week"]) == {4, 6, 8}
    never = later.model_copy(update={"choice_brief": 0.0, "people_per_team": 500.0, "consent_share": 1.0})
    stays = np.where(np.arange(200) < 100, 0, 1)
    last = recruit(team(long_stay=stays), never).lines["person"]
    assert set(last[:100]) == set(range(100, 200)), "a weight of 0 is asked last"
