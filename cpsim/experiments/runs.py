"""The runs of a design, each once, cut into chunks: what is planned, and what a chunk brings back.

A run is known by what it is (the definition of its point, and its world), not by its place: a design that grows, or
names its points anew, finds its runs again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cpsim.experiments.design import Design
from cpsim.experiments.variants import Variants, columns_of, reason_of
from cpsim.scenario.load import load

MIX = np.uint64(0x9E3779B97F4A7C15)
SECONDS = 10.0  # of one thread's work that a chunk is to take
A_WEEK = 0.00017  # seconds of one team on one thread, roughly: only the size of chunks hangs on it
LEAST, MOST, CHUNKS = 32, 512, 32  # runs a chunk; chunks of a design, so that every core and part has some


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
        self.design = design
        self.variants = Variants(design)
        scenarios = {name: load(name).digest for name in {point.scenario for point in design.points} if name}
        self.definition = np.array([point.digest(scenarios) for point in design.points], np.int64)
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
        """All runs, cut the same way by whoever has the same design."""
        order = np.argsort(self.row, kind="stable")
        size = chunk_size(self.design, len(self))
        return [order[start : start + size] for start in range(0, len(order), size)]

    def do(self, runs: np.ndarray, stop: np.ndarray) -> Done:
        """Make these runs, one after the other; when told to stop, what was finished by then."""
        began = time.perf_counter()
        values = np.full((len(runs), len(columns_of(self.design))), np.nan)
        failed: list[str] = []
        for line, point, world in zip(values, self.points(runs).tolist(), self.worlds(runs).tolist(), strict=True):
            try:
                found = self.variants.run(point, world, stop)
            except Exception as error:  # whatever it is: a row with a reason
                failed.append(reason_of(error))
                continue
            if found is None:
                break
            line[:] = found
            failed.append("")
        return Done(runs[: len(failed)], values[: len(failed)], failed, time.perf_counter() - began)


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
    return max(1, min(by_time, by_number, MOST))


def digest_of(*parts: object) -> str:
    """Sixteen hexadecimal signs of these texts and arrays."""
    found = hashlib.sha256()
    for part in parts:
        found.update(np.ascontiguousarray(part).tobytes() if isinstance(part, np.ndarray) else f"{part}\n".encode())
    return found.hexdigest()[:16]


def names_of(design: Design, points: np.ndarray) -> Sequence[str]:
    """Names of these points."""
    return [design.points[point].name for point in points]
