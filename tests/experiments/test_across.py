"""A study over the set: each setting as by hand, worlds paired within a setting only, two uncertainties apart."""

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError
from cpsim.experiments import across_games as games
from cpsim.experiments import across_questions as questions
from cpsim.experiments import barriers, counterfactuals, difference, same_money
from cpsim.experiments.across import across, at_every_setting, chosen_settings, held
from cpsim.experiments.ensemble import NAME, digests_now, load_set, write_set
from cpsim.experiments.estimators.spread import spread
from cpsim.report.study import html
from cpsim.scenario.load import load

pytestmark = pytest.mark.unit

USUAL = {"parameters.leaving_per_year": 0.136, "parameters.refill_days": 130.0}
SETTINGS = pd.DataFrame(
    {"parameters.leaving_per_year": [0.05, 0.30, 0.14], "parameters.refill_days": [100.0, 150, 200]}
)
WEEKS, WORLDS = 8, 2
TEAM = load("third-sector").with_(weeks=WEEKS)
OTHER = TEAM.with_({"team.caseload_per_wte": 30, "place.bus_reach": 0.2})


@pytest.fixture
def kept(tmp_path):
    write_set(SETTINGS, {"seed": 1, "usual": USUAL, "patterns": "abc", **digests_now()}, tmp_path / NAME)
    return load_set(tmp_path)


def asked(question, kept, **more):
    return across(question, kept, workers=1, **more)


def named(found, **wanted):
    """The answers with these words."""
    return [each for each in found.answers if all(getattr(each, name) == is_ for name, is_ in wanted.items())]


def test_a_comparison_over_the_set_is_the_mean_of_comparisons_at_each_setting(kept):
    found = asked(questions.of_compare([TEAM, OTHER], WORLDS, 3), kept)
    by_hand = []
    for number, changes in enumerate(kept.changes(TEAM)):
        pair = [each.with_(changes) for each in (TEAM, OTHER)]
        every = cpsim.compare(pair, WORLDS * len(kept), 3, workers=1)
        own = slice(number * WORLDS, (number + 1) * WORLDS)  # a setting's own worlds
        by_hand.append({name: every.gains("B", name)[own] for name in ("reach", "cost_per_person", "pressure")})
    for name in by_hand[0]:
        (each,) = named(found, outcome=name)
        gains = [setting[name] for setting in by_hand]
        assert each.values.tolist() == [float(gain.mean()) for gain in gains]
        assert each.spread.mean == pytest.approx(np.mean(gains))
        assert each.errors.tolist() == pytest.approx([gain.std(ddof=1) / np.sqrt(WORLDS) for gain in gains])
    assert len({*named(found, outcome="cost_per_person")[0].values.tolist()}) == 3, "settings act"


def test_worlds_are_shared_by_the_points_of_a_setting_and_by_no_two_settings(kept):
    design = at_every_setting(questions.of_compare([TEAM, OTHER], WORLDS), kept)
    worlds = design.world.reshape(len(kept), 2, WORLDS)
    assert np.array_equal(worlds[:, 0], worlds[:, 1])
    assert len(np.unique(worlds)) == len(kept) * WORLDS
    assert design.point.reshape(len(kept), 2, WORLDS)[..., 0].ravel().tolist() == list(range(6))
    leaving = [point.of(design.base).teams[0].base.parameters.leaving_per_year for point in design.points]
    assert leaving == [0.05, 0.05, 0.30, 0.30, 0.14, 0.14]


def test_what_one_scenario_says_of_itself_is_left_in_all(kept):
    own = OTHER.with_({"parameters.refill_days": 90.0})
    question = questions.of_compare([TEAM, own], WORLDS)
    assert held(question, kept) == ["parameters.refill_days"]
    design = at_every_setting(question, kept)
    days = [point.of(design.base).teams[0].changed.parameters.refill_days for point in design.points]
    assert days == [130.0, 90.0] * 3
    assert "Left as the scenario says" in asked(question, kept).in_words()


def test_a_sweep_at_the_first_setting_is_the_sweep_of_that_scenario(kept):
    vary, target = "team.caseload_per_wte=15:35:10", "reach>=0.9"
    found = asked(questions.of_sweep(TEAM, vary, target, WORLDS), kept)
    alone = cpsim.sweep(TEAM.with_(kept.changes(TEAM)[0]), vary, target, WORLDS, workers=1)
    reach = [each.values[0] for each in named(found, asks="mean", outcome="reach")]
    assert reach == alone.surface.query("output == 'reach'")["mean"].tolist()
    shares = [each.values[0] for each in named(found, asks="reached")]
    assert shares == alone.reached["reached"].tolist()
    (passed,) = named(found, asks="passed from below")
    at = alone.thresholds.query("of == 'mean' and `from` == 'below'")["value"].iloc[0]
    assert np.array_equal(passed.values[:1], [at], equal_nan=True)


def test_a_value_that_is_swept_is_not_a_setting_s(kept):
    question = questions.of_sweep(TEAM, "parameters.refill_days=60,130", (), WORLDS)
    assert held(question, kept) == ["parameters.refill_days"]


