"""Which conclusions survive, in sentences: for the terminal, the page and the picture alike."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from cpsim.experiments import structure_lists as lists
from cpsim.experiments.estimators.verdicts import FALLS, STANDS, UNSETTLED, WEAKER
from cpsim.outputs import telling, words
from cpsim.scenario.barriers import barriers
from cpsim.scenario.load import load

if TYPE_CHECKING:
    from cpsim.experiments.structure import Structural

WIDTH = 80
MOST_NAMED = 3  # structures named in a headline
SHORT_PLACES = 3  # of a difference in a cell: a tenth of 100 people
HOLD = (STANDS, WEAKER)
SIGNS = {STANDS: "●", WEAKER: "◐", UNSETTLED: "○", FALLS: "✕"}
MEANS = {
    STANDS: "holds beyond doubt",
    WEAKER: "holds beyond doubt, but by less than half of what it holds by in the model as it is, beyond doubt too",
    UNSETTLED: "so many worlds cannot tell",
    FALLS: "the other way round, beyond doubt",
}
VERDICTS = f"Verdicts: {'; '.join(f'{name}: {meaning}' for name, meaning in MEANS.items())}."
INTERVALS = (
    "Beyond doubt: by the 95 % interval of the mean over the same simulated worlds, wide enough to hold for all "
    "structures of a conclusion together (simulation error). What nobody knows about the numbers is not in it, and "
    "neither is any structure that is not in the list."
)
HOLDS_BY = (
    "'Holds by' is the distance to where the conclusion would turn: to the bound, to half of what everything brings, "
    "to the runner-up among barriers. Where several things must hold, it is that of the one that holds least."
)
SWITCHED = "Changes are facts of the world: they hold from the first day of the warm-up on, in every scenario alike."
NO_OTHER_START = (
    "The saved people that come with this version belong to a team with other numbers than the ordinary one has now. "
    "So all teams start by formula already, and the start by formula tests nothing here."
)


def in_words(found: Structural) -> str:
    """All sentences, at most 80 columns wide."""
    blocks = [[found.title, made_of(found)], headlines(found)]
    for asked in lists.conclusions():
        blocks.append([f"{asked.sentence}:", *(f"- {text}" for text in of_conclusion(found, asked.name))])
    blocks.append([*starts(found), SWITCHED, HOLDS_BY, VERDICTS, INTERVALS, telling.NOBODY_REAL])
    return "\n\n".join("\n".join(textwrap.fill(text, WIDTH) for text in block) for block in blocks)


def made_of(found: Structural) -> str:
    """Size and runs."""
    built, asked = len(found.made_of), len(lists.conclusions())
    return (
        f"{asked} conclusions in {built} structures; {found.replications:,} worlds of each scenario in each, "
        f"{words.one_of(found.scenario.weeks, 'week', 'weeks')}, {found.runs:,} runs, seed {found.seed}."
    )


def headlines(found: Structural) -> list[str]:
    """How many stand everywhere, then a sentence for each that does not."""
    everywhere = [each for each in lists.conclusions() if _holds(found.rows(each.name)).all()]
    others = [each for each in lists.conclusions() if each not in everywhere]
    said = f"{len(everywhere)} of {len(lists.conclusions())} conclusions hold in every structure tried"
    weak = [each.sentence for each in everywhere if (found.rows(each.name)["verdict"] == WEAKER).any()]
    though = f" (weaker in some: {'; '.join(weak)})" if weak else ""
    fates = [f"{each.sentence}: {_fate(found.rows(each.name))}." for each in others]
    return [f"{said}{though}.", *fates, *_least_left(found), *([NO_OTHER_START] if _no_other_start(found) else [])]


def _least_left(found: Structural) -> list[str]:
    """Where most of a conclusion's size is lost though it holds."""
    holds = found.table[_holds(found.table) & (found.table["structure"] != found.made_of["structure"].iloc[0])]
    if holds.empty:
        return []
    least = holds.sort_values("times", kind="stable").iloc[0]
    share = words.two_figures(100 * least["times"])
    return [
        f'Of those that hold, least is left of "{least["sentence"]}" with "{least["label"]}": it holds by {share} % of '
        "what it holds by in the model as it is."
    ]


def _no_other_start(found: Structural) -> bool:
    """Does the ordinary team start by formula anyhow?"""
    return bool(found.made_of["start"].iloc[0] == lists.FORMULA)


def _holds(rows: pd.DataFrame) -> pd.Series:
    return rows["verdict"].isin(HOLD)


