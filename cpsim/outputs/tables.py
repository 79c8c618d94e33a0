"""The five tables of a run as columns, and back again: names where a person reads, numbers where a machine counts.

A column is an array (a view where it can be) or `Labelled` codes. Frames and Parquet files are both made from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cpsim.model.codes import Activity, Gate, Source
from cpsim.model.records import ACCESS_TALLY, GATE_TALLY, OUTCOME, PERSON, WEEKLY
from cpsim.outputs import labels
from cpsim.outputs.measures import check_declared
from cpsim.outputs.runs import Runs

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("outcomes", "weekly", "barriers", "time", "people")
CHANCES = {"windows": "chances", "delivered": "succeeded", "attempts": "chances"}  # both ledgers in one table
IN_WORDS = {"stage": lambda: labels.STAGES, "interest_a": labels.kinds, "interest_b": labels.kinds}  # of people
MINUTES_IN_AN_HOUR = 60


@dataclass(frozen=True)
class Labelled:
    """Codes and what they are called; `labels[code]` is the text of a row."""

    codes: np.ndarray
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)


Column = np.ndarray | Labelled
Columns = dict[str, Column]


def columns(runs: Runs, table: str, weeks: int) -> Columns:
    """The columns of one table. `weeks`: how many weeks were reported. Raises DeclarationError on an undeclared one."""
    made = MAKERS[table](runs, weeks)
    check_declared(table, made)
    return made


def frame(made: Columns) -> pd.DataFrame:
    """A tidy frame; labelled columns become categories."""
    import pandas as pd

    return pd.DataFrame(
        {
            name: pd.Categorical.from_codes(column.codes, list(column.labels)) if isinstance(column, Labelled) else column
            for name, column in made.items()
        }
    )


def _keys(runs: Runs, rows_each: int | np.ndarray) -> Columns:
    team = np.repeat(runs.team, rows_each).astype(np.int32)
    return {"replication": np.repeat(runs.replication, rows_each), "team": Labelled(team, runs.teams)}


def _fields(rows: np.ndarray) -> Columns:
    return {name: rows[name] for name in rows.dtype.names or ()}


def _outcomes(runs: Runs, weeks: int) -> Columns:
    return {**_keys(runs, 1), "seed": runs.seed, **_fields(runs.outcome)}


def _weekly(runs: Runs, weeks: int) -> Columns:
    return {**_keys(runs, runs.weeks), **_fields(runs.weekly)}


def _barriers(runs: Runs, weeks: int) -> Columns:
    """The delivery ledger of all runs, then the access ledger; what only one of them counts is NaN in the other."""
    delivery, access = runs.gates.reshape(-1), runs.access.reshape(-1)
    keys = [_keys(runs, runs.gates.shape[1]), _keys(runs, runs.access.shape[1])]
    gate = np.concatenate([delivery["gate"], access["gate"]]).astype(np.int32)
    source = np.concatenate([np.full(len(delivery), Source.CP), access["source"]]).astype(np.int32)
    ledger = np.repeat(np.arange(2, dtype=np.int32), [len(delivery), len(access)])
    return {
        "replication": np.concatenate([key["replication"] for key in keys]),
        "team": Labelled(np.concatenate([key["team"].codes for key in keys]), runs.teams),
        "ledger": Labelled(ledger, labels.LEDGERS),
        "source": Labelled(source, labels.short_names(Source)),
        "gate": Labelled(gate, labels.short_names(Gate)),
        "label": Labelled(gate, labels.GATES),
        **_counts(delivery, access),
    }


def _counts(delivery: np.ndarray, access: np.ndarray) -> Columns:
    """Counts under the names that both ledgers share, delivery first."""
    in_delivery = {CHANCES.get(name, name): name for name in GATE_TALLY.names if name != "gate"}
    in_access = {CHANCES.get(name, name): name for name in ACCESS_TALLY.names if name not in ("gate", "source")}

    def counts(rows: np.ndarray, known: Mapping[str, str], name: str) -> np.ndarray:
        return rows[known[name]] if name in known else np.full(len(rows), np.nan)

    names = dict.fromkeys([*in_delivery, *in_access])
    return {
        name: np.concatenate([counts(delivery, in_delivery, name), counts(access, in_access, name)]) for name in names
    }


def _time(runs: Runs, weeks: int) -> Columns:
    count, roles, activities = runs.minutes.shape
    minutes = runs.minutes.reshape(-1)
    return {
        **_keys(runs, roles * activities),
        "role": Labelled(np.tile(np.repeat(np.arange(roles, dtype=np.int32), activities), count), labels.roles()),
        "activity": Labelled(np.tile(np.arange(activities, dtype=np.int32), count * roles), labels.ACTIVITIES),
        "minutes": minutes,
        "hours_per_week": minutes / MINUTES_IN_AN_HOUR / weeks,
    }


def _people(runs: Runs, weeks: int) -> Columns:
    if runs.people is None or runs.persons is None:
        return {**_keys(runs, 0), **_fields(np.empty(0, PERSON))}
    found = {**_keys(runs, runs.persons), **_fields(runs.people)}
    words = {name: Labelled(runs.people[name].astype(np.int32), names()) for name, names in IN_WORDS.items()}
    return {**found, **words}


MAKERS: dict[str, Callable[[Runs, int], Columns]] = {
    "outcomes": _outcomes,
    "weekly": _weekly,
    "barriers": _barriers,
    "time": _time,
    "people": _people,
}


def restored(read: Mapping[str, Columns], teams: tuple[str, ...]) -> Runs:
    """Runs from the columns of their tables. Raises KeyError when a column is missing."""
    outcomes, weekly, people = read["outcomes"], read["weekly"], read.get("people")
    team, count = _coded(outcomes["team"], teams), len(outcomes["seed"])
    run_of = {key: place for place, key in enumerate(zip(outcomes["replication"].tolist(), team.tolist(), strict=True))}

    def rows_of(table: Columns) -> np.ndarray:
        keys = zip(table["replication"].tolist(), _coded(table["team"], teams).tolist(), strict=True)
        return np.bincount([run_of[key] for key in keys], minlength=count)

    gates, access = _tallies(read["barriers"])
    return Runs(
        teams=teams,
        team=team,
        replication=outcomes["replication"],
        seed=outcomes["seed"],
        outcome=_rows(outcomes, OUTCOME),
        weekly=_rows(weekly, WEEKLY),
        weeks=rows_of(weekly),
        gates=gates.reshape(count, -1),
        access=access.reshape(count, -1),
        minutes=read["time"]["minutes"].reshape(count, -1, len(Activity)),
        people=_rows(_recoded(people), PERSON) if people else None,
        persons=rows_of(people) if people else None,
    )


def _rows(table: Mapping[str, Column], dtype: np.dtype) -> np.ndarray:
    """Records of this type, field by field."""
    names = dtype.names or ()
    whole = np.empty(len(table[names[0]]), dtype)
    for name in names:
        whole[name] = table[name]
    return whole


def _coded(column: Column, names: tuple[str, ...]) -> np.ndarray:
    """Codes of a labelled column in the order of these names, whatever order a file kept them in."""
    assert isinstance(column, Labelled)
    return np.array([names.index(label) for label in column.labels], np.int64)[column.codes]


def _recoded(people: Columns) -> Columns:
    return {**people, **{name: _coded(people[name], names()) for name, names in IN_WORDS.items()}}


def _tallies(barriers: Columns) -> tuple[np.ndarray, np.ndarray]:
    """The two ledgers out of their common table."""
    ledger = _coded(barriers["ledger"], labels.LEDGERS)
    codes = {
        "gate": _coded(barriers["gate"], labels.short_names(Gate)),
        "source": _coded(barriers["source"], labels.short_names(Source)),
    }

    def rows(place: int, dtype: np.dtype) -> np.ndarray:
        found = {name: codes.get(name, barriers.get(CHANCES.get(name, name))) for name in dtype.names or ()}
        return _rows({name: column[ledger == place] for name, column in found.items()}, dtype)

    return rows(0, GATE_TALLY), rows(1, ACCESS_TALLY)
