import math

import pytest

from cpsim.model import draw
from cpsim.model.codes import Move, Purpose
from cpsim.model.records import NEVER, PRACTITIONER
from cpsim.model.rules import posts
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(leave_post_hazard=0.1, recruit_hazard=0.4, can_do=0.5, practitioner_spread=0.2, threshold_spread=2.0)
P.skill_untrained, P.materials_opened = 0.15, 0.5


def post(**fields):
    return row(
        PRACTITIONER, **{"id": 3, "opens": -NEVER, "closes": NEVER, "fill_before": 0.2, "fill_after": 0.3, **fields}
    )


@pytest.mark.parametrize(("day", "there"), [(9, False), (10, True), (19, True), (20, False)])
def test_a_post_exists_from_its_first_day_until_before_its_last(day, there):
    assert bool(posts.exists(post(opens=10, closes=20), day)) is there


@pytest.mark.parametrize(
    ("filled", "recruiting", "phase", "hazard", "moved"),
    [
        (1, 0, 0, 0.1, Move.LEFT),
        (1, 0, 1, 0.1, Move.LEFT),
        (0, 0, 0, 0.2, Move.JOINED),
        (0, 0, 1, 0.3, Move.JOINED),
        (0, 1, 1, 0.4, Move.JOINED),
    ],
)
def test_people_leave_and_join_when_the_hazard_is_used_up(filled, recruiting, phase, hazard, moved):
    worker = post(filled=filled, recruiting=recruiting, spell_left=0.99, spells=2)
    days = [posts.move(worker, day, phase, 1, P) for day in range(math.ceil(0.99 / hazard))]
    assert days == [Move.SAME] * (len(days) - 1) + [moved]
    assert (worker.filled, worker.spells, worker.recruiting) == (
        moved == Move.JOINED,
        3,
        recruiting and moved != Move.JOINED,
    )
    assert worker.spell_left == draw.exponential(1, int(Purpose.POST_SPELL), 3, 3)


def test_a_post_that_does_not_exist_yet_stays_empty_and_one_that_ends_is_left():
    assert posts.move(post(opens=5, spell_left=0.0), 4, 0, 1, P) == Move.SAME
    ended = post(closes=5, filled=1, spell_left=9.0)
    assert [posts.move(ended, day, 1, 1, P) for day in (4, 5, 6)] == [Move.SAME, Move.LEFT, Move.SAME]
    assert ended.filled == 0


def test_a_newcomer_is_somebody_else():
    """Attitude, threshold and materials are drawn anew for the post's n-th practitioner; nothing is inherited."""
    worker = post(spells=4, sick_days=9, trained=1, training_left=1.0, clarity=0.9, skill=0.9, opened=1, recruiting=1)
    posts.arrive(worker, 1, P)
    attitude, reluctance = draw.normals(1, int(Purpose.PRACTITIONER), 3, 4)
    opened = draw.uniform(1, int(Purpose.MATERIALS), 3, 4) < 0.5
    assert (worker.filled, worker.recruiting, worker.sick_days, worker.trained, worker.training_left) == (1, 0, 0, 0, 0)
    assert (worker.clarity, worker.skill, worker.opened) == (0, 0.15, opened)
    assert worker.can_do == pytest.approx(min(1, max(0, 0.5 + 0.2 * attitude)))
    assert worker.threshold == pytest.approx(2 * reluctance)


def test_attitudes_stay_between_0_and_1():
    p = P.copy()
    p.practitioner_spread = 3.0
    found = []
    for number in range(50):
        worker = post(id=number)
        posts.arrive(worker, 1, p)
        found.append(float(worker.can_do))
    assert {0.0, 1.0} <= set(found)
    assert all(0 <= value <= 1 for value in found)
