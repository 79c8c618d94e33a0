"""`cpsim barriers`: a barrier that alone matters is found by every view; nothing is found where there is nothing."""

import re

import numpy as np
import pytest

import cpsim
from cpsim.errors import CpsimError, OptionError, UserError
from cpsim.experiments import attribution, coalitions
from cpsim.experiments import barriers as study
from cpsim.experiments.estimators import shapley as game
from cpsim.plots.studies.barriers import pictures
from cpsim.report import study as page
from tests.experiments import planted
from tests.house.test_words import NOT_SAID

pytestmark = pytest.mark.unit

FOUR = ("clarity", "crisis", "transport", "money")


def studied(plant, **asked):
    """A study of a planted team."""
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        return cpsim.barriers("cmht", **asked)


@pytest.fixture(scope="module")
def buses():
    return studied(planted.only_transport, worlds=6, groups=FOUR)


@pytest.fixture(scope="module")
def hidden():
    return studied(planted.an_early_gate_hides_a_late_one, worlds=8, groups=FOUR)


# ------------------------------------------------------------------------------------------------ what is planted
@pytest.mark.parametrize("output", ["delivered", "reach"])
def test_every_view_of_the_game_finds_the_barrier_that_alone_matters(buses, output):
    for name in ("shapley", "alone", "last", "owen"):
        row = buses.row("transport", output)
        assert row[f"{name}_low"] < 0.6 < row[f"{name}_high"], name
        for other in set(FOUR) - {"transport"}:
            row = buses.row(other, output)
            assert row[f"{name}_low"] < 0.005, (other, name)  # of so many intervals some miss 0 by a little
            assert row[f"{name}_high"] > -0.005, (other, name)
            assert abs(row[name]) < 0.02
    assert buses.shares(output)["group"][0] == "transport"


def test_every_count_of_the_ledger_finds_it(buses):
    table = buses.tables["ledger_delivery"].set_index(["kind", "name"])
    for count in ("first", "any", "only"):
        assert table.loc[("group", "transport"), count] == pytest.approx(0.6)
        assert table.loc[("gate", "transport"), count] == pytest.approx(0.6)
        others = table.drop([("group", "transport"), ("gate", "transport")])[count]
        assert (others == 0).all()


def test_blocks_pairs_and_words_find_it(buses):
    blocks = buses.tables["blocks"].query("output == 'delivered'").set_index("block")
    assert blocks.loc["the community's", "owen"] == pytest.approx(0.6, abs=0.02)
    assert abs(blocks.loc["money", "owen"]) < 0.02
    assert (buses.tables["interactions"]["reads"] == "not clear").all()
    told = " ".join(buses.in_words().split())
    assert "Met first most often: transport (in 60 of 100 chances)" in told
    assert "the most that any one brings is +60" in told
    assert "much the same order" in told or "place 1) and has a share" not in told


def test_behind_it_there_is_nothing(buses):
    behind = buses.behind.set_index("group")
    assert behind.loc["transport", ["before", "after"]].tolist() == pytest.approx([0.6, 0.0])
    assert behind.loc["money", "next"] == "transport"


def test_where_the_two_views_disagree_is_said_with_its_reason(hidden):
    told = " ".join(hidden.in_words().split())
    assert hidden.shares()["group"][0] == "clarity"
    assert "Met first most often: crisis load (in 50 of 100 chances)" in told
    first = hidden.tables["ledger_delivery"].query("kind == 'group'").set_index("name")["first"]
    assert first["crisis"] > first["clarity"]
    assert "nobody's to take away: too unwell" in told


def test_a_late_gate_is_explained(monkeypatch):
    planted.an_early_gate_hides_a_late_one(monkeypatch)
    told = " ".join(cpsim.barriers("cmht", worlds=4).in_words().split())
    assert "Where the two views disagree:" in told
    assert "clarity is met first in 0 of 100 chances" in told
    assert "it stands late in the order shown, so others are met before it; it is in the way at all in 60" in told


# ------------------------------------------------------------------------------------------------- what must hold
def test_shares_add_up_to_what_all_bring(buses):
    for output in buses.games:
        together = buses.row("together", output)["shapley"]
        scale = max(1.0, abs(together))
        assert buses.shares(output)["shapley"].sum() == pytest.approx(together, abs=1e-9 * scale)
        assert buses.shares(output)["owen"].sum() == pytest.approx(together, abs=1e-9 * scale)
        due = buses.tables["blocks"].query("output == @output")["owen"].sum()
        assert due == pytest.approx(together, abs=1e-9 * scale)


def test_a_dummy_gets_nothing(monkeypatch):
    planted.only_transport(monkeypatch)
    found = [cpsim.barriers("cmht", 8, groups=FOUR, seed=seed, outputs=["reach"]) for seed in range(30)]
    rows = [each.row("dummy", "reach") for each in found]
    held = [row["shapley_low"] <= 0 <= row["shapley_high"] for row in rows]
    assert np.mean(held) > 0.8
    assert all(row["shapley_high"] > row["shapley_low"] for row in rows)


