"""A run folder is whole or not there, and says what it is."""

import dataclasses
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from cpsim.errors import FolderError, UserError
from cpsim.outputs import parquet, store
from cpsim.outputs.run_result import RunResult
from cpsim.scenario.load import load
from tests.house.reading import ROOT
from tests.outputs import made_up
from tests.outputs.test_tables import same


@pytest.fixture(scope="module")
def result():
    runs = made_up.result(4, people=6).runs
    return RunResult(load("cmht"), 1, runs, 4, {"simulating": 1.25})


@pytest.fixture
def saved(result, tmp_path):
    return result.save(tmp_path / "runs" / "first", report=False)


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.identity
def test_what_was_saved_is_read_back_to_the_bit(result, saved):
    back = RunResult.load(saved)
    assert same(back.runs, result.runs)
    assert back.scenario == result.scenario
    assert (back.seed, back.asked, back.headline()) == (1, 4, result.headline())


@pytest.mark.identity
def test_the_same_result_gives_the_same_files(result, saved, tmp_path):
    again = result.save(tmp_path / "second", report=False)
    for path in saved.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


@pytest.mark.unit
def test_the_folder_holds_what_it_should(saved):
    tables = [f"{name}.parquet" for name in ("barriers", "outcomes", "people", "time", "weekly")]
    texts = ["data-dictionary.csv", "data-dictionary.md", "drift.csv", "manifest.json", "summary.csv", "summary.md"]
    assert left_in(saved) == sorted([*tables, *texts])
    assert left_in(saved.parent) == ["first"]


@pytest.mark.unit
def test_the_manifest_repeats_the_run(result, saved):
    known = json.loads((saved / "manifest.json").read_text("utf-8"))
    assert (known["seed"], known["replications"], known["people"], known["teams"]) == (1, 4, True, ["Moorland"])
    assert known["scenario"] == result.scenario.document
    assert known["timings_seconds"] == {"simulating": 1.25}
    assert {"python", "numpy", "numba", "pyarrow"} <= set(known["versions"])
    assert known["tables"]["weekly"]["rows"] == 4 * 78
    assert known["headline"] == result.headline()


@pytest.mark.unit
def test_a_repeated_run_is_compared_by_its_values(result, saved):
    known = store.read_manifest(saved)
    assert store.differing_tables(result, known) == []
    other = made_up.result(4, people=6)
    other.runs.outcome["reach"][0] += 1e-12
    other.runs.weekly["week"][3] += 1
    assert store.differing_tables(other, known) == ["outcomes", "weekly"]
    nobody = dataclasses.replace(result, runs=dataclasses.replace(result.runs, people=None, persons=None))
    assert store.differing_tables(nobody, known) == ["people"]


@pytest.mark.unit
def test_a_touched_file_is_noticed(saved):
    known = store.read_manifest(saved)
    assert store.changed_files(saved, known) == []
    (saved / "weekly.parquet").write_bytes((saved / "time.parquet").read_bytes())
    (saved / "time.parquet").unlink()
    assert store.changed_files(saved, known) == ["weekly", "time"]


@pytest.mark.unit
def test_tables_open_in_pandas_as_they_are(result, saved):
    weekly = pd.read_parquet(saved / "weekly.parquet")
    pd.testing.assert_frame_equal(weekly, result.weekly)
    dictionary = pd.read_csv(saved / "data-dictionary.csv")
    described = dictionary.query("table == 'weekly'")["name"].tolist()
    assert set(described) == set(weekly.columns)


@pytest.mark.unit
def test_the_summary_is_full_and_exact(result, saved):
    summary = pd.read_csv(saved / "summary.csv")
    assert summary["team"].unique().tolist() == ["Moorland"]
    assert summary.set_index("measure").loc["reach", "mean"] == result.estimate("reach").mean
    assert "| Get all five steps | in 100 |" in (saved / "summary.md").read_text("utf-8")


@pytest.mark.unit
def test_several_teams_are_summarised_together_and_apart(tmp_path):
    several = made_up.result(2, teams=("North", "South"))
    summary = pd.read_csv(several.save(tmp_path / "two", report=False) / "summary.csv")
    assert summary["team"].unique().tolist() == ["all teams", "North", "South"]


@pytest.mark.unit
def test_large_tables_are_written_in_parts(result, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_AT_A_TIME", 7)
    assert same(RunResult.load(result.save(tmp_path / "parts", report=False)).runs, result.runs)


# ---------------------------------------------------------------- what is there already


@pytest.mark.unit
def test_a_folder_that_is_there_is_not_touched_without_force(result, saved):
    before = (saved / "manifest.json").stat().st_mtime_ns
    with pytest.raises(FolderError, match=r"first is there already: .* --force"):
        result.save(saved, report=False)
    assert (saved / "manifest.json").stat().st_mtime_ns == before


@pytest.mark.unit
def test_force_replaces_a_run_whole(result, saved):
    (saved / "note.txt").write_text("of the old run")
    result.save(saved, force=True, report=False)
    assert "note.txt" not in left_in(saved)
    assert left_in(saved.parent) == ["first"]


@pytest.mark.unit
def test_force_never_replaces_what_is_no_run(result, tmp_path):
    (tmp_path / "photographs").mkdir()
    (tmp_path / "photographs" / "one.jpg").write_text("dear")
    with pytest.raises(FolderError, match="something else than a run"):
        result.save(tmp_path / "photographs", force=True, report=False)
    assert left_in(tmp_path / "photographs") == ["one.jpg"]


@pytest.mark.unit
def test_an_empty_folder_may_be_filled(result, tmp_path):
    (tmp_path / "empty").mkdir()
    assert (result.save(tmp_path / "empty", report=False) / "manifest.json").is_file()


@pytest.mark.unit
@pytest.mark.parametrize("below", [(), ("run",)])
def test_a_file_in_the_way(result, tmp_path, below):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderError):
        result.save(tmp_path.joinpath("file", *below), report=False)
    assert left_in(tmp_path) == ["file"]


