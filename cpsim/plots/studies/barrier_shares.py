"""Shares of the gain: each group's mean contribution over all orders of taking away, and by whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from cpsim.experiments.attribution import ALL
from cpsim.experiments.barrier_words import counted, horizon, signed
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies.share_bars import share_bars
from cpsim.plots.style import BLUE, PALE_BLUE, PALE_GREY, PALE_ORANGE, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers

SHOWN = ("delivered", "reach", "five_steps")
HEADINGS = {
    "delivered": "chances in which\nCP moves on",
    "reach": "people with at\nleast one step",
    "five_steps": "people with all\nfive steps",
}
OWNERS = {
    "the team's": (BLUE, ""),
    "the system's": (PALE_ORANGE, "//"),
    "the community's": (PALE_BLUE, "\\\\"),
    "money": (PALE_GREY, "xx"),
}
WHISKERS = "Whiskers: 95 % interval of the mean, simulation error only"


def shares(found: Barriers) -> Picture:
    """Shapley shares of what all bring together, a panel an output; groups in the order of the first."""
    shown = [output for output in SHOWN if output in found.games]
    order = found.shares(shown[0])["group"].tolist()
    parts = [found.shares(output).set_index("group").loc[order].reset_index() for output in shown]
    table = pd.concat(parts, ignore_index=True)[["output", "group", "label", "shapley", "shapley_low", "shapley_high"]]
    top = parts[0].iloc[0]
    gains = {output: found.row(ALL, output)["shapley"] for output in shown}
    return Picture(
        name="shares",
        title=f"Of the gain in chances in which CP moves on ({signed(gains[shown[0]], 'share')} of 100) the largest "
        f"share is due to {top['label']}",
        caption="Share of the gain when all groups are taken away: what each brings, averaged over all orders "
        f"(Shapley). Together {_together(gains)}. What is due to whom depends on what is counted; it does not say "
        f"what to pay for first. {WHISKERS}; {horizon(found)}.",
        alt="Shares of the gain. " + " ".join(_told(output, part) for output, part in zip(shown, parts, strict=True)),
        table=table,
        grid=Grid(
            ("group of barriers", *(HEADINGS[output].replace("\n", " ") for output in shown)),
            tuple(
                (parts[0]["label"][place], *(_cell(part.iloc[place]) for part in parts)) for place in range(len(order))
            ),
        ),
        draw=_draw_shares,
        height=0.3 * len(order) + 1.0,
    )


def _together(gains: dict[str, float]) -> str:
    return words.listed([f"{signed(gain, 'share')} of 100 {counted(output)}" for output, gain in gains.items()])


def _cell(row: pd.Series) -> str:
    half = words.half_width((row["shapley_high"] - row["shapley_low"]) / 2, "share")
    return f"{signed(row['shapley'], 'share')} ±{half}"


def _told(output: str, part: pd.DataFrame) -> str:
    label = measures("outcomes")[output].label
    return f"{label}: " + "; ".join(f"{row['label']} {_cell(row)}" for _, row in part.iterrows()) + "."


def _draw_shares(figure: Figure, table: pd.DataFrame) -> None:
    groups = table.groupby("output", sort=False)
    panels = np.atleast_1d(figure.subplots(1, groups.ngroups, sharey=True))
    for axes, (output, part) in zip(panels, groups, strict=True):
        share_bars(axes, part.reset_index(drop=True), [BLUE] * len(part), [""] * len(part))
        axes.set_title(HEADINGS[str(output)])
        axes.set_xlabel(f"of 100 {counted(str(output))}")


# ------------------------------------------------------------------------------------------------------- blocks
def blocks(found: Barriers) -> Picture:
    """Whose they are to take away: a bar a block, and its groups below it."""
    table = _block_rows(found)
    heads = table[table["head"]]
    top = heads.sort_values("shapley", ascending=False).iloc[0]
    return Picture(
        name="blocks",
        title=f"Whose it is: the largest share of the gain lies in what is {_whose(top['block'])}, "
        f"{signed(top['shapley'], 'share')} of 100 chances",
        caption="Chances in which CP moves on. Share of the gain, averaged over the orders of taking away that keep a "
        f"block's groups together (Owen); a block's groups add up to it. {WHISKERS}; {horizon(found)}.",
        alt="Share of the gain by whose barriers they are: "
        + "; ".join(f"{row.label.strip()} {signed(row.shapley, 'share')}" for row in rows_of(table))
        + ".",
        table=table,
        grid=Grid(
            ("whose, and its groups", "share of the gain, of 100 chances"),
            tuple((row["label"].strip(), _cell(row)) for _, row in table.iterrows()),
        ),
        draw=_draw_blocks,
        height=0.28 * len(table) + 0.8,
    )


def _whose(block: str) -> str:
    return "a matter of money" if block == "money" else block


def _block_rows(found: Barriers) -> pd.DataFrame:
    ends = ("", "_low", "_high")
    whole = found.tables["blocks"]
    shares = found.shares()
    rows: list[dict[str, Any]] = []
    for _, block in whole[whole["output"] == "delivered"].iterrows():
        owner = str(block["block"])
        head = {"block": owner, "label": owner, "head": True, **{f"shapley{end}": block[f"owen{end}"] for end in ends}}
        mine = shares[shares["whose"] == owner]
        if len(mine) == 1:  # a bar of its own would say the same again
            rows.append({**head, "label": f"{owner}: {mine['label'].iloc[0]}"} if owner != "money" else head)
            continue
        rows.append(head)
        for _, row in mine.sort_values("owen", ascending=False).iterrows():
            part = {f"shapley{end}": row[f"owen{end}"] for end in ends}
            rows.append({"block": owner, "label": f"{row['label']}  ", "head": False, **part})
    return pd.DataFrame(rows)


def _draw_blocks(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    colours = [OWNERS[row.block][0] if row.head else WHITE for row in rows_of(table)]
    hatches = [OWNERS[row.block][1] if row.head else "" for row in rows_of(table)]
    share_bars(axes, table, colours, hatches)
    for label, head in zip(axes.get_yticklabels(), table["head"], strict=True):
        label.set_fontweight("bold" if head else "normal")
    axes.set_xlabel("of 100 chances")
