"""When a difference turns, and how often it never does, on paths whose answer is plain."""

import numpy as np
import pytest

from cpsim.comparison import telling
from cpsim.comparison.payback import Payback, payback
from cpsim.errors import UserError
from cpsim.outputs.runs import joined
from tests.outputs import made_up

pytestmark = pytest.mark.unit


def paths(*rows, what="cost"):
    found = np.array(rows, float)
    return Payback(what, np.arange(1, found.shape[1] + 1), found, np.arange(len(found)))


@pytest.mark.parametrize(
    ("path", "turns"),
    [
        ([5, 3, -1, -2], 3),
        ([5, -1, 2, -2], 4),
        ([-1, -2, -3, -4], 0),
        ([-1, 2, 0, 0], 3),
        ([0, 0, 0, 0], 0),
        ([-5, -5, -5, 1], np.nan),
        ([1, 2, 3, 4], np.nan),
    ],
)
def test_it_turns_when_it_is_no_dearer_from_then_on(path, turns):
    found = paths(path)
    assert found.turns[0] == pytest.approx(turns, nan_ok=True)
    assert found.mean_turns == pytest.approx(turns, nan_ok=True)


def test_the_chance_of_never():
    found = paths([1, 2], [2, 1], [1, -1], [-1, -1])
    assert found.never == 0.5
    low, high = found.never_interval
    assert (low, high) == (pytest.approx(0.150, abs=0.001), pytest.approx(0.850, abs=0.001))  # Wilson, 2 of 4
    assert found.dearest == (1, 0.75)
    assert found.path["no_dearer"].tolist() == [0.25, 0.5]
    assert found.path["mean"].tolist() == [0.75, 0.25]


def test_it_is_summed_over_the_weeks_reported_a_person():
    """Twice as many people at the same pounds a team cost half as much each; warm-up is left out."""
    a, b = made_up.team_run(weeks=52), made_up.team_run(weeks=52)
    for run, pounds in ((a, 100.0), (b, 300.0)):
        for name in run.weekly.dtype.names:
            if name.startswith("cost_"):
                run.weekly[name] = 0.0
        run.weekly["caseload"] = 50.0
        run.weekly["cost_trust"] = pounds
        run.weekly["cost_training"] = 1e9  # a part of implementation, not a payer
        run.weekly["cost_trust"][run.weekly["week"] < 0] = 1e9 * pounds
    found = payback(joined([a]), joined([b]), "cost")
    assert found.months.tolist() == list(range(1, 13))
    assert found.paths[0, -1] == pytest.approx(52 * 200 / 50)
    assert found.paths[0, 0] == pytest.approx(4 * 200 / 50)
    b.weekly["caseload"] = 100.0
    assert payback(joined([a]), joined([b]), "cost").paths[0, -1] == pytest.approx(52 * (3 - 2))


def test_weeks_in_which_nobody_is_there_cost_nothing():
    run = made_up.team_run(weeks=4)
    run.weekly["caseload"] = 0.0
    found = payback(joined([run]), joined([made_up.team_run(weeks=4)]), "minutes")
    assert np.isfinite(found.paths).all()


def test_another_currency_is_refused():
    with pytest.raises(UserError, match="no pay-back in 'hours'; there is one in cost or minutes"):
        payback(joined([made_up.team_run()]), joined([made_up.team_run()]), "hours")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (paths([900, 500, -100]), "dearer by up to £900 a person (month 1) and no dearer from month 3 on"),
        (paths([900, 500, 100]), "dearer by £100 a person after 3 months, and has not paid back"),
        (paths([-9, -50, -100]), "never the dearer one, and cheaper by £100 a person after 3 months"),
        (paths([0, 0]), "the same in both"),
        (paths([90, 40], what="minutes"), "dearer by 40 minutes a person after 2 months"),
        (paths([9, -500], [9, 300]), "no dearer from month 2 on (no clear difference)"),
        (paths([1, 500], [1, -100], [1, 300]), "after 2 months (no clear difference), and has not paid back"),
    ],
)
def test_it_is_told(found, said):
    assert said in telling.pays_back(found)


def test_the_chance_is_told_with_its_range():
    assert telling.pays_back(paths([1, 2], [2, 1], [1, -1], [-1, -1])).endswith("in 50 of 100 worlds (15 to 85).")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.0, "GBP", "none"),
        (-0.2, "GBP", "£0"),
        (-340.0, "GBP", "-£340"),
        (0.021, "days", "+0.021"),
        (np.nan, "", "not known"),
    ],
)
def test_a_difference_has_its_sign(value, unit, said):
    assert telling._signed(value, unit) == said
