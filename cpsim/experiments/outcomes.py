"""Which outcomes a study keeps of each run, and the names of the columns that hold them."""

from __future__ import annotations

from collections.abc import Sequence

from cpsim.errors import OptionError
from cpsim.model.codes import Gate, Source
from cpsim.model.ledgers import OUTCOME
from cpsim.outputs.labels import short_names
from cpsim.outputs.measures import measures
from cpsim.scenario.wording import nearest

HEADLINES = (
    "five_steps",
    "reach",
    "fidelity",
    "cp_minutes_per_person",
    "rguk_change",
    "pressure",
    "late_share",
    "reviews_per_person",
    "wait_weeks",
    "crises_per_person_year",
    "turnover",
    "cost_per_person",
)
# What CP for some may cost everybody else.
OTHERS = ("late_share", "reviews_per_person", "wait_weeks", "crises_per_person_year", "pressure", "turnover")
ALL = "all"
COUNTED = {"first": "first_failing", "any": "any_failing", "only": "only_failing"}  # in both ledgers


def known_outputs() -> tuple[str, ...]:
    """Every outcome of a run that can be kept, in the order of the register."""
    return tuple(name for name in measures("outcomes") if name in (OUTCOME.names or ()))


def chosen_outputs(names: str | Sequence[str] = HEADLINES) -> tuple[str, ...]:
    """These outcomes, each once; "all" is all. Raises OptionError with every name that is none, and the nearest."""
    asked = (names,) if isinstance(names, str) else tuple(names)
    if asked == (ALL,):
        return known_outputs()
    wrong = [_unknown(name) for name in asked if name not in known_outputs()]
    if wrong or not asked:
        raise OptionError("\n".join(wrong) or "outputs: name at least one outcome, such as five_steps")
    return tuple(dict.fromkeys(asked))


def _unknown(name: str) -> str:
    near = nearest(name, known_outputs())
    hint = f"did you mean {near!r}?" if near else "the data dictionary of any run names them, such as five_steps"
    return f"outputs: there is no outcome {name!r}; {hint}"


def ledger_columns() -> tuple[str, ...]:
    """Columns of both ledgers: "delivery.windows", "delivery.delivered", "delivery.any.transport", ...

    Of attempts at a connection, by where they came from: "access.own.attempts", "access.own.only.money", ...
    """
    delivery = ["delivery.windows", "delivery.delivered"]
    delivery += [f"delivery.{count}.{gate}" for count in COUNTED for gate in short_names(Gate)]
    access = []
    for source in short_names(Source):
        access += [f"access.{source}.attempts", f"access.{source}.succeeded"]
        access += [f"access.{source}.{count}.{gate}" for count in COUNTED for gate in short_names(Gate)]
    return (*delivery, *access)
