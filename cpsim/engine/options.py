"""How often, from which seed, on how many threads, how closely: checked before anything heavy is loaded."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from typing import Any

from cpsim.errors import OptionError
from cpsim.outputs.measures import measures
from cpsim.scenario.wording import nearest

MOST_REPLICATIONS = 1_000_000  # a number with some noughts too many is found out before it fills the memory
MOST_SEED = 2**63 - 1
MOST_WEEKS = 52  # between two panel days
MOST_WORKERS = 1024  # more threads than that, and the machine refuses to start them


def check_options(
    replications: int,
    seed: int,
    workers: int | None,
    precision: Mapping[str, float] | None,
    panel_every_weeks: int | None = None,
    first_replication: int = 0,
) -> None:
    """Raise OptionError, with every mistake on a line of its own, when these make no sense."""
    mistakes = [
        _whole("replications", replications, 1, MOST_REPLICATIONS),
        _whole("seed", seed, 0, MOST_SEED),
        None if workers is None else _whole("workers", workers, 1, MOST_WORKERS),
        None if panel_every_weeks is None else _whole("panel_every_weeks", panel_every_weeks, 1, MOST_WEEKS),
        _whole("first_replication", first_replication, 0, MOST_REPLICATIONS),
        *(_width(name, width) for name, width in (precision or {}).items()),
    ]
    found = [mistake for mistake in mistakes if mistake]
    if found:
        raise OptionError("\n".join(found))


def _whole(option: str, value: Any, least: int, most: int) -> str | None:
    try:
        if least <= operator.index(value) <= most:
            return None
    except TypeError:
        pass
    return f"{option}: {value} is not possible; write a whole number from {least:,} to {most:,}"


def _width(outcome: str, width: Any) -> str | None:
    known = [name for name, measure in measures("outcomes").items() if measure.group != "key"]
    if outcome not in known:
        near = nearest(outcome, known)
        hint = f"did you mean {near!r}?" if near else "the data dictionary of any run names them, such as five_steps"
        return f"precision: there is no outcome {outcome!r}; {hint}"
    if isinstance(width, (int, float)) and 0 < width < math.inf:
        return None
    return f"precision: {outcome}={width} is not possible; write a half-width above 0, such as {outcome}=0.02"
