"""What the same money would do, in sentences: for the terminal and the page alike."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from cpsim.experiments.estimators.paired import WORSE
from cpsim.experiments.outcomes import OTHERS
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import telling, words
from cpsim.outputs.measures import measures

if TYPE_CHECKING:
    from cpsim.experiments.same_money import SameMoney

WIDTH = 80
NO_MONEY = 100.0  # GBP a year: as good as nothing
WHAT = {"five_steps": "all five steps", "reach": "at least one step"}
COSTS = (
    "A post is paid for the whole year, though it is filled some months after day 0. Staff time (training, "
    "supervision, leading, work with local groups) is counted at what it costs, though nobody is paid more for it: it "
    "is taken from other work. What is displaced is in the costs to others, not in the price."
)
SINGLE = (
    "One lever at a time: levers need each other, so the best use of a sum is seldom one of them. "
    "`cpsim plan` looks for the cheapest bundle."
)
INTERVALS = (
    "Ranges: 95 % interval of the mean difference over the same simulated worlds, wide enough to hold for all levers "
    "together (simulation error). What nobody knows about the parameters is not in them."
)


def in_words(found: SameMoney) -> str:
    """All sentences, at most 80 columns wide."""
    blocks = (
        [found.title, made_of(found)],
        headlines(found),
        [f"Lever by lever, more of 100 who get {WHAT[found.main]}:", *_listed(found)],
        [f"- {text}" for text in not_bought(found)],
        [COSTS, SINGLE, INTERVALS, telling.NOBODY_REAL],
    )
    return "\n\n".join("\n".join(textwrap.fill(text, WIDTH) for text in block if text) for block in blocks if block)


def _listed(found: SameMoney) -> list[str]:
    return [f"- {of_lever(found, row)}" for row in found.bought.itertuples(index=False)]


def made_of(found: SameMoney) -> str:
    """Horizon and runs."""
    return (
        f"{telling.dated_period(found)}; {found.worlds:,} worlds of each level, {found.runs:,} runs, seed {found.seed}."
    )


def headlines(found: SameMoney) -> list[str]:
    """The most that the sum does on one lever, and at what price."""
    if found.bought.empty:
        return [f"{words.pounds(found.budget)} a year buys nothing of these levers."]
    best = next(found.bought.itertuples(index=False))
    if not getattr(best, f"{found.main}_low") > 0:
        return ["On no single lever does it bring a clear gain at this number of worlds."]
    return [f"The most on one lever: {of_lever(found, best)}"]


def of_lever(found: SameMoney, row: Any) -> str:
    """One lever: what is bought, its price, what it brings, what gets worse for others."""
    return f"{row.words[0].upper()}{row.words[1:]} ({price(row)}): {gain(found, row)}{worse(row)}."


def price(row: Any) -> str:
    """ "£48,000 a year"; levers that cost time only, or nothing, say so."""
    if abs(row.cost) < NO_MONEY:
        return "no money: it displaces other work"
    told = words.pounds(row.cost)
    parts = {"staff time": row.cost_time, "posts": row.cost_posts, "funds": row.cost_funds}
    most = max(parts, key=lambda name: abs(parts[name]))
    return f"{told} a year, most of it {most}"


def gain(found: SameMoney, row: Any) -> str:
    """In people of 100, with its range."""
    value, low, high = (getattr(row, f"{found.main}{end}") for end in ("", "_low", "_high"))
    span = words.differences(low, high, measures("outcomes")[found.main].unit)
    return f"{words.difference(value, 'share')} in 100{f' ({span})' if span else ''}"


def worse(row: Any) -> str:
    """Costs to others that are clearly worse."""
    names = [short_label(name).split(", ")[0] for name in OTHERS if getattr(row, f"{name}_verdict") == WORSE]
    return f"; worse for others: {words.listed(names)}" if names else ""


def not_bought(found: SameMoney) -> list[str]:
    """Levers whose lowest level costs more."""
    rows: list[Any] = list(found.table[~found.table["bought"]].itertuples(index=False))
    return [f"Not for this money: {row.words} costs {words.pounds(row.cost)} a year." for row in rows]
