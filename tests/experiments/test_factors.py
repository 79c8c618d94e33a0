"""Factors come from the declarations and their evidence; nothing is written down twice."""

import pickle

import numpy as np
import pytest

import cpsim
from cpsim.errors import OptionError
from cpsim.experiments.factors import Factor, factors
from cpsim.scenario.declare import declarations

pytestmark = pytest.mark.unit

CMHT = cpsim.load("cmht")
GRID = np.linspace(0, 1, 1001)


def factor(**facts):
    given = {"path": "parameters.x", "about": "", "unit": "", "group": "g", "evidence": "e", "confidence": "assumption"}
    return Factor(**given | {"low": 1.0, "usual": 2.0, "high": 4.0, "shape": "triangular"} | facts)


def test_every_uncertain_number_is_a_factor_or_held_with_a_reason():
    uncertain = {
        path
        for path, each in declarations().items()
        if each.kind == "measured" and each.evidence.range_kind == "uncertainty"
    }
    for name in ("cmht", "cmht-rural", "pilot", "study-2021"):
        found = factors(cpsim.load(name))
        assert {*found.paths, *found.held} == uncertain
        assert all(found.held.values())


def test_the_dummy_is_among_them():
    assert factors(CMHT).by_path["switches.dummy"].group == "dummy"


def test_a_number_that_the_scenario_puts_beyond_its_evidence_is_held():
    held = factors(cpsim.load("cmht-rural")).held
    assert held["place.radius_km"] == "the scenario sets it to 20, beyond the evidence (2 to 8)"


def test_what_a_scenario_changes_on_a_day_is_held():
    changed = CMHT.with_({"policies.crisis_team_share": 0.7})
    assert factors(changed).held["policies.crisis_team_share"] == "the scenario changes it on a day"


def test_the_likeliest_value_is_the_scenarios():
    assert factors(CMHT).by_path["place.radius_km"].usual == CMHT.teams[0].base.place.radius_km != 4.0


@pytest.mark.parametrize("shape", ["triangular", "uniform", "loguniform"])
def test_values_run_from_low_to_high(shape):
    values = factor(shape=shape).value(GRID)
    assert values[0] == pytest.approx(1)
    assert values[-1] == pytest.approx(4)
    assert (np.diff(values) >= 0).all()
    assert values.min() >= 1
    assert values.max() <= 4


def test_means_are_those_of_the_distributions():
    assert factor().value(GRID).mean() == pytest.approx((1 + 2 + 4) / 3, abs=0.003)
    assert factor(shape="uniform").value(GRID).mean() == pytest.approx(2.5, abs=0.003)
    assert factor(shape="loguniform").value(GRID).mean() == pytest.approx(3 / np.log(4), abs=0.003)


def test_a_usual_value_at_an_end_is_fine():
    assert np.isfinite(factor(usual=1.0).value(GRID)).all()
    assert np.isfinite(factor(usual=4.0).value(GRID)).all()


def test_whole_numbers_are_rounded_and_choices_picked_alike():
    assert set(factor(whole=True, shape="uniform").value(GRID)) == {1.0, 2.0, 3.0, 4.0}
    picked = factor(shape="choice", choices=("a", "b", "c", "d"))
    assert [picked.plain(value) for value in picked.value(np.array([0, 0.3, 0.6, 1.0]))] == ["a", "b", "c", "d"]


def test_facts_hold_from_the_start_of_warm_up_and_levers_from_the_change_on():
    found = factors(CMHT, levers=True)
    assert found.by_path["policies.crisis_team_share"].set_by == "standing.policies.crisis_team_share"
    assert found.by_path["policies.cp_visit_every_days"].set_by == "policies.cp_visit_every_days"

    changes = found.changes(np.full((1, len(found.paths)), 0.9))[0]
    team = CMHT.with_(changes).teams[0]
    assert team.base.policies.crisis_team_share == team.changed.policies.crisis_team_share > 0.6
    assert team.base.policies.cp_visit_every_days != team.changed.policies.cp_visit_every_days


@pytest.mark.parametrize("levers", [False, True])
def test_every_corner_and_middle_is_accepted(levers):
    found = factors(CMHT, levers=levers)
    rng = np.random.default_rng(1)
    x = np.vstack([np.zeros(len(found.paths)), np.ones(len(found.paths)), rng.random((20, len(found.paths)))])
    for changes in found.changes(x):
        CMHT.with_(changes)


def test_changes_are_a_mapping_that_travels_as_a_dict():
    found = factors(CMHT, only=["contact"])
    changes = found.changes(np.full((1, len(found.paths)), 0.5))[0]
    assert len(changes) == len(found.paths) == len(dict(changes))
    assert changes["standing.switches.dummy"] == 0.5
    assert pickle.loads(pickle.dumps(changes)) == dict(changes)


def test_only_takes_paths_last_parts_and_groups_and_keeps_the_dummy():
    found = factors(CMHT, only=["relapse_per_year", "parameters.fee", "geography"])
    assert {"parameters.relapse_per_year", "parameters.fee", "place.radius_km", "switches.dummy"} <= set(found.paths)
    assert "parameters.skill_gain" not in found.paths


@pytest.mark.parametrize(
    ("name", "said"),
    [("relapse_per_yaer", "did you mean"), ("geografy", "did you mean 'geography'?"), ("zzzz", "cpsim parameters")],
)
def test_a_wrong_name_gets_the_nearest(name, said):
    with pytest.raises(OptionError, match=said):
        factors(CMHT, only=[name])


def test_asking_for_one_that_is_held_says_why():
    with pytest.raises(OptionError, match="beyond the evidence"):
        factors(cpsim.load("cmht-rural"), only=["radius_km"])


def test_the_table_has_all():
    found = factors(cpsim.load("cmht-rural"))
    table = found.table()
    assert len(table) == len(found.varied) + len(found.held)
    assert table["held_because"].notna().sum() == len(found.held)


def test_ratios_are_called_so():
    assert factor(path="parameters.gap_hr").name == "gap (ratio)"
    assert factor(path="parameters.crisis_days").name == "crisis days"
