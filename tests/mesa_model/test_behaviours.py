"""A behaviour replaced in plain Python changes what it should, in the direction it should."""

import pytest

from cpsim.mesa_model import CMHTModel, Gate, Practitioner, ServiceUser
from cpsim.model.records import CLOSED
from tests.mesa_model.walks import small

pytestmark = pytest.mark.limit

WEEKS = 26
PEOPLE = 4  # times as many as in a small team, so that chance does not decide


class Convinced(Practitioner):
    """For whom CP is always a priority."""

    def consider_cp(self, user):
        return super().consider_cp(user) & ~(1 << Gate.NOT_PRIORITY)


class Unwilling(Practitioner):
    """For whom it never is."""

    def consider_cp(self, user):
        return super().consider_cp(user) | 1 << Gate.NOT_PRIORITY


class OnStrike(Practitioner):
    def work(self):
        pass


class Clinical(Practitioner):
    """Who has no time for anything social in a contact."""

    def use_spare_time(self, user, task, where, minutes, luck):
        return 0


class Homebody(ServiceUser):
    def pass_week(self):
        return super().pass_week() * 0  # tries for nothing alone


def lived(**classes):
    model = CMHTModel(small(WEEKS, PEOPLE), seed=4, skip_warm_up=True, **classes)
    model.run_model()
    return model


@pytest.fixture(scope="module")
def ordinary():
    return lived()


def closed(model, gate):
    windows = model.world.windows
    return ((windows & CLOSED) > 0).sum(), (windows >> gate & 1).sum()


def test_without_the_gate_of_priority_more_cp_is_done(ordinary):
    convinced, unwilling = lived(practitioner=Convinced), lived(practitioner=Unwilling)
    windows, stopped = closed(ordinary, Gate.NOT_PRIORITY)
    assert 0 < stopped < windows
    assert closed(convinced, Gate.NOT_PRIORITY)[1] == 0
    closed_windows, stopped = closed(unwilling, Gate.NOT_PRIORITY)
    assert stopped == closed_windows > 0
    assert convinced.cp_minutes > ordinary.cp_minutes > unwilling.cp_minutes == 0
    assert convinced.outcome()["asked"] > ordinary.outcome()["asked"] > unwilling.outcome()["asked"] == 0


def test_when_nobody_works_nobody_is_seen():
    model = lived(practitioner=OnStrike)
    assert model.world.people["contacts_held"].sum() == 0
    assert model.outcome()["contacts_per_person_month"] == 0


def test_when_no_contact_has_spare_time_people_are_seen_without_cp(ordinary):
    model = lived(practitioner=Clinical)
    assert model.cp_minutes == 0 < ordinary.cp_minutes
    seen, usually = (sum(each.service_users.get("contacts_held")) for each in (model, ordinary))
    assert seen > usually / 2  # booked visits apart


def test_people_who_try_nothing_alone_have_no_attempts_of_their_own(ordinary):
    assert sum(ordinary.service_users.get("own_attempts")) > 0
    eve = CMHTModel(small(WEEKS, PEOPLE), seed=4, skip_warm_up=True)
    model = lived(service_user=Homebody)
    assert model.service_users.get("own_attempts") == eve.service_users.get("own_attempts")
