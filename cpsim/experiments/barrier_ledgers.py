"""What plain runs of the scenario say of its barriers: the two ledgers as tables, by gate and by group of barriers.

Three counts of one ledger: first (which comes first is an order of display), any (free of that order), only (taking
this one away opens the door at once). Shares are taken inside each run and averaged over runs; intervals are 95 % t
intervals of that mean. The same is said again of windows with a contact, because without one the later gates are
imputed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cpsim.model.codes import Gate, Source
from cpsim.outputs import labels
from cpsim.outputs.intervals import estimate
from cpsim.outputs.runs import Runs
from cpsim.scenario.barriers import Barrier, barriers

COUNTS = ("first", "any", "only")
SEEN = "_seen"  # over windows with a contact
NOBODYS = "nobody's"
# Of these gates at most one fails in a window, so that their counts add up; of others the sum of any is at most, and
# of only at least, what their group has.
ONE_AT_A_TIME = ({Gate.CRISIS_WORK, Gate.ABSENCE, Gate.CASELOAD},)


def delivery(runs: Runs) -> pd.DataFrame:
    """A row a gate, then a row a group of barriers; shares of windows of people who could take up CP.

    `exact`: are any and only of a group exact? Otherwise any is at most and only at least what is said; first is
    always exact. `imputed`: share of windows without a contact.
    """
    owner = {gate: barrier for barrier in barriers().values() for gate in barrier.gates}
    windows = runs.gates["windows"][:, :1]
    imputed = estimate(_share(runs.gates["imputed"][:, :1], windows)[:, 0], runs.replication).mean
    rows = [
        {**_of_gate(gate, owner.get(gate)), **_counts(runs, [gate]), "exact": True, "imputed": imputed} for gate in Gate
    ]
    for barrier in barriers().values():
        keys: dict[str, Any] = {"kind": "group", "name": barrier.name, "label": barrier.label, "group": barrier.name}
        keys |= {"whose": barrier.whose, "exact": exact(barrier)}
        rows.append({**keys, **_counts(runs, barrier.gates), "imputed": imputed})
    return pd.DataFrame(rows)


def exact(barrier: Barrier) -> bool:
    """Do the counts of this group's gates add up to the group's?"""
    gates = set(barrier.gates)
    return len(gates) == 1 or any(gates <= alone for alone in ONE_AT_A_TIME)


def _of_gate(gate: Gate, barrier: Barrier | None) -> dict[str, Any]:
    return {
        "kind": "gate",
        "name": gate.name.lower(),
        "label": labels.GATES[gate],
        "group": barrier.name if barrier else "",
        "whose": barrier.whose if barrier else NOBODYS,
    }


def _counts(runs: Runs, gates: Sequence[Gate]) -> dict[str, float]:
    """Each count over all windows, then over those with a contact."""
    found: dict[str, float] = {}
    for ending in ("", SEEN):
        windows = runs.gates[f"windows{ending}"][:, 0]
        for count in COUNTS:
            tally = runs.gates[f"{count}_failing{ending}"][:, list(gates)].sum(axis=1)
            found |= _interval(f"{count}{ending}", _share(tally, windows), runs)
    return found


def access(runs: Runs) -> pd.DataFrame:
    """A row a source and gate: shares of the attempts at a connection that it stopped. `attempts`: a run.

    Gates that can stop no attempt are left out; `joined`: share of the attempts that ended in joining.
    """
    return pd.DataFrame(list(_access_rows(runs)))


def _access_rows(runs: Runs) -> Iterator[dict[str, Any]]:
    for source in Source:
        lines = np.flatnonzero(runs.access["source"][0] == source)
        attempts = runs.access["attempts"][:, lines[0]]
        joined = _share(runs.access["succeeded"][:, lines[0]], attempts)
        for line in lines:
            gate = Gate(int(runs.access["gate"][0, line]))
            if gate < Gate.ANXIETY and not runs.access["any_failing"][:, line].any():
                continue
            row: dict[str, Any] = {
                "source": source.name.lower(),
                "gate": gate.name.lower(),
                "label": labels.GATES[gate],
            }
            row |= {"attempts": float(attempts.mean()), **_interval("joined", joined, runs)}
            for count in COUNTS:
                row |= _interval(count, _share(runs.access[f"{count}_failing"][:, line], attempts), runs)
            yield row


def behind(barrier: Barrier, before: Runs, after: Runs) -> dict[str, Any]:
    """What is in the way before and after this group alone is taken away, and which other is then met most often.

    `before`, `after`: share of windows in which its gates failed (at most, where they can fail together).
    """
    mine = {f"{name}{end}": value for name, runs in (("before", before), ("after", after))
            for end, value in _any_of(runs, barrier).items()}  # fmt: skip
    others = {other.name: _any_of(after, other)[""] for other in barriers().values() if other is not barrier}
    known = {name: share for name, share in others.items() if share == share}
    following = max(known, key=known.__getitem__) if known else ""
    return {"group": barrier.name, "label": barrier.label, **mine, "next": following, "next_any": known.get(following)}


def _any_of(runs: Runs, barrier: Barrier) -> dict[str, float]:
    tally = runs.gates["any_failing"][:, list(barrier.gates)].sum(axis=1)
    return {
        name[3:]: value for name, value in _interval("any", _share(tally, runs.gates["windows"][:, 0]), runs).items()
    }


def _interval(name: str, share: np.ndarray, runs: Runs) -> dict[str, float]:
    found = estimate(share, runs.replication)
    return {name: found.mean, f"{name}_low": found.ci_low, f"{name}_high": found.ci_high}


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part of whole; NaN of nothing."""
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole > 0)
