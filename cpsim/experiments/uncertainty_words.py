"""What `uncertainty` found, in plain English: three uncertainties, three sentences, never one interval."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from cpsim.experiments.estimators.acceptability import CLEAR, QUADRANTS, cost_a_point, quadrants
from cpsim.experiments.estimators.evppi import DUMMY
from cpsim.experiments.uncertainty_tables import DIFFERENCE, can_value, hardest_price
from cpsim.outputs import words
from cpsim.scenario.evidence import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.uncertainty import Uncertainty

WIDTH = 80
SHOWN = ("five_steps", "some_steps", "cp_minutes_per_person", "rguk_change", "late_share", "crises_per_person_year")
COSTS = ("cost_implementation", "cost_nhs_and_social_services", "cost_per_person")
NO_THRESHOLD = (
    "Nobody has agreed what a point is worth, so this is no verdict; and a share of vectors is no probability that it "
    "is worth it, since the vectors count alike only because nothing better is known."
)
NEEDS_SKLEARN = (
    "Which evidence would be worth collecting was left out: it needs scikit-learn (pip install scikit-learn)."
)
MOST_NAMED = 3
NOTHING = 0.0001  # of any unit; less is written as 0
FEW, PENNY = 10.0, 0.01  # pounds


def drawn_from(found: Uncertainty) -> str:
    """ "256 parameter vectors drawn from the ranges of the evidence"."""
    vectors = found.asked.vectors
    return f"{len(vectors):,} parameter vectors {vectors.source}"


def made_of(found: Uncertainty) -> str:
    """How the runs are laid out, for captions."""
    pairs = "pairs of runs" if found.paired else "runs"
    return f"{drawn_from(found)}, {found.asked.worlds} {pairs} of each in worlds of their own."


def headlines(found: Uncertainty) -> list[str]:
    """The answer in a few sentences."""
    doubts = found.asked.vectors.doubts
    warned = [f"The set does not belong to this version of the model: {'; '.join(doubts)}."] if doubts else []
    if found.paired:
        return [_difference(found), _spread(found), _buy(found), _evidence(found), *warned]
    return [_alone(found), _mostly(found), *warned]


def _row(found: Uncertainty, output: str) -> Any:
    """The row of the last of the components: the difference, or the one scenario."""
    table = found.components
    which = table["scenario"].iloc[-1]
    return _tuples(table[(table["scenario"] == which) & (table["output"] == output)])[0]


def _tuples(table: pd.DataFrame) -> list[Any]:
    """Rows, with columns as attributes."""
    return list(table.itertuples(index=False))


def _alone(found: Uncertainty) -> str:
    row = _row(found, "reach")
    return (
        f"Of 100 people who could take up CP, {words.amount(row.mean, row.unit)} get at least one step, and making "
        f"all runs again could move this by {_error(row)}. At the same parameters teams differ by luck: "
        f"{_span(row, 'luck')} in 8 of 10 teams. Between settings of the parameters {_settings(row)}."
    )


def _mostly(found: Uncertainty) -> str:
    """Which of luck and knowledge matters more, by outcome."""
    rows = [_row(found, output) for output in (*SHOWN, "cost_per_person")]
    known = [row for row in rows if row.share == row.share]
    unknown = [row.label for row in known if row.share_low > 0.5]
    luck = [row.label for row in known if row.share_high < 0.5]
    said = [f"what is not known outweighs luck in: {'; '.join(unknown)}"] if unknown else []
    said += [f"luck outweighs what is not known in: {'; '.join(luck)}"] if luck else []
    text = ". ".join(f"{each[0].upper()}{each[1:]}" for each in said)
    return f"{text}." if text else "At this number of runs luck and what is not known cannot be told apart in size."


def _difference(found: Uncertainty) -> str:
    first, second = found.asked.scenarios
    rows = [_row(found, name) for name in dict.fromkeys(("reach", found.asked.effect, "cost_per_person"))]
    return f"{second.name} beside {first.name}: {'; '.join(map(_change, rows))}."


def _named(row: Any) -> str:
    """A label inside a sentence; people of 100 say so."""
    name = f"{row.label[0].lower()}{row.label[1:]}" if row.label[1:2].islower() else row.label
    return "cost of all payers" if row.output == "cost_per_person" else name


def _change(row: Any) -> str:
    """ "cost of all payers £11 a person and year more (±£7.4)"."""
    if not abs(row.mean) > row.error:
        return f"{_named(row)}, no clear difference ({small(row.mean, row.unit)} ±{_error(row)})"
    size = small(abs(row.mean), row.unit)
    more = "more" if row.mean > 0 else "less"
    return f"{_named(row)}, {size} {words.unit_name(row.unit)} {more} (±{_error(row)})"


def _spread(found: Uncertainty) -> str:
    """The three uncertainties of effect and cost, each with its word."""
    told = [
        f"{_named(row)}: {_span(row, 'luck')} in 8 of 10 teams by luck; between settings of the parameters "
        f"{_settings(row)}"
        for row in (_row(found, found.asked.effect), _row(found, "cost_per_person"))
    ]
    said = ". ".join(f"{each[0].upper()}{each[1:]}" for each in told)
    return f"±: if all runs were made again, 19 times in 20. {said}."


def told_apart(row: Any) -> bool:
    """Is what parameters do seen at all beside luck, at this number of runs?"""
    return bool(row.share_low > 0)


def _settings(row: Any) -> str:
    if not told_apart(row):
        return "a spread too small to be told from luck at this number of runs"
    return f"{_span(row, 'parameter')} for the mean team in 8 of 10"


def small(value: float, unit: str) -> str:
    """A number of a difference: two figures even of points, since differences are small."""
    size = 100 * value if unit == "share" else value
    if unit.startswith("GBP"):
        return _few_pounds(value) if abs(value) < FEW else words.end(value, unit)
    return words.two_figures(size) if not abs(size) < NOTHING else "0"


def _few_pounds(value: float) -> str:
    """Below ten pounds pence matter: "£0.54"."""
    return f"{'-' if value < 0 else ''}£{words.two_figures(abs(value))}" if abs(value) >= PENNY else "£0"


def _error(row: Any) -> str:
    return small(row.error, row.unit)


def _span(row: Any, which: str) -> str:
    low, high = (small(getattr(row, f"{which}_{end}"), row.unit) for end in ("p10", "p90"))
    return low if low == high else f"{low} to {high}"


def _buy(found: Uncertainty) -> str:
    """Where the choice turns, if it does, and how settled that is."""
    (effect, cost), curve = found.layout.cloud().T, found.acceptability
    curve = curve[curve["rate"] == curve["rate"].iloc[0]]
    shares, ends = quadrants(effect, cost), found.layout.again.quadrants
    largest = max(QUADRANTS, key=lambda name: shares[name])
    where = f"It is {largest} in {_of_100(shares[largest], *ends[largest])} of 100 settings of the parameters"
    ratio = cost_a_point(effect, cost) if ends[largest][0] >= CLEAR else None
    price = f"; {words.pounds(ratio)} a point, mean cost over mean effect" if ratio and _is_price(largest) else ""
    better = [
        f"{_of_100(row.second, row.second_low, row.second_high)} at {_price(row.pay)}"
        for row in _tuples(curve.iloc[[0, len(curve) // 2, -1]])
    ]
    told = f"It is the better buy in {words.listed(better)} a point, of 100 settings"
    unsettled = curve.loc[~curve["settled"], "pay"]
    doubt = _unsettled(unsettled.min(), unsettled.max(), curve["pay"].iloc[-1]) if len(unsettled) else ""
    return f"{where}{price}. {told} (in brackets: if all runs were made again).{doubt} {NO_THRESHOLD}"


def _of_100(share: float, low: float, high: float) -> str:
    return f"{words.nearest(100 * share)} ({words.nearest(100 * low)} to {words.nearest(100 * high)})"


def _is_price(quadrant: str) -> bool:
    """Is pounds a point a price? Only where better is dearer, or worse cheaper."""
    return quadrant in ("better and dearer", "worse and cheaper")


def _unsettled(low: float, high: float, top: float) -> str:
    where = "at any price shown" if low == 0 and high == top else f"from {_price(low)} to {_price(high)} a point"
    return f" More runs could still turn which is better on the whole {where}."


def _price(value: float) -> str:
    return words.pounds(value) if value else "£0"


def _evidence(found: Uncertainty) -> str:
    if not can_value():
        return NEEDS_SKLEARN
    table = found.evppi
    price = words.pounds(hardest_price(found.layout)) if hardest_price(found.layout) else "£0"
    worth = table["all_known"].iloc[0]
    whole = f"At {price} a point, to know all numbers before choosing would be worth {words.pounds(worth)} a person"
    above = table[table["above_floor"] & (table["parameter"] != DUMMY)]
    if not len(above):
        count = f"{len(found.asked.vectors):,} vectors"
        return f"{whole}; no single number stands out above what chance alone gives with {count}."
    named = [
        f"{row.about[0].lower()}{row.about[1:]} ({words.pounds(row.worth)}; {CONFIDENCE[row.confidence]})"
        for row in _tuples(above.head(MOST_NAMED))
    ]
    return f"{whole}. Above what chance gives: {words.listed(named)}."


def in_words(found: Uncertainty) -> str:
    """The terminal's page: the answer, a table, and what its columns mean."""
    said = [textwrap.fill(sentence, WIDTH) for sentence in headlines(found)]
    return "\n\n".join([found.title, *said, _table(found), textwrap.fill(_meaning(found), WIDTH)])


