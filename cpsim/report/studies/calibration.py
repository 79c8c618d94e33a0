"""The page of a calibration: agreement, what is known of each number and why, checks, and what was not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cpsim.outputs import words
from cpsim.plots.picture import Grid, rows_of
from cpsim.plots.studies.calibration import short
from cpsim.report.section import Section
from cpsim.validation.targets import not_yet

if TYPE_CHECKING:
    from cpsim.experiments.calibration import Calibration

BASIS = {
    "source": "its source gives an error",
    "band": "its source gives only a band: both errors together are a third of half of it",
    "ours": "a direction; the allowance is ours",
}
PAIRS = 8  # of numbers, the most correlated


def sections(found: Calibration) -> list[Section | None]:
    """In order; what needs a set is left out when everything is ruled out."""
    known = [_agreement(found), _numbers(found), _pinned(found), _profiles()]
    return [*known, _checks(found), _screening(found), _left_out()]


def _agreement(found: Calibration) -> Section:
    said = [
        "A setting is ruled out when its mean misses what was seen by more than three standard deviations of these "
        "errors together: the study's, the model's own (how far it may be off at its best), and that of our runs or, "
        "before runs are made, of the emulator. What is left is not ruled out, and that is all it is: settings have no "
        "weights, and a share of them is no probability.",
        "Only patterns for calibration were read. That the set agrees with them is what it was made for; it says "
        "nothing of whether the model is right.",
    ]
    targets = [
        (str(row.pattern), f"{words.two_figures(row.observed)}", f"{words.two_figures(row.observation_sd)}",
         f"{words.two_figures(row.discrepancy_sd)}", BASIS[str(row.basis)], str(row.because))
        for row in rows_of(found.agreement)
    ]  # fmt: skip
    heads = ("pattern", "seen", "study's error", "model's error", "rests on", "because")
    return Section(
        "agreement",
        "What was fitted to",
        said,
        ["agreement"],
        folded=[("What each pattern asks for, and why", Grid(heads, tuple(targets)))],
    )


def _numbers(found: Calibration) -> Section | None:
    if len(found.settings) < 3:
        return None
    said = [
        "Numbers can be known together and not one by one: a team that delivers little says that a product of chances "
        "is small, not which of them is. So results are run over the whole set, and what ranks barriers is told as a "
        "range."
    ]
    rows = tuple(
        (short(row.parameter), short(row.other), f"{row.correlation:+.2f}")
        for row in rows_of(found.correlations.head(PAIRS))
    )
    return Section(
        "numbers",
        "What is known of the numbers now",
        said,
        ["numbers", "directions"],
        folded=[("Numbers that go together in the set", Grid(("number", "with", "correlation"), rows))],
    )


def _pinned(found: Calibration) -> Section | None:
    return Section("pinned", "Which pattern pinned what", pictures=["pinned"]) if len(found.pinned) else None


def _profiles() -> Section:
    return Section("profiles", "Which values are possible at all", pictures=["profiles"])


def _checks(found: Calibration) -> Section:
    waves = found.waves
    rows = tuple(
        (f"wave {number}", f"{part['points'].iloc[0]:,}", f"{100 * part['share_left'].iloc[0]:.2g} %",
         f"{np.nanmin(part['q2']):.2f} to {np.nanmax(part['q2']):.2f}", f"{100 * np.nanmin(part['covered']):.0f} %")
        for number, part in waves.groupby("wave")
    )  # fmt: skip
    heads = ("", "settings run", "not ruled out after it", "Q2 of emulators", "least covered")
    tables = [("Waves", Grid(heads, rows))]
    said = [
        "Emulators foresee runs that they have not seen: Q2 is the share of the variance between settings that they "
        "get right (luck is in it, so it does not reach 1), covered is how often a run lies within their 95 %. Where "
        "that is less, their error was made larger until it is not.",
    ]
    if len(found.checks):
        tables.append(("The last emulators against the runs of the re-test", _checked(found.checks)))
        stand, of = int(found.fit.stands.sum()), len(found.fit.stands)
        said.append(f"Membership was decided by real runs: {stand} of {of} settings stood. {_ended(found)}")
    if found.fit.failed:
        said.append(f"{found.fit.failed:,} settings failed to run; runs/ says why. They count as ruled out.")
    return Section("checks", "How far emulators were right", said, tables=tables)


def _ended(found: Calibration) -> str:
    if found.fit.history.settled:
        return "The waves ended because the last took little away and emulators were sharp enough."
    return "The waves ended because no more were asked for; another may take more away."


def _checked(checks: pd.DataFrame) -> Grid:
    rows = tuple(
        (str(row.pattern), f"{row.q2:.2f}", f"{100 * row.within_2_sd:.0f} %", f"{100 * row.ruled_out:.0f} %")
        for row in rows_of(checks)
    )
    return Grid(("pattern", "Q2", "within 2 SD", "ruled out by it"), rows)


def _screening(found: Calibration) -> Section | None:
    table = found.fit.screened
    if table is None:
        return None
    line = float(table["line"].iloc[0])
    said = [
        f"{found.fit.asked.screening:,} settings of {len(table)} numbers, spread evenly, all run in one and the same "
        "world. A number moves a pattern when its rank correlation with it, or of its distance from the middle, is "
        f"above {line:.2f}: chance alone puts the strongest of all above that once in 20. The others keep their usual "
        "values, and what they leave open is not in the set."
    ]
    rows = tuple(
        (short(row.parameter), str(row.about), f"{row.strength:.2f}", str(row.outcome), "fitted" if row.active else "")
        for row in rows_of(table[table["moves"] | table["active"]])
    )
    grid = Grid(("number", "what it is", "strength", "moves most", ""), rows)
    return Section("screening", "Which numbers were fitted", said, folded=[("Numbers that move a pattern", grid)])


def _left_out() -> Section:
    waiting = [f"{row.id} {row.measure}: {row.sentence}" for row in not_yet()]
    said = ["Patterns for validation are not read here at all: not their ends, and not the runs for them."]
    lists = [("Patterns for calibration that nothing reads yet", waiting)] if waiting else []
    return Section("left-out", "What was not asked", said, lists=lists)
