import math

import numpy as np
import pytest

from cpsim.model import draw
from cpsim.model.codes import Move, Purpose
from cpsim.model.records import NEVER, PRACTITIONER, TEAM
from cpsim.model.rules import posts
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(leave_post_hazard=0.1, recruit_days=40.0, round_success=0.6, recruit_spread=0.25, agency_days=10.0)
P.can_do, P.practitioner_spread, P.threshold_spread = 0.5, 0.2, 2.0
P.skill_untrained, P.materials_opened, P.onboarding_share = 0.15, 0.5, 0.4


def post(**fields):
    rounds = {"round_before": 20.0, "round_after": 30.0, "success_before": 1.0, "success_after": 1.0}
    return row(PRACTITIONER, **{"id": 3, "opens": -NEVER, "closes": NEVER, "coordinates": 1, **rounds, **fields})


def team(day=0, phase=0, quit_ratio=1.0):
    return row(TEAM, day=day, phase=phase, quit_ratio=quit_ratio)


def but(**changes):
    """The parameters but for these."""
    p = P.copy()
    for name, value in changes.items():
        p[name] = value
    return p


@pytest.mark.parametrize(("day", "there"), [(9, False), (10, True), (19, True), (20, False)])
def test_a_post_exists_from_its_first_day_until_before_its_last(day, there):
    assert bool(posts.exists(post(opens=10, closes=20), day)) is there


@pytest.mark.parametrize(("ratio", "days"), [(1.0, 10), (2.0, 5), (0.5, 20)])
def test_people_leave_when_the_hazard_is_used_up_sooner_under_pressure(ratio, days):
    worker = post(filled=1, spell_left=0.99, spells=2, vacant_days=50)
    moves = [posts.move(worker, team(day, quit_ratio=ratio), 1, P) for day in range(days)]
    assert moves == [Move.SAME] * (days - 1) + [Move.LEFT]
    assert (worker.filled, worker.spells, worker.vacant_days, worker.rounds) == (0, 3, 0, 1)


@pytest.mark.parametrize(("recruiting", "phase", "mean"), [(0, 0, 20), (0, 1, 30), (1, 1, 40)])
def test_a_round_takes_its_time_and_the_next_begins_when_it_fails(recruiting, phase, mean):
    """Rounds are spread evenly by a quarter of their mean to either side."""
    worker = post(recruiting=recruiting, success_before=0.0, success_after=0.0)
    p, lengths, began = but(round_success=0.0), [], 0
    posts.begin_round(worker, float(mean), False, 1, p)
    for day in range(1, 400 * mean):
        rounds = int(worker.rounds)
        assert posts.move(worker, team(day, phase), 1, p) == Move.SAME
        if worker.rounds > rounds:
            lengths.append(day - began)
            began = day
    assert np.mean(lengths) == pytest.approx(mean, rel=0.03)
    assert mean * 0.75 <= min(lengths) < 0.8 * mean
    assert 1.2 * mean < max(lengths) <= mean * 1.25


@pytest.mark.parametrize(("recruiting", "phase", "chance"), [(0, 0, 0.3), (0, 1, 0.8), (1, 1, 0.6)])
def test_a_round_ends_with_a_starter_by_its_chance(recruiting, phase, chance):
    found = []
    for number in range(800):
        worker = post(id=number, recruiting=recruiting, success_before=0.3, success_after=0.8)
        posts.begin_round(worker, 5.0, False, 1, P)
        worker.round_left = 1.0
        found.append(posts.move(worker, team(1, phase), 1, P) == Move.JOINED)
        assert worker.filled == found[-1]
    assert np.mean(found) == pytest.approx(chance, abs=0.06)


def test_a_round_under_way_is_anywhere_in_its_course():
    left = []
    for number in range(800):
        worker = post(id=number)
        posts.begin_round(worker, 100.0, True, 1, P)
        left.append(float(worker.round_left))
    assert np.quantile(left, [0.25, 0.5, 0.75]) == pytest.approx([25, 50, 75], abs=6)


def test_a_frozen_post_is_not_advertised():
    worker, p = post(round_left=0.5), but(freeze_vacant_posts=1)
    assert [posts.move(worker, team(day), 1, p) for day in range(50)] == [Move.SAME] * 50
    assert worker.round_left == 0.5
    assert posts.move(worker, team(50), 1, P) == Move.JOINED


def test_hours_of_a_post_with_fewer_hours_need_no_advert_even_when_posts_are_frozen():
    worker = post(recruiting=2)
    assert posts.move(worker, team(), 1, but(freeze_vacant_posts=1)) == Move.JOINED
    assert worker.settling == 0


