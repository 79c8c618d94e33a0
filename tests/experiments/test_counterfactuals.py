"""`cpsim counterfactuals` and `cpsim same-money`, with plain functions of known answers in place of the model."""

import re

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError, UserError
from cpsim.experiments import counterfactuals as study
from cpsim.experiments.levers import post_a_year
from cpsim.plots import studies
from cpsim.report.study import html
from tests.experiments import plain
from tests.house.test_words import NOT_SAID

pytestmark = pytest.mark.unit
BY_PLAN = {"as_it_is": 0.2, "third_sector": 0.7, "protected": 0.2, "crisis": 0.25, "all_four": 0.2}
A_WEEK = {"all_four": 0.004}
DEARER = {"protected": lambda weeks: 10, "all_four": lambda weeks: 100 - 2.5 * weeks}
MONEY = 20_000


def planted(design, **_):
    """Reach by plan and weeks, with luck of the world; cost that `DEARER` adds."""
    rows = []
    for point, world in zip(design.point.tolist(), design.world.tolist(), strict=True):
        plan, weeks = design.points[point].name.rsplit(" ", 1)
        luck = np.random.default_rng(world).normal(0, 0.05)
        row = dict.fromkeys(design.outputs, 0.0)
        row["reach"] = BY_PLAN[plan] + A_WEEK.get(plan, 0) * int(weeks) + luck
        row["late_share"] = 0.1 * (plan == "protected") + luck
        row["cost_per_person"] = 5000 + 100 * luck + DEARER.get(plan, lambda weeks: 0)(int(weeks))
        rows.append(row | {"failed": ""})
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def what_if():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "run_design", planted)
        return cpsim.counterfactuals("cmht", 20)


@pytest.fixture(scope="module")
def money():
    with pytest.MonkeyPatch.context() as patch:
        plain.in_place_of_the_model(patch)
        return cpsim.same_money("cmht", MONEY, 20, levers=["training", "leadership", "protected", "posts"])


# -------------------------------------------------------------------------------------------------------- what if
def test_every_plan_is_held_against_the_team_as_it_is_at_each_horizon(what_if):
    rows = what_if.rows("reach").set_index(["plan", "weeks"])
    assert what_if.runs == 20 * 5 * 4
    for weeks in (26, 39, 52, 78):
        assert rows.loc[("third_sector", weeks), "difference"] == pytest.approx(0.5)
        assert rows.loc[("all_four", weeks), "difference"] == pytest.approx(0.004 * weeks)
        assert rows.loc[("protected", weeks), "difference"] == pytest.approx(0)


def test_break_even_and_never_are_told(what_if):
    never = what_if.never.set_index("plan")
    assert np.isnan(never.loc["protected", "from_week"])
    assert never.loc["protected", "never"] == 1
    assert never.loc["all_four", "from_week"] == 52  # 100 - 2.5 x 39 > 0 > 100 - 2.5 x 52
    assert never.loc["all_four", "never"] == 0
    assert never.loc["third_sector", "from_week"] == 26
    told = " ".join(what_if.in_words().split())
    assert "on average it is no dearer from 12 months on" in told
    assert "in 20 of 20 worlds it is still dearer after 18 months, on average it does not pay back" in told
    assert "Clearly worse for others: overdue contact." in told


def test_third_sector_delivery_is_that_scenario_where_the_place_is_the_same():
    like = next(plan for plan in study.plans() if plan.like)
    made = like.of(cpsim.load("cmht"))
    assert made.document["teams"] == cpsim.load("third-sector").document["teams"]
    rural = like.of(cpsim.load("cmht-rural"))
    assert rural.teams[0].base.place == cpsim.load("cmht-rural").teams[0].base.place
    assert rural.teams[0].base.team == cpsim.load("third-sector").teams[0].base.team


def test_the_list_is_like_the_shipped_scenarios():
    cmht = cpsim.load("cmht")
    made = {plan.name: plan.of(cmht).document["teams"] for plan in study.plans()}
    assert made["protected"] == cpsim.load("protected-time").document["teams"]
    assert made["crisis"] == cpsim.load("crisis-separate").document["teams"]