def _fate(rows: pd.DataFrame) -> str:
    """Where a conclusion does not hold."""
    first = str(rows["verdict"].iloc[0])
    if not _holds(rows).any():
        lead = f" (in the lead: {words.listed(_leaders(rows))})" if rows["form"].iloc[0] in lists.OF_BARRIERS else ""
        told = "falls" if first == FALLS else "not settled"
        return f"{told} in the model as it is and holds in no other structure{lead}"
    lost = rows[~_holds(rows)]
    parts = [
        f"{verdict} with {_named(lost.loc[lost['verdict'] == verdict, 'label'].tolist())}"
        for verdict in (FALLS, UNSETTLED)
        if (lost["verdict"] == verdict).any()
    ]
    return f"{first} in the model as it is, {', '.join(parts)}" if first in HOLD else ", ".join(parts)


def _leaders(rows: pd.DataFrame) -> list[str]:
    """Every barrier that leads in some structure."""
    return [barriers()[name].label for name in rows["whose"].unique()]


def _named(labels: list[str]) -> str:
    if len(labels) <= MOST_NAMED:
        return words.listed([f'"{label}"' for label in labels])
    return f"{len(labels)} of the structures"


HEADINGS = ("structure", "verdict", "what is found", "holds by", "as it is")


def table_of(found: Structural, name: str) -> list[tuple[str, ...]]:
    """The same as rows under `HEADINGS`."""
    rows = list(found.rows(name).itertuples(index=False))
    first = short_figure(rows[0])
    return [
        (short_label(str(row.structure)), str(row.verdict), figure(row), _margin(row), "" if row is rows[0] else first)
        for row in rows
    ]


def of_conclusion(found: Structural, name: str) -> list[str]:
    """A line a structure."""
    rows = found.rows(name)
    first = next(rows.itertuples(index=False))
    return [_line(row, first) for row in rows.itertuples(index=False)]


def _line(row: Any, first: Any) -> str:
    beside = "" if row.structure == first.structure else f"; as it is: {short_figure(first)}"
    return f"{short_label(row.structure)}: {row.verdict}, {figure(row)}{_holds_by(row)}{beside}"


def names(found: Structural) -> list[str]:
    """The structures in a few words; what tests nothing says so."""
    idle = "start_by_formula" if _no_other_start(found) else ""
    return [f"{short_label(name)}{' (no test here)' * (name == idle)}" for name in found.made_of["structure"]]


def short_label(structure: str) -> str:
    """A structure in a few words."""
    return next(each.short for each in lists.structures() if each.name == structure)


def figure(row: Any) -> str:
    """What a reader compares."""
    if row.form == lists.UNDER:
        return f"{words.in_100(row.size)} in 100"
    if row.form == lists.MORE:
        return short_figure(row)
    if row.form == lists.SHARE_OF:
        return f"{scenario_label(row.whose)} brings most, {_share(row.size)} % of what everything brings"
    label = barriers()[row.whose].label
    return f"{label}: {'gone, it brings' if row.form == lists.TOP else 'first in'} {_share(row.size)} of 100 chances"


def _share(share: float) -> str:
    return words.two_figures(100 * share)


def _holds_by(row: Any) -> str:
    """The margin with its interval; only the interval where the figure is the margin."""
    if row.form == lists.MORE:
        span = words.differences(row.low, row.high, row.unit)
        return f" ({span})" if span else ""
    return f"; holds by {_margin(row)}"


def _margin(row: Any) -> str:
    span = words.differences(row.low, row.high, row.unit)
    unit = "in 100" if row.unit == "share" else "points"
    return f"{words.difference(row.margin, row.unit)} {unit}{f' ({span})' if span else ''}"


def short_figure(row: Any) -> str:
    """The same for a cell of the picture."""
    if row.form == lists.UNDER:
        return f"{words.in_100(row.size).replace('fewer than ', '<')} in 100"
    if row.form == lists.MORE:
        size = round(row.size, SHORT_PLACES)
        return f"{words.difference(size, row.unit)} {'in 100' if row.unit == 'share' else 'points'}" if size else "none"
    if row.form == lists.SHARE_OF:
        return f"most {words.in_100(row.size).replace('fewer than ', '<')} %"
    return f"{row.whose} {_share(row.size)}"


def scenario_label(name: str) -> str:
    """ "a team that protects time ..." as its title begins, in the middle of a sentence."""
    title = load(name).title
    return f"{title[0].lower()}{title[1:]}"


def starts(found: Structural) -> list[str]:
    """How teams start, and what that means for the structures; nothing where it is said above."""
    first = found.made_of.iloc[0]
    if _no_other_start(found):
        return []
    return [
        f"In the model as it is {first['as_saved']} of {first['scenarios']} scenarios start with the saved people. "
        "A structure that differs before day 0 makes every team unlike that of the saved people, so it starts by "
        "formula: what the start alone does is seen beside it, in the line of the start by formula."
    ]
