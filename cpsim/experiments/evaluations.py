"""Points of a long study and what the model gave at them, kept point by point, so that the same command goes on.

    runs/manifest.json   what the study is of; nothing else may be mixed in
    runs/STAGE.jsonl     first line: the points of the stage; then a line a point: its number, its values, why it failed

For questions that read more of a run than its outcomes, which `store` keeps.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from cpsim.engine import ctrl_c
from cpsim.engine.prepare import with_a_second_process
from cpsim.engine.run import THREADS
from cpsim.errors import CpsimError, FolderError, Stopped
from cpsim.experiments.store import GOES_ON, RUNS
from cpsim.experiments.variants import reason_of
from cpsim.outputs.store import MANIFEST, check_place, in_words, write_text

Evaluate = Callable[[np.ndarray, range], np.ndarray]  # a point of the unit cube, worlds -> (worlds, outcomes)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Stage:
    """What one stage gave: points (n, dimensions), values (n, worlds, outcomes; NaN where it failed), reasons (n,)."""

    points: np.ndarray
    values: np.ndarray
    failed: list[str]


class Evaluations:
    """All stages of one study, in a folder or in memory."""

    def __init__(
        self,
        evaluate: Evaluate,
        outcomes: int,
        folder: Path | None = None,
        study: Mapping[str, Any] | None = None,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """study: what has to be the same for runs to be gone on with. Raises FolderError when it is not."""
        self.evaluate, self.outcomes, self.progress = evaluate, outcomes, progress
        self.workers = workers or os.cpu_count() or 1
        self.folder = folder / RUNS if folder else None
        self.stopped = False
        self.done = self.planned = 0
        if self.folder:
            _claim(self.folder, dict(study or {}))

    def plan(self, points: int) -> None:
        """So many more points are to come, for whoever watches."""
        self.planned += points

    def stage(self, name: str, points: np.ndarray, worlds: int, first_world: int, shared: bool = False) -> Stage:
        """Run these points, each in worlds of its own from `first_world` on; those of an earlier call are read instead.

        shared: all points in the same worlds, so that luck does not hide what a point changes.

        Raises Stopped on Ctrl-C and CpsimError when every point failed.
        """
        path = self.folder / f"{name}.jsonl" if self.folder else None
        points, known = _begun(path, points)
        values = np.full((len(points), worlds, self.outcomes), np.nan)
        failed = [""] * len(points)
        for number, line in known.items():
            _put(values, failed, number, line)
        self._told(len(known))
        todo = [number for number in range(len(points)) if number not in known]
        starts = [first_world + (0 if shared else number * worlds) for number in todo]
        for number, line in self._made(points, dict(zip(todo, starts, strict=True)), worlds, path):
            _put(values, failed, number, line)
            self._told(1)
        if self.stopped:
            raise Stopped(f"Stopped; {GOES_ON}." if self.folder else "Stopped; nothing was kept.")
        if all(failed):
            raise CpsimError(f"{name}: every run failed. The first: {failed[0]}")
        return Stage(points, values, failed)

    def _made(
        self, points: np.ndarray, todo: Mapping[int, int], worlds: int, path: Path | None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """The points still to do, each with its first world, as they are finished; each is on the disk before told."""

        def one(number: int) -> tuple[int, dict[str, Any]] | None:
            here = range(todo[number], todo[number] + worlds)
            return None if self.stopped else (number, self._evaluated(points[number], here))

        if not todo:
            return
        with ctrl_c.during(self.stop), with_a_second_process(), _appending(path) as file:
            pool = ThreadPoolExecutor(self.workers, thread_name_prefix=THREADS)
            try:
                for future in as_completed([pool.submit(one, number) for number in todo]):
                    found = future.result()
                    if found is not None:
                        _keep(file, *found)
                        yield found
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _evaluated(self, point: np.ndarray, worlds: range) -> dict[str, Any]:
        try:
            return {"values": np.asarray(self.evaluate(point, worlds), float).tolist(), "failed": ""}
        except Exception as error:  # whatever it is: a row with a reason
            return {"values": None, "failed": reason_of(error)}

    def stop(self, *_: Any) -> None:
        """Ctrl-C: points that are running are finished, the others wait for the same command."""
        self.stopped = True

    def _told(self, more: int) -> None:
        self.done += more
        if self.progress:
            self.progress(self.done, max(self.planned, self.done))


def _put(values: np.ndarray, failed: list[str], number: int, line: Mapping[str, Any]) -> None:
    failed[number] = line["failed"]
    if not line["failed"]:
        values[number] = np.array(line["values"], float)


def _claim(folder: Path, study: dict[str, Any]) -> None:
    """The folder is this study's, or becomes it."""
    try:
        check_place(folder)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / MANIFEST
        if not path.is_file():
            write_text(path, json.dumps(study, indent=1, ensure_ascii=False) + "\n")
            return
        known = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FolderError(in_words(error, folder)) from error
    except ValueError as error:
        raise FolderError(f"{path} is damaged ({error}): choose another folder") from error
    differs = [name for name, value in study.items() if known.get(name) != value]
    if differs:
        raise FolderError(
            f"{folder} holds runs of something else (other {', '.join(differs)}). Runs of the two are never mixed: "
            "choose another folder"
        )


def _begun(path: Path | None, points: np.ndarray) -> tuple[np.ndarray, dict[int, dict[str, Any]]]:
    """The points of a stage, those of its file if it was begun, and what is known of them; a torn last line is not."""
    if path is None:
        return points, {}
    if not path.is_file():
        write_text(path, json.dumps({"points": points.tolist()}) + "\n")
        return points, {}
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = np.array(json.loads(lines[0])["points"])
    known = {}
    for line in lines[1:]:
        try:
            found = json.loads(line)
            known[int(found["point"])] = found
        except (ValueError, KeyError, TypeError):
            continue
    return kept, known


def _keep(file: TextIO | None, number: int, line: dict[str, Any]) -> None:
    if file:
        file.write(json.dumps({"point": number, **line}) + "\n")
        file.flush()
        os.fsync(file.fileno())


class _appending:
    """A file to add lines to, begun on a line of its own; or nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.file: TextIO | None = None

    def __enter__(self) -> TextIO | None:
        if self.path:
            self.file = self.path.open("a", encoding="utf-8", newline="\n")
            self.file.write("\n")  # after a torn line
        return self.file

    def __exit__(self, *_: Any) -> None:
        if self.file:
            self.file.close()
