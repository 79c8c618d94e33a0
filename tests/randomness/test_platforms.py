"""What another machine may change: the last digits of fractions, and nothing that is counted (V6, V8)."""

import os
import pickle
import subprocess
import sys

import numba
import numpy as np
import pytest

from tests.house.reading import ROOT
from tests.mesa_model.walks import fingerprint
from tests.randomness.another_libm import last_states

pytestmark = pytest.mark.identity

TOLERANCE = 1e-9  # of a value; one unit in the last place is 2e-16, and eight weeks add some hundred of them up


def uncompiled(*command):
    """What a command in another process says that runs the rules as ordinary Python."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """The small team as a library would have it that rounds every logarithm and power otherwise."""
    file = tmp_path_factory.mktemp("elsewhere") / "rows"
    uncompiled("tests.randomness.another_libm", str(file))
    return pickle.loads(file.read_bytes())


def columns(rows):
    return [rows] if rows.dtype.names is None else [rows[name] for name in rows.dtype.names]


def test_v06_what_is_counted_is_the_same_under_another_mathematics_library(elsewhere):
    """Stages, contacts, crises, memberships, windows: every whole number after eight weeks."""
    here = last_states()
    for name, rows in here.items():
        for mine, theirs in zip(columns(rows), columns(elsewhere[name]), strict=True):
            if mine.dtype.kind == "i":
                assert np.array_equal(mine, theirs), name


def test_v06_fractions_agree_to_nine_digits_and_not_to_the_last(elsewhere):
    here, other_bits = last_states(), 0
    for name, rows in here.items():
        for mine, theirs in zip(columns(rows), columns(elsewhere[name]), strict=True):
            if mine.dtype.kind == "f":
                np.testing.assert_allclose(theirs, mine, rtol=TOLERANCE, atol=TOLERANCE, err_msg=name)
                other_bits += int((mine != theirs).sum())
    assert other_bits > 100, "the other library was not used, so the test could not fail"


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="compares with the compiled rules")
@pytest.mark.slow
def test_v08_a_team_with_journeys_is_the_same_compiled_or_not():
    """The ordinary team, whose visits have journeys of every length: all bits after a week and its warm-up."""
    here = set(fingerprint(weeks=1, shipped="cmht").values())
    assert len(here) == 1
    assert uncompiled("tests.mesa_model.walks", "cmht").split() == ["True", *here, *here]
