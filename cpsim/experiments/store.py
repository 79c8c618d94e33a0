"""The runs of a study on disk: a manifest written first, then one Parquet file a chunk, each written once and whole.

    runs/manifest.json      code version, scenario, seed and columns; nothing else may be mixed in
    runs/part-KEY.parquet   a row a run: definition and name of its point, world, why it failed, its numbers

A part is written under a name that begins with a dot, in the same folder, and renamed when it is on the disk. Resuming
is: what is planned less what is here and can be read. Parts may hold a run twice, when two processes made it; both are
the same to the bit, and it is counted once.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from cpsim.errors import FolderError
from cpsim.experiments.code import code_digest
from cpsim.experiments.design import Design
from cpsim.experiments.runs import Done, Planned, digest_of, keys_of
from cpsim.experiments.variants import columns_of
from cpsim.outputs import parquet
from cpsim.outputs.store import MANIFEST, NO_ROOM, check_place, in_words, versions
from cpsim.outputs.tables import Columns, Labelled

RUNS = "runs"
FORMAT = 1
KEYS = ("definition", "world")
STUDY, ROWS, TOOK = "cpsim_study", "cpsim_rows", "cpsim_seconds"  # in a part's footer
TRIES, PAUSE = 50, 0.1  # seconds: on Windows a file that somebody reads cannot be replaced
LEFT_BEHIND = 3600.0  # seconds after which a part that nobody finished is nobody's
GOES_ON = "what was finished before is kept, and the same command goes on from there"


class Store:
    """The runs of one study in a folder. Made by `opened`."""

    def __init__(self, folder: Path, study: str) -> None:
        self.folder, self.study = folder, study
        self.damaged: list[Path] = []

    @classmethod
    def opened(cls, folder: Path, planned: Planned) -> Store:
        """The store in this folder, made if it is not there.

        Raises FolderError when it holds runs of another version, scenario, seed or choice of outputs, or cannot be
        written.
        """
        wanted = manifest_of(planned.design)
        store = cls(folder, digest_of(*(wanted[name] for name in MUST_AGREE)))
        try:
            if not (folder / MANIFEST).is_file():
                check_place(folder)
                folder.mkdir(parents=True, exist_ok=True)
            _check_same(folder, wanted)
            _clear_left_behind(folder)
            made = store.present(planned)
            _set_aside(store.damaged)
            wanted["planned"] = int(made.sum() if made.all() else len(planned)) + store.others
            if not _up_to_date(folder, wanted):
                _write_whole(folder / MANIFEST, json.dumps(wanted, indent=1, ensure_ascii=False) + "\n")
        except OSError as error:
            raise FolderError(in_words(error, folder)) from error
        return store

    def check_code(self) -> None:
        """Raise FolderError when the study's folder is not seen from here, or is of another cpsim: for late workers."""
        known = read_store_manifest(self.folder)
        if known is None:
            raise FolderError(f"{self.folder} is not seen from this machine: choose a folder that all machines share")
        if known["code"] != code_digest():
            raise FolderError(f"{self.folder} is of another version of cpsim than this machine's")

    def present(self, planned: Planned) -> np.ndarray:
        """Which of the planned runs are here, whole and readable. Raises FolderError for a part of something else."""
        found, self.damaged = [np.empty(0, np.uint64)], []
        for path in parts(self.folder):
            columns = self._readable(path)
            if columns is None:
                self.damaged.append(path)
            else:
                found.append(keys_of(columns["definition"], columns["world"]))
        keys = np.unique(np.concatenate(found))
        self.others = int((~np.isin(keys, planned.key)).sum())
        return np.isin(planned.key, keys)

    def _readable(self, path: Path) -> Any:
        """Every column of a part, or None when any of it is damaged: pages carry checksums."""
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                about = file.schema_arrow.metadata or {}
                if about.get(STUDY.encode(), b"").decode() != self.study:
                    raise FolderError(f"{path} was not made by this study: take it out of the folder")
                read = file.read()
        except FileNotFoundError:
            return None
        except (OSError, ValueError):  # pyarrow's errors are both
            return None
        whole = str(read.num_rows).encode() == about.get(ROWS.encode())
        return (
            {name: column.to_numpy() for name, column in zip(read.column_names, read.columns, strict=True)}
            if whole
            else None
        )

    def path_of(self, planned: Planned, runs: np.ndarray) -> Path:
        """Where these runs go: the name says what it holds."""
        return self.folder / f"part-{digest_of(self.study, planned.key[runs])}.parquet"

    def write(self, planned: Planned, done: Done) -> Path:
        """Write what a chunk brought, all or nothing. Raises FolderError when there is no room or no right to."""
        path = self.path_of(planned, done.runs)
        about = {STUDY: self.study, ROWS: str(len(done.runs)), TOOK: f"{done.seconds:.3f}"}
        draft = path.with_name(f".{path.stem}.{os.getpid()}-{uuid.uuid4().hex[:8]}.tmp")
        try:
            parquet.write(_columns(planned, done), draft, about)
            _rename(draft, path)
        except OSError as error:
            raise FolderError(_not_written(error, self.folder)) from error
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)  # nothing is there when all went well
        return path

    def read(self, planned: Planned) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (runs, columns) and reasons (runs,) of every planned run; what is not here is NaN and None."""
        names = columns_of(planned.design)
        values = np.full((len(planned), len(names)), np.nan)
        failed = np.full(len(planned), None, object)
        for path in parts(self.folder):
            columns = self._readable(path)
            if columns is None:
                continue
            keys = keys_of(columns["definition"], columns["world"])
            place = np.minimum(np.searchsorted(planned.key, keys), len(planned) - 1)
            here = planned.key[place] == keys
            for number, name in enumerate(names):
                values[place[here], number] = columns[name][here]
            failed[place[here]] = columns["failed"][here]
        return values, failed


# ---------------------------------------------------------------------------------------------------- the manifest
MUST_AGREE = {  # and what to say when it does not
    "format": "was written in another format",
    "code": "was run by another version of cpsim ({old}; this is {new})",
    "scenario": "holds runs of another scenario, or of other values of it ({old}; this is {new})",
    "seed": "holds runs of seed {old}; this is seed {new}",
    "columns": "keeps other outputs ({old}; asked for now: {new})",
}


def manifest_of(design: Design) -> dict[str, Any]:
    """What all runs of a store have in common."""
    return {
        "format": FORMAT,
        "code": code_digest(),
        "scenario": f"{design.base.name}, digest {design.base.digest}",
        "seed": design.seed,
        "columns": [*KEYS, "point", "failed", *columns_of(design)],
        "planned": 0,
        "versions": versions(),
    }


def read_store_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a store; None when there is none. Raises FolderError when it is damaged."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if not set(MUST_AGREE) <= set(found) or not isinstance(found["planned"], int):
            raise ValueError("something is missing in it")
        return dict(found)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise FolderError(f"{folder / MANIFEST} is damaged ({error}): choose another folder") from error


def _check_same(folder: Path, wanted: dict[str, Any]) -> None:
    known = read_store_manifest(folder)
    if known is None:
        if any(parts(folder)):
            raise FolderError(f"{folder} holds runs but no {MANIFEST} that says of what: choose another folder")
        return
    differs = [(name, text) for name, text in MUST_AGREE.items() if known[name] != wanted[name]]
    if differs:
        said = [text.format(old=_short(known[name]), new=_short(wanted[name])) for name, text in differs]
        raise FolderError(f"{folder} {'; '.join(said)}. Runs of the two are never mixed: choose another folder")


def _short(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    shown = value[4:]  # after the keys
    return ", ".join(shown[:12]) + (f" and {len(shown) - 12} more" if len(shown) > 12 else "")


def _up_to_date(folder: Path, wanted: dict[str, Any]) -> bool:
    known = read_store_manifest(folder)
    return known is not None and known["planned"] == wanted["planned"]


# ---------------------------------------------------------------------------------------------------- files
def parts(folder: Path) -> Iterator[Path]:
    """The parts of a store, in order of their names."""
    yield from sorted(folder.glob("*.parquet"))


def _columns(planned: Planned, done: Done) -> Columns:
    points = planned.points(done.runs)
    return {
        "definition": planned.definition[points],
        "world": planned.worlds(done.runs),
        "point": _labelled([planned.design.points[point].name for point in points]),
        "failed": _labelled(done.failed),
        **{name: done.values[:, number] for number, name in enumerate(columns_of(planned.design))},
    }


def _labelled(texts: Sequence[str]) -> Labelled:
    labels, codes = np.unique(np.array(texts, object), return_inverse=True)
    return Labelled(codes.astype(np.int32), tuple(labels.tolist()))


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.tmp")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _rename(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _rename(draft: Path, path: Path) -> None:
    """Into place, for good: the folder's own entry is on the disk too where a system can promise that."""
    for attempt in range(TRIES):
        try:
            os.replace(draft, path)
            break
        except PermissionError:
            if os.name != "nt" or attempt == TRIES - 1:
                raise
            time.sleep(PAUSE)
    if os.name != "nt":
        entry = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


def _clear_left_behind(folder: Path) -> None:
    """Drafts of processes that were killed; what nobody has touched for an hour is nobody's."""
    for left in folder.glob(".*.tmp"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND:
                left.unlink()


def _set_aside(damaged: list[Path]) -> None:
    """Parts that cannot be read get out of the way of those that are made in their place."""
    for path in damaged:
        with suppress(OSError):
            os.replace(path, path.with_suffix(".damaged"))


def _not_written(error: OSError, folder: Path) -> str:
    if error.errno in NO_ROOM:
        return f"there is no room left for {folder}; make room: {GOES_ON}"
    return f"{in_words(error, folder)}; {GOES_ON}"
