"""Both ledgers as shares of chances: met first, in the way at all, the only thing in the way.

The unit of an interval is the run: a share is taken inside each run and averaged over runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cpsim.model.codes import Gate, Source
from cpsim.outputs import labels
from cpsim.outputs.intervals import Estimate, estimate
from cpsim.outputs.runs import Runs

COUNTS = ("first", "any", "only")


@dataclass(frozen=True)
class Barrier:
    """One barrier of one ledger. `nobodys`: always shown, never something that a team could take away."""

    source: Source
    gate: Gate
    label: str
    nobodys: bool
    first: Estimate
    any: Estimate
    only: Estimate


def delivery(runs: Runs) -> list[Barrier]:
    """The delivery ledger in display order, as shares of the windows of people who could take up CP."""
    return _barriers(runs, runs.gates, runs.gates["windows"])


def access(runs: Runs) -> list[Barrier]:
    """The access ledger, as shares of the attempts of each source, without barriers that can stop no attempt."""
    found = _barriers(runs, runs.access, runs.access["attempts"])
    return [barrier for barrier in found if barrier.any.mean > 0 or barrier.gate >= Gate.ANXIETY]


def _barriers(runs: Runs, tally: np.ndarray, chances: np.ndarray) -> list[Barrier]:
    shares = {name: _share(tally[f"{name}_failing"], chances) for name in COUNTS}
    sources = tally["source"][0] if "source" in (tally.dtype.names or ()) else np.full(tally.shape[1], Source.CP)
    return [
        Barrier(
            source=Source(int(sources[place])),
            gate=(gate := Gate(int(tally["gate"][0, place]))),
            label=labels.GATES[gate],
            nobodys=gate in labels.NOBODYS,
            **{name: estimate(share[:, place], runs.replication) for name, share in shares.items()},
        )
        for place in range(tally.shape[1])
    ]


def moved_on(runs: Runs) -> Estimate:
    """Share of the windows in which CP moved on."""
    return estimate(_share(runs.gates["delivered"][:, 0], runs.gates["windows"][:, 0]), runs.replication)


def joined(runs: Runs, source: Source) -> Estimate:
    """Share of the attempts of this source that ended in joining."""
    place = int(np.flatnonzero(runs.access["source"][0] == source)[0])
    return estimate(_share(runs.access["succeeded"][:, place], runs.access["attempts"][:, place]), runs.replication)


def attempts(runs: Runs, source: Source) -> Estimate:
    """Attempts a run of this source."""
    place = int(np.flatnonzero(runs.access["source"][0] == source)[0])
    return estimate(runs.access["attempts"][:, place], runs.replication)


def imputed_share(runs: Runs) -> Estimate:
    """Share of the windows without a contact, in which the later barriers were judged without one."""
    windows = runs.gates["windows"][:, 0]
    return estimate(_share(windows - runs.gates["windows_seen"][:, 0], windows), runs.replication)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part of whole; NaN of nothing."""
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
