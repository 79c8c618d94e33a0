"""The runs of a design, each once, cut into chunks: what is planned, and what a chunk brings back.

A run is known by what it is (the definition of its point, and its world), not by its place: a design that grows, or
names its points anew, finds its runs again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from cpsim.experiments.design import Design
from cpsim.experiments.variants import Variants, check_points, columns_of

MIX = np.uint64(0x9E3779B97F4A7C15)
SECONDS = 10.0  # of one thread's work that a chunk is to take
A_WEEK = 0.00017  # seconds of one team on one thread, roughly: only the size of chunks hangs on it
LEAST, MOST, CHUNKS = 32, 512, 32  # runs a chunk; chunks of a design, so that every core and part has some
MOST_CHUNKS = 4_096  # of a design: more files than that, and opening the folder takes long


@dataclass(frozen=True)
class Done:
    """What a chunk brought: which runs (indices into `Planned`), their numbers, why they failed ("": they did not)."""

    runs: np.ndarray
    values: np.ndarray
    failed: list[str]
    seconds: float


class Planned:
    """Every run of a design once. `key`: uint64 a run; `row`: its first row of the design; `of_row`: a row's run."""

    def __init__(self, design: Design) -> None:
        """Raises ScenarioError when a point has mistakes; nothing is run."""
        self.design = design
        self.before = check_points(design)
        self.variants = Variants(design)
        self.definition = np.array([point.digest for point in design.points], np.int64)
        keys = keys_of(self.definition[design.point], design.world)
        self.key, self.row, self.of_row = np.unique(keys, return_index=True, return_inverse=True)

    def __len__(self) -> int:
        return len(self.key)

    def points(self, runs: np.ndarray) -> np.ndarray:
        """The point of each of these runs."""
        return self.design.point[self.row[runs]]

    def worlds(self, runs: np.ndarray) -> np.ndarray:
        """The world of each of these runs."""
        return self.design.world[self.row[runs]]

    @cached_property
    def chunks(self) -> list[np.ndarray]:
        """All runs, cut the same way by whoever has the same design; what can share a warm-up is side by side."""
        worlds, before = self.design.world[self.row], self.before[self.design.point[self.row]]
        order = np.lexsort((self.row, worlds, before)) if _any_shared(before, worlds) else np.argsort(self.row)
        size = chunk_size(self.design, len(self))
        return [order[start : start + size] for start in range(0, len(order), size)]

    def do(self, runs: np.ndarray, stop: np.ndarray) -> Done:
        """Make these runs, those of one world together; when told to stop, what was finished by then."""
        began = time.perf_counter()
        values = np.full((len(runs), len(columns_of(self.design))), np.nan)
        failed: list[str | None] = []
        for start, end in self._alike(runs):
            points, world = self.points(runs[start:end]).tolist(), int(self.worlds(runs[start : start + 1])[0])
            for number, found in enumerate(self.variants.run(points, world, stop), start):
                failed.append(found if isinstance(found, str) or found is None else "")
                if isinstance(found, np.ndarray):
                    values[number] = found
            if stop[0]:
                break
        kept = [number for number, reason in enumerate(failed) if reason is not None]
        reasons = [reason for reason in failed if reason is not None]
        return Done(runs[kept], values[kept], reasons, time.perf_counter() - began)

    def _alike(self, runs: np.ndarray) -> Iterator[tuple[int, int]]:
        """First and last of runs side by side that have their world and the days before the changes in common."""
        points, worlds = self.points(runs), self.worlds(runs)
        same = (np.diff(worlds) == 0) & (np.diff(self.before[points]) == 0)
        edges = [0, *(np.flatnonzero(~same) + 1).tolist(), len(runs)]
        yield from pairwise(edges)


def _any_shared(before: np.ndarray, worlds: np.ndarray) -> bool:
    """Is there a pair of runs that could share a warm-up?"""
    keys = keys_of(before, worlds)
    return len(np.unique(keys)) < len(keys)


def keys_of(definition: np.ndarray, world: np.ndarray) -> np.ndarray:
    """One uint64 a run."""
    with np.errstate(over="ignore"):
        return definition.astype(np.uint64) + world.astype(np.uint64) * MIX


def chunk_size(design: Design, runs: int) -> int:
    """Runs a chunk: some seconds of work, but enough chunks for all cores. The same on every machine."""
    teams = sum(team.copies for team in design.base.teams)
    seconds = A_WEEK * teams * (design.base.weeks + 26)
    by_time = int(SECONDS / seconds)
    by_number = max(LEAST, -(-runs // CHUNKS))
    return max(1, min(by_time, by_number, MOST), -(-runs // MOST_CHUNKS))


def digest_of(*parts: object) -> str:
    """Sixteen hexadecimal signs of these texts and arrays."""
    found = hashlib.sha256()
    for part in parts:
        found.update(np.ascontiguousarray(part).tobytes() if isinstance(part, np.ndarray) else f"{part}\n".encode())
    return found.hexdigest()[:16]
