"""What can be asked of a run: every mistake at once, in words, before anything heavy is loaded."""

import subprocess
import sys

import numpy as np
import pytest

import cpsim
from cpsim.engine.options import check_options
from cpsim.errors import OptionError

pytestmark = pytest.mark.unit

FINE = {"replications": 10, "seed": 1, "workers": None, "precision": None}


def said(**asked):
    with pytest.raises(OptionError) as raised:
        check_options(**{**FINE, **asked})
    assert raised.value.exit_code == 2
    return str(raised.value)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"replications": 1, "seed": 0, "workers": 1},
        {"replications": 1_000_000, "seed": 2**63 - 1, "workers": 1024},
        {"replications": np.int64(3), "seed": np.uint8(3)},
        {"precision": {}},
        {"precision": {"five_steps": 0.02, "cost_per_person": 100}},
        {"precision": {"five_steps": np.float64(0.02)}},
    ],
)
def test_what_makes_sense_passes(asked):
    check_options(**{**FINE, **asked})


@pytest.mark.parametrize("value", [0, -1, 1_000_001, 2.5, "many", None])
def test_replications(value):
    expected = f"replications: {value} is not possible; write a whole number from 1 to 1,000,000"
    assert said(replications=value) == expected


@pytest.mark.parametrize("value", [-1, 2**63, 1.5, None])
def test_seeds(value):
    assert said(seed=value).startswith(f"seed: {value} is not possible; write a whole number from 0 to 9,223,")


@pytest.mark.parametrize("value", [0, -2, 1025, 0.5])
def test_workers(value):
    assert said(workers=value) == f"workers: {value} is not possible; write a whole number from 1 to 1,024"


@pytest.mark.parametrize("width", [0, -0.1, float("nan"), float("inf"), "wide", None])
def test_widths(width):
    expected = f"precision: five_steps={width} is not possible; write a half-width above 0, such as five_steps=0.02"
    assert said(precision={"five_steps": width}) == expected


def test_an_unknown_outcome_is_answered_with_the_nearest():
    assert said(precision={"five_step": 0.1}) == (
        "precision: there is no outcome 'five_step'; did you mean 'five_steps'?"
    )
    assert "such as five_steps" in said(precision={"zzzz": 0.1})


@pytest.mark.parametrize("key", ["replication", "team", "seed"])
def test_what_names_a_row_is_no_outcome(key):
    assert f"no outcome '{key}'" in said(precision={key: 1})


def test_all_mistakes_come_at_once():
    lines = said(replications=0, seed=-1, workers=0, precision={"five_steps": 0, "nonsense": 1}).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["replications", "seed", "workers", "precision", "precision"]


def test_a_run_asks_first():
    with pytest.raises(OptionError, match="seed: -1"):
        cpsim.run("cmht", seed=-1)


def test_nothing_heavy_is_loaded_for_it():
    code = (
        "import sys; from cpsim.engine.options import check_options\n"
        "check_options(1, 1, 1, {'five_steps': 1}); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numba", "numpy", "pandas", "scipy", "pydantic"}.intersection(done.stdout.split())
