"""Verdicts in words."""

import numpy as np
import pandas as pd
import pytest

from cpsim.experiments.estimators import convergence, sobol_cross
from tests.experiments.estimators.known import NAMES, ishigami

pytestmark = pytest.mark.unit


def table(*parts):
    """Parts: (n, {factor: value}, half width)."""
    rows = [
        {"n": n, "factor": factor, "value": value, "low": value - half, "high": value + half}
        for n, values, half in parts
        for factor, value in values.items()
    ]
    return pd.DataFrame(rows)


def test_settled():
    found = convergence.verdict(
        table((128, {"a": 0.5, "b": 0.3, "dummy": 0.0}, 0.02), (256, {"a": 0.5, "b": 0.3, "dummy": 0.01}, 0.02))
    )
    assert found.settled
    assert found.in_words() == (
        "Settled: the five largest stand in the same order with half the runs; their widest interval is 0.04 "
        "(0.05 or less is asked for); the dummy shows 0.010."
    )


@pytest.mark.parametrize(
    ("half", "last", "said"),
    [
        ({"a": 0.5, "b": 0.3, "dummy": 0.0}, {"a": 0.3, "b": 0.5, "dummy": 0.0}, "in another order"),
        (
            {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1, "f": 0},
            {"a": 5, "b": 4, "c": 3, "d": 2, "e": 0, "f": 1},
            "other factors are among the five largest",
        ),
        ({"a": 0.5, "dummy": 0.0}, {"a": 0.5, "dummy": 0.03}, "the dummy shows 0.030"),
    ],
)
def test_not_settled(half, last, said):
    words = convergence.verdict(table((128, half, 0.01), (256, last, 0.01))).in_words()
    assert words.startswith("Not yet settled")
    assert said in words


def test_wide_intervals_are_not_settled():
    values = {"a": 0.5, "b": 0.3}
    assert not convergence.verdict(table((128, values, 0.1), (256, values, 0.1))).settled


def test_nothing_to_share_out():
    assert "nothing" in convergence.verdict(table((256, {"a": np.nan, "b": np.nan}, 0))).in_words()


def test_steps_take_the_first_rows():
    y = ishigami(sobol_cross.plan(NAMES, 256, 1))
    answers = sobol_cross.split(np.array([y, y]), 4)
    steps = convergence.steps(
        256,
        lambda n: sobol_cross.analyse(NAMES, answers.rows(slice(n)), 1, resamples=20),
        "st",
        "st_low",
        "st_high",
    )
    assert sorted(steps["n"].unique()) == [64, 128, 256]
    widths = (steps["high"] - steps["low"]).groupby(steps["n"]).mean()
    assert widths[256] < widths[64]
