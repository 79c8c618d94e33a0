"""What blocks delivery: pictures of the ledger, and apart from them pictures of what taking barriers away brings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsim.plots import access, funnel
from cpsim.plots.picture import Picture
from cpsim.plots.studies import barrier_ledger, barrier_pairs, barrier_removed, barrier_shares

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers


def pictures(found: Barriers) -> list[Picture]:
    """In the order of the page."""
    return [
        replace(funnel.picture(found.base), name="people"),
        barrier_ledger.met_first(found),
        barrier_ledger.in_the_way(found),
        access.picture(found.base),
        barrier_removed.picture(found),
        barrier_shares.shares(found),
        barrier_shares.blocks(found),
        *barrier_pairs.pictures(found),
    ]
