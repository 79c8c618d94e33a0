"""The set of settings that calibration did not rule out: how it is kept, and whether it belongs to this version.

The file is a table that a person can read: a first line that says what it was made with, then a row a setting and a
column a number. The set that comes with cpsim lies beside this file; it is no source of the model, so that shipping
it changes no digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.errors import UserError
from cpsim.experiments.code import code_digest
from cpsim.outputs.store import write_text
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import Scenario
from cpsim.scenario.wording import plain

NAME = "not_ruled_out.csv"
SHIPPED = Path(__file__).with_name(NAME)
SHIPPED_WORD = "shipped"  # how an option asks for it
FORMAT = 1
SETTING = "setting"  # name of the first column
HOW_TO_MAKE = "make one with `cpsim calibrate`, and give its folder: --ensemble FOLDER"


@dataclass(frozen=True)
class NotRuledOut:
    """A set: `settings` has a row a setting and a column a dotted path; `facts`: what it was made with."""

    settings: pd.DataFrame
    facts: Mapping[str, Any]
    path: Path

    def __len__(self) -> int:
        return len(self.settings)

    def changes(self, scenario: Scenario) -> list[dict[str, Any]]:
        """Each setting as `Scenario.with_` takes it: facts of the world, so from the start of the warm-up on."""
        rows = self.settings.drop(columns=self.held_by(scenario)).to_dict("records")
        return [{f"standing.{path}": float(value) for path, value in row.items()} for row in rows]

    @property
    def asked_as(self) -> str:
        """How an option asks for it."""
        return SHIPPED_WORD if self.path == SHIPPED else str(self.path)

    def held_by(self, scenario: Scenario) -> list[str]:
        """Paths of the set that this scenario, or one of its teams, gives another value than the set was fitted around.

        What a scenario says of itself is what is asked about, so a setting does not take it away.
        """
        usual = self.facts.get("usual", {})
        paths = [str(path) for path in self.settings]
        return [path for path in paths if any(value != usual.get(path) for value in _values(scenario, path))]

    def doubts(self, patterns: str | None = None) -> list[str]:
        """Why the set may not belong to this version of the model; nothing when it does.

        patterns: digest of the patterns that are fitted to now, where the caller knows it.
        """
        now = digests_now() | ({"patterns": patterns} if patterns else {})
        told = {
            "parameters": "values or ranges of parameters have changed since",
            "patterns": "what is fitted to has changed since",
            "code": "rules or tables of the model have changed since",
        }
        return [told[name] for name, value in now.items() if self.facts.get(name) != value]

    def in_words(self, patterns: str | None = None) -> str:
        """What it is, and whether it belongs to this version."""
        made = f"{len(self)} settings of {self.settings.shape[1]} uncertain numbers that are not ruled out"
        by = f"made by cpsim {self.facts.get('version', 'not known')}, seed {self.facts.get('seed', 'not known')}"
        doubts = self.doubts(patterns)
        belongs = (
            f"It does not belong to this version of the model: {'; '.join(doubts)}. `cpsim calibrate` makes it anew."
            if doubts
            else "It belongs to this version of the model."
        )
        return f"{made} ({by}).\n{belongs}\nAll settings count alike; a share of them is no probability."

    def ranges_in_words(self) -> str:
        """A line a number: the middle 9 in 10 settings, and the value it would have had."""
        usual = self.facts.get("usual", {})
        lines = [f"{'':44}{'usual':>10}{'9 in 10 settings':>24}"]
        for path in map(str, self.settings):
            low, high = self.settings[path].quantile([0.05, 0.95])
            span = f"{plain(float(f'{low:.3g}'))} to {plain(float(f'{high:.3g}'))}"
            lines.append(f"{path:44}{plain(usual[path]) if path in usual else '':>10}{span:>24}")
        return "\n".join(lines)


def _values(scenario: Scenario, path: str) -> list[float]:
    section, name = path.split(".")
    return [getattr(getattr(each, section), name) for team in scenario.teams for each in (team.base, team.changed)]


@cache
def digests_now() -> dict[str, str]:
    """What a set has to agree with: digests of the parameters as declared, and of the code that decides results."""
    measured = [each for each in declarations().values() if each.kind == "measured"]
    told = repr([(each.path, each.value, each.low, each.high, each.shape) for each in measured])
    return {"parameters": hashlib.sha256(told.encode()).hexdigest()[:12], "code": code_digest()}


def write_set(settings: pd.DataFrame, facts: Mapping[str, Any], path: Path) -> None:
    """Write the file; numbers keep six figures, more than is known of any. Raises OSError."""
    named = settings.copy()
    named.insert(0, SETTING, [f"s{number + 1:03d}" for number in range(len(settings))])
    head = json.dumps({"format": FORMAT, **facts}, ensure_ascii=False, sort_keys=True)
    write_text(path, f"# {head}\n{named.to_csv(index=False, float_format='%.6g')}")


def load_set(where: str | Path | None = None) -> NotRuledOut:
    """The set of a file or of a calibration's folder; the one that comes with cpsim for None and "shipped".

    Raises UserError when there is none, or it cannot be read.
    """
    shipped = where is None or str(where) == SHIPPED_WORD
    if shipped and not SHIPPED.is_file():
        raise UserError(f"no set of settings comes with this version of cpsim yet: {HOW_TO_MAKE}")
    path = SHIPPED if shipped or where is None else Path(where)
    path = path / NAME if path.is_dir() else path
    try:
        with path.open(encoding="utf-8") as text:
            head = text.readline()
            facts = json.loads(head.removeprefix("#"))
            settings = pd.read_csv(text).drop(columns=SETTING)
        if facts["format"] != FORMAT or settings.empty or not np.isfinite(settings.to_numpy(float)).all():
            raise ValueError("it holds no settings of this format")
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such set: {HOW_TO_MAKE}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} is not a set of settings that are not ruled out ({error})") from None
    unknown = [name for name in settings if name not in declarations()]
    if unknown:
        raise UserError(
            f"{path}: this version of the model has no {unknown[0]}: make the set anew with `cpsim calibrate`"
        )
    return NotRuledOut(settings, facts, path)