def test_a_post_that_does_not_exist_yet_stays_empty_and_one_that_ends_is_left():
    assert posts.move(post(opens=5, round_left=0.0), team(4), 1, P) == Move.SAME
    for agency, gone in ((0, Move.LEFT), (1, Move.COVER_LEFT)):
        ended = post(closes=5, filled=1, agency=agency, vacant_days=50, spell_left=9.0, round_left=99.0)
        p = but(agency_cover_share=1.0)
        assert [posts.move(ended, team(day, 1), 1, p) for day in (4, 5, 6)] == [Move.SAME, gone, Move.SAME]
        assert (ended.filled, ended.agency) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "before", "p", "advertised", "recruiting"),
    [
        ({"filled": 1}, {}, {}, False, 0),
        ({}, {}, {}, False, 0),
        ({"success_after": 1.6}, {}, {}, True, 1),  # 1.6 in 30 days is more than 1 in 20
        ({"success_after": 1.6, "filled": 1, "agency": 1}, {}, {}, True, 1),
        ({"success_after": 1.4}, {}, {}, False, 0),
        ({"recruiting": 2}, {}, {}, True, 2),
        ({}, {"freeze_vacant_posts": 1}, {}, True, 0),
        ({}, {}, {"freeze_vacant_posts": 1}, False, 0),
    ],
)
def test_adverts_that_changes_bring(fields, before, p, advertised, recruiting):
    worker = post(**fields)
    assert bool(posts.begin_changes(worker, but(**before), but(**p))) is advertised
    assert worker.recruiting == recruiting


def test_cover_that_is_new_has_yet_to_be_found():
    one, other = post(vacant_days=300), post(vacant_days=300)
    posts.begin_changes(one, P, but(agency_cover_share=0.5))
    posts.begin_changes(other, but(agency_cover_share=0.5), but(agency_cover_share=0.5))
    covered = post(vacant_days=300, filled=1, agency=1)
    posts.begin_changes(covered, but(agency_cover_share=0.5), but(agency_cover_share=0.9))
    assert (one.vacant_days, other.vacant_days, covered.vacant_days) == (0, 300, 300)


def test_agency_cover_comes_after_its_time_and_goes_when_the_post_is_filled():
    """Ten days to find somebody, a starter on day 15: another person than the cover, who is new to everything."""
    worker, p = post(spells=1, round_left=15.0, round_luck=0.5), but(agency_cover_share=1.0, materials_opened=1.0)
    moves = [posts.move(worker, team(day), 1, p) for day in range(1, 10)]
    assert moves == [Move.SAME] * 9
    assert posts.move(worker, team(10), 1, p) == Move.COVER_CAME
    assert (worker.filled, worker.agency, worker.opened, worker.clarity, worker.spells) == (1, 1, 0, 0, 1)
    threshold = float(worker.threshold)
    assert [posts.move(worker, team(day), 1, p) for day in range(11, 16)] == [Move.SAME] * 4 + [Move.REPLACED]
    assert (worker.filled, worker.agency, worker.spells) == (1, 0, 2)
    assert worker.threshold != threshold


def test_cover_takes_nothing_from_the_luck_of_those_who_follow():
    """With cover or without, the post is filled on the same day by the same person, who stays as long."""
    found = []
    for share in (0.0, 1.0):
        worker = post(spells=1, round_left=15.0)
        for day in range(1, 16):
            posts.move(worker, team(day), 1, but(agency_cover_share=share))
        found.append([worker[name] for name in ("filled", "spells", "spell_left", "threshold", "can_do", "opened")])
    assert found[0] == found[1]
    assert found[0][0] == 1


def test_cover_is_for_its_share_of_posts_that_carry_a_caseload():
    p = but(agency_cover_share=0.4)
    covered = [bool(posts.is_covered(post(id=number, vacant_days=10), 1, p)) for number in range(800)]
    assert np.mean(covered) == pytest.approx(0.4, abs=0.06)
    assert not any(posts.is_covered(post(id=n, vacant_days=9), 1, p) for n in range(50))
    assert not any(posts.is_covered(post(id=n, vacant_days=10, coordinates=0), 1, p) for n in range(50))


def test_cover_that_is_no_longer_wanted_goes():
    worker = post(filled=1, agency=1, vacant_days=50, round_left=99.0)
    assert posts.move(worker, team(), 1, P) == Move.COVER_LEFT
    assert (worker.filled, worker.agency) == (0, 0)


def test_a_newcomer_is_somebody_else():
    """Attitude, threshold and materials are drawn anew for the post's n-th practitioner; nothing is inherited."""
    worker = post(spells=4, sick_days=9, trained=1, training_left=1.0, clarity=0.9, skill=0.9, opened=1, recruiting=1)
    worker.away_until = 90
    posts.arrive(worker, 0, 1, P)
    attitude, reluctance = draw.normals(1, int(Purpose.PRACTITIONER), 3, 4)
    assert (worker.filled, worker.recruiting, worker.sick_days, worker.trained, worker.training_left) == (1, 0, 0, 0, 0)
    assert (worker.clarity, worker.skill, worker.opened) == (0, 0.15, 0)
    assert worker.opening_luck == draw.uniform(1, int(Purpose.MATERIALS), 3, 4)
    assert (worker.away_until, worker.settling) == (-NEVER, 0.4)
    assert worker.can_do == pytest.approx(min(1, max(0, 0.5 + 0.2 * attitude)))
    assert worker.threshold == pytest.approx(2 * reluctance)


def test_how_long_somebody_stays_is_the_luck_of_the_posts_nth_person():
    worker = post(spells=7)
    posts.begin_spell(worker, 1)
    assert worker.spell_left == draw.exponential(1, int(Purpose.POST_SPELL), 3, 7)
    assert math.isfinite(worker.spell_left)


def test_attitudes_stay_between_0_and_1():
    p = but(practitioner_spread=3.0)
    found = []
    for number in range(50):
        worker = post(id=number)
        posts.arrive(worker, 0, 1, p)
        found.append(float(worker.can_do))
    assert {0.0, 1.0} <= set(found)
    assert all(0 <= value <= 1 for value in found)