def test_with_common_worlds_each_world_has_its_shares_and_the_dummy_exactly_nothing(monkeypatch):
    planted.only_transport(monkeypatch)
    found = cpsim.barriers("cmht", 5, groups=FOUR, common=True)
    assert len(found.tables["shapley_worlds"].query("output == 'delivered'")) == 5
    assert found.row("dummy")[["shapley", "shapley_low", "shapley_high"]].tolist() == [0, 0, 0]
    assert "--common" in found.command
    assert "all coalitions met the same worlds" in " ".join(found.in_words().split())


def test_every_count_of_coalitions_is_there(buses):
    table = buses.tables["coalitions"]
    assert len(table) == 16
    assert table["coalition"][0] == "none"
    assert set(table.columns) >= {*FOUR, "removed", "worlds", "delivered", "delivered_error"}
    assert (table["delivered_error"] > 0).all()


# ---------------------------------------------------------------------------------------------------- the design
@pytest.mark.parametrize(("count", "worlds", "common"), [(1, 3, False), (2, 3, False), (5, 4, False), (6, 4, True)])
def test_values_come_back_to_their_coalition_and_world(count, worlds, common):
    layout = coalitions.parts(count, worlds, common)
    code = [part.coalitions[None, :] + 1000 * part.worlds for part in layout]
    order = [coalitions._runs(part) for part in layout]
    values = np.concatenate([table[at] for table, at in zip(code, order, strict=True)]).astype(float)
    found = coalitions.game(count, layout, values)
    assert found is not None
    for part, cells in zip(layout, found.parts, strict=True):
        assert (cells.values == part.coalitions[None, :] + 1000 * part.worlds).all()


def test_the_design_names_points_and_worlds_as_the_game_reads_them():
    scenario = cpsim.load("cmht")
    found = coalitions.players(scenario, FOUR)
    layout = coalitions.parts(len(found), 3)
    made = coalitions.design(scenario, coalitions.points(found), layout, 1, ("delivered",))
    gone = np.array([sum(1 << found.names.index(name) for name in made.points[point].without) for point in made.point])
    read = coalitions.game(len(found), layout, (gone + 1000 * made.world).astype(float))
    for part, cells in zip(layout, read.parts, strict=True):
        assert (cells.values == part.coalitions[None, :] + 1000 * part.worlds).all()


def test_ends_share_their_worlds_and_every_other_run_has_its_own():
    found = coalitions.players(cpsim.load("cmht"))
    ends, rest = coalitions.parts(10, 40, blocks=list(found.owners.values()))
    assert (len(ends.coalitions), len(rest.coalitions)) == (34, 990)
    assert ends.common
    assert (ends.worlds == np.arange(len(ends.worlds))[:, None]).all()
    assert len(np.unique(rest.worlds)) == rest.worlds.size
    assert rest.worlds.min() >= len(ends.worlds)
    assert 0.97 * 40 * 1024 < ends.worlds.size + rest.worlds.size <= 40 * 1024


@pytest.mark.parametrize("count", range(1, 11))
def test_every_coalition_meets_two_worlds_at_least(count):
    for worlds in (2, 3, 40):
        layout = coalitions.parts(count, worlds)
        assert min(len(part.worlds) for part in layout) >= 2
        assert sorted(np.concatenate([part.coalitions for part in layout])) == list(range(2**count))


def test_who_is_not_in_the_way_does_not_play(monkeypatch):
    planted.only_transport(monkeypatch)
    scenario = cpsim.load("cmht").with_({"place.bus_reach": 0.95})
    found = cpsim.barriers(scenario, 3, groups=["transport", "clarity"])
    assert found.players.names == ("clarity",)
    assert found.row("transport")["shapley"] == 0
    assert "Nothing to take away here, so a share of 0: transport." in found.in_words()
    with pytest.raises(OptionError, match="changes nothing"):
        cpsim.barriers(scenario, 3, groups=["transport"])


def test_groups_come_in_their_order_of_display():
    assert coalitions.players(cpsim.load("cmht"), ("money", "crisis")).names == ("crisis", "money")


def test_groups_taken_away_by_the_same_means_are_named():
    found = coalitions.players(cpsim.load("cmht"))
    pairs = {(a.name, b.name): paths for a, b, paths in coalitions.in_common(cpsim.load("cmht"), found)}
    assert pairs == {("clarity", "priority"): ["strategy.materials"]}


# ------------------------------------------------------------------------------------------------------ refusals
def test_a_wrong_group_gets_the_nearest():
    with pytest.raises(OptionError, match="did you mean 'clarity'"):
        cpsim.barriers("cmht", groups=["clarty"])


def test_a_wrong_output_gets_the_nearest():
    with pytest.raises(OptionError, match="did you mean 'fidelity'"):
        cpsim.barriers("cmht", groups=["clarity"], outputs=["fidelty"])


