"""A command as one would type it again, for the manifest and the page."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any


def typed(command: str, arguments: Sequence[str], options: Mapping[str, Any]) -> str:
    """ "cpsim compare cmht protected-time --replications 100 --seed 1"; options that were not given are left out."""
    parts = ["cpsim", command, *arguments]
    for name, value in options.items():
        values = value if isinstance(value, list) else [value]
        parts += [part for each in values if each is not None for part in (f"--{name}", str(each))]
    return shlex.join(parts)
