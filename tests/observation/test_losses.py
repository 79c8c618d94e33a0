"""Losses: as many as declared, and more of those in crisis, in hospital, off the caseload or hardly seen."""

import numpy as np
import pytest

from cpsim.model.codes import Stage
from cpsim.observation import losses
from cpsim.observation.design import STUDY, Design
from tests.observation.panels import lines

pytestmark = pytest.mark.unit

MANY = 4_000


def lost_share(**fields):
    return (losses.at_followup(1, lines(MANY, 26, **fields), STUDY) != losses.FOLLOWED).mean()


def test_most_of_those_recruited_are_interviewed():
    assert losses.at_baseline(1, lines(MANY), STUDY).mean() == pytest.approx(151 / 159, abs=0.015)


@pytest.mark.parametrize(
    ("fields", "name", "chance"),
    [
        ({"stage": Stage.HOSPITAL}, losses.HOSPITAL, STUDY.lost_hospital),
        ({"stage": Stage.CRISIS}, losses.CRISIS, STUDY.lost_crisis),
        ({"on_caseload": 0, "stage": Stage.DISCHARGED}, losses.LITTLE_CONTACT, STUDY.lost_little_contact),
        ({"days_since_contact": 100}, losses.LITTLE_CONTACT, STUDY.lost_little_contact),
        ({}, losses.OTHERWISE, STUDY.lost_otherwise),
    ],
)
def test_each_way_loses_as_many_as_declared(fields, name, chance):
    why = losses.at_followup(1, lines(MANY, 26, **fields), STUDY)
    assert (why == name).mean() == pytest.approx(chance, abs=0.03)


def test_who_is_lost_more():
    usual = lost_share()
    for fields in ({"stage": Stage.CRISIS}, {"stage": Stage.HOSPITAL}, {"days_since_contact": 100}):
        assert lost_share(**fields) > usual + 0.1, fields


def test_the_dead_are_lost_and_named():
    assert set(losses.at_followup(1, lines(5, 26, stage=Stage.DIED, on_caseload=0), STUDY)) == {losses.DIED}


def test_a_study_that_loses_nobody():
    kept = Design(lost_hospital=0.0, lost_crisis=0.0, lost_little_contact=0.0, lost_otherwise=0.0)
    stages = np.resize([Stage.CRISIS, Stage.HOSPITAL, Stage.RECOVERY, Stage.DISCHARGED], 100)
    assert set(losses.at_followup(1, lines(100, 26, stage=stages), kept)) == {losses.FOLLOWED}
