"""Chunks on many machines, by a Dask scheduler: same bits, and a worker that is lost costs only its chunk.

Every worker writes its own parts into the folder, which all of them see, and sends back a few numbers. A chunk travels
with everything it needs, so no worker has to remember anything.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.engine import ctrl_c
from cpsim.errors import CpsimError, OptionError
from cpsim.experiments.code import code_digest
from cpsim.experiments.design import Design
from cpsim.experiments.runs import Planned, digest_of
from cpsim.experiments.store import GOES_ON, Store

if TYPE_CHECKING:
    from cpsim.experiments.execute import Work

ANSWERS = 10.0  # seconds within which a scheduler must answer
FIRST_WORKER = 60.0  # seconds within which a first worker must have come
RETRIES = 2
TALKS = ("distributed.client", "distributed.utils", "distributed.core", "distributed.batched")
LOOK = 0.2  # seconds between two looks at Ctrl-C
LEAST_AT_ONCE, FOR_A_THREAD, AT_ONCE = 8, 4, 256  # chunks handed over at a time


def run_on_cluster(work: Work, address: str) -> None:
    """Make every chunk on the cluster at this address.

    Raises OptionError when nobody answers there, or cpsim there is another one; and CpsimError, after all others are
    made, when chunks could not be.
    """
    with _client(address) as client, ctrl_c.during(work.stop):
        check_same_cpsim(client)
        try:
            lost = _all_chunks(client, work)
        except OSError:  # Dask's for a connection that is no more
            raise _gone(work) from None
    if lost:
        raise CpsimError(_told(lost))


def _all_chunks(client: Any, work: Work) -> list[str]:
    """Hand chunks over and take them back; returns what could not be made."""
    lost: list[str] = []
    running: dict[Any, int] = {}
    while (work.waiting or running) and not work.stopped:
        room = _room(client)
        while work.waiting and len(running) < room:
            runs = work.waiting.popleft()
            running[_submitted(client, work, runs)] = len(runs)
        for future in [future for future in running if future.done()]:
            lost += _taken(work, future, running.pop(future))
        time.sleep(LOOK)
    client.cancel(list(running))
    return lost


def _gone(work: Work) -> CpsimError:
    return CpsimError(f"The scheduler is gone after {work.done:,} of {work.all:,} runs; {GOES_ON}.")


def _room(client: Any) -> int:
    """Chunks to hand over at a time: some for every thread, so that the scheduler's memory stays small."""
    if client.status != "running":
        return 0
    return min(AT_ONCE, max(LEAST_AT_ONCE, FOR_A_THREAD * sum(client.ncores().values())))


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        raise OptionError("cluster: needs an extra package; install it with: pip install 'cpsim[cluster]'") from None
    try:
        client = Client(address, timeout=ANSWERS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise OptionError(f"cluster: nobody answers at {address}: {error or 'no answer'}") from None
    for name in TALKS:  # of a connection that is lost we say so ourselves, without a traceback
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with closing(client):
        yield client


def check_same_cpsim(client: Any) -> None:
    """The scheduler and every worker must have this very cpsim. Raises OptionError."""
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError:
        raise OptionError(f"cluster: no worker came within {FIRST_WORKER:.0f} seconds; start one, then again") from None
    try:
        found = {"the scheduler": client.run_on_scheduler(code_digest)}
        found |= {f"the worker {name}": digest for name, digest in client.run(code_digest).items()}
    except Exception as error:  # it arrives as whatever it was over there
        raise OptionError(
            f"cluster: cpsim cannot be loaded there ({error}); install this version on every machine"
        ) from None
    own = _own_digest()
    others = [where for where, digest in found.items() if digest != own]
    if others:
        raise OptionError(f"cluster: {', '.join(others[:5])} has another version of cpsim; install this one")


def _own_digest() -> str:
    return code_digest()


def _submitted(client: Any, work: Work, runs: np.ndarray) -> Any:
    assert work.store is not None  # asked for before
    part = _part_of(work.planned, runs)
    key = f"chunk-{digest_of(work.store.study, work.planned.key[runs])}"
    folder = str(work.store.folder.absolute())
    return client.submit(make_chunk, part, folder, work.store.study, key=key, retries=RETRIES, pure=False)


def _part_of(planned: Planned, runs: np.ndarray) -> Design:
    """A design of these runs alone."""
    whole = planned.design
    numbers, places = np.unique(planned.points(runs), return_inverse=True)
    points = [whole.points[number] for number in numbers]
    worlds = planned.worlds(runs)
    return Design.listed(whole.base, points, places, worlds, whole.seed, whole.outputs, whole.gates)


def make_chunk(part: Design, folder: str, study: str) -> int:
    """On a worker: make these runs and write their part. Returns how many."""
    planned = Planned(part)
    store = Store(Path(folder), study)
    runs = np.argsort(planned.row)  # in the order in which they were sent: what shares a warm-up is side by side
    store.check_code()
    if not store.path_of(planned, runs).exists():
        store.write(planned, planned.do(runs, np.zeros(1, np.int64)))
    return len(runs)


def _taken(work: Work, future: Any, runs: int) -> list[str]:
    """A chunk that ended: counted, or why it could not be made."""
    if future.cancelled():
        raise _gone(work)
    error = future.exception()
    if error is None:
        work.told(future.result())
        return []
    return [f"{runs:,} runs ({future.key}): {_reason(error)}"]


def _reason(error: BaseException) -> str:
    if type(error).__name__ == "KilledWorker":
        return "every worker that took them up died"
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _told(lost: list[str]) -> str:
    first = "\n".join(lost[:5])
    return f"All other runs are kept; these could not be made:\n{first}\nThe same command tries them again."
