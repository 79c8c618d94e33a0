"""The page of a sensitivity study: what matters, how sure, what is negligible, and what could not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cpsim.experiments import sensitivity_words as reading
from cpsim.experiments.estimators.problem import is_dummy, ranked
from cpsim.plots.picture import Grid, rows_of
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.sensitivity import Sensitivity

SHOWN = 12  # rows of a table
PICTURES = ("indices", "groups", "morris", "pawn", "second_order")


def sections(found: Sensitivity) -> list[Section | None]:
    """In order; those of steps that were not taken are None."""
    return [_matters(found), _screened(found), _whole(found), _regional(found), _sure(found), _varied(found)]


def _pictures(found: Sensitivity, *names: str) -> list[str]:
    return [name for name in names if name in found.tables]


def _matters(found: Sensitivity) -> Section | None:
    shown = _pictures(found, "indices", "groups", "second_order")
    if not shown and "rbd_fast" not in found.tables:
        return None
    words = [
        "A factor's share alone is what would fall away, on the mean, if it were known; its share alone and with "
        "others is what would be left if all others were known. They differ where factors work together, so shares "
        "with others add up to more than 100 %."
    ]
    first = "First order from the plain sample (RBD-FAST), single runs"
    tables = [(first, _rbd_fast(found))] if "rbd_fast" in found.tables else []
    emulated = [("Emulator: shares are 'at least'", _emulator(found))] if "emulator" in found.tables else []
    return Section(
        name="matters",
        heading="What the outcomes hang on",
        words=[*words, *([reading.explained(found)] if emulated else [])],
        pictures=shown,
        folded=[*tables, *emulated],
    )


def _rbd_fast(found: Sensitivity) -> Grid:
    rows = []
    for row in _largest(found, "rbd_fast", "s1", 5):
        span = "" if pd.isna(row.s1_low) else f"{100 * row.s1_low:.0f} to {100 * row.s1_high:.0f}"
        rows.append((_of(found, row), f"{100 * row.s1:.0f}", span))
    return Grid(("factor", "% of the variance", "95 % interval"), tuple(rows))


def _emulator(found: Sensitivity) -> Grid:
    rows = tuple(
        (_of(found, row), f"{100 * row.s1_at_least:.0f}", f"{100 * row.st_at_least:.0f}", f"{row.q2:.2f}")
        for row in _largest(found, "emulator", "st_at_least", 5)
    )
    return Grid(("factor", "alone, at least %", "with others, at least %", "Q2"), rows)


def _largest(found: Sensitivity, table: str, value: str, most: int) -> list[Any]:
    rows = found.tables[table]
    rows = rows[~rows["factor"].map(is_dummy).astype(bool)]
    return [row for _, part in rows.groupby("output", sort=False) for row in rows_of(ranked(part, value)[:most])]


def _of(found: Sensitivity, row: Any) -> str:
    return f"{reading.label(row.output)}: {reading.name_of(found, row.factor)}"


def _screened(found: Sensitivity) -> Section | None:
    if "morris" not in found.tables:
        return None
    table = found.tables["morris"]
    fixed = table[~table["factor"].map(is_dummy)].groupby("factor", sort=False)["negligible"].all()
    names = [reading.name_of(found, str(path)) for path in fixed.index[fixed]]
    return Section(
        name="negligible",
        heading="What can be fixed",
        words=[reading.negligible(found)],
        pictures=["morris"],
        lists=[("Negligible for every outcome shown", [", ".join(names)])] if names else [],
    )


def _whole(found: Sensitivity) -> Section | None:
    if "pawn" not in found.tables:
        return None
    words = (
        "Shares of variance look at how far results spread. A factor may also move the whole distribution without "
        "spreading it; PAWN compares distributions, from the plain sample of single runs, so luck is in it."
    )
    return Section("whole", "What moves the whole distribution", [words], pictures=["pawn"])


def _regional(found: Sensitivity) -> Section | None:
    if "regional" not in found.tables:
        return None
    table = found.tables["regional"]
    rows = []
    for row in _largest(found, "regional", "distance", 6):
        if row.differs:
            way = "higher" if row.median_inside > row.median_outside else "lower"
            rows.append(
                (f"{row.asked}: {reading.name_of(found, row.factor)}", way, f"{row.distance:.2f}", f"{row.p:.2g}")
            )
    heading = "What these runs have in common"
    said = (
        f"Runs with a result beside the others, factor by factor (Kolmogorov-Smirnov, corrected for "
        f"{table['factor'].nunique()} factors). Without a target, the highest fifth of each outcome."
    )
    if not rows:
        return Section("regional", heading, [said, "No factor differs between the two."])
    grid = Grid(("runs with, and factor", "in them", "distance (0-1)", "p, corrected"), tuple(rows))
    return Section("regional", heading, [said], tables=[("Factors that differ", grid)])


def _sure(found: Sensitivity) -> Section:
    rows: tuple[tuple[str, ...], ...] = ()
    if "verdicts" in found.tables:
        rows = tuple(
            (f"{row.method}, {reading.label(row.output)}", row.verdict) for row in rows_of(found.tables["verdicts"])
        )
    asked = (
        "Asked for: the same order of the five largest with half the runs, intervals of at most 0.05 around each of "
        "them, and a dummy within 0.02 of nothing. What is not settled can still name the largest factor: look at the "
        "intervals. More runs (--size full) settle more."
    )
    return Section(
        "sure",
        "How sure this is",
        [asked],
        tables=[("Verdicts", Grid(("method and outcome", "verdict"), rows))] if rows else (),
        lists=[("Left out", found.left_out)] if found.left_out else (),
    )


def _varied(found: Sensitivity) -> Section:
    varied, held = found.factors.varied, found.factors.held
    assumed = sum(factor.assumed for factor in varied)
    words = (
        f"{len(varied)} numbers vary, each within what the register of evidence says is not known; {assumed} of their "
        "ranges rest on judgement alone. They are facts about the world, so they hold from the start of the warm-up."
    )
    rows = tuple(
        (f"{factor.about} ({factor.path})", f"{factor.low:g} to {factor.high:g}", factor.unit, factor.confidence)
        for factor in varied
    )
    lists = [("Held as the scenario has them", [f"{path}: {why}" for path, why in held.items()])] if held else []
    table = ("All numbers that vary", Grid(("number", "range", "unit", "evidence"), rows))
    return Section("varied", "What was varied", [words, reading.closing(found)], lists=lists, folded=[table])
