"""The store of a study's runs: nothing mixed, nothing doubled, nothing lost but what was under way."""

import json
import os
import shutil
import subprocess

import pandas as pd
import pyarrow.parquet as pq
import pytest

from cpsim.errors import FolderError
from cpsim.experiments import store as stores
from cpsim.experiments.design import Point
from cpsim.experiments.execute import run_design
from cpsim.experiments.status import status
from tests.experiments.studies import POINTS, design, short

pytestmark = pytest.mark.unit
MADE = design(range(40))


@pytest.fixture(scope="module")
def whole():
    return run_design(MADE)


@pytest.fixture
def folder(tmp_path, whole):
    run_design(MADE, tmp_path)
    return tmp_path


def parts(folder):
    return sorted((folder / "runs").glob("*.parquet"))


def same(found, whole):
    pd.testing.assert_frame_equal(found, whole, check_exact=True)


def test_nothing_is_run_twice(folder, whole, monkeypatch):
    monkeypatch.setattr("cpsim.experiments.variants.live", lambda *_, **__: 1 / 0)
    same(run_design(MADE, folder), whole)


def test_a_design_that_grows_keeps_what_it_has(folder):
    before = {path: path.stat().st_mtime_ns for path in parts(folder)}
    more = design(range(60), POINTS[::-1])
    runs = run_design(more, folder)

    same(runs, run_design(more))
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert sum(len(pd.read_parquet(path)) for path in parts(folder)) == 240
    assert status(folder)[0].planned == status(folder)[0].done == 240


def test_a_smaller_design_reads_its_own(folder, whole):
    run_design(design(range(10)), folder)
    assert (status(folder)[0].planned, status(folder)[0].done) == (120, 120)


@pytest.mark.parametrize("damage", ["truncated", "empty", "one bit", "no parquet", "deleted"])
def test_a_damaged_part_is_made_again(folder, whole, damage):
    part = parts(folder)[1]
    content = bytearray(part.read_bytes())
    rows = len(pd.read_parquet(part))
    if damage == "truncated":
        part.write_bytes(content[: len(content) // 2])
    elif damage == "empty":
        part.write_bytes(b"")
    elif damage == "one bit":
        content[len(content) // 3] ^= 1
        part.write_bytes(content)
    elif damage == "no parquet":
        part.write_bytes(b"dear diary " * 100)
    else:
        part.unlink()
    assert status(folder)[0].done in (120 - rows, 120)  # one bit is not looked for there

    same(run_design(MADE, folder), whole)
    assert status(folder)[0].done == 120
    assert status(folder)[0].damaged == 0


def test_a_part_of_another_study_is_refused(folder, tmp_path):
    run_design(design(range(2), seed=2), tmp_path / "other")
    shutil.copy(parts(tmp_path / "other")[0], folder / "runs" / "part-0123456789abcdef.parquet")
    with pytest.raises(FolderError, match=r"part-0123456789abcdef.parquet was not made by this study"):
        run_design(MADE, folder)


def test_any_other_parquet_file_is_refused(folder):
    pd.DataFrame({"a": [1]}).to_parquet(folder / "runs" / "mine.parquet")
    with pytest.raises(FolderError, match=r"mine.parquet was not made by this study"):
        run_design(MADE, folder)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (design(range(40), seed=2), "holds runs of seed 1; this is seed 2"),
        (design(range(40), outputs=["reach"]), "keeps other outputs"),
        (design(range(40), gates=True), "keeps other outputs"),
        (design(range(40)), "was run by another version of cpsim"),
    ],
)
def test_nothing_is_mixed(folder, other, said, monkeypatch):
    if "version" in said:
        monkeypatch.setattr(stores, "code_digest", lambda: "another")
    with pytest.raises(FolderError, match=f"{said}.*never mixed: choose another folder"):
        run_design(other, folder)


def test_another_scenario_is_refused(folder):
    changed = MADE.crossed(short().with_({"parameters.known_at_start": 0.4}), [Point("base")], range(2))
    with pytest.raises(FolderError, match="holds runs of another scenario, or of other values of it"):
        run_design(changed, folder)


def test_runs_without_a_manifest_are_refused(folder):
    (folder / "runs" / "manifest.json").unlink()
    with pytest.raises(FolderError, match=r"runs but no manifest.json"):
        run_design(MADE, folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"format": 1})])
def test_a_damaged_manifest_is_refused(folder, text):
    (folder / "runs" / "manifest.json").write_text(text)
    with pytest.raises(FolderError, match="is damaged"):
        run_design(MADE, folder)


def test_the_schema_is_said_before_the_first_part(tmp_path, monkeypatch):
    monkeypatch.setattr(stores.Store, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_design(MADE, tmp_path)
    told = json.loads((tmp_path / "runs" / "manifest.json").read_text())
    assert told["columns"][:4] == ["definition", "world", "point", "failed"]
    assert told["planned"] == 120


def test_a_part_knows_its_study_and_what_it_took(folder):
    about = pq.read_schema(parts(folder)[0]).metadata
    assert set(about) >= {b"cpsim_study", b"cpsim_rows", b"cpsim_seconds"}


def test_a_run_that_two_processes_made_is_counted_once(folder, whole):
    part = parts(folder)[0]
    shutil.copy(part, folder / "runs" / "part-ffffffffffffffff.parquet")
    assert status(folder)[0].done == 120
    same(run_design(MADE, folder), whole)


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "mine").write_text("")
    with pytest.raises(FolderError, match="cannot be written, because mine is a file"):
        run_design(MADE, tmp_path / "mine")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_read_only_folder(folder):
    (folder / "runs").chmod(0o555)
    try:
        run_design(MADE, folder)  # all is there
        with pytest.raises(FolderError, match="cannot be written"):
            run_design(design(range(50)), folder)
    finally:
        (folder / "runs").chmod(0o755)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 300 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if os.name == "nt" or os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the administrator can make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_what_was_finished(small_disk, tmp_path):
    many = design(range(80), outputs="all")
    with pytest.raises(FolderError, match=r"no room left .* the same command goes on from there"):
        run_design(many, small_disk)

    kept = status(small_disk)[0]
    assert 0 < kept.done < kept.planned
    assert kept.damaged == 0
    assert not list((small_disk / "runs").glob(".*"))
    shutil.copytree(small_disk / "runs", tmp_path / "larger" / "runs")
    same(run_design(many, tmp_path / "larger"), run_design(many))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="a disk is mounted read-only by the administrator")
def test_a_read_only_disk(small_disk):
    run_design(design(range(2)), small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    run_design(design(range(2)), small_disk)  # all is there: reading is enough
    with pytest.raises(FolderError, match="cannot be written"):
        run_design(design(range(4)), small_disk)
