"""`cpsim status` as somebody types it."""

import json

import pytest

from cpsim.experiments.execute import run_design
from tests.experiments.studies import POINTS, design

pytestmark = pytest.mark.journey


@pytest.fixture
def half_done(tmp_path, monkeypatch):
    """80 runs planned, the first half of them made a while ago, in two parts."""
    import os

    run_design(design(range(80), POINTS[:1]), tmp_path / "mine")
    parts = sorted((tmp_path / "mine" / "runs").glob("*.parquet"))
    parts[-1].unlink()
    for number, part in enumerate(parts[:-1]):
        os.utime(part, (1_000_000_000 + 10 * number,) * 2)
    return tmp_path


def test_a_study_that_is_complete(type_in, tmp_path):
    run_design(design(range(4)), tmp_path / "mine")
    assert type_in("status", tmp_path / "mine") == (0, ".: 12 of 12 runs done; complete.\n", "")
    assert type_in("status", tmp_path)[1] == "mine: 12 of 12 runs done; complete.\n"
    assert type_in("status", tmp_path / "mine" / "runs")[1] == ".: 12 of 12 runs done; complete.\n"


def test_a_study_that_nobody_is_working_on(type_in, half_done):
    code, out, _ = type_in("status", half_done)
    assert code == 0
    assert "of 80 runs done; nobody is at work; the command that began it goes on." in out


def test_a_study_under_way(type_in, half_done, monkeypatch):
    monkeypatch.setattr("cpsim.experiments.status.time.time", lambda: 1_000_000_011.0)
    assert "left at the present pace" in type_in("status", half_done)[1]
    [found] = json.loads(type_in("status", half_done, "--json")[1])
    made = 80 - found["done"]
    assert found["seconds_left"] == pytest.approx(10 * made / 32, rel=1e-6)
    assert (found["failed"], found["damaged"], found["idle"]) == (0, 0, False)


def test_failed_and_damaged_are_told(type_in, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("cpsim.experiments.variants.live", lambda *_, **__: 1 / 0)
        run_design(design(range(2), POINTS[:1]), tmp_path)
    (tmp_path / "runs" / "part-0000000000000000.parquet").write_text("torn")
    assert type_in("status", tmp_path)[1] == (".: 2 of 2 runs done; 2 failed; 1 damaged part left out; complete.\n")


def test_no_study_there(type_in, tmp_path):
    code, out, err = type_in("status", tmp_path)
    assert (code, out) == (2, "")
    assert err == f"{tmp_path} holds no runs of a study\n"
