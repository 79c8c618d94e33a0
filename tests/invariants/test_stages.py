"""Days are conserved: every person-day is spent in one stage, and the weeks say the same as the people do."""

import numpy as np
import pytest

from cpsim.model.codes import DAYS_A_WEEK, Stage
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import finish, on_caseload, parts

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

DAYS_IN = {
    Stage.WAITING: ("days_waiting", "waiting"),
    Stage.CRISIS: ("days_in_crisis", "in_crisis"),
    Stage.STABILISING: ("days_stabilising", "stabilising"),
    Stage.RECOVERY: ("days_in_recovery", "in_recovery"),
    Stage.HOSPITAL: ("days_in_hospital", "in_hospital"),
}


def live_through(w):
    """Run to the end, counting anew. Returns reported days by person and stage, and days on the caseload."""
    spent = np.zeros((len(w.people), len(Stage)), int)
    people_days = 0
    while w.team[0]["day"] < w.team[0]["last_day"] - 1:
        for part, _ in parts(w):
            if part == "receive" and w.team[0]["day"] >= 0:
                spent[np.arange(len(spent)), w.people["stage"]] += 1
                people_days += on_caseload(w).sum()
    return spent, people_days


@in_any_world()
def test_v17_each_person_spends_every_day_in_one_stage(start):
    w = start.world()
    spent, people_days = live_through(w)

    for stage, (name, _) in DAYS_IN.items():
        assert (w.people[name] == spent[:, stage]).all(), name
    assert sum(w.people[name].sum() for name, _ in list(DAYS_IN.values())[1:]) == people_days
    assert finish(w)["person_days"] == people_days


@in_any_world()
def test_v17_weeks_say_what_people_say(start):
    w = start.world()
    finish(w)
    weeks = w.weekly[:-1][w.weekly[:-1]["week"] >= 0]

    assert list(weeks["week"]) == list(range(len(weeks)))
    for name, weekly in DAYS_IN.values():
        assert weeks[weekly].sum() * DAYS_A_WEEK == pytest.approx(w.people[name].sum()), name
    for name, weekly in (
        ("days_late", "late"),
        ("crises", "crises"),
        ("admissions", "admissions"),
        ("contacts_missed", "not_seen"),
        ("cp_minutes", "cp_minutes"),
        ("worker_changes", "worker_changes"),
    ):
        assert weeks[weekly].sum() == pytest.approx(w.people[name].sum()), name
    for name, weekly in (("contacts_held", "contacts_"), ("contact_minutes", "minutes_")):
        by_stage = [weeks[f"{weekly}{stage}"].sum() for stage in ("crisis", "stabilising", "recovery")]
        assert sum(by_stage) == pytest.approx(w.people[name].sum()), name


@in_any_world()
def test_v17_shares_of_stages_fill_the_caseload(start):
    out = finish(start.world())
    if out["person_days"] > 0:
        stages = ("in_crisis", "stabilising", "in_recovery", "in_hospital")
        assert sum(out[f"share_{stage}"] for stage in stages) == pytest.approx(1)