@pytest.mark.parametrize("worlds", [0, 1, -3])
def test_too_few_worlds_are_refused(worlds):
    with pytest.raises(OptionError, match="at least 2"):
        cpsim.barriers("cmht", worlds)


def test_runs_that_failed_or_do_not_know_are_told(monkeypatch):
    planted.only_transport(monkeypatch)
    make = study.run_design

    def broken(column, value):
        def run_design(design, **more):
            made = make(design, **more).assign(run=range(len(design)), seed=1)
            made["point"] = [design.points[point].name for point in made["point"]]
            made.loc[3, column] = value
            return made

        monkeypatch.setattr(study, "run_design", run_design)

    broken("failed", "ZeroDivisionError: no")
    with pytest.raises(CpsimError, match="1 of 32 runs failed"):
        cpsim.barriers("cmht", 2, groups=FOUR)
    broken("failed", "")
    broken("delivered", np.nan)
    with pytest.raises(UserError, match="in 1 of 32 runs nobody could take up CP"):
        cpsim.barriers("cmht", 2, groups=FOUR)


def test_an_output_with_a_gap_is_told_and_shared_out_only_with_few(monkeypatch):
    planted.only_transport(monkeypatch)
    make = study.run_design

    def gap(rows):
        def run_design(design, **more):
            made = make(design, **more)
            made.loc[rows, "fidelity"] = np.nan
            return made

        monkeypatch.setattr(study, "run_design", run_design)
        return cpsim.barriers("cmht", 20, groups=FOUR)

    few, many = gap([300]), gap(range(100))
    assert few.row("transport", "fidelity")["shapley"] == pytest.approx(0.6, abs=0.02)
    assert "fidelity" not in many.games
    assert "so it is not shared out" in " ".join(many.in_words().split())
    assert few.gaps == {"fidelity": 1}


# ------------------------------------------------------------------------------------------- pictures and the page
@pytest.fixture(scope="module", params=["hidden", "one group", "many"])
def any_study(request):
    if request.param == "hidden":
        return request.getfixturevalue("hidden")
    return studied(planted.only_transport, worlds=3, groups=["money"] if request.param == "one group" else None)


def test_every_picture_is_drawn_and_used_once(any_study):
    made = pictures(any_study)
    names = [picture.name for picture in made]
    assert len(set(names)) == len(names)
    used = [name for section in page.studies.make(any_study) for name in section.pictures]
    assert sorted(used) == sorted(names)
    for picture in made:
        picture.figure()
        assert picture.caption.rstrip(".").endswith("weeks")
        assert "nan" not in f"{picture.title} {picture.alt} {picture.grid}"


def test_the_page_says_it_in_words_and_needs_no_image(any_study):
    html = page.html(any_study)
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL))
    assert "<image" not in html
    assert not NOT_SAID.search(text)
    assert not re.search(r"\bnan\b", text)
    assert "Where it gets stuck" in text
    assert any_study.command in text


def test_words_fit_a_terminal(any_study):
    told = any_study.in_words()
    assert max(map(len, told.splitlines())) <= 80
    assert not re.search(r"\bnan\b", told)
    assert not NOT_SAID.search(told)


def test_it_is_saved_with_every_table(buses, tmp_path):
    folder = buses.save(tmp_path / "study")
    names = {"ledger_delivery", "ledger_access", "coalitions", "shapley", "interactions", "blocks", "behind"}
    assert {path.stem for path in folder.glob("*.csv")} == names
    assert (folder / "report.html").is_file()


# --------------------------------------------------------------------------------------------------- the model itself
def test_the_model_and_the_game_tell_the_same_of_the_same_runs():
    """The coalition of nobody met the worlds of plain runs, so both know the same share of chances, to the bit."""
    found = cpsim.barriers("cmht", 3, groups=["clarity", "money"], outputs=["reach"], seed=5)
    none = found.tables["coalitions"].iloc[0]
    assert none["delivered"] == pytest.approx(found.base.estimate("delivered").mean, rel=1e-12)
    without = cpsim.run(cpsim.load("cmht").without("clarity"), 3, seed=5)
    gain = without.estimate("delivered").mean - none["delivered"]
    assert found.row("clarity")["alone"] == pytest.approx(gain, abs=1e-12)
    assert found.row("clarity")["alone"] > 0.02
    ledger = found.tables["ledger_delivery"]
    gates = ledger[ledger["kind"] == "gate"]
    assert gates["first"].sum() + none["delivered"] == pytest.approx(1, abs=1e-12)


def test_intervals_of_the_widened_are_wider():
    played = game.own_worlds(np.random.default_rng(1).normal(size=(5, 8)))
    sums = game.estimate(played, game.shapley_weights(3))
    wide = attribution.widened(sums, 45)
    assert ((wide.high - wide.low) / (sums.high - sums.low)) == pytest.approx(np.full(3, 3.2608 / 1.96), rel=1e-3)
