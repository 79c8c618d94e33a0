"""Comparisons of results whose differences are known, and of the model with itself."""

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError, ScenarioError, UserError
from cpsim.experiments.folder import check_study_folder
from cpsim.experiments.plans import plans, variants
from cpsim.experiments.short_labels import short_label
from cpsim.outputs.better import better_is
from tests.experiments.compared import comparison
from tests.experiments.studies import short

pytestmark = pytest.mark.unit


def row(table, measure, plan="B"):
    return table[(table["measure"] == measure) & (table["plan"] == plan)].iloc[0]


class TestDifferences:
    found = comparison({"five_steps": 0.1, "late_share": 0.2, "pressure": -0.3, "crises_per_person_year": 0.0001})

    def test_are_those_that_were_put_in(self):
        for outcome, amount in (("five_steps", 0.1), ("late_share", 0.2), ("pressure", -0.3)):
            assert row(self.found.paired, outcome)["difference"] == pytest.approx(amount)

    def test_each_has_its_verdict_by_its_good_direction(self):
        verdicts = {name: row(self.found.paired, name)["verdict"] for name in ("five_steps", "late_share", "pressure")}
        assert verdicts == {"five_steps": "better", "late_share": "worse", "pressure": "better"}
        assert row(self.found.paired, "turnover")["verdict"] == "the same"
        assert row(self.found.paired, "late_share")["beats"] == 0.0

    def test_what_is_clear_but_next_to_nothing_is_told_so(self):
        crises = row(self.found.paired, "crises_per_person_year")
        assert (crises["verdict"], crises["hardly"]) == ("worse", True)
        assert "hardly different: crises a person and year" in " ".join(self.found.in_words().split())

    def test_cost_to_others_stands_beside_what_people_get_at_the_same_size(self):
        judged = self.found.paired[self.found.paired["better_is"] != ""]
        assert judged.groupby("subject").size().nunique() == 1

    def test_every_outcome_has_a_short_name_that_fits_and_those_judged_a_direction(self):
        for table in (self.found.paired, self.found.costs, self.found.equity):
            assert max(len(short_label(name)) for name in table["measure"]) <= 25
        for name in {*self.found.paired["measure"], *self.found.costs["measure"]} - {"caseload"}:
            assert better_is(name)

    def test_words_are_at_most_80_wide_and_say_what_ranges_are(self):
        text = self.found.in_words()
        assert max(map(len, text.splitlines())) <= 80
        for said in ("Cost to others: better: pressure; worse: overdue contact", "simulation error", "that is luck",
                     "What nobody knows about the parameters is in none of these", "nobody here is real"):  # fmt: skip
            assert said in " ".join(text.split())


def test_a_plan_against_itself_is_the_same_in_everything():
    found = comparison({})
    assert set(found.paired["verdict"]) | set(found.costs["verdict"]) | set(found.equity["verdict"]) == {"the same"}
    assert "no difference; the same in all 30 worlds" in " ".join(found.in_words().split())


def test_who_gains_more_is_a_difference_of_differences():
    found = comparison({"five_steps_high_income": 0.2, "five_steps_low_income": 0.05, "five_steps_far": 0.1})
    gap = row(found.equity, "five_steps: high_income less low_income")
    assert (gap["difference"], gap["verdict"]) == (pytest.approx(0.15), "they gain more")
    assert row(found.equity, "five_steps: near less far")["verdict"] == "the others gain more"
    assert "those with most gain more than those with least to spend" in " ".join(found.in_words().split())


def test_own_pockets_are_among_the_payers():
    found = comparison({"cost_own_pocket": 5.0, "cost_trust": -20.0})
    assert row(found.costs, "cost_own_pocket")["verdict"] == "worse"
    assert row(found.costs, "cost_trust")["verdict"] == "better"


def test_several_plans_share_wider_intervals():
    one, two = comparison({"reach": 0.1}), comparison({"reach": 0.1}, {"reach": 0.2})
    for found in (one, two):
        noise = np.random.default_rng(1)
        for result in found.results[1:]:
            result.runs.outcome["reach"] += noise.normal(0, 0.05, len(result.runs))
    alone, together = row(one.paired, "reach"), row(two.paired, "reach")
    assert alone["all_low"] == pytest.approx(alone["low"])
    assert together["all_low"] < together["low"]
    assert {"B", "C"} == set(two.paired["plan"])
    assert "wide enough to hold for all plans together" in " ".join(two.in_words().split())


def test_teams_are_averaged_inside_their_world():
    found = comparison({"reach": 0.1}, replications=4, teams=("Moorland", "Fenland"))
    assert len(found.worlds) == 2 * 4
    assert row(found.paired, "reach")["worlds"] == 4
    assert len(comparison({}, replications=1, teams=("Moorland", "Fenland")).worlds) == 2 * 2


