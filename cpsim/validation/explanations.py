"""Why a measure is not met, as far as we can tell: `explanations.csv` owns the sentences, and pages show them.

They are our reading of rules and ledgers at the usual values, and not themselves tested. A sentence may stay when its
row is met again; it is shown only where the row is not.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NONE_YET = "Not explained yet."


@cache
def explanations() -> Mapping[tuple[str, str], str]:
    """By id and measure."""
    with Path(__file__).with_name("explanations.csv").open(encoding="utf-8", newline="") as text:
        return {(line["id"], line["measure"]): line["explanation"] for line in csv.DictReader(text)}


def why_not(name: str, measure: str) -> str:
    """The sentence of a measure that is not met; that there is none, where nobody wrote one."""
    return explanations().get((name, measure), NONE_YET)
