"""The same person in two scenarios: joined by seed, team and the address of their draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cpsim.errors import CpsimError, UserError
from cpsim.outputs.runs import Runs

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.outputs.run_result import RunResult

DAYS = ("days_in_recovery", "days_stabilising", "days_in_crisis", "days_in_hospital")  # on the caseload


@dataclass(frozen=True)
class Compared:
    """One number of a person that is compared. `column`: of the table of people. `good`: 1, more is better; -1, less.

    `worthwhile`: the evidence row that says from which difference on it counts; None: from one on.
    """

    column: str
    good: int
    worthwhile: str | None = None


OUTCOMES = (
    Compared("capital", 1, "outcome_rguk_mcid"),
    Compared("wellbeing", 1, "outcome_wemwbs_mcid"),
    Compared("recovery", 1, "outcome_qpr15_mcid"),
    Compared("health", 1, "outcome_vas_mcid"),
    Compared("crises", -1),
    Compared("contacts_held", 1),
    Compared("staff_minutes", -1),
    Compared("care_cost", -1),
    Compared("own_pocket", -1),
    Compared("steps_done", 1),
)
OTHERS = (  # what protecting time for some may cost the others
    Compared("contacts_held", 1),
    Compared("days_late", -1),
    Compared("reviews_done", 1),
    Compared("days_waiting", -1),
    Compared("crises", -1),
)
COLUMNS = tuple(dict.fromkeys(each.column for each in (*OUTCOMES, *OTHERS)))


def check_pair(a: RunResult, b: RunResult) -> None:
    """Raise UserError when the two runs cannot be joined person by person."""
    if (a.seed, a.scenario.weeks) != (b.seed, b.scenario.weeks):
        raise UserError(
            f"{a.scenario.name} runs {a.scenario.weeks} weeks from seed {a.seed}, {b.scenario.name} "
            f"{b.scenario.weeks} weeks from seed {b.seed}; twins need the same weeks and the same seed"
        )
    if len(a.runs.teams) != len(b.runs.teams) or not np.array_equal(a.runs.replication, b.runs.replication):
        raise UserError(
            f"{a.scenario.name} has {len(a.runs.teams)} teams and {b.scenario.name} {len(b.runs.teams)}; "
            "twins need as many in both, run as often"
        )


def joined(a: Runs, b: Runs) -> pd.DataFrame:
    """A row a person who was with the service in both: each number in a, in b, and b less a.

    `on_caseload`, `could_take_up`: in both. `some_cp`: in either; `no_cp`: in neither.
    """
    import pandas as pd

    return pd.concat([_world(a, b, run) for run in range(len(a))], ignore_index=True)


def _world(a: Runs, b: Runs, run: int) -> pd.DataFrame:
    """The people of one team in one simulated future."""
    import pandas as pd

    mine, theirs = _with_service(a, run), _with_service(b, run)
    who, here, there = np.intersect1d(mine["id"], theirs["id"], assume_unique=True, return_indices=True)
    mine, theirs = mine[here], theirs[there]
    made = {
        "replication": np.full(len(who), a.replication[run]),
        "team": np.full(len(who), a.teams[a.team[run]]),
        "person": who,
        "on_caseload": (_days(mine) > 0) & (_days(theirs) > 0),
        "could_take_up": (mine["could_take_up"] > 0) & (theirs["could_take_up"] > 0),
        "some_cp": (mine["cp_contacts"] > 0) | (theirs["cp_contacts"] > 0),
    }
    made["no_cp"] = ~made["some_cp"]
    for name in COLUMNS:
        made |= {f"{name}_a": mine[name], f"{name}_b": theirs[name], f"{name}_difference": theirs[name] - mine[name]}
    return pd.DataFrame(made)


def _days(people: np.ndarray) -> np.ndarray:
    """Days on the caseload in the weeks reported."""
    return np.sum([people[name] for name in DAYS], axis=0)


def _with_service(runs: Runs, run: int) -> np.ndarray:
    """The people of one run who were on the caseload or waiting in the weeks reported."""
    if runs.people is None or runs.persons is None:
        raise CpsimError("people were not kept, so they cannot be joined: run with people=True")
    start = int(runs.persons[:run].sum())
    people = runs.people[start : start + int(runs.persons[run])]
    return people[(_days(people) > 0) | (people["days_waiting"] > 0)]