def test_games_at_the_first_setting_are_those_of_that_scenario(kept):
    team = load("training-and-supervision").with_(weeks=WEEKS)
    groups = ["contact", "priority"]
    found = asked(games.of_barriers(team, groups=groups, outputs=("reach",)), kept)
    alone = barriers.barriers(
        team.with_(kept.changes(team)[0]), games.WORLDS, groups=groups, outputs=("reach",), workers=1
    )
    table = alone.tables["shapley"].query("output == 'reach'")
    for asks in ("shapley", "alone", "last"):
        values = [each.values[0] for each in named(found, asks=asks, outcome="reach")]
        assert values == table[asks].tolist()[:2]
    assert named(found, asks="together", outcome="reach")[0].values[0] == table["alone"].tolist()[2]

    other = asked(games.of_difference(TEAM, OTHER, outputs=("reach",)), kept)
    pair = [each.with_(kept.changes(TEAM)[0]) for each in (TEAM, OTHER)]
    alone = difference.difference(*pair, games.WORLDS, outputs=("reach",), workers=1)
    values = [each.values[0] for each in named(other, asks="shapley", outcome="reach")]
    assert values == alone.tables["difference"].query("output == 'reach'")["shapley"].tolist()[:2]


def test_plans_and_sums_at_the_first_setting_are_those_of_that_scenario(kept):
    team = load("cmht")
    first = team.with_(kept.changes(team)[0])
    found = asked(questions.of_counterfactuals(team, WORLDS, weeks=(4, 8)), kept)
    table = counterfactuals.counterfactuals(first, WORLDS, weeks=(4, 8), workers=1).table
    rows = table.query("plan != 'third_sector' and weeks == 8 and outcome == 'pressure'")
    values = [each.values[0] for each in named(found, asks="difference after 8 weeks", outcome="pressure")]
    assert values[1:] == rows["difference"].tolist()

    options = {"levers": ["training", "supervision"], "weeks": WEEKS}
    found = asked(questions.of_same_money(team, 200_000, WORLDS, **options), kept)
    table = same_money.same_money(first, 200_000, WORLDS, workers=1, **options).table
    assert table["bought"].all()
    assert [each.row for each in named(found, asks="cost")] == table["words"].tolist()
    assert [each.values[0] for each in named(found, outcome="reach")] == table["reach"].tolist()
    assert [each.values[0] for each in named(found, asks="cost")] == pytest.approx(table["cost"].tolist())
    with pytest.raises(OptionError, match="budget"):
        asked(questions.of_same_money(team, 1, WORLDS, levers=["training"], weeks=WEEKS), kept)


def test_what_simulation_adds_is_taken_out_of_how_settings_differ():
    """4,000 settings: a tenth is known to within .05, so twice that; untreated each end lies .2 to .3 farther out."""
    draws = np.random.default_rng(1)
    true = draws.normal(1.0, 2.0, 4_000)
    found = spread(true + draws.normal(0.0, 1.0, 4_000), np.full(4_000, 1.0))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(true, [0.1, 0.9])), abs=0.1)
    assert found.above == pytest.approx((true > 0).mean(), abs=0.02)
    assert found.half_width == pytest.approx(1.96 / np.sqrt(4_000), rel=0.01)
    only_luck = spread(draws.normal(1.0, 1.0, 50), np.full(50, 1.5))
    assert only_luck.low == only_luck.high == only_luck.mean
    gaps = spread(np.array([1.0, np.nan, 3.0]), np.array([0.0, np.nan, 0.0]))
    assert (gaps.mean, gaps.settings, gaps.half_width) == (2.0, 2, 0.0)
    assert np.isnan(spread(np.array([1.0]), np.array([0.1])).low)


def test_some_settings_of_a_set_keep_their_names_and_stand_for_all(kept):
    some = chosen_settings(kept, 2, None)
    assert len(some) == 2
    found = asked(questions.of_compare([TEAM, OTHER], WORLDS), kept, count=2)
    assert set(found.tables["by_setting"]["setting"]) <= {"s001", "s002", "s003"}
    assert len(chosen_settings(kept, None, 30)) == 3
    for count in (1, 4):
        with pytest.raises(OptionError, match=f"settings: {count} is not possible; the set holds 3"):
            chosen_settings(kept, count, None)
    with pytest.raises(OptionError, match="replications: 1 of a setting cannot tell"):
        questions.of_compare([TEAM, OTHER], 1)


def test_the_two_uncertainties_are_told_apart_and_a_set_of_another_version_too(kept, tmp_path):
    kept.facts["code"] = "other"
    found = asked(questions.of_compare([TEAM, OTHER], WORLDS, command="cpsim compare A B"), kept, folder=tmp_path / "a")
    text, page = found.in_words(), html(found)
    for told in ("Not known: ", "Simulation error: ", "does not belong to this version"):
        assert told in text
        assert told in page
    assert not any("Not known:" in line and "Simulation error:" in line for line in found.headlines())
    found.save(tmp_path / "a")
    assert {"answers.csv", "by_setting.csv", "manifest.json", "report.html", "runs"} <= {
        path.name for path in (tmp_path / "a").iterdir()
    }
    again = asked(questions.of_compare([TEAM, OTHER], WORLDS), kept, folder=tmp_path / "a", progress=refuse)
    assert again.tables["answers"].equals(found.tables["answers"])


def refuse(done, planned):
    raise AssertionError("runs that are there are made again")


def test_a_number_that_some_settings_do_not_know_says_of_how_many_it_speaks(kept):
    found = asked(questions.of_sweep(TEAM, "team.caseload_per_wte=15:35:10", "reach>=2", WORLDS), kept)
    assert "not at any of 3 settings. At 3 it is met at no value." in " ".join(found.in_words().split())
    first = found.answers[0]
    first.values[:2], first.errors[:2] = (20.0, 30.0), (0.1, 0.1)
    vars(first).pop("spread", None)
    assert "25, mean over 2 settings of 3." in " ".join(found.headlines())
    assert "in 8 of 10 of those settings" in " ".join(found.headlines())
