"""What calibration may be fitted to: the CALIBRATION patterns that can be read, each with the two errors of its target.

`discrepancy.csv` says for each how far the study may be from the truth and how far the model may be. Where a source
gives only a band ("basis" is band) the middle is what was observed, and both errors together are a third of half the
band, in equal parts: a setting whose mean lies beyond the band is then just ruled out. Nothing here reads the ends, the
runs or the numbers of a pattern for another use; a test sees to it.
"""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cpsim.errors import DeclarationError
from cpsim.experiments.estimators.history import CUT, Target
from cpsim.validation import effects, teams, trial_readings
from cpsim.validation.reading import Lives
from cpsim.validation.register import Pattern, patterns

CALIBRATION = "CALIBRATION"
BAND = "band"
Key = tuple[str, str]  # id and measure of a pattern


@dataclass(frozen=True)
class Reading:
    """How one measure is read: one number a world, from these runs (names of `fitting.RUNNERS`).

    Where a row says "median of" or "share of" runs, it is the mean over worlds that is fitted: a few worlds hardly have
    a median, and a share of them moves in steps.
    """

    read: Callable[[Any], np.ndarray]
    runs: tuple[str, ...]


# A pattern joins by a line here, one in discrepancy.csv, and what it is read from in fitting.RUNNERS.
READINGS: dict[Key, Reading] = {
    ("P3", "say that something got better"): Reading(trial_readings.something_better, ("trial",)),
    ("P6", "materials explained"): Reading(trial_readings.materials_explained, ("trial",)),
    ("P8", "followed up"): Reading(trial_readings.followed_up, ("trial",)),
    ("P9", "meetings with the co-ordinator a month"): Reading(trial_readings.meetings, ("trial",)),
    ("P10", "social workers' contacts over nurses'"): Reading(trial_readings.social_workers_over_nurses, ("trial",)),
    ("P26", "high fidelity"): Reading(trial_readings.high_fidelity, ("pilot",)),
    ("P29", "wellbeing rose"): Reading(trial_readings.wellbeing_gain, ("pilot",)),
    ("P30", "caseload per filled co-ordinator post"): Reading(teams.caseload, ("base",)),
    ("P30", "contacts per full-time co-ordinator a month"): Reading(teams.contacts, ("base",)),
    ("P31", "another key worker within 12 months"): Reading(teams.changed_once, ("year",)),
    ("P31", "several changes within 12 months"): Reading(teams.changed_often, ("year",)),
    ("P32", "vacancies with the staffing of 2017-18"): Reading(teams.vacancies_then, ("long, 2017-18",)),
    ("P32", "vacancies"): Reading(teams.vacancies, ("long",)),
    ("P32", "turnover a year"): Reading(teams.turnover, ("long",)),
    ("P33", "mean acute stay"): Reading(teams.mean_stay, ("two years",)),
    ("P33", "median stay over mean stay"): Reading(teams.median_over_mean_stay, ("two years",)),
    ("P33", "admitted in a year"): Reading(teams.admitted, ("year",)),
    ("P34", "full CP against none"): Reading(effects.full_cp, ("by protocol", "by protocol, no CP")),
    ("P34", "ordinary support against none"): Reading(
        effects.ordinary_support, ("by protocol, no CP", "by protocol, no help")
    ),
}


@dataclass(frozen=True)
class Fitted:
    """One measure that is fitted to: its row of the register, what it asks for, and how it is read."""

    pattern: Pattern
    target: Target
    reading: Reading
    basis: str
    because: str


def fitted() -> list[Fitted]:
    """Everything that can be fitted to now, in the order of the register. Raises DeclarationError for our slips."""
    rows = {(row.id, row.measure): row for row in patterns() if row.use == CALIBRATION}
    stated = _stated()
    for name, keys in (("READINGS", READINGS), ("discrepancy.csv", stated)):
        wrong = [key for key in keys if key not in rows]
        if wrong:
            raise DeclarationError(f"{name}: {wrong[0]} is not a row for calibration")
    missing = [key for key in READINGS if key not in stated]
    if missing:
        raise DeclarationError(f"discrepancy.csv: {missing[0]} is read, but nothing is said of its errors")
    return [_fitted(rows[key], stated[key]) for key in rows if key in READINGS]


def not_yet() -> list[Pattern]:
    """Rows for calibration that nothing reads yet."""
    return [row for row in patterns() if row.use == CALIBRATION and (row.id, row.measure) not in READINGS]


@cache
def _stated() -> Mapping[Key, Mapping[str, str]]:
    with Path(__file__).with_name("discrepancy.csv").open(encoding="utf-8", newline="") as text:
        return {(line["id"], line["measure"]): line for line in csv.DictReader(text)}


def _fitted(row: Pattern, line: Mapping[str, str]) -> Fitted:
    name = f"{row.id} {row.measure}"
    reading = READINGS[row.id, row.measure]
    if line["basis"] != BAND:
        seen, *errors = (float(line[column]) for column in ("observed", "observation_sd", "discrepancy_sd"))
        return Fitted(
            row, Target(name, seen, errors[0], errors[1], line["side"]), reading, line["basis"], line["because"]
        )
    if row.low is None or row.high is None:
        raise DeclarationError(f"discrepancy.csv: {name} has no band of two ends")
    each = (row.high - row.low) / 2 / CUT / math.sqrt(2.0)
    target = Target(name, (row.low + row.high) / 2, each, each)
    return Fitted(row, target, reading, line["basis"], line["because"])


def patterns_digest() -> str:
    """Twelve hexadecimal signs that differ when anything that is fitted to does."""
    told = [(each.target, each.pattern.low, each.pattern.high) for each in fitted()]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def read(every: list[Fitted], runs: Lives) -> np.ndarray:
    """The measures of runs, (worlds, measures)."""
    return np.column_stack([each.reading.read(runs) for each in every]).astype(float)
