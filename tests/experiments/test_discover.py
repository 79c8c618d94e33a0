"""When does it work, with a plain function in place of the model: what decides is found, what does not is left out."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError
from cpsim.experiments.settings import settings_of
from cpsim.plots import studies
from cpsim.plots.studies.discover import pictures
from cpsim.report.study import html
from tests.experiments.plain import in_place_of_the_model
from tests.house.test_words import NOT_SAID
from tests.plots.test_pictures import outside

pytestmark = pytest.mark.unit
OPTIONS = {"levers": ["training", "leadership", "support_worker", "company"], "only": ["wish_mean", "staffing"]}


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        in_place_of_the_model(patch)
        yield cpsim.discover("cmht", "reach>=0.4", samples=1024, **OPTIONS)


@pytest.fixture(scope="module")
def never():
    with pytest.MonkeyPatch.context() as patch:
        in_place_of_the_model(patch)
        yield cpsim.discover("cmht", "reach>=0.99", samples=128, **OPTIONS)


def test_the_box_asks_for_what_decides_and_not_for_the_rest(found):
    """Training decides most (0.15), then posts (up to 0.12) and a lead (0.1); company and staffing facts nothing."""
    kept = set(found.boxes.kept.factors)
    assert {"training", "support_worker"} <= kept
    assert kept <= {"training", "support_worker", "leadership", "parameters.wish_mean"}


def test_it_is_scored_on_settings_that_it_was_not_found_on(found):
    table = found.tables["boxes"]
    rows = table[table["box"] == "stable"]
    assert (rows["held_density"] > 1.5 * found.facts["reached"]).all()
    assert found.sample.training.mean() == pytest.approx(0.5)


def test_levers_and_circumstances_are_told_apart(found):
    table = found.tables["boxes"]
    assert set(table.loc[table["factor"] == "training", "kind"]) == {"lever"}
    told = " ".join(found.in_words().split())
    assert "What can be done: " in told
    assert "What is found: " in told


def test_settings_near_the_target_meet_more_worlds(found):
    near = (found.sample.mean["reach"] - 0.4).abs() < 0.03
    assert found.sample.worlds[near].mean() > 2 * found.sample.worlds[~near].mean()
    assert found.sample.worlds.max() >= 10
    assert found.facts["luck"] == pytest.approx(0.05, rel=0.3)
    assert found.facts["runs"] == found.sample.worlds.sum()


def test_tables_are_there_and_the_trajectory_marks_the_box_taken(found):
    assert {"boxes", "trajectory", "stability", "stacking", "thresholds", "settings", "tree"} <= set(found.tables)
    assert found.tables["trajectory"]["chosen"].sum() == 1
    assert found.tables["stacking"]["points"].sum() == 1024
    assert len(found.tables["thresholds"]) == 3


def test_where_hardly_anything_reaches_it_that_is_said(never):
    assert never.boxes is None
    assert "too few to describe where" in " ".join(never.in_words().split())
    assert studies.make(never) == []
    assert "What varied" in html(never)


def test_page_and_pictures(found):
    page = html(found)
    made = studies.make(found)
    assert [picture.name for picture in made] == ["box", "curve", "stacking"]
    for picture in made:
        assert f"{found.facts['runs']:,} runs" in picture.caption
    assert not NOT_SAID.search(found.in_words())
    assert "hold-out" not in page  # words of the trade stay in tables


@pytest.mark.parametrize(("depth", "height"), [(2, 3.3), (4, 4.6)])
def test_the_longest_names_of_factors_fit_beside_the_cells(found, depth, height):
    every = settings_of(cpsim.load("cmht"), [], [])
    names = sorted((each.about for each in every), key=len, reverse=True)[:depth]
    told = ("no support worker in post at all", "1 to 2 whole-time", "more than that")
    rows = [
        {
            f"{key}_{place}": value
            for place, part in enumerate(parts, 1)
            for key, value in (
                ("factor", names[place - 1]),
                ("about", names[place - 1]),
                ("part", part),
                ("told", told[part]),
            )
        }
        | {"share": 0.5, "points": 60}
        for parts in itertools.product(*[range(3)] * 2, *[range(2)] * (depth - 2))
    ]
    picture = next(each for each in pictures(found) if each.name == "stacking")
    assert picture.height in (3.3, 4.6)
    assert outside(replace(picture, table=pd.DataFrame(rows), height=height).figure()) == []


def test_without_scikit_learn_it_says_what_is_left_out(monkeypatch):
    in_place_of_the_model(monkeypatch)
    monkeypatch.setitem(__import__("sys").modules, "sklearn.tree", None)
    found = cpsim.discover("cmht", "reach>=0.4", samples=256, **OPTIONS)
    assert "Left out: the tree" in found.in_words()
    assert "tree" not in found.tables


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"samples": 10}, "too few to find a box"),
        ({"only": ["none"], "levers": ["none"]}, "nothing is left that could vary"),
        ({"only": ["stafing"]}, "did you mean"),
    ],
)
def test_mistakes(more, said, monkeypatch):
    in_place_of_the_model(monkeypatch)
    with pytest.raises(OptionError, match=said):
        cpsim.discover("cmht", "reach>=0.4", **more)


def test_a_step_of_the_trajectory_can_be_taken(monkeypatch):
    in_place_of_the_model(monkeypatch)
    found = cpsim.discover("cmht", "reach>=0.4", samples=256, box=1, **OPTIONS)
    assert found.boxes.step == 1
    with pytest.raises(OptionError, match="there are boxes 0 to"):
        cpsim.discover("cmht", "reach>=0.4", samples=256, box=999, **OPTIONS)
