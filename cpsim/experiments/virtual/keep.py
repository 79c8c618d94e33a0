"""Trials as they are made: in memory, or chunk by chunk in a folder from which the same command goes on.

runs/manifest.json         what all of them have in common; nothing else may be mixed in
runs/trials-000040.parquet one line a trial: its number, and all its rows as text

Manifest and parts have what `cpsim status` reads of any study's runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cpsim.engine import ctrl_c
from cpsim.engine.run import THREADS
from cpsim.errors import FolderError, OptionError, Stopped, Unfinished
from cpsim.experiments.code import code_digest
from cpsim.experiments.store import GOES_ON, ROWS, RUNS
from cpsim.outputs.store import MANIFEST, check_place, in_words

COMMON = {"format": 1, "columns": ["definition", "world", "failed", "rows"]}
TOLD = ("telling", "tables", "replay", "keep")  # read rows, and do not make them
CHUNK = 4  # trials kept at a time: some seconds of work
Rows = dict[str, list[dict[str, Any]]]
One = Callable[[int], Rows]
Progress = Callable[[int, int], None]


def make(
    one: One,
    trials: int,
    alike: dict[str, Any],
    folder: Path | None,
    workers: int | None,
    part: tuple[int, int] | None,
    progress: Progress | None,
) -> list[Rows]:
    """The rows of trials 0, 1, 2 ..., each made by `one` unless it is in the folder already.

    alike: what all trials of the folder have in common. part: (i, n), make only every n-th chunk from the i-th on.
    Raises FolderError when the folder holds other trials, Stopped on Ctrl-C, Unfinished after a part.
    """
    if part and (folder is None or not 0 <= part[0] < part[1]):
        raise OptionError("part: write I/N with I below N, and give a folder that all parts see")
    kept = Kept(folder / RUNS, alike, trials) if folder else None
    done = kept.read() if kept else {}
    chunks = [range(first, min(first + CHUNK, trials)) for first in range(0, trials, CHUNK)]
    chunks = chunks[part[0] :: part[1]] if part else chunks
    waiting = [[number for number in chunk if number not in done] for chunk in chunks]
    _in_threads(one, [chunk for chunk in waiting if chunk], done, kept, trials, workers, progress)
    missing = sum(number not in done for number in range(trials))
    if missing:
        raise Unfinished(f"{missing:,} of {trials:,} trials are still to be made by the other parts.")
    return [done[number] for number in range(trials)]


@cache
def code() -> str:
    """Differs whenever any source does that decides what a trial says: the model's, the study's, the analyses'."""
    found = hashlib.sha256(code_digest().encode())
    package = Path(__file__).parents[2]
    for folder in ("observation", "experiments/estimators", "experiments/virtual"):
        for path in sorted((package / folder).glob("*.py")):
            if not path.name.startswith(TOLD):
                found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _in_threads(
    one: One,
    chunks: Sequence[list[int]],
    done: dict[int, Rows],
    kept: Kept | None,
    trials: int,
    workers: int | None,
    progress: Progress | None,
) -> None:
    flag = np.zeros(1, np.int64)

    def stop(*_: Any) -> None:
        flag[0] = 1

    def chunk_of(numbers: list[int]) -> dict[int, Rows]:
        made = {number: one(number) for number in numbers if not flag[0]}
        if kept and made:
            kept.write(made)
        return made

    with ctrl_c.during(stop):
        pool = ThreadPoolExecutor(workers or os.cpu_count() or 1, thread_name_prefix=THREADS)
        try:
            _collect([pool.submit(chunk_of, chunk) for chunk in chunks], done, trials, progress)
        finally:
            stop_now = bool(flag[0])
            flag[0] = 1
            pool.shutdown(wait=True, cancel_futures=True)
    if stop_now:
        where = f"; {GOES_ON}" if kept else "; nothing was kept"
        raise Stopped(f"Stopped after {len(done):,} of {trials:,} trials{where}.")


def _collect(
    futures: Iterable[Future[dict[int, Rows]]], done: dict[int, Rows], trials: int, progress: Progress | None
) -> None:
    for future in as_completed(list(futures)):
        done.update(future.result())
        if progress:
            progress(len(done), trials)


class Kept:
    """The trials of one study in a folder. Raises FolderError when it holds others, or cannot be written."""

    def __init__(self, folder: Path, alike: dict[str, Any], planned: int) -> None:
        self.folder = folder
        try:
            check_place(folder)
            folder.mkdir(parents=True, exist_ok=True)
            self._check_same(json.loads(json.dumps({**COMMON, **alike})), planned)
        except OSError as error:
            raise FolderError(in_words(error, folder)) from error

    def _check_same(self, alike: dict[str, Any], planned: int) -> None:
        path = self.folder / MANIFEST
        known = _read(path) if path.exists() else alike
        differs = [name for name in alike if known.get(name) != alike[name]]
        if differs:
            told = ", ".join(f"{name} {known.get(name, 'not said')}, now {alike[name]}" for name in differs)
            raise FolderError(f"{self.folder} holds other trials ({told}): choose another folder")
        if known.get("planned", 0) < planned:
            text = json.dumps({**alike, "planned": planned}, indent=1) + "\n"
            _put(path, lambda draft: draft.write_text(text, encoding="utf-8"))

    def read(self) -> dict[int, Rows]:
        """Every trial that is there, whole and readable."""
        found: dict[int, Rows] = {}
        for path in sorted(self.folder.glob("trials-*.parquet")):
            with suppress(OSError, ValueError):  # damaged: made again
                table = pq.read_table(path, columns=["world", "rows"]).to_pydict()
                found.update({number: json.loads(text) for number, text in zip(*table.values(), strict=True)})
        return found

    def write(self, made: dict[int, Rows]) -> None:
        """A chunk, all or nothing."""
        keys = {"definition": [0] * len(made), "world": list(made), "failed": [""] * len(made)}
        table = pa.table({**keys, "rows": [json.dumps(rows) for rows in made.values()]})
        table = table.replace_schema_metadata({ROWS: str(len(made))})
        path = self.folder / f"trials-{min(made):06}.parquet"
        try:
            _put(path, lambda draft: pq.write_table(table, draft, compression="zstd"))
        except OSError as error:
            raise FolderError(f"{in_words(error, self.folder)}; {GOES_ON}") from error


def _read(path: Path) -> dict[str, Any]:
    """A manifest; nothing, when it is damaged."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError:
        return {}


def _put(path: Path, write: Callable[[Path], Any]) -> None:
    """Under another name first, then into place."""
    draft = path.with_name(f".{path.stem}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        write(draft)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
