"""What it would take, in sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.experiments.plan import BOTH, BUDGET, LEVERS, LONGER, NO_WORSE, TIME
from cpsim.outputs import words
from cpsim.outputs.telling import NOBODY_REAL

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.plan import Plan

WIDTH = 80
LUCK = (
    "Ranges “in 8 of 10 futures” are the luck of teams, at the numbers that were put in. What nobody knows about those "
    "numbers is in none of them."
)
COSTS = (
    "Costs are pounds a year more than the team costs now. Posts come from the table of levers, filled all year at "
    "paid hours times the cost of an hour. Training, CP supervision, leading and work with groups come out of the "
    "runs: mostly time of people who are paid already, taken from other work, not new money. Funds come out of the "
    "runs. Protected time, visits and a cap cost no money here; what they take from other work shows as costs to "
    "others. A new post's own hours are not counted twice. Crises, beds and whatever else changes are not in them: "
    "cpsim compare shows those."
)
NEED = {  # what a limit is called, and what is said when it binds
    BUDGET: "the budget",
    NO_WORSE: "that nothing may get worse",
    BOTH: "the budget together with what may not get worse",
    TIME: "the time",
}


def in_words(found: Plan) -> str:
    """The answer, what it rests on, and where doubt is."""
    blocks = [
        [f"{found.title}", *_question(found)],
        headlines(found),
        list(_lines_of_levers(found)),
        [COSTS, LUCK, NOBODY_REAL],
    ]
    return "\n\n".join("\n".join(_wrapped(line) for line in block) for block in blocks if block)


def headlines(found: Plan) -> list[str]:
    """The answer in sentences."""
    return list(_reached(found) if found.answer.good else _not_reached(found))


def of_10(share: float) -> str:
    """ "8 of 10", or "85 of 100"."""
    tenths = round(10 * share, 6)
    return f"{tenths:g} of 10" if tenths.is_integer() else f"{100 * share:g} of 100"


def row_of(found: Plan, number: int) -> Any:
    """The line of a bundle in bundles.csv."""
    return next(row for row in rows_of(found.tables["bundles"]) if row.bundle_number == number)


def people(value: float, found: Plan) -> str:
    """A value of the first goal as it is read."""
    unit = found.asked.target.first.measure.unit
    said = words.amount(value, unit)
    return f"{said} in 100" if unit == "share" else f"{said} {words.unit_name(unit)}".strip()


def average(row: Any, found: Plan) -> str:
    """ "54 in 100 (43 to 66 in 8 of 10 futures)"."""
    unit = found.asked.target.first.measure.unit
    return f"{people(row.value_mean, found)} ({words.between(row.value_p10, row.value_p90, unit)} in 8 of 10 futures)"


def price(pounds: float) -> str:
    """Pounds a year, where less than £100 is nothing."""
    return words.pounds(pounds) if abs(pounds) >= 50 else "nothing"


def _question(found: Plan) -> Iterator[str]:
    options = found.facts["options"]
    limits = [f"in at least {of_10(found.asked.confidence)} simulated futures", f"within {options['within']} weeks"]
    if found.asked.budget is not None:
        limits.append(f"for at most {words.pounds(found.asked.budget)} a year")
    yield f"{found.asked.target.in_words()}, {', '.join(limits)}"
    for harm in found.asked.harms:
        yield f"- no worse: {harm.label}; as good as none: {harm.said}"
    yield f"{options['bundles']:,} bundles of {len(found.levers)} levers; {found.facts['runs']:,} runs"


def _reached(found: Plan) -> Iterator[str]:
    best = row_of(found, found.answer.good[0])
    yield (
        f"The cheapest of {len(found.bundles):,} bundles that reaches this: {best.words}. It costs "
        f"{_cost(best)}, and reaches it in {_share(best)}: on average {average(best, found)}."
    )
    yield from _others(found, best)
    yield _parts(best)
    yield from _harms(found, best)
    yield from _beyond(best)
    yield from _unknown(found)


def _not_reached(found: Plan) -> Iterator[str]:
    near, base = row_of(found, found.answer.nearest), row_of(found, 0)
    yield (
        f"Not within these limits. Nearest is: {near.words}; it reaches the target in {_share(near)}, on "
        f"average {average(near, found)}, for {_cost(near)}. With nothing done it is {people(base.value_mean, found)}."
    )
    if found.answer.binds == LEVERS:
        yield "No single limit binds: none of the bundles tried reaches it often enough, whatever it costs."
    else:
        yield f"The limit that binds is {NEED[found.answer.binds]}: {_instead(found)}."
    yield from _harms(found, near)
    yield from _beyond(near)


def _instead(found: Plan) -> str:
    if found.answer.binds == TIME:
        weeks = LONGER * found.scenario.weeks
        return f"in {weeks} weeks the same bundle reaches it in at least {of_10(found.asked.confidence)} futures"
    other = row_of(found, found.answer.instead)
    harm = " ".join(_harms(found, other)) if found.answer.binds in (NO_WORSE, BOTH) else ""
    return f"without it, {other.words} reaches the target in {_share(other)}, for {_cost(other)}. {harm}".rstrip(". ")


def _others(found: Plan, best: Any) -> Iterator[str]:
    answer = found.answer
    more = [row_of(found, number).words for number in answer.good[1:]]
    if more:
        count = words.one_of(len(more), "other reaches", "others reach")
        yield f"{count} it for at most 5 % more: {' · '.join(more[:3])}{' · ...' if len(more) > 3 else ''}."
    if answer.fewest_posts != answer.good[0]:
        row = row_of(found, answer.fewest_posts)
        yield f"With the fewest posts ({row.posts_wte:g} more): {row.words}, for {_cost(row)}."
    elif best.posts_wte:
        yield f"No bundle with fewer posts than its {best.posts_wte:g} more reaches it."
    else:
        yield "It needs no new posts."
    if answer.fastest not in (answer.good[0], answer.fewest_posts):
        row = row_of(found, answer.fastest)
        yield f"Soonest in place (after {row.lag_weeks:.0f} weeks): {row.words}, for {_cost(row)}."


def _cost(row: Any) -> str:
    if abs(row.cost_mean) < 50:
        return "no more than now"
    return f"{price(row.cost_mean)} a year ({words.between(row.cost_p10, row.cost_p90, 'GBP')} in 8 of 10 futures)"


def _share(row: Any) -> str:
    low, high = words.nearest(100 * row.share_low), words.nearest(100 * row.share_high)
    return f"{words.in_100(row.share)} of 100 futures ({low} to {high} by {row.worlds:,} fresh worlds)"


def _parts(row: Any) -> str:
    parts = {"posts": row.cost_posts, "time of people already paid": row.cost_time, "funds": row.cost_funds}
    said = [f"{price(pounds)} {what}" for what, pounds in parts.items() if abs(pounds) >= 50]
    return f"Of that: {words.listed(said)}." if said else "It takes neither posts, nor time that is booked, nor funds."


def _harms(found: Plan, row: Any) -> Iterator[str]:
    for harm in found.asked.harms:
        rise, limit = (getattr(row, f"worse_{harm.outcome}{end}") for end in ("", "_limit"))
        said = "within the margin" if limit <= harm.margin else "not shown to be within the margin"
        how = "higher" if (harm.worse > 0) == (rise > 0) else "lower"
        yield (
            f"{harm.label}: {words.two_figures(abs(rise))} {how} on average, worse by at most "
            f"{words.two_figures(limit)} (95 %); {said} of {harm.margin:g}."
        )


def _unknown(found: Plan) -> Iterator[str]:
    """What nobody knows: a second sentence, never one range with luck."""
    if "unknown" not in found.tables:
        return
    table, unit = found.tables["unknown"], found.asked.target.first.measure.unit
    low, high = (float(end) for end in np.nanquantile(table["value"], [0.1, 0.9]))
    reaches, mean = float(table["reaches"].mean()), float(table["value"].mean())
    yield (
        f"With every uncertain number drawn from the range that its evidence gives ({len(table):,} draws, each with "
        f"luck of its own), it reaches the target in {words.in_100(reaches)} of 100; on average {people(mean, found)} "
        f"({words.between(low, high, unit)} in 8 of 10 draws)."
    )


def _beyond(row: Any) -> Iterator[str]:
    if row.beyond:
        yield f"Nobody has observed this; the model is guessing from nearby: {row.beyond}."


def _lines_of_levers(found: Plan) -> Iterator[str]:
    rows = rows_of(found.tables["drop_one"])
    if rows:
        yield "What each lever is worth in this bundle (the bundle without it, in the same worlds):"
    yield from (f"- without {row.words}: {worth(row, found)}; {_cheaper(row.costs)}" for row in rows)


def _cheaper(pounds: float) -> str:
    return f"{price(pounds)} less" if abs(pounds) >= 50 else "at the same cost"


def worth(row: Any, found: Plan) -> str:
    """What the bundle gives without a lever."""
    unit = found.asked.target.first.measure.unit
    share = f"the target in {words.in_100(row.share_without)} of 100 futures"
    if row.gives_low <= 0 <= row.gives_high:
        return f"no clear difference to {people(row.value, found)}; {share}"
    low, high = sorted(abs(end) for end in (row.gives_low, row.gives_high))
    fewer = f"{words.between(low, high, unit)} {'fewer' if row.gives > 0 else 'more'}"
    return f"{people(row.value_without, found)} in place of {people(row.value, found)} ({fewer}); {share}"


def rows_of(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent="  ")
