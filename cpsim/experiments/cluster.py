"""Chunks on many machines, by a Dask scheduler: same bits, and a worker that is lost costs only its chunk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.execute import Work


def run_on_cluster(work: Work, address: str) -> NoReturn:
    """Make every chunk on the cluster at this address."""
    raise OptionError(f"cluster {address}: not built yet")
