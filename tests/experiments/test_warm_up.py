"""Variants that share a base share its warm-up: the same bits as if each had lived it."""

import re
from pathlib import Path

import numpy as np
import pytest

import cpsim
from cpsim.engine.run import live, team_plans
from cpsim.engine.warm_up import gone_on, shared_key, warmed_up
from cpsim.experiments import variants
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import run_design
from cpsim.scenario.barriers import barriers

MODEL = Path(variants.__file__).parent.parent / "model"
STOP = np.zeros(1, np.int64)
SHARING = {  # each differs from the base only in what changes on a day
    "supervised": {"strategy.supervision_every_weeks": 4},
    "led": {"strategy.leadership": "named lead with time"},
    "trained": {"strategy.training_days_per_person": 1},
    "protected": {"policies.when_the_day_is_full": "protected_time", "policies.protected_cp_hours_per_week": 4},
    "paid": {"strategy.budget_gbp": None, "strategy.pay_fees": True, "strategy.pay_fares": True},
    "budget": {"strategy.budget_gbp": 1000.0},
    "agency": {"policies.agency_cover_share": 0.5},
    "frozen": {"policies.freeze_vacant_posts": True},
    "away": {"policies.away_wte": 2.0, "policies.away_for_weeks": 3},
    "a post ends": {"team.staff_wte": {"social worker": {"in_post": 1.0, "vacant": 0.0}}},
}
NOT_SHARING = {
    "a post begins": {"team.staff_wte": {"link worker": {"in_post": 1.0, "vacant": 0.0}}},
    "known": {"parameters.known_at_start": 0.9},
    "groups opened": {"strategy.community_engagement_hours_per_week": 8},
}


def points():
    return [
        *(Point(name, changes) for name, changes in (SHARING | NOT_SHARING).items()),
        *(Point(f"without {name}", without=(name,)) for name in barriers()),
        Point("base"),
        Point("shipped", scenario="training-and-supervision"),
    ]


def run_apart(design, monkeypatch):
    """The same runs, each with a warm-up of its own."""
    with monkeypatch.context() as patch:
        patch.setattr(variants, "shared_key", lambda plan: object())
        return run_design(design, workers=1)


@pytest.mark.identity
@pytest.mark.parametrize(
    ("scenario", "top"),
    [
        ("cmht", {"weeks": 6}),
        ("cmht", {"weeks": 6, "from_week": 3}),
        ("third-sector", {"weeks": 5, "from_week": 1}),  # warmed up for two years
        ("training-and-supervision", {"weeks": 4}),
    ],
)
def test_the_same_bits_as_without_sharing(scenario, top, monkeypatch):
    base = cpsim.load(scenario).with_(**top)
    design = Design.crossed(base, points(), range(2), outputs="all", gates=True)

    assert run_design(design).equals(run_apart(design, monkeypatch))


@pytest.mark.identity
def test_the_same_bits_with_several_teams(monkeypatch):
    base = cpsim.load("study-2021").with_(weeks=2)
    some = [Point("base"), Point("led", SHARING["led"]), Point("no fare", without=("transport",))]
    design = Design.crossed(base, some, range(1), gates=True)

    assert run_design(design).equals(run_apart(design, monkeypatch))


@pytest.mark.identity
def test_every_row_of_the_world_is_as_it_would_be():
    base = cpsim.load("cmht").with_(weeks=4)
    [team] = team_plans(base)
    warm = warmed_up(team, 0, 1, STOP)
    for changes in SHARING.values():
        [other] = team_plans(base.with_(changes))
        ours, line = gone_on(warm, other.plan, STOP)
        theirs, same = live(other, 0, 1)

        assert line.tobytes() == same.tobytes()
        for name, rows in theirs._asdict().items():
            assert name == "seed" or getattr(ours, name).tobytes() == rows.tobytes(), name


@pytest.mark.unit
def test_what_shares_and_what_does_not():
    base = cpsim.load("cmht")

    def key(changes):
        return shared_key(next(team_plans(base.with_(changes))).plan)

    assert {name: key(changes) == key({}) for name, changes in (SHARING | NOT_SHARING).items()} == {
        **dict.fromkeys(SHARING, True),
        **dict.fromkeys(NOT_SHARING, False),
    }


@pytest.mark.unit
def test_a_number_that_has_always_been_different_is_not_shared():
    base = cpsim.load("third-sector")  # starts by formula whatever is changed
    keys = {shared_key(next(team_plans(base.with_({"parameters.contact_minutes": m}))).plan) for m in (60.0, 70.0)}
    assert len(keys) == 2


@pytest.mark.unit
def test_stopped_while_warming_up():
    [team] = team_plans(cpsim.load("cmht").with_(weeks=1))
    assert warmed_up(team, 0, 1, np.ones(1, np.int64)) is None


@pytest.mark.house
def test_what_is_to_come_is_read_only_where_sharing_knows_of_it():
    """A rule that reads the changed team's numbers before the day belongs into `READ_BEFORE`, or sharing goes wrong."""
    found = {
        (path.name, line.strip())
        for path in MODEL.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"params\[1\]", line)
    }
    assert found == {
        ("day.py", "p = w.params[1]"),  # begin_changes, begin_absence
        ("day.py", "if team.phase and team.day == team.change_day + w.params[1].away_from_week * DAYS_A_WEEK:"),
        (
            "morning.py",
            "return 0.0 if w.params[0].training_days_per_person > 0 else w.params[1].training_starts_week - weeks",
        ),
    }
