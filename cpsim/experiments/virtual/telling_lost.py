"""Those lost to follow-up in words: imputed, shifted until the conclusion changes, and what they were in truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cpsim.experiments.estimators.analyses import IMPUTED
from cpsim.experiments.virtual.tables import of
from cpsim.experiments.virtual.tables_lost import row_of
from cpsim.experiments.virtual.teams import ALIKE, ON
from cpsim.experiments.virtual.telling_numbers import in_100, number, share_with_error
from cpsim.observation.instruments import ENDS

if TYPE_CHECKING:
    from cpsim.experiments.trial import Trial

MAIN = "rguk"  # the measure that words are about


def lost_answer(found: Trial) -> str:
    """Would those lost to follow-up change the answer? Nothing where nobody could be imputed."""
    row: Any = row_of(found.lost, MAIN)
    if row is None or not row.lost:
        return ""
    return (
        f"Would those lost to follow-up change the answer? {row.lost:.0f} people a trial are interviewed once. With "
        f"their answers imputed many times (inside each arm, from baseline and team) the arms differ by "
        f"{number(row.imputed)} points instead of {number(row.difference)}, and {in_100(row.same_conclusion)} trials "
        f"conclude the same. {_tipping(row)} Had nobody been lost the arms would differ by {number(row.nobody_lost)} "
        f"(whoever was followed less everybody: {number(row.bias)}, simulation error {number(row.bias_low)} to "
        f"{number(row.bias_high)})."
    )


def _tipping(row: Any) -> str:
    """By how much they would have to differ, and by how much they do."""
    truth = _truth(row.lost_differ)
    who = "those lost of the implementation arm"
    if math.isnan(row.tips_at):
        return truth
    if math.isinf(row.tips_at):
        low, high = ENDS[row.measure]
        return f"In half of the trials or more no shift of {who} on the scale ({low:g} to {high:g}) changes it. {truth}"
    return (
        f"For the conclusion of half of the trials to change, {who} would have to differ from what is imputed by "
        f"{number(row.tips_at)} points ({span(row)} in 8 of 10 trials). {truth}"
    )


def _truth(differ: float) -> str:
    """How far those lost of the implementation arm are from what is imputed."""
    if not math.isfinite(differ):
        return ""
    return f"In truth they are {number(abs(differ))} {'lower' if differ < 0 else 'higher'} on average."


def shift(row: Any) -> str:
    """The size of the shift in half of the trials, with the middle 8 in 10 of them; as a cell."""
    if math.isnan(row.tips_at):
        return ""
    return f"{'none on the scale' if math.isinf(row.tips_at) else number(row.tips_at)} ({span(row)})"


def span(row: Any) -> str:
    """The middle 8 in 10 trials of the size of the shift; "or more": for some of them none on the scale does."""
    if math.isinf(row.tips_p10):
        return "none"
    least = number(row.tips_p10)
    return f"{least} or more" if math.isinf(row.tips_p90) else f"{least} to {number(row.tips_p90)}"


def imputed_error(found: Trial) -> str:
    """Type I error with those lost imputed, as the end of a sentence."""
    rows = of(found.operating, measure=MAIN, delivery=ALIKE, effect=ON, analysis=IMPUTED)
    known = rows[rows["trials"] > 0]
    return f"; with those lost imputed, {share_with_error(known.iloc[0])}" if len(known) else ""
