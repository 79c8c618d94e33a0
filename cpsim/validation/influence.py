"""How far each number of the register moves an outcome, as a sensitivity study found it.

What is read is the study's screening (Morris): the mean change of the outcome when one number moves over its range, as
a share of the largest such change. It says how much not knowing the number matters, not how large the number is.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cpsim.errors import UserError
from cpsim.outputs.measures import measures
from cpsim.scenario.declare import declarations
from cpsim.scenario.evidence import CONFIDENCE, evidence
from cpsim.scenario.wording import either

MANIFEST, SCREENING = "manifest.json", "morris.csv"
MOST = 5


@dataclass(frozen=True)
class Influence:
    """`share`: by row of the register, 0 to 1 of the largest; `clear`: rows that the study does not call negligible.

    `output`: the outcome that moves. `command`: of the study.
    """

    output: str
    share: Mapping[str, float]
    clear: frozenset[str]
    command: str

    @cached_property
    def label(self) -> str:
        """The outcome in words, as inside a sentence."""
        return measures("outcomes")[self.output].label

    @cached_property
    def largest(self) -> list[str]:
        """Rows that move it most, not those that are negligible."""
        return sorted(self.clear, key=lambda row: -self.share[row])[:MOST]

    @property
    def opening(self) -> str:
        """Of what and by which runs, before the largest are named."""
        what = "these move it most when they vary over their ranges" if self.clear else "no number moves it"
        return f'{self.label}, by the runs of "{self.command}": {what}'

    @property
    def told(self) -> list[tuple[str, str]]:
        """The largest: row, and in words with its confidence."""
        rows = [(row, evidence()[row]) for row in self.largest]
        return [(name, f"{row.quantity} ({CONFIDENCE[row.confidence]})") for name, row in rows]

    @property
    def closing(self) -> str:
        """How much of what matters is judgement."""
        judged = sum(evidence()[row].confidence == "assumption" for row in self.clear)
        return f"{judged} of the {len(self.clear)} that are not negligible are judgement."

    def in_words(self) -> str:
        """All of it as sentences."""
        named = f": {'; '.join(words for _, words in self.told)}" if self.told else ""
        return f"{self.opening}{named}. {self.closing}"

    def of(self, row: str) -> str:
        """One row's influence in words; empty where the study did not vary it."""
        if row not in self.share:
            return ""
        if row not in self.clear:
            return f"{self.label}: negligible"
        return f"{self.label}: {100 * self.share[row]:.0f} of 100 of what the most influential number does"


def read(folder: Path, output: str | None = None) -> Influence:
    """The influence that a study's folder holds on one of its outcomes; on its first if none is named.

    Raises UserError when the folder is no sensitivity study with a screening, or has no such outcome.
    """
    try:
        command = str(json.loads((folder / MANIFEST).read_text("utf-8")).get("command", "cpsim sensitivity"))
        with (folder / SCREENING).open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        outputs = list(dict.fromkeys(row["output"] for row in rows))
        chosen = outputs[0] if output is None else output
        mine = [row for row in rows if row["output"] == chosen]
        shares = {row["factor"]: (float(row["share"]), row["negligible"] == "True") for row in mine}
    except (OSError, ValueError, KeyError, IndexError):
        raise UserError(f"--influence {folder}: holds no screening by `cpsim sensitivity` (auto or morris)") from None
    if not mine:
        raise UserError(f"--output {chosen}: the study in {folder} has {either(outputs)}")
    known = {path: found.evidence.id for path, found in declarations().items() if found.evidence}
    of_rows = {known[path]: found for path, found in shares.items() if path in known}
    clear = frozenset(row for row, (_, negligible) in of_rows.items() if not negligible)
    return Influence(chosen, {row: share for row, (share, _) in of_rows.items()}, clear, command)
