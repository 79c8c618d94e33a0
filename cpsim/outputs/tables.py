"""The five tables of a run as columns, and back again: names where a person reads, numbers where a machine counts.

A column is an array (a view where it can be) or `Labelled` codes. Frames and Parquet files are both made from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.model.codes import Activity, Gate, Source
from cpsim.model.ledgers import ACCESS_TALLY, GATE_TALLY, OUTCOME, PANEL, WEEKLY
from cpsim.model.records import PERSON
from cpsim.outputs import labels
from cpsim.outputs.measures import check_declared
from cpsim.outputs.runs import Runs

if TYPE_CHECKING:
    import pandas as pd

# The panel is a sixth, of the memory only: what a study makes of it is small and is what one keeps.
TABLES = ("outcomes", "weekly", "barriers", "time", "people")
CHANCES = {"windows": "chances", "delivered": "succeeded", "attempts": "chances"}  # both ledgers in one table
IN_WORDS = {"stage": lambda: labels.STAGES, "interest_a": labels.kinds, "interest_b": labels.kinds}  # of people
MINUTES_IN_AN_HOUR = 60


IntArray = np.ndarray[tuple[int, ...], np.dtype[np.integer[Any]]]


@dataclass(frozen=True)
class Labelled:
    """Codes and what they are called; `labels[code]` is the text of a row."""

    codes: IntArray
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
            name: pd.Categorical.from_codes(column.codes, pd.Index(column.labels))
            if isinstance(column, Labelled)
            else column
            for name, column in made.items()
        }
    )


def _keys(runs: Runs, rows_each: int | np.ndarray) -> Columns:
    return {"replication": np.repeat(runs.replication, rows_each), "team": _teams(runs, rows_each)}


def _teams(runs: Runs, rows_each: int | np.ndarray) -> Labelled:
    return Labelled(np.repeat(runs.team, rows_each).astype(np.int32), runs.teams)


def _fields(rows: np.ndarray) -> Columns:
    return {name: rows[name] for name in rows.dtype.names or ()}


def _outcomes(runs: Runs, weeks: int) -> Columns:
    return {**_keys(runs, 1), "seed": runs.seed, **_fields(runs.outcome)}


def _weekly(runs: Runs, weeks: int) -> Columns:
    return {**_keys(runs, runs.weeks), **_fields(runs.weekly)}


def _barriers(runs: Runs, weeks: int) -> Columns:
    """The delivery ledger of all runs, then the access ledger; what only one of them counts is NaN in the other."""
    delivery, access = runs.gates.reshape(-1), runs.access.reshape(-1)
    rows_each = runs.gates.shape[1], runs.access.shape[1]
    gate = np.concatenate([delivery["gate"], access["gate"]]).astype(np.int32)
    source = np.concatenate([np.full(len(delivery), Source.CP), access["source"]]).astype(np.int32)
    ledger = np.repeat(np.arange(2, dtype=np.int32), [len(delivery), len(access)])
    return {
        "replication": np.concatenate([np.repeat(runs.replication, each) for each in rows_each]),
        "team": Labelled(np.concatenate([_teams(runs, each).codes for each in rows_each]), runs.teams),
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


def _panel(runs: Runs, weeks: int) -> Columns:
    if runs.panel is None or runs.panel_lines is None:
        return {**_keys(runs, 0), **_fields(np.empty(0, PANEL))}
    stage = Labelled(runs.panel["stage"].astype(np.int32), labels.STAGES)
    return {**_keys(runs, runs.panel_lines), **_fields(runs.panel), "stage": stage}


MAKERS: dict[str, Callable[[Runs, int], Columns]] = {
    "outcomes": _outcomes,
    "weekly": _weekly,
    "barriers": _barriers,
    "time": _time,
    "people": _people,
    "panel": _panel,
}


def restored(read: Mapping[str, Columns], teams: tuple[str, ...]) -> Runs:
    """Runs from the columns of their tables. Raises KeyError, ValueError or TypeError when these are not a run's."""
    outcomes, people = read["outcomes"], read.get("people")
    keys = list(_keys_of(outcomes, teams))
    run_of = {key: place for place, key in enumerate(keys)}

    def rows_each(table: Columns) -> np.ndarray:
        return np.bincount([run_of[key] for key in _keys_of(table, teams)], minlength=len(keys))

    gates, access = _tallies(read["barriers"])
    return Runs(
        teams=teams,
        team=_codes(outcomes, "team", teams),
        replication=_plain(outcomes, "replication"),
        seed=_plain(outcomes, "seed"),
        outcome=_rows(outcomes, OUTCOME),
        weekly=_rows(read["weekly"], WEEKLY),
        weeks=rows_each(read["weekly"]),
        gates=gates.reshape(len(keys), -1),
        access=access.reshape(len(keys), -1),
        minutes=_plain(read["time"], "minutes").reshape(len(keys), -1, len(Activity)),
        people=_rows(people, PERSON) if people else None,
        persons=rows_each(people) if people else None,
    )


def _keys_of(table: Columns, teams: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    return zip(_plain(table, "replication").tolist(), _codes(table, "team", teams).tolist(), strict=True)


def _plain(table: Columns, name: str) -> np.ndarray:
    column = table[name]
    if isinstance(column, Labelled):
        raise TypeError(f"the column {name!r} holds text")
    return column


def _codes(table: Columns, name: str, names: tuple[str, ...]) -> np.ndarray:
    """Codes of a labelled column in the order of these names, whatever order a file kept them in."""
    column = table[name]
    if not isinstance(column, Labelled):
        raise TypeError(f"the column {name!r} holds numbers")
    return np.array([names.index(label) for label in column.labels], np.int64)[column.codes]


def _rows(table: Columns, dtype: np.dtype) -> np.ndarray:
    """Records of this type, field by field; what is kept in words becomes codes again."""
    names = dtype.names or ()
    found = {name: _codes(table, name, IN_WORDS[name]()) if name in IN_WORDS else _plain(table, name) for name in names}
    whole = np.empty(len(found[names[0]]), dtype)
    for name, column in found.items():
        whole[name] = column
    return whole


def _tallies(barriers: Columns) -> tuple[np.ndarray, np.ndarray]:
    """The two ledgers out of their common table."""
    ledger = _codes(barriers, "ledger", labels.LEDGERS)
    codes = {
        "gate": _codes(barriers, "gate", labels.short_names(Gate)),
        "source": _codes(barriers, "source", labels.short_names(Source)),
    }

    def rows(place: int, dtype: np.dtype) -> np.ndarray:
        here = ledger == place
        found = {
            name: codes[name] if name in codes else _plain(barriers, CHANCES.get(name, name))
            for name in dtype.names or ()
        }
        return _rows({name: column[here] for name, column in found.items()}, dtype)

    return rows(0, GATE_TALLY), rows(1, ACCESS_TALLY)
