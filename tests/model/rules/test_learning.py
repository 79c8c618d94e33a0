import math

import numpy as np
import pytest

from cpsim.model.records import PRACTITIONER, make
from cpsim.model.rules import learning
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


@pytest.mark.parametrize(("before", "after", "booked"), [(0, 1.5, 1.5), (1, 1.5, 0.5), (1, 1, 0), (2, 1, 0)])
def test_only_training_beyond_what_has_always_been_is_put_into_the_diary(before, after, booked):
    worker = row(PRACTITIONER)
    once, now = numbers(training_days_per_person=before), numbers(training_days_per_person=after)
    learning.book_training(worker, once, now)
    assert worker.training_left == booked
    learning.book_induction(worker, now)
    assert worker.training_left == after


def test_training_that_is_complete_raises_clarity_and_skill_and_never_lowers_them():
    p = numbers(clarity_trained=0.7, skill_trained=0.6, training_days_per_person=1)
    new, old = row(PRACTITIONER), row(PRACTITIONER, clarity=0.9, skill=0.8)
    for worker in (new, old):
        learning.has_been_trained(worker, p)
    assert (new.trained, new.clarity, new.skill) == (1, 0.7, 0.6)
    assert (old.trained, old.clarity, old.skill) == (1, 0.9, 0.8)


def test_without_training_nobody_has_been_trained():
    worker = row(PRACTITIONER)
    learning.has_been_trained(worker, numbers(training_days_per_person=0, clarity_trained=0.7))
    assert (worker.trained, worker.clarity) == (0, 0)


@pytest.mark.parametrize(
    ("orientation", "supervised", "level", "chance"),
    [
        (0.5, 0, 0.0, 0.4),  # the share of the evidence row
        (0.75, 0, 0.0, 2 / 3),  # odds of 2:3, times 3:1
        (0.5, 4, 0.0, 4 / 7),  # times 2
        (0.5, 0, 1.0, 2 / 3),  # times 3
        (0.5, 0, 0.5, 0.4 * 3**0.5 / (0.4 * 3**0.5 + 0.6)),
        (0.5, 4, 1.0, 0.8),  # times 6
    ],
)
def test_the_socially_minded_the_supervised_and_the_led_open_the_materials(orientation, supervised, level, chance):
    p = numbers(materials_opened=0.4, supervision_every_weeks=supervised, leadership_level=level)
    p.log_supervision_effect, p.log_leadership_effect = math.log(2), math.log(3)
    for luck, opens in ((chance - 1e-9, 1), (chance + 1e-9, 0)):
        worker = row(PRACTITIONER, orientation=orientation, opening_luck=luck)
        learning.open_materials(worker, p)
        assert worker.opened == opens


@pytest.mark.parametrize(("share", "opens"), [(0.0, 0), (1.0, 1)])
def test_nobody_or_everybody_opens_them(share, opens):
    worker = row(PRACTITIONER, orientation=0.4, opening_luck=0.5)
    learning.open_materials(worker, numbers(materials_opened=share))
    assert worker.opened == opens


def test_what_was_opened_stays_open():
    worker = row(PRACTITIONER, orientation=0.4, opening_luck=0.9, opened=1)
    learning.open_materials(worker, numbers(materials_opened=0.1))
    assert worker.opened == 1


@pytest.mark.parametrize(
    ("materials", "opened", "trained", "supervised", "before", "after"),
    [
        (1, 1, 0, 0, 0.0, 0.2),
        (1, 0, 0, 0, 0.0, 0.0),
        (0, 1, 0, 0, 0.0, 0.0),
        (1, 1, 0, 0, 0.6, 0.6),  # not trained: what is known is kept
        (1, 1, 1, 0, 0.6, 0.4),
        (1, 0, 1, 0, 0.6, 0.3),
        (1, 1, 1, 4, 0.6, 0.6),
        (1, 1, 1, 0, 0.1, 0.2),
    ],
)
def test_a_week_of_clarity(materials, opened, trained, supervised, before, after):
    """Half of what is above the materials' 0.2 is lost in a week, unless CP supervision keeps it up."""
    worker = row(PRACTITIONER, opened=opened, trained=trained, clarity=before)
    p = numbers(materials=materials, clarity_untrained=0.2, supervision_every_weeks=supervised, clarity_kept_a_week=0.5)
    learning.week(worker, p)
    assert worker.clarity == pytest.approx(after)


def test_the_lead_is_whoever_in_post_has_most_social_orientation():
    workers = make(4, PRACTITIONER).view(np.recarray)
    workers.orientation, workers.filled, workers.id = [0.4, 0.75, 0.9, 0.75], [1, 1, 0, 1], [1, 2, 3, 4]
    assert learning.choose_lead(workers) == 1
    workers.agency = [0, 1, 0, 0]  # cover does not lead
    assert learning.choose_lead(workers) == 3
    workers.filled = workers.agency = 0
    assert learning.choose_lead(workers) == -1
