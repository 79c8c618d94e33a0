"""`cpsim difference`: what each part brings is found, shares add up, and the ends are the two scenarios themselves."""

import re

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError, UserError
from cpsim.experiments import difference_parts as parts
from cpsim.plots.studies.difference import pictures
from cpsim.report import study as page
from tests.experiments.parts import planted, visits_and_agenda_together
from tests.house.test_words import NOT_SAID

pytestmark = pytest.mark.unit

NINE = ("caseload", "crisis", "roles", "reviews", "agenda", "contact", "visits", "support", "engagement")
FEW = {
    "policies.free_agenda": True,
    "policies.cp_visit_every_days": 14.0,
    "parameters.known_at_start": 0.6,
}


def cmht(**changes):
    return cpsim.load("cmht").with_(changes)


def team_b():
    """Differs in three parts."""
    return cpsim.load("cmht").with_(FEW)


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        planted(patch, visits_and_agenda_together)
        return cpsim.difference("cmht", "third-sector", worlds=4)


# ------------------------------------------------------------------------------------------------ what is planted
@pytest.mark.parametrize(
    ("part", "alone", "share", "last"),
    [("visits", 0.1, 0.2, 0.3), ("agenda", 0.0, 0.1, 0.2), ("caseload", 0.0, 0.0, 0.0)],
)
@pytest.mark.parametrize(("output", "size"), [("five_steps", 1), ("cost_per_person", -10_000)])
def test_what_a_part_brings_is_found(found, part, alone, share, last, output, size):
    row = found.row(part, output)
    for name, truth in (("alone", alone), ("shapley", share), ("last", last)):
        assert row[name] / size == pytest.approx(truth, abs=0.012), name
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]


def test_shares_add_up_to_what_lies_between_the_ends(found):
    for output in found.games:
        a, b = found.ends(output)
        together = found.row("together", output)["shapley"]
        scale = max(1.0, abs(together))
        assert together == pytest.approx(b - a, abs=1e-9 * scale)
        assert found.shares(output)["shapley"].sum() == pytest.approx(together, abs=1e-9 * scale)
        blocks = found.tables["blocks"].query("output == @output")["owen"].sum()
        assert blocks == pytest.approx(together, abs=1e-9 * scale)


def test_parts_that_bring_the_same_have_the_same_share_and_a_dummy_none(monkeypatch):
    planted(monkeypatch, lambda there: 0.1 + 0.3 * ({"visits", "agenda"} <= there))
    shares = cpsim.difference("cmht", team_b(), worlds=40).shares().set_index("group")["shapley"]
    assert shares["visits"] == pytest.approx(shares["agenda"], abs=0.005)
    assert shares["engagement"] == pytest.approx(0, abs=0.005)


def test_it_is_said_in_words(found):
    told = " ".join(found.in_words().split())
    assert "Of 100 people who could take up CP, 5 get all five steps in cmht and 35 in third-sector: +30" in told
    assert re.search(r"Of this, \+20 \(±[\d.]+\) with CP visits, \+(10|9\.\d) \(±[\d.]+\) with a free agenda", told)
    assert re.search(r"cmht with one part alone as in third-sector: the most is \+(10|9\.\d)", told)
    assert "recovery interval days (28 and 14) and known at start (0.25 and 0.6)" in told
    assert "cmht keeps about 278 people and third-sector about 72" in told
    assert "How each part acts on delivery is the model's mechanism" in told


def test_no_clear_difference_is_not_shared_out(monkeypatch):
    planted(monkeypatch, lambda _: 0.2)
    told = " ".join(cpsim.difference("cmht", team_b(), worlds=3).in_words().split())
    assert "no clear difference, so nothing is shared out" in told


def test_pairs_that_need_each_other_are_found(found):
    pairs = found.tables["interactions"].query("output == 'five_steps' and reads == 'complements'")
    assert {"visits", "agenda"} in [set(pair) for pair in pairs[["first", "second"]].to_numpy().tolist()]


# ------------------------------------------------------------------------------------------------------- the parts
def test_the_parts_of_the_third_sector_are_nine(found):
    assert found.players.names == NINE
    table = found.tables["what_differs"].set_index("path")
    assert table.loc["policies.cp_people_per_wte", ["part", "a", "b", "rests_on"]].tolist() == [
        "visits",
        "4",
        "18",
        "a decision",
    ]
    assert table.loc["team.staff_wte", "b"] == "manager 0.5; link worker 4"
    assert table.loc["parameters.known_at_start", "rests_on"] == "assumption"
    assert "local groups" in table.loc["parameters.known_at_start", "because"]


def test_the_ends_are_the_two_scenarios_and_every_combination_is_possible():
    a, b = cpsim.load("cmht"), cpsim.load("third-sector")
    players = parts.parts_of(a, b)
    points = parts.points(a, b, players)
    assert len(points) == 512
    assert points[0].of(a).document["teams"] == a.document["teams"]
    assert points[-1].of(a).document["teams"] == b.document["teams"]
    for point in points[::37]:
        assert cpsim.from_document(point.of(a).document).teams == point.of(a).teams


