"""Targets and costs to others, as typed."""

import numpy as np
import pandas as pd
import pytest

from cpsim.errors import OptionError
from cpsim.experiments import harms
from cpsim.experiments.targets import Goal, parse

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("five_steps>=0.3", [("five_steps", ">=", 0.3)]),
        (" reach ≥ 30% ", [("reach", ">=", 0.3)]),
        ("reach>=0.5 and pressure<=1.1", [("reach", ">=", 0.5), ("pressure", "<=", 1.1)]),
        ("reach>=0.5, wait_weeks<=2", [("reach", ">=", 0.5), ("wait_weeks", "<=", 2.0)]),
        ("rguk_change>=-0.5", [("rguk_change", ">=", -0.5)]),
    ],
)
def test_what_is_typed_is_understood(text, goals):
    assert parse(text).goals == tuple(Goal(*each) for each in goals)
    assert parse(parse(text).written) == parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("five_step>=0.3", "did you mean 'five_steps'"),
        ("reach>=30", "did you mean reach>=0.3"),
        ("reach>0.3", "write >= (at least)"),
        ("reach", "write it like five_steps>=0.3"),
        ("reach>=1.2.3", "write it like"),
        ("", "write it like"),
        ("rech>=0.3 and presure<=1", "did you mean 'pressure'"),
    ],
)
def test_a_mistake_says_what_would_be_right(text, said):
    with pytest.raises(OptionError, match=said.replace("(", r"\(").replace(")", r"\)")):
        parse(text)


def test_all_goals_have_to_be_met_and_what_is_not_known_is_not_met():
    runs = pd.DataFrame({"reach": [0.5, 0.5, 0.4, np.nan], "pressure": [1.0, 1.2, 1.0, 1.0]})
    assert parse("reach>=0.5 and pressure<=1.1").met(runs).tolist() == [True, False, False, False]


def test_a_target_is_told_in_people():
    assert parse("five_steps>=0.3").in_words().endswith("get all five steps: at least 30 in 100")
    assert "at most 1.1" in parse("pressure<=1.1").in_words()


def test_waits_are_held_by_two_numbers():
    """A cap that takes nobody on would have no wait to show."""
    assert [harm.outcome for harm in harms.chosen(["waits"])] == ["wait_weeks", "waiting"]
    assert harms.chosen(["crises=0.1"])[0].margin == 0.1
    assert harms.chosen(["waits=2"])[0].margin == 2


@pytest.mark.parametrize(("word", "said"), [("crisis", "did you mean 'crises'"), ("waits=x", "as a number")])
def test_a_cost_to_others_that_is_none(word, said):
    with pytest.raises(OptionError, match=said):
        harms.chosen([word])


def test_fewer_reviews_are_worse_and_more_crises_are():
    base = pd.DataFrame({"reviews_per_person": [0.5], "crises_per_person_year": [0.5]})
    runs = pd.DataFrame({"reviews_per_person": [0.4], "crises_per_person_year": [0.6]})
    for word in ("reviews", "crises"):
        assert harms.chosen([word])[0].of(runs, base) == pytest.approx([0.1])