def _table(found: Uncertainty) -> str:
    rows = [_row(found, output) for output in (*SHOWN, *COSTS)]
    what = "difference" if found.components["scenario"].iloc[-1] == DIFFERENCE else "mean"
    head = f"{'':<26}{what:>10} {'±':>8} {'luck':>17} {'parameters':>16}"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: Any) -> str:
    label = textwrap.shorten(f"{row.label}{', in 100' if row.unit == 'share' else ''}", 26, placeholder="...")
    parameters = _span(row, "parameter") if told_apart(row) else "-"
    mean, error = small(row.mean, row.unit), small(row.error, row.unit)
    return f"{label:<26}{mean:>10} {error:>8} {_span(row, 'luck'):>17} {parameters:>16}"


def _meaning(found: Uncertainty) -> str:
    clear, weeks = words.in_100(CLEAR), words.one_of(found.scenario.weeks, "week", "weeks")
    discount = (
        "" if len(found.layout.rates) == 1 else " Costs and effects after the first year are discounted at 3.5 %."
    )
    plane = f" Pounds a point are told only where {clear} of 100 settings lie in one quadrant." if found.paired else ""
    return (
        "±: by how much making all runs again could move the mean; more runs narrow it. Luck: the middle 8 in 10 "
        "teams at the same parameters. Parameters: the middle 8 in 10 settings, for the mean team; a dash: too small "
        "to be told from luck at this number of runs. Neither of the two narrows with more runs, and they are never "
        f"added up.{plane}{discount} Made of {made_of(found)[:-1]}; {weeks}."
    )
