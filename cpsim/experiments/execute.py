"""Make the runs of a design: in threads, as one part of several, or on a cluster; in memory, or resumed in a folder."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.engine import ctrl_c
from cpsim.engine.options import check_options
from cpsim.engine.prepare import with_a_second_process
from cpsim.engine.run import QUEUED, THREADS
from cpsim.errors import CpsimError, OptionError, Stopped, Unfinished
from cpsim.experiments.design import Design
from cpsim.experiments.runs import Done, Planned
from cpsim.experiments.store import GOES_ON, RUNS, Store
from cpsim.experiments.variants import columns_of

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]


def run_design(
    design: Design,
    folder: Path | None = None,
    *,
    workers: int | None = None,
    part: tuple[int, int] | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    gates: bool = False,
) -> pd.DataFrame:
    """Make every run of the design and return a row a run, in the design's order.

    Columns: run, point (a category, in the order of the points), world, seed, failed ("" or why), the outputs (means
    over the scenario's teams) and with `gates` the counts of both ledgers (sums). folder: keep the runs in
    folder/runs, chunk by chunk; the same call goes on from what is there. workers: threads. part: (i, n), do only
    every n-th chunk from the i-th on. cluster: address of a Dask scheduler. progress: called with (done, planned).

    Raises ScenarioError or OptionError before anything is run, FolderError when the folder holds something else or is
    full, Stopped on Ctrl-C, and Unfinished after a part as long as others lack runs.
    """
    design = design.with_gates() if gates else design
    check_options(1, design.seed, workers, None)
    _check_place(folder, part, cluster)
    planned = Planned(design.loaded())
    store = Store.opened(Path(folder) / RUNS, planned) if folder is not None else None
    work = Work(planned, store, workers, part, progress)
    if cluster:
        from cpsim.experiments.cluster import run_on_cluster

        run_on_cluster(work, cluster)
    else:
        with with_a_second_process():
            run_in_threads(work)
    return _frame(planned, *work.results())


def complete(runs: pd.DataFrame) -> pd.DataFrame:
    """The same runs. Raises CpsimError when any failed: for analyses that need all of a design."""
    failed = runs[runs["failed"] != ""]
    if len(failed):
        first = failed.iloc[0]
        raise CpsimError(
            f"{len(failed):,} of {len(runs):,} runs failed, and this analysis needs all of them. "
            f"The first: {first['point']}, world {first['world']}: {first['failed']}"
        )
    return runs


def _check_place(folder: Path | None, part: tuple[int, int] | None, cluster: str | None) -> None:
    if part and cluster:
        raise OptionError("part and cluster: give one of the two")
    if folder is None and (part or cluster):
        raise OptionError("part and cluster: give a folder that all of them see, where the runs are kept")
    if part and not 0 <= part[0] < part[1]:
        raise OptionError(f"part: {part[0]}/{part[1]} is not possible; parts of {part[1]} are 0 to {part[1] - 1}")


class Work:
    """What is still to be made, and where it goes."""

    def __init__(
        self,
        planned: Planned,
        store: Store | None,
        workers: int | None,
        part: tuple[int, int] | None,
        progress: Progress | None,
    ) -> None:
        self.planned, self.store, self.progress, self.part = planned, store, progress, part
        self.workers = workers or os.cpu_count() or 1
        self.flag = np.zeros(1, np.int64)
        there = store.present(planned) if store else np.zeros(len(planned), bool)
        chunks = planned.chunks[part[0] :: part[1]] if part else planned.chunks
        self.done, self.all = int(there.sum()), len(planned)
        self.waiting = deque(left for left in (chunk[~there[chunk]] for chunk in chunks) if len(left))
        in_memory = 0 if store else len(planned)
        self.values = np.full((in_memory, len(columns_of(planned.design))), np.nan)
        self.failed = np.full(in_memory, None, object)

    def stop(self, *_: Any) -> None:
        """Ctrl-C, however often."""
        self.flag[0] = 1

    @property
    def stopped(self) -> bool:
        """Was Ctrl-C pressed?"""
        return bool(self.flag[0])

    def one(self, runs: np.ndarray) -> tuple[int, bool]:
        """Make a chunk and keep it. Returns how many runs, and whether somebody else had kept them meanwhile."""
        if self.store and self.store.path_of(self.planned, runs).exists():
            return len(runs), True
        done = self.planned.do(runs, self.flag)
        return self.keep(done) if len(done.runs) else (0, False)

    def keep(self, done: Done) -> tuple[int, bool]:
        """Put the runs where they belong."""
        if self.store:
            met = self.store.path_of(self.planned, done.runs).exists()
            self.store.write(self.planned, done)
            return len(done.runs), met
        self.values[done.runs], self.failed[done.runs] = done.values, done.failed
        return len(done.runs), False

    def told(self, more: int) -> None:
        """So many more runs are kept."""
        self.done += more
        if self.progress:
            self.progress(self.done, self.all)

    def results(self) -> tuple[np.ndarray, np.ndarray]:
        """Numbers and reasons of every run. Raises Stopped or Unfinished when some are missing."""
        if self.stopped:
            kept = f"; {GOES_ON}" if self.store else "; nothing was kept"
            raise Stopped(f"Stopped after {self.done:,} of {self.all:,} runs{kept}.")
        if self.store:
            self.values, self.failed = self.store.read(self.planned)
        missing = sum(reason is None for reason in self.failed)
        if missing:
            raise Unfinished(_whats_missing(missing, self.all, self.part))
        return self.values, self.failed


def _whats_missing(missing: int, planned: int, part: tuple[int, int] | None) -> str:
    said = f"{missing:,} of {planned:,} runs are still to be made"
    return (
        f"Part {part[0]}/{part[1]} is done; {said} by the other parts."
        if part
        else f"{said}; the same command goes on."
    )


def run_in_threads(work: Work) -> None:
    """Chunks in threads of this process until all are made, Ctrl-C comes, or one cannot be kept."""
    with ctrl_c.during(work.stop), _when_told_to_end(work.stop):
        pool = ThreadPoolExecutor(work.workers, thread_name_prefix=THREADS)
        try:
            _all_chunks(work, pool)
        finally:
            stopped = work.stopped  # a thread that is compiling cannot be stopped, and nobody waits for it
            if not stopped and work.waiting:
                work.flag[0] = -1  # something failed: the others end within a simulated week
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _when_told_to_end(stop: Callable[..., None]) -> Iterator[None]:
    """SIGTERM, by which a cluster ends jobs: as Ctrl-C, so that what is finished is kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if before is None else before)


