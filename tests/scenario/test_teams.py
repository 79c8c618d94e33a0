"""Teams drawn from the team population, and the shipped scenario of them."""

import numpy as np
import pytest

from cpsim.errors import OptionError
from cpsim.scenario.describe import describe
from cpsim.scenario.evidence import evidence
from cpsim.scenario.load import load
from cpsim.scenario.schema import coordinating_wte
from cpsim.scenario.source import shipped
from cpsim.scenario.start import write_new
from cpsim.scenario.teams import draw_team, places, rows_drawn_from, teams_text

pytestmark = pytest.mark.unit

TEAMS, SEED = 200, 2026  # of the shipped scenario


def test_the_shipped_scenario_is_what_the_command_writes():
    file = shipped()["england"].file
    assert file.read_text("utf-8") == teams_text(file, TEAMS, SEED)


def test_a_team_is_the_same_however_many_are_drawn():
    few, many = (teams_text(shipped()["england"].file, count, 1) for count in (20, 30))
    assert few.split("teams:\n")[1] in many.split("teams:\n")[1]


def test_another_seed_draws_other_teams():
    assert draw_team(1, 1) != draw_team(2, 1)


def test_numbers_are_spread_as_their_rows_say():
    """A triangular mean is that of its corners; 2,000 teams know it to a few standard errors."""
    row = evidence()["teams_caseload"]
    drawn = np.array([draw_team(5, number)["team"]["caseload_per_wte"] for number in range(2_000)])
    corners = np.array([row.low, row.value, row.high])
    assert row.low <= drawn.min() < drawn.max() <= row.high
    assert drawn.mean() == pytest.approx(corners.mean(), abs=4 * drawn.std() / np.sqrt(len(drawn)))


def test_kinds_of_place_are_as_frequent_as_their_rows_say():
    kinds = [draw_team(5, number)["place"]["kind"] for number in range(2_000)]
    for kind in ("city", "rural"):
        share = evidence()[f"teams_{kind}_share"].value
        assert kinds.count(kind) / len(kinds) == pytest.approx(share, abs=4 * (share * (1 - share) / 2_000) ** 0.5)


def test_every_row_of_the_team_population_is_between_teams_or_a_share_of_them():
    rows = [evidence()[name] for name in rows_drawn_from()]
    assert len(rows) > 15
    assert {row.range_kind for row in rows if "share of cmhts" not in row.quantity.lower()} == {"teams"}
    assert not any("pattern" in row.used_for for row in rows)
    assert {facts[name] for facts in places().values() for name in ("radius_km", "speed_km_h", "bus_reach")} <= {
        row.id for row in rows
    }


def test_teams_are_of_a_plausible_size():
    people = [each.base.team.caseload_per_wte * coordinating_wte(each.base) for each in load("england").teams]
    assert 100 < min(people) < 250 < max(people) < 530


@pytest.mark.parametrize(("teams", "seed", "said"), [(1, 1, "--teams: 1"), (1001, 1, "--teams"), (5, -1, "--seed")])
def test_numbers_that_make_no_sense(tmp_path, teams, seed, said):
    with pytest.raises(OptionError, match=said):
        teams_text(tmp_path / "x.yaml", teams, seed)


def test_what_is_written_can_be_loaded(tmp_path):
    file = tmp_path / "ours.yaml"
    write_new(file, teams_text(file, 3, 9))
    assert [team.name for team in load(file).teams] == ["Team 1", "Team 2", "Team 3"]


def test_what_many_teams_have_beyond_the_evidence_is_summed_up():
    beyond = describe(load("england")).beyond
    assert len(beyond) <= 6
    assert sum("values of these teams" in line for line in beyond) >= 2
