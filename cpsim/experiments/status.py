"""How far the studies in a folder are: read from their stores alone, while others write them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from cpsim.errors import FolderError
from cpsim.experiments.compare import PLANNED, PLANS
from cpsim.experiments.runs import keys_of
from cpsim.experiments.store import KEYS, ROWS, RUNS, parts, read_store_manifest
from cpsim.outputs.store import MANIFEST

LOOKED_AT = 64  # latest parts by which the pace is judged
IDLE = 8.0  # times the usual pause between two parts, after which nobody seems to be at work


@dataclass(frozen=True)
class Status:
    """One study's runs. `seconds_left`: at the pace of late, None when that cannot be said; `idle`: nobody writes."""

    name: str
    planned: int
    done: int
    failed: int
    damaged: int
    seconds_left: float | None
    idle: bool


def status(folder: Path) -> list[Status]:
    """Every study with runs in this folder. Raises FolderError when there is none."""
    stores = sorted({path.parent for path in _manifests(Path(folder))})
    compared = sorted(Path(folder).glob(f"**/{PLANS}/{PLANNED}"))
    if not stores and not compared:
        raise FolderError(f"{folder} holds no runs of a study")
    return [*(_compared(path, Path(folder)) for path in compared), *(_status(store, Path(folder)) for store in stores)]


def _compared(path: Path, above: Path) -> Status:
    """A comparison, whose plans are kept whole: how far the one being run is, is not seen. Raises FolderError."""
    try:
        told = json.loads(path.read_text("utf-8"))
        names, worlds = list(told["plans"]), int(told["worlds"])
    except (ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{path} is damaged ({error}): choose another folder") from error
    done = sum((path.parent / name / MANIFEST).is_file() for name in names)
    home = path.parent.parent
    return Status(str(home.relative_to(above)), worlds * len(names), worlds * done, 0, 0, None, False)


def _manifests(folder: Path) -> Iterator[Path]:
    yield from folder.glob(f"**/{RUNS}/{MANIFEST}")
    if folder.name == RUNS and (folder / MANIFEST).is_file():
        yield folder / MANIFEST


def _status(store: Path, above: Path) -> Status:
    known = read_store_manifest(store)
    assert known is not None  # it was found a moment ago
    keys: list[np.ndarray] = [np.empty(0, np.uint64)]
    wrong: list[np.ndarray] = [np.empty(0, np.uint64)]
    written: list[tuple[float, int]] = []
    damaged = 0
    for path in parts(store):
        try:
            found = _part(path)
            written.append((path.stat().st_mtime, len(found[0])))
        except (OSError, ValueError, KeyError):
            damaged += 1
            continue
        keys.append(found[0])
        wrong.append(found[0][found[1]])
    done = len(np.unique(np.concatenate(keys)))
    left, idle = _pace(written, known["planned"] - done)
    failed = len(np.unique(np.concatenate(wrong)))
    name = str(store.parent.relative_to(above)) if store != above else "."
    return Status(name, known["planned"], done, failed, damaged, left, idle)


def _part(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Keys of a part's runs, and which of them failed."""
    with pq.ParquetFile(path) as file:
        about = file.schema_arrow.metadata or {}
        read = file.read([*KEYS, "failed"])
    if str(read.num_rows).encode() != about.get(ROWS.encode()):
        raise ValueError("not whole")
    keys = keys_of(*(read[name].to_numpy() for name in KEYS))
    return keys, read["failed"].to_numpy() != ""


def _pace(written: list[tuple[float, int]], left: int) -> tuple[float | None, bool]:
    """Seconds left at the pace of the latest parts, and whether nobody seems to be at work."""
    if left <= 0:
        return 0.0, False
    latest = sorted(written)[-LOOKED_AT:]
    took = latest[-1][0] - latest[0][0] if latest else 0.0
    if took <= 0:
        return None, False
    runs = sum(rows for _, rows in latest[1:])
    pause = took / (len(latest) - 1)
    return left * took / runs, time.time() - latest[-1][0] > max(60.0, IDLE * pause)