def _all_chunks(work: Work, pool: ThreadPoolExecutor) -> None:
    running: set[Future[tuple[int, bool]]] = set()
    from_the_end = False
    while (work.waiting or running) and not work.stopped:
        while work.waiting and len(running) < QUEUED * work.workers:
            # Two processes that began at the same time would do the same chunks at the same time: one turns round.
            running.add(pool.submit(work.one, work.waiting.pop() if from_the_end else work.waiting.popleft()))
        ready, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
        from_the_end |= any(_kept(work, ready))
    for future in running:  # Ctrl-C: what they had finished is kept
        if not future.cancel():
            work.told(future.result()[0])


def _kept(work: Work, ready: Iterable[Future[tuple[int, bool]]]) -> list[bool]:
    found = [future.result() for future in ready]
    for more, _ in found:
        work.told(more)
    return [met for _, met in found]


def _frame(planned: Planned, values: np.ndarray, failed: np.ndarray) -> pd.DataFrame:
    """Runs to the rows of the design."""
    import pandas as pd

    design = planned.design
    keys = {
        "run": np.arange(len(design)),
        "point": pd.Categorical.from_codes(design.point, pd.Index(design.names)),
        "world": design.world,
        "seed": np.full(len(design), design.seed),
        "failed": failed[planned.of_row].astype(str),
    }
    numbers = {name: values[planned.of_row, number] for number, name in enumerate(columns_of(design))}
    return pd.DataFrame({**keys, **numbers})