def test_tables_have_names_and_can_be_written(tmp_path):
    found = comparison({"five_steps": 0.1})
    assert set(found.tables) == {"paired", "equity", "costs", "payback", "payback_month", "worlds"}
    for name, table in found.tables.items():
        table.to_parquet(tmp_path / name)
    assert found.tables["payback"]["month"].max() == 12
    assert found.facts["runs"] == 60


class TestAskedFor:
    def test_letters_and_names(self):
        made = plans([short(), short(), "cmht"], weeks=2)
        assert [each.column for each in made] == ["A: third-sector (A)", "B: third-sector (B)", "C: cmht"]
        assert {each.scenario.weeks for each in made} == {2}

    @pytest.mark.parametrize(
        ("scenarios", "error", "said"),
        [
            (["cmht"], OptionError, "give 2 to 6 scenarios, the first as the reference; 1 given"),
            (["cmht"] * 7, OptionError, "7 given"),
            (["cmht", "england"], UserError, "numbers of teams differ .cmht 1 and england 200"),
            (["cmht", short()], UserError, "weeks differ .cmht 52 and third-sector 2.; give --weeks"),
            (["cmht", "cmth"], ScenarioError, "did you mean 'cmht'"),
        ],
    )
    def test_what_is_not_alike_is_refused(self, scenarios, error, said):
        with pytest.raises(error, match=said):
            plans(scenarios)

    def test_variants_of_the_first(self):
        made, names = variants("cmht", ["team.caseload_per_wte=20; place.bus_reach=0.9"], ["transport,money"])
        assert names == ["caseload per WTE 20, bus reach 0.9", "without transport and money"]
        assert made[0].teams[0].base.team.caseload_per_wte == 20
        assert made[1] == cpsim.load("cmht").without("transport", "money")

    def test_mistakes_in_variants(self):
        with pytest.raises(ScenarioError, match="did you mean 'caseload_per_wte'"):
            variants("cmht", ["team.caseload_pr_wte=20"], [])
        with pytest.raises(OptionError, match="did you mean 'transport'"):
            variants("cmht", [], ["trnsport"])


class TestOfTheModel:
    def test_a_scenario_with_itself_differs_in_nothing(self):
        found = cpsim.compare([short(4), short(4)], 3)
        assert set(found.paired["verdict"]) == {"the same"}
        assert not found.tables["payback"]["mean"].any()

    def test_progress_counts_all_plans(self):
        seen = []
        cpsim.compare([short(), short()], 3, progress=lambda done, planned: seen.append((done, planned)))
        assert seen[-1] == (6, 6)

    def test_runs_are_kept_and_not_made_twice(self, tmp_path, monkeypatch):
        both = [short(4), short(4).with_({"parameters.known_at_start": 0.9})]
        first = cpsim.compare(both, 3, folder=tmp_path)
        monkeypatch.setattr("cpsim.experiments.compare.run", lambda *_, **__: pytest.fail("was made again"))
        again = cpsim.compare(both, 3, folder=tmp_path)
        pd.testing.assert_frame_equal(first.worlds, again.worlds)
        pd.testing.assert_frame_equal(first.tables["payback"], again.tables["payback"])

    def test_a_comparison_that_was_stopped_after_its_first_plan_goes_on(self, tmp_path):
        both = [short(4), short(4).with_({"parameters.known_at_start": 0.9})]
        cpsim.compare([both[0], both[0]], 3, folder=tmp_path)  # leaves the first plan, and no manifest
        check_study_folder(tmp_path, "compare")
        assert len(list((tmp_path / ".plans").glob("*/manifest.json"))) == 1
        cpsim.compare(both, 3, folder=tmp_path)
        assert len(list((tmp_path / ".plans").glob("*/manifest.json"))) == 2

    def test_other_runs_are_not_taken_for_these(self, tmp_path):
        cpsim.compare([short(4), short(4)], 3, folder=tmp_path)
        other = cpsim.compare([short(4), short(4)], 3, seed=2, folder=tmp_path)
        assert other.seed == 2


@pytest.mark.parametrize(
    ("five", "said"),
    [((0.0, 0.0), "All five steps: not one under either"), ((0.0, 0.002), "fewer than 1 under either")],
)
def test_where_hardly_anybody_gets_five_steps_the_answer_is_about_one_step(five, said):
    found = comparison({"reach": 0.05})
    for result, share in zip(found.results, five, strict=True):
        for name in ("five_steps", *(f"five_steps_{group}" for group in ("low_income", "high_income", "near", "far"))):
            result.runs.outcome[name] = share
        result.runs.outcome["five_steps_low_anxiety"] = result.runs.outcome["five_steps_high_anxiety"] = share
    text = " ".join(found.in_words().split())
    assert "get at least one step in A" in text
    assert said in text
    assert "Who gains more (change in RG-UK)" in text
