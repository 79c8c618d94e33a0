import pytest

from cpsim.outputs import better
from cpsim.outputs.measures import measures

pytestmark = pytest.mark.unit


def test_only_declared_outcomes_have_a_direction_and_only_one():
    assert not better._MORE & better._LESS
    assert set(measures("outcomes")) >= better._MORE | better._LESS


def test_what_is_better_or_worse_by_its_name_is():
    for name, measure in measures("outcomes").items():
        if name.endswith(("_better", "_worse")):
            assert better.better_is(name) == ("more" if name.endswith("_better") else "less")
        if measure.group in ("equity", "costs"):
            assert better.good(name) == (1 if measure.group == "equity" else -1)


def test_means_to_an_end_have_none():
    assert better.better_is("caseload") == better.better_is("training_hours") == ""
    assert better.good("caseload") == 0
