"""Barriers taken away: the ten groups, each on every shipped scenario, never making anything worse."""

import numpy as np
import pytest

from cpsim.errors import OptionError
from cpsim.model.codes import Gate
from cpsim.scenario.barriers import BARRIERS, barriers
from cpsim.scenario.describe import describe
from cpsim.scenario.load import load, shipped_scenarios

pytestmark = pytest.mark.unit

NOBODYS = {Gate.TOO_UNWELL, Gate.NOT_WANTED}
NAMES = [barrier.name for barrier in BARRIERS]


def test_ten_groups_hold_every_gate_once_but_for_those_that_are_nobodys():
    gates = [gate for barrier in BARRIERS for gate in barrier.gates]
    assert len(NAMES) == len(set(NAMES)) == 10
    assert len(gates) == len(set(gates))
    assert set(gates) | NOBODYS == set(Gate)


@pytest.mark.parametrize("name", [name for name, _, _ in shipped_scenarios()])
def test_each_can_be_taken_away_from_every_shipped_scenario(name):
    chosen = load(name)
    for barrier in NAMES:
        without = chosen.without(barrier)
        assert without.digest != chosen.digest
        assert without.without(barrier).document["teams"] == without.document["teams"] or barrier == "supply"
    everything = chosen.without(*NAMES)
    assert "barriers taken away" in everything.title
    assert describe(everything).title == everything.title


def test_what_the_system_and_the_town_decide_has_then_always_been_so_and_what_a_team_does_begins_with_its_changes():
    team = load("cmht").without(*NAMES).teams[0]
    for description in (team.base, team.changed):
        assert description.team.caseload_per_wte == 20
        assert sum(posts.vacant for posts in description.team.staff_wte.values()) == 0
        assert description.policies.crisis_team_share == 1
        assert description.place.bus_reach == 0.9
        assert description.parameters.known_at_start == 0.9
        assert description.parameters.groups_per_10k == 24
    assert (team.base.strategy.leadership, team.changed.strategy.leadership) == ("nobody", "named lead with time")
    assert not team.base.strategy.pay_fees
    assert team.changed.strategy.pay_fees
    assert team.changed.strategy.supervision_every_weeks == 4
    assert (team.base.policies.accompanied_visits, team.changed.policies.accompanied_visits) == (1, 3)


def test_posts_are_filled_before_and_after_a_change_of_staff(tmp_path):
    file = tmp_path / "more.yaml"
    staff = "{in_post: 6.0, vacant: 2.0}"
    file.write_text(
        f"schema: 1\ntitle: More\nextends: cmht\nteam:\n  staff_wte:\n    community psychiatric nurse: {staff}\n"
    )
    team = load(file).without("staffing").teams[0]
    nurses = [each.team.staff_wte["community psychiatric nurse"] for each in (team.base, team.changed)]
    assert [(posts.in_post, posts.vacant) for posts in nurses] == [(6, 0), (8, 0)]


def test_nothing_is_made_worse():
    better = {
        "strategy.supervision_every_weeks": 2.0,
        "strategy.training_days_per_person": 2.0,
        "policies.cp_visit_every_days": 7.0,
        "policies.cp_people_per_wte": 20.0,
        "policies.accompanied_visits": 5.0,
        "place.bus_reach": 0.95,
        "parameters.known_at_start": 0.95,
        "standing.team.caseload_per_wte": 15.0,
    }
    chosen = load("cmht").with_(better)
    changed = chosen.without(*NAMES).teams[0].changed
    for path, value in better.items():
        section, name = path.removeprefix("standing.").split(".")
        assert getattr(getattr(changed, section), name) == value


def test_each_team_loses_its_barrier_from_what_it_is_itself(tmp_path):
    file = tmp_path / "two.yaml"
    file.write_text(
        "schema: 1\ntitle: Two\nextends: cmht\nteams:\n  - {name: A, copies: 2}\n"
        "  - {name: B, standing: {team: {caseload_per_wte: 12}}}\n"
    )
    teams = load(file).without("staffing").teams
    assert [(team.name, team.copies, team.base.team.caseload_per_wte) for team in teams] == [("A", 2, 20), ("B", 1, 12)]


def test_twice_the_groups_stay_within_what_is_accepted():
    chosen = load("cmht").with_({"parameters.groups_per_10k": 150.0, "parameters.places_considered": 8.0})
    found = chosen.without("supply").teams[0].base.parameters
    assert (found.groups_per_10k, found.places_considered) == (200, 12)


def test_no_barrier_named_is_no_change():
    assert load("cmht").without() == load("cmht")


def test_unknown_names_are_told_all_at_once():
    with pytest.raises(OptionError) as told:
        load("cmht").without("transprt", "money", "weather")
    first, second = str(told.value).splitlines()
    assert first == "without 'transprt': no such barrier; did you mean 'transport'?"
    assert second.startswith("without 'weather': no such barrier; write 'staffing', ")


def test_reasons_say_what_was_taken_away():
    because = load("cmht").without("transport", "priority").because
    assert because["place.bus_reach"] == "transport taken away: buses as in a town"
    assert because["strategy.leadership"] == "priority taken away: a named lead with time, materials opened"
    assert barriers()["money"].whose == "money"
    assert np.all([barrier.whose for barrier in BARRIERS])
