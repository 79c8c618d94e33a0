import math

import pytest

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.records import PERSON
from cpsim.model.rules import stage
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(relapse_hazard=0.002, log_severity_hr=math.log(2), log_isolation_hr=math.log(3), isolation=1)
P.capital_mean, P.capital_sd = 12.0, 4.0
P.capacity_trap, P.gap_hr, P.gap_days = 1, 1.5, 30.0
P.settle_hazard, P.stabilising_relapse, P.hospital_hazard = 0.05, 2.0, 0.04
P.resolve_hazard, P.admission_hazard, P.crisis_contact_effect, P.crisis_team_share = 0.06, 0.02, 3.0, 0.5


@pytest.mark.parametrize(
    ("severity", "capital", "isolation", "ratio"),
    [(0, 12, 1, 1), (1, 12, 1, 2), (-1, 12, 1, 0.5), (0, 8, 1, 3), (0, 16, 1, 1 / 3), (1, 8, 0, 2)],
)
def test_relapse_rises_with_severity_and_isolation(severity, capital, isolation, ratio):
    """Two for one SD of severity; three for one SD less of social capital, where that is on."""
    p = P.copy()
    p.isolation = isolation
    person = row(PERSON, severity=float(severity), capital=float(capital))
    assert stage.relapse_hazard(person, p) == pytest.approx(0.002 * ratio)


@pytest.mark.parametrize(
    ("since", "trap", "ratio"), [(10, 1, 1), (28, 1, 1), (43, 1, 1.25), (58, 1, 1.5), (400, 1, 1.5), (400, 0, 1)]
)
def test_late_contact_counts_up_to_its_bound(since, trap, ratio):
    p = P.copy()
    p.capacity_trap = trap
    assert stage.lateness(row(PERSON, interval=28.0, days_since_contact=since), p) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("at", "since", "held", "hazard"),
    [
        (Stage.RECOVERY, 0, 0, 0.01),
        (Stage.RECOVERY, 99, 0, 0.015),
        (Stage.STABILISING, 0, 0, 0.07),
        (Stage.STABILISING, 99, 0, 0.08),
        (Stage.CRISIS, 6, 0, 0.08),
        (Stage.CRISIS, 7, 0, 0.04),
        (Stage.CRISIS, 99, 1, 0.08),
        (Stage.HOSPITAL, 99, 0, 0.04),
    ],
)
def test_hazard_of_leaving_a_stage(at, since, held, hazard):
    """A crisis passes three times sooner with contact in the week or a crisis team; admission does not change."""
    person = row(PERSON, stage=at, relapse=0.01, interval=28.0, days_since_contact=since, held_by_crisis_team=held)
    assert stage.hazard(person, P) == pytest.approx(hazard)


@pytest.mark.parametrize(
    ("at", "reached"),
    [
        (Stage.RECOVERY, {Stage.CRISIS}),
        (Stage.HOSPITAL, {Stage.STABILISING}),
        (Stage.STABILISING, {Stage.RECOVERY, Stage.CRISIS}),
        (Stage.CRISIS, {Stage.HOSPITAL, Stage.STABILISING}),
    ],
)
def test_where_each_stage_leads(at, reached):
    found = set()
    for number in range(100):
        person = row(PERSON, id=number, stage=at, relapse=0.01, interval=28.0, stage_spells=3)
        following = stage.next_stage(person, 1, P)
        if at == Stage.CRISIS:  # 0.02 of 0.08
            luck = draw.uniform(1, int(Purpose.STAGE_EXIT), number, 3)
            assert following == (Stage.HOSPITAL if luck < 0.25 else Stage.STABILISING)
        found.add(following)
    assert found == reached


@pytest.mark.parametrize("at", [Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY, Stage.HOSPITAL])
def test_entering_a_stage(at):
    """The n-th spell has its own luck; crises are counted, and about half of them are a crisis team's."""
    held = []
    for number in range(100):
        person = row(PERSON, id=number, stage_spells=4, held_by_crisis_team=1)
        stage.enter(person, int(at), 1, P)
        assert (person.stage, person.stage_spells) == (at, 5)
        assert person.spell_left == draw.exponential(1, int(Purpose.STAGE_SPELL), number, 5)
        assert (person.crises, person.admissions) == (at == Stage.CRISIS, at == Stage.HOSPITAL)
        held.append(int(person.held_by_crisis_team))
    assert (25 < sum(held) < 75) if at == Stage.CRISIS else sum(held) == 0


def test_a_day_counts_down_and_the_last_one_leads_on():
    """0.1 of hazard at 0.04 a day lasts three days."""
    person = row(PERSON, stage=Stage.HOSPITAL, spell_left=0.1, stage_spells=1)
    assert [stage.live(person, 1, P) for _ in range(3)] == [Stage.NOT_YET, Stage.NOT_YET, Stage.STABILISING]
    assert (person.stage, person.stage_spells) == (Stage.STABILISING, 2)


DAYS = {
    Stage.RECOVERY: "days_in_recovery",
    Stage.STABILISING: "days_stabilising",
    Stage.CRISIS: "days_in_crisis",
    Stage.HOSPITAL: "days_in_hospital",
    Stage.WAITING: "days_waiting",
}


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("late", [False, True])
def test_a_day_is_counted_under_its_stage(at, late):
    person = row(PERSON, stage=at, interval=28.0, days_since_contact=29 if late else 28)
    stage.count_day(person)
    assert {name: person[name] for name in DAYS.values()} == {name: int(of == at) for of, name in DAYS.items()}
    assert person.days_late == (late and at == Stage.RECOVERY)
    assert person.window_hospital == (at == Stage.HOSPITAL)