# ---------------------------------------------------------------- what goes wrong


def breaks(error):
    def page(result, folder):
        (folder / "report.html").write_text("half a")
        raise error

    return page


@pytest.mark.unit
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no room left"),
        (PermissionError(errno.EACCES, "Permission denied"), "cannot be written"),
        (OSError(errno.EROFS, "Read-only file system"), "choose a folder of yours"),
    ],
)
def test_a_full_or_closed_disk_leaves_nothing(result, tmp_path, error, said):
    with pytest.raises(FolderError, match=said) as raised:
        store.save(result, tmp_path / "run", page=breaks(error))
    assert raised.value.exit_code == 2
    assert left_in(tmp_path) == []


@pytest.mark.unit
@pytest.mark.parametrize("error", [KeyboardInterrupt(), ZeroDivisionError()])
def test_a_stopped_or_failing_save_leaves_nothing(result, tmp_path, error):
    with pytest.raises(type(error)):
        store.save(result, tmp_path / "run", page=breaks(error))
    assert left_in(tmp_path) == []


@pytest.mark.unit
def test_a_failing_replacement_keeps_the_old_run(result, saved):
    before = (saved / "manifest.json").read_bytes()
    with pytest.raises(FolderError):
        store.save(result, saved, force=True, page=breaks(OSError(errno.ENOSPC, "full")))
    assert (saved / "manifest.json").read_bytes() == before
    assert left_in(saved.parent) == ["first"]


@pytest.mark.unit
def test_a_rename_that_fails_puts_the_old_run_back(result, saved, monkeypatch):
    whole = os.replace

    def fails(source, target):
        if str(source).endswith(".part"):
            raise OSError(errno.EBUSY, "Device or resource busy")
        whole(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(FolderError, match="busy"):
        result.save(saved, force=True, report=False)
    assert "manifest.json" in left_in(saved)
    assert left_in(saved.parent) == ["first"]


KILLED = """
import os, signal, sys
from pathlib import Path
from cpsim.outputs import store
from tests.outputs import made_up

def page(result, folder):
    (folder / "report.html").write_text("half a")
    os.kill(os.getpid(), signal.{signal})

store.save(made_up.result(2), Path(sys.argv[1]), page=page)
"""


@pytest.mark.journey
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no such signal")
def test_a_killed_run_leaves_no_half_folder(tmp_path):
    code = KILLED.format(signal="SIGKILL")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "run")], cwd=ROOT, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert not (tmp_path / "run").exists()
    assert all(name.startswith(".") for name in left_in(tmp_path))


@pytest.mark.unit
def test_what_a_killed_run_left_is_cleared_by_the_next_one_of_that_name(result, tmp_path):
    left, fresh, other = (tmp_path / f".{name}.part" for name in ("mine.dead", "mine.alive", "other.dead"))
    for folder, hours in ((left, 2), (fresh, 0), (other, 2)):
        folder.mkdir()
        os.utime(folder, (time.time() - 3600 * hours,) * 2)
    store.save(result, tmp_path / "mine")
    assert (left.exists(), fresh.exists(), other.exists()) == (False, True, True)


# ---------------------------------------------------------------- what is read back


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manifest.json", b"{", "is damaged"),
        ("manifest.json", b"[]", "is damaged"),
        ("manifest.json", b"\xff\xfe", "no readable manifest"),
        ("manifest.json", b'{"format": 99}', "format 99"),
        ("weekly.parquet", b"not a table", "cannot be read back"),
        ("weekly.parquet", None, "cannot be read back"),
    ],
)
def test_a_damaged_folder_is_refused_in_words(saved, name, content, said):
    if content is None:
        (saved / name).unlink()
    else:
        (saved / name).write_bytes(content)
    with pytest.raises(UserError, match=said):
        RunResult.load(saved)


@pytest.mark.unit
def test_a_table_of_another_version_is_refused_in_words(saved):
    pd.read_parquet(saved / "outcomes.parquet").drop(columns="reach").to_parquet(saved / "outcomes.parquet")
    with pytest.raises(UserError, match=r"made by cpsim .*reach"):
        RunResult.load(saved)


@pytest.mark.unit
def test_what_is_no_run_is_said_so(tmp_path):
    with pytest.raises(UserError, match="is not a run folder"):
        RunResult.load(tmp_path)


@pytest.mark.house
def test_no_place_of_this_machine_is_kept(saved):
    here = str(Path.home())
    for path in saved.glob("*.*"):
        assert here == "/" or here.encode() not in path.read_bytes(), path.name