def test_horizons_and_teams_that_make_no_sense_are_refused():
    for weeks, worlds in (((), 2), ((0,), 2), ((26,), 1)):
        with pytest.raises(OptionError):
            cpsim.counterfactuals("cmht", worlds, weeks=weeks)
    with pytest.raises(UserError, match="compare like with like"):
        cpsim.counterfactuals("england", 2)


# ------------------------------------------------------------------------------------------------- the same money
def test_a_sum_buys_the_highest_level_that_costs_no_more(money):
    table = money.table.set_index("lever")
    assert table.loc["training", ["level", "cost"]].tolist() == ["2", pytest.approx(50 * plain.PEOPLE)]
    assert table.loc["leadership", "cost"] == pytest.approx(20 * plain.PEOPLE)
    assert table.loc["protected", ["level", "cost"]].tolist() == ["6 h", pytest.approx(0)]
    assert (table["cost"] <= MONEY).all()
    assert (table["left"] == MONEY - table["cost"]).all()


def test_of_a_post_it_buys_as_many_tenths_as_it_pays_for(money):
    table = money.table.set_index("lever")
    wte = float(table.loc["support_worker", "level"])
    assert wte * post_a_year("support worker") <= MONEY < (wte + 0.1) * post_a_year("support worker")
    assert table.loc["support_worker", "reach"] == pytest.approx(0.06 * wte)
    assert table.loc["support_worker", "cost_posts"] == pytest.approx(wte * post_a_year("support worker"))


def test_gains_and_costs_to_others_are_told(money):
    assert money.bought["lever"].tolist()[:3] == ["training", "leadership", "protected"]
    told = " ".join(money.in_words().split())
    assert "The most on one lever: Two days of CP training each (£14,000 a year, most of it staff time): +15" in told
    assert "(no money: it displaces other work): +10 in 100" in told
    assert "worse for others: crises a person and year" in told


def test_what_it_does_not_buy_is_said(monkeypatch):
    plain.in_place_of_the_model(monkeypatch)
    little = cpsim.same_money("cmht", 6_000, 4, levers=["training", "leadership"])
    assert little.bought["lever"].tolist() == ["leadership"]
    assert "Not for this money: a day of CP training each costs £7,000 a year." in " ".join(little.in_words().split())
    none = cpsim.same_money("cmht", 1_000, 4, levers=["training"])
    assert "buys nothing of these levers" in none.in_words()
    assert studies.make(none) == []
    assert "buys nothing" in html(none)


@pytest.mark.parametrize(
    ("scenario", "budget", "more", "told"),
    [
        ("cmht", 0, {}, "buys nothing"),
        ("cmht", 100, {"levers": ["posts"]}, "buys nothing of these levers"),
        ("cmht", 1000, {"worlds": 1}, "at least 2"),
        ("cmht", 1000, {"levers": ["trainng"]}, "did you mean 'training'"),
        ("england", 1000, {}, "one team"),
    ],
)
def test_sums_and_levers_that_make_no_sense_are_refused(scenario, budget, more, told):
    with pytest.raises(OptionError, match=told):
        cpsim.same_money(scenario, budget, **more)


# -------------------------------------------------------------------------------------------- pictures and the page
@pytest.mark.parametrize("name", ["what_if", "money"])
def test_pictures_page_and_words_are_whole(name, request, tmp_path):
    found = request.getfixturevalue(name)
    for picture in studies.make(found):
        picture.figure()
        assert picture.caption.endswith("weeks.")
        assert not re.search(r"\bnan\b", f"{picture.title} {picture.alt} {picture.grid}")
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", html(found), flags=re.DOTALL)
    for said in (text, found.in_words()):
        assert not NOT_SAID.search(said)
        assert not re.search(r"\bnan\b", said)
    assert max(map(len, found.in_words().splitlines())) <= 80
    folder = found.save(tmp_path / "study")
    assert {path.stem for path in folder.glob("*.csv")} == set(found.tables)