def test_a_part_is_taken_in_what_has_always_been_so_and_in_what_changes():
    a, b = cpsim.load("cmht"), cpsim.load("third-sector")
    team = parts.mixed(a, b, ["parameters.known_at_start", "strategy.leadership"]).teams[0]
    assert team.base.parameters.known_at_start == team.changed.parameters.known_at_start == 0.6
    assert team.base.strategy.leadership == "named lead with time"
    assert team.changed.policies == a.teams[0].changed.policies


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        ("parameters.contact_minutes", 50.0, "other"),
        ("switches.isolation", False, "other"),
        ("strategy.pay_fares", True, "funds"),
        ("place.bus_reach", 0.5, "place"),
    ],
)
def test_what_no_row_names_is_everything_else(path, value, part):
    assert parts.parts_of(cmht(), cmht(**{path: value})).names == (part,)


def test_what_cannot_be_had_apart_is_one_part():
    """More hours with local groups than a small team is paid for."""
    hours, nurses = "strategy.community_engagement_hours_per_week", "team.staff_wte"
    few = {role: {"in_post": 0.0, "vacant": 0.0} for role in cmht().teams[0].base.team.staff_wte}
    few["support worker"] = {"in_post": 0.5, "vacant": 0.0}
    b = cmht(**{nurses: few, hours: 0.25, "policies.free_agenda": True})
    assert parts.parts_of(cmht(**{hours: 30.0}), b).names == ("roles/engagement", "agenda")


def test_every_row_of_the_table_is_a_path_that_exists_and_every_part_has_a_head():
    paths = list(parts.declarations())
    rows = parts._rows()
    for row in rows:
        assert not row["path"] or any(path == row["path"] or path.startswith(row["path"]) for path in paths), row
    assert {row["part"] for row in rows} == {row["part"] for row in parts._heads()}
    assert len({row["path"] for row in rows}) == len(rows)


# -------------------------------------------------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("other", "told"),
    [
        (lambda: cpsim.load("cmht"), "do not differ"),
        (lambda: team_b().with_(weeks=60), "weeks differ"),
        (lambda: cpsim.load("study-2021").with_(weeks=52), "compare like with like"),
        (lambda: team_b().with_(from_week=4), "from_week"),
    ],
)
def test_what_cannot_be_compared_is_refused(other, told):
    with pytest.raises(UserError, match=told):
        cpsim.difference("cmht", other(), worlds=2)


def test_weeks_are_made_the_same_on_request(monkeypatch):
    planted(monkeypatch, visits_and_agenda_together)
    assert cpsim.difference("cmht", team_b().with_(weeks=60), worlds=2, weeks=30).scenario.weeks == 30


def test_options_that_make_no_sense_are_refused():
    with pytest.raises(OptionError, match="at least 2"):
        cpsim.difference("cmht", "third-sector", worlds=1)
    with pytest.raises(OptionError, match="did you mean 'reach'"):
        cpsim.difference("cmht", "third-sector", outputs=["reech"])


# -------------------------------------------------------------------------------------------- pictures and the page
def test_pictures_page_and_words_are_whole(found):
    made = pictures(found)
    used = [name for section in page.studies.make(found) for name in section.pictures]
    assert sorted(used) == sorted(picture.name for picture in made)
    for picture in made:
        picture.figure()
        assert picture.caption.endswith("weeks.")
        assert not re.search(r"\bnan\b", f"{picture.title} {picture.alt} {picture.grid}")
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page.html(found), flags=re.DOTALL)
    assert not NOT_SAID.search(text)
    assert not re.search(r"\bnan\b", text)
    assert max(map(len, found.in_words().splitlines())) <= 80
    assert not NOT_SAID.search(found.in_words())


def test_it_is_saved_with_every_table(found, tmp_path):
    folder = found.save(tmp_path / "study")
    assert {path.stem for path in folder.glob("*.csv")} == set(found.tables)
    assert len(pd.read_csv(folder / "coalitions.csv")) == 512
    assert (folder / "report.html").is_file()


# --------------------------------------------------------------------------------------------------- the model itself
def test_the_model_at_both_ends_is_the_two_scenarios_in_the_same_worlds():
    a, b = cpsim.load("cmht").with_(weeks=4), team_b().with_(weeks=4)
    found = cpsim.difference(a, b, worlds=2, outputs=["reach"], seed=5)
    assert found.runs == 16
    for scenario, end in zip((a, b), found.ends("reach"), strict=True):
        assert np.isfinite(end)
        assert cpsim.run(scenario, 2, seed=5).estimate("reach").mean == pytest.approx(end, abs=1e-12)
