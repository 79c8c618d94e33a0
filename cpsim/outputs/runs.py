"""What the engine hands over: one `TeamRun` a team and replication, joined into a few arrays.

Arrays are all that a result keeps. 3,000 teams for a year are 90 MB of weekly rows; frames are made when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from cpsim.errors import CpsimError
from cpsim.model.ledgers import ACCESS_TALLY, GATE_TALLY, OUTCOME, PANEL, WEEKLY
from cpsim.model.records import PERSON


@dataclass(frozen=True)
class TeamRun:
    """One team in one simulated future.

    `outcome`: one OUTCOME row. `weekly`: WEEKLY, warm-up (week < 0) included. `gates`: GATE_TALLY, a row a Gate.
    `access`: ACCESS_TALLY, a row a (Source, Gate). `minutes`: (roles, activities), minutes of the weeks reported.
    `people`: PERSON or None. `panel`: PANEL, ordered by day and person, or None. `replication` counts from 0; `seed` is
    the seed of this team in this replication.
    """

    team: str
    team_index: int
    replication: int
    seed: int
    outcome: np.ndarray
    weekly: np.ndarray
    gates: np.ndarray
    access: np.ndarray
    minutes: np.ndarray
    people: np.ndarray | None = None
    panel: np.ndarray | None = None


@dataclass(frozen=True)
class Runs:
    """All team runs of a result, in the order of replication and team.

    One entry a run: `team` (index into `teams`), `replication`, `seed`, `outcome`, `gates` (runs, gates), `access`
    (runs, source x gate), `minutes` (runs, roles, activities). One after the other: `weekly` (`weeks` says how many
    rows each run has), `people` (`persons` likewise) and `panel` (`panel_lines` likewise); None unless asked for.
    """

    teams: tuple[str, ...]
    team: np.ndarray
    replication: np.ndarray
    seed: np.ndarray
    outcome: np.ndarray
    weekly: np.ndarray
    weeks: np.ndarray
    gates: np.ndarray
    access: np.ndarray
    minutes: np.ndarray
    people: np.ndarray | None = None
    persons: np.ndarray | None = None
    panel: np.ndarray | None = None
    panel_lines: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.team)

    def of_week(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Weeks, and one field of WEEKLY as (runs, weeks); NaN where a run has no such week."""
        weeks = np.unique(self.weekly["week"])
        table = np.full((len(self), len(weeks)), np.nan)
        rows = np.repeat(np.arange(len(self)), self.weeks)
        table[rows, np.searchsorted(weeks, self.weekly["week"])] = self.weekly[name]
        return weeks, table


def joined(runs: Iterable[TeamRun]) -> Runs:
    """Join team runs, in whatever order they come. Raises CpsimError when there is none."""
    ordered = sorted(runs, key=lambda run: (run.replication, run.team_index))
    if not ordered:
        raise CpsimError("no run was finished, so there is nothing to report")
    names = {run.team_index: run.team for run in ordered}
    places = {index: place for place, index in enumerate(sorted(names))}
    people = [run.people for run in ordered if run.people is not None]
    panel = [run.panel for run in ordered if run.panel is not None]
    return Runs(
        teams=tuple(names[index] for index in sorted(names)),
        team=np.array([places[run.team_index] for run in ordered], np.int64),
        replication=np.array([run.replication for run in ordered], np.int64),
        seed=np.array([run.seed for run in ordered], np.uint64),
        outcome=_rows([run.outcome for run in ordered], OUTCOME),
        weekly=_rows([run.weekly for run in ordered], WEEKLY),
        weeks=np.array([len(run.weekly) for run in ordered], np.int64),
        gates=_rows([run.gates for run in ordered], GATE_TALLY).reshape(len(ordered), -1),
        access=_rows([run.access for run in ordered], ACCESS_TALLY).reshape(len(ordered), -1),
        minutes=np.stack([np.asarray(run.minutes, np.float64) for run in ordered]),
        people=_rows(people, PERSON) if people else None,
        persons=np.array([len(rows) for rows in people], np.int64) if people else None,
        panel=_rows(panel, PANEL) if panel else None,
        panel_lines=np.array([len(rows) for rows in panel], np.int64) if panel else None,
    )


def _rows(parts: list[np.ndarray], dtype: np.dtype) -> np.ndarray:
    """One plain array of this type from rows, single rows or record arrays."""
    whole = np.empty(sum(part.size for part in parts), dtype)
    start = 0
    for part in parts:
        whole[start : start + part.size] = part.reshape(-1)
        start += part.size
    return whole
