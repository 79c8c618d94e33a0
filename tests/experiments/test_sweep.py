"""Sweeps of plain functions with known thresholds, and of the model."""

import numpy as np
import pytest

import cpsim
from cpsim.errors import OptionError
from cpsim.experiments.sweep import design_of
from cpsim.experiments.vary import factor
from tests.experiments.studies import short
from tests.experiments.swept import sweep

pytestmark = pytest.mark.unit
CASELOAD = "team.caseload_per_wte=15:45:5"


def line(caseload):
    return 0.9 - caseload / 50


def thresholds(found, of="mean", **where):
    table = found.thresholds[found.thresholds["of"] == of]
    for name, value in where.items():
        table = table[table[name] == value]
    return table.set_index("from")


class TestOneFactor:
    found = sweep([CASELOAD], line, ["five_steps>=0.3"])

    def test_the_threshold_of_a_line_is_where_algebra_says(self):
        both = thresholds(self.found)
        assert both["value"].to_numpy() == pytest.approx([30.0, 30.0], abs=1.0)
        assert (both["low"] < 30).all()
        assert (both["high"] > 30).all()
        assert set(both["reached"]) == {"below it"}

    def test_in_8_of_10_worlds_it_takes_more_than_on_average(self):
        assert thresholds(self.found, "8 in 10 worlds")["value"].max() < thresholds(self.found)["value"].min()

    def test_error_and_luck_are_two_ranges(self):
        table = self.found.surface
        row = table[(table["output"] == "five_steps") & (table["cell"] == "grid")].iloc[0]
        assert row["ci_high"] - row["ci_low"] < row["p90"] - row["p10"]
        assert row["runs"] == 40

    def test_words(self):
        text = self.found.in_words()
        assert max(map(len, text.splitlines())) <= 80
        for said in ("along caseload per WTE: on average reached below 30", "simulation error", "that is luck"):
            assert said in " ".join(text.split())

    def test_tables_can_be_written(self, tmp_path):
        assert set(self.found.tables) == {"surface", "thresholds", "reached", "steepest", "worlds"}
        for name, table in self.found.tables.items():
            table.to_parquet(tmp_path / name)


def test_a_hill_is_passed_from_below_and_from_above():
    found = sweep([CASELOAD], lambda x: 0.6 - ((x - 30) / 25) ** 2, ["five_steps>=0.4"], luck=0.02)
    both = thresholds(found)
    assert both.loc["below", "value"] < 30 < both.loc["above", "value"]
    assert set(both["reached"]) == {"above it", "below it"}
    assert "coming from below first passed at" in " ".join(found.in_words().split())


def test_at_most_turns_the_sides():
    found = sweep([CASELOAD], line, ["five_steps<=0.3"])
    assert set(thresholds(found)["reached"]) == {"above it"}


@pytest.mark.parametrize(("target", "said"), [("five_steps>=0.99", "at no value"), ("five_steps>=-1", "at all values")])
def test_a_target_that_is_never_passed(target, said):
    found = sweep([CASELOAD], line, [target])
    assert set(thresholds(found)["reached"]) == {said}
    assert f"reached {said}" in " ".join(found.in_words().split())


def test_a_step_is_the_steepest_stretch():
    found = sweep([CASELOAD], lambda x: 0.5 if x <= 25 else 0.1)
    row = found.steepest[found.steepest["output"] == "five_steps"].iloc[0]
    assert (row["low"], row["high"], row["agree"], row["change"]) == (25, 30, 1.0, pytest.approx(-0.4))


class TestTwoFactors:
    found = sweep(
        ["team.caseload_per_wte=15:45:10", "strategy.training_days_per_person=0,1,2"],
        lambda caseload, days: line(caseload) + 0.1 * days,
        ["five_steps>=0.3"],
        luck=0.03,
    )

    def test_every_line_of_the_grid_has_its_threshold(self):
        for days, expected in ((0, 30.0), (1, 35.0), (2, 40.0)):
            rows = thresholds(self.found, along="team.caseload_per_wte", other_value=days)
            assert rows["value"].to_numpy() == pytest.approx(expected, abs=1.0)
        rows = thresholds(self.found, along="strategy.training_days_per_person", other_value=35)
        assert rows["value"].to_numpy() == pytest.approx(1.0, abs=0.2)
        assert set(rows["reached"]) == {"above it"}

    def test_a_cell_says_how_many_worlds_reach_it(self):
        table = self.found.reached
        assert len(table) == 12
        assert table["reached"].iloc[0] == 1.0
        assert (table["runs"] == 40).all()
        assert (table["reached_low"] <= table["reached"]).all()


def test_words_have_no_threshold_but_a_best():
    found = sweep(
        ["strategy.leadership=nobody,someone,named lead with time"],
        lambda who: {"nobody": 0.1, "someone": 0.2}.get(who, 0.4),
        ["five_steps>=0.3"],
    )
    assert not len(found.thresholds)
    assert "most often at leadership named lead with time" in " ".join(found.in_words().split())


def test_what_changes_nothing_is_said():
    found = sweep([CASELOAD, "strategy.training_days_per_person=0,1"], lambda caseload, _: line(caseload))
    text = " ".join(found.in_words().split())
    assert "training days per person changes nothing in made-up" in text
    assert "caseload per WTE changes nothing" not in text


def test_runs_that_failed_are_left_out_and_counted():
    found = sweep([CASELOAD], line, ["five_steps>=0.3"])
    found.runs.loc[found.replications : found.replications + 4, "five_steps"] = np.nan
    found.runs.loc[found.replications : found.replications + 4, "failed"] = "ValueError: planted"
    row = found.surface[(found.surface["output"] == "five_steps") & (found.surface["cell"] == "grid")].iloc[0]
    assert row["runs"] == 35
    assert "5 runs failed and are left out" in " ".join(found.in_words().split())


def test_too_many_cells_are_told_in_runs_and_minutes():
    many = [factor("team.caseload_per_wte=1:100:1"), factor("place.bus_reach=0:1:0.02")]
    with pytest.raises(OptionError, match=r"100 x 51 = 5,100 cells, 255,000 runs of 50 worlds each, about \d+ minutes"):
        design_of(short(), many, (), 50, 1)
    with pytest.raises(OptionError, match="at least 2"):
        design_of(short(), many[:1], (), 1, 1)


class TestOfTheModel:
    def test_the_cell_of_the_scenarios_own_value_is_the_scenario(self):
        base = short(4)
        own = factor("parameters.known_at_start=0,1").at(base)
        found = cpsim.sweep(base, f"parameters.known_at_start={own},0.95", replications=3)
        place = found.factors[0].values.index(own)
        for output in found.outputs:
            assert np.array_equal(found.values(output)[place], found.own(output), equal_nan=True)

    def test_cells_stand_where_their_values_say(self):
        found = cpsim.sweep(
            short(4), ["team.caseload_per_wte=10,20", "weeks=2,4"], replications=2, outputs=["caseload"]
        )
        many = found.values("caseload").mean(axis=(1, 2))
        assert many[1] > 1.5 * many[0]

    def test_runs_are_kept(self, tmp_path):
        one = cpsim.sweep(short(), "team.caseload_per_wte=10,20", replications=2, folder=tmp_path)
        again = cpsim.sweep(short(), "team.caseload_per_wte=10,20", replications=2, folder=tmp_path)
        assert one.runs.equals(again.runs)
