"""The delivery ledger of a study: chances lost gate by gate, and gates in the way free of any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from cpsim.experiments.barrier_ledgers import NOBODYS
from cpsim.experiments.barrier_words import plain_horizon, tight
from cpsim.outputs import ledgers, words
from cpsim.plots.bars import key, number, plain, whiskers
from cpsim.plots.ledger import NOBODYS as MARK
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers

OUTLINE: Any = {"edgecolor": EDGE, "linewidth": 0.8}
A_CHANCE = "A chance is 28 days of a person who could take up CP."


def gates(found: Barriers) -> pd.DataFrame:
    """The rows of single gates, with marks for what is nobody's."""
    table = found.tables["ledger_delivery"]
    mine = table[table["kind"] == "gate"].reset_index(drop=True)
    mine["nobodys"] = mine["whose"] == NOBODYS
    mine["label"] = [f"{row.label}{f' {MARK}' if row.nobodys else ''}" for row in rows_of(mine)]
    return mine


# ------------------------------------------------------------------------------------------------------ met first
def met_first(found: Barriers) -> Picture:
    """Of 100 chances, how many are left behind each gate, in display order."""
    table = gates(found)[["label", "nobodys", "first", "first_low", "first_high"]].fillna(0.0)
    table["left"] = 1 - table["first"].cumsum()
    moved = ledgers.moved_on(found.base.runs).mean
    return Picture(
        name="met_first",
        title=f"One gate after the other: of 100 chances {words.in_100(moved)} are left in which CP moves on",
        caption=f"{A_CHANCE} Gates in their order of display; in another order the steps would be others, so this says "
        f"where chances end, not what each gate is worth. {MARK} nobody's to take away. "
        f"Mean of {plain_horizon(found)}.",
        alt="Of 100 chances lost at each gate, in the order shown: "
        + "; ".join(f"{row.label} {words.in_100(row.first)}" for row in rows_of(table))
        + ".",
        table=table,
        grid=Grid(
            ("gate, in the order shown", "lost here, of 100", "left behind it"),
            tuple((row.label, words.in_100(row.first), words.in_100(max(0.0, row.left))) for row in rows_of(table)),
        ),
        draw=_draw_met_first,
        height=4.2,
    )


def _draw_met_first(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    lost, left = 100 * table["first"].to_numpy(), 100 * np.maximum(table["left"].to_numpy(), 0)
    places = np.arange(len(table))
    kept = axes.barh(places, left, color=PALE_BLUE, height=0.74, **OUTLINE)
    gone = axes.barh(places, lost, left=left, color=PALE_ORANGE, hatch="//", height=0.74, **OUTLINE)
    for place, (end, share) in enumerate(zip(left + lost, table["first"], strict=True)):
        number(axes, end, place, tight(share))
    axes.set_yticks(places, table["label"].tolist())
    axes.set(xlim=(0, 112), ylim=(len(table) - 0.4, -0.6), xlabel="of 100 chances for CP")
    plain(axes)
    key(figure, {"left behind this gate": kept[0], "lost here (met first)": gone[0]})


# ---------------------------------------------------------------------------------------------------- in the way
def in_the_way(found: Barriers) -> Picture:
    """In the way at all, the same where there was a contact, and the only thing in the way."""
    table = gates(found)
    worst = table.sort_values("any", ascending=False).iloc[0]
    imputed = words.in_100(table["imputed"].iloc[0])
    known = worst["any"] > 0
    where = words.in_100(worst["any"])
    return Picture(
        name="in_the_way",
        title=f"In the way at all, whatever comes first: {worst['label'].removesuffix(MARK).strip()}, in {where} of 100"
        if known
        else "Nothing stood in the way of CP",
        caption=f"{A_CHANCE} Several gates fail at once, so bars add up to more than 100; a small diamond says that "
        f"taking this gate away alone opens few doors. In {imputed} of 100 chances there was no contact, and what only "
        f"a contact shows was judged without one; the dark bar leaves these out. {MARK} nobody's to take away. "
        f"Whiskers: 95 % interval of the mean of {plain_horizon(found)}.",
        alt="Of 100 chances, in the way at all; with a contact; the only thing: "
        + "; ".join(f"{row.label} {', '.join(_three(row))}" for row in rows_of(table))
        + ".",
        table=table,
        grid=Grid(
            ("gate", "in the way, of 100", "where there was a contact", "the only thing"),
            tuple((row.label, *_three(row)) for row in rows_of(table)),
        ),
        draw=_draw_in_the_way,
        height=4.8,
    )


def _three(row: Any) -> tuple[str, str, str]:
    return words.in_100(row.any), words.in_100(row.any_seen), words.in_100(row.only)


def _draw_in_the_way(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    share = {
        name: 100 * table[name].fillna(0).to_numpy() for name in ("any", "any_seen", "only", "any_low", "any_high")
    }
    places = np.arange(len(table))
    pale = [PALE_GREY if nobodys else PALE_BLUE for nobodys in table["nobodys"]]
    dark = [EDGE if nobodys else BLUE for nobodys in table["nobodys"]]
    wide = axes.barh(places, share["any"], color=pale, height=0.74, **OUTLINE)
    narrow = axes.barh(places, share["any_seen"], color=dark, height=0.3, **OUTLINE)
    whiskers(axes, places, share["any_low"], share["any_high"])
    diamond = axes.scatter(
        share["only"], places, marker="D", s=26, color=WHITE, edgecolors=INK, linewidths=1.1, zorder=4
    )
    ends = np.maximum(np.maximum(share["any"], share["any_high"]), share["any_seen"])
    for place, (end, value) in enumerate(zip(ends, table["any"], strict=True)):
        number(axes, end, place, tight(value), gap=8)
    longest = max(float(ends.max()), 1.0)
    axes.set_yticks(places, table["label"].tolist())
    axes.set(xlim=(-0.025 * longest, 1.16 * longest), ylim=(len(table) - 0.4, -0.6), xlabel="of 100 chances for CP")
    plain(axes)
    key(
        figure,
        {"in the way at all": wide[0], "of chances with a contact": narrow[0], "the only thing in the way": diamond},
    )
