import pytest

from cpsim.model.records import PRACTITIONER
from cpsim.model.rules import learning
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def test_training_days_are_put_into_the_diary():
    worker = row(PRACTITIONER)
    learning.start_training(worker, numbers(training_days_per_person=1.5))
    assert worker.training_left == 1.5


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
