"""Groups of a whole run: one opens as another closes, and the same ones exist whatever a scenario does."""

import numpy as np
import pytest

from cpsim.model.records import NEVER
from tests.invariants.worlds import scenario, world

pytestmark = pytest.mark.unit

LIFE = 2.0  # years
SHORT = {"parameters.group_lifetime": LIFE}
ENGAGED = {"strategy.community_engagement_hours_per_week": 10.0}


def groups(changes=None, seed=1, weeks=260):
    """The groups that the town will have, or that could be opened, in a run of so many weeks and half a year before."""
    return world(scenario("cmht", SHORT | (changes or {}), weeks=weeks), seed)


def open_on(places, day):
    return int(((places["opens"] <= day) & (day < places["closes"])).sum())


def test_the_towns_number_stays():
    w = groups()
    town = round(12 * 45_000 / 10_000)
    assert {open_on(w.places, day) for day in range(-182, 260 * 7, 13)} == {town}
    assert w.kinds[:, 1].sum() == w.kinds[:, 2].sum() == town


def test_groups_last_as_long_as_they_should():
    """Closures a year are what is open over the mean life, give or take three standard errors of a count."""
    closures = 0
    for seed in range(40):
        closes = groups(seed=seed).places["closes"]
        closures += ((closes >= 0) & (closes < 260 * 7)).sum()
    expected = 40 * 54 * (260 * 7 / 365.25) / LIFE
    assert abs(closures - expected) < 3 * np.sqrt(expected)


def test_each_group_is_followed_by_another_of_its_kind_on_the_day_it_closes():
    w = groups()
    followed = w.places[w.places["next"] >= 0]
    followers = w.places[followed["next"]]
    assert len(followed) > 50
    assert (followers["opens"] == followed["closes"]).all()
    assert (followers["kind"] == followed["kind"]).all()
    assert np.mean(followers["x"] == followed["x"]) < 0.1
    assert len(set(w.places["id"].tolist())) == len(w.places)


def test_kinds_say_where_the_first_groups_stand():
    w = groups(ENGAGED)
    for kind, (first, now, most) in enumerate(w.kinds.tolist()):
        rows = w.places[first : first + most]
        assert (rows["kind"] == kind).all()
        assert (rows["opens"][:now] == -NEVER).all()
        assert (rows["opens"][now:] == NEVER).all()
        assert (w.places["kind"] == kind).sum() >= most
    assert w.kinds[:, 2].sum() > w.kinds[:, 1].sum()


def test_a_town_is_the_same_whatever_is_done_in_it_and_a_richer_one_has_the_same_groups_and_more():
    plain, engaged = groups(), groups(ENGAGED)
    rich = groups({"parameters.groups_per_10k": 24.0})
    for other in (engaged, rich):
        rows = {row["id"]: row for row in other.places}
        assert len(other.places) > len(plain.places)
        for row in plain.places:
            same = rows[row["id"]]
            fields = [name for name in row.dtype.names if name not in ("next", "members")]
            assert [same[name] for name in fields if name != "others"] == [row[n] for n in fields if n != "others"]


def test_a_run_without_groups_has_none_until_the_team_opens_one():
    assert len(groups({"parameters.groups_per_10k": 0.0}).places) == 0
    w = groups(ENGAGED | {"parameters.groups_per_10k": 0.0})
    assert w.kinds[:, 1].sum() == 0
    assert w.kinds[:, 2].tolist() == [1] * 7
