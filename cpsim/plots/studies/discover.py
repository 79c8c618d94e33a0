"""Pictures of a discovery: the box as sliders, its coverage and density, and four factors against each other."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from cpsim.experiments.discover_telling import phrase, told_box
from cpsim.experiments.settings import LEVER
from cpsim.outputs import words
from cpsim.plots.bars import key
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, GRID, INK, PALE_BLUE, QUIET, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.discover import Discovery

ENOUGH = 50  # settings in a cell, below which its share says little
DARK = 0.92  # share from which a cell's numbers are white
LABEL_SIGNS = 34
ACROSS_SIGNS, UP_SIGNS, UP_SIGNS_LOW = 72, 48, 34  # a line along the sides of the cells holds; a low picture


def pictures(found: Discovery) -> list[Picture]:
    """All that there is something to show of."""
    if found.boxes is None:
        return []
    made = [curve(found), stacking(found)]
    return [sliders(found), *made] if len(told_box(found)) else made


def sliders(found: Discovery) -> Picture:
    """The box: a slider a factor, the part inside thick; levers and circumstances told apart."""
    box = told_box(found)
    names = sorted(dict.fromkeys(box["factor"]), key=lambda name: found.by_name[name].kind != LEVER)
    rows = [_slider(found, name, box[box["factor"] == name]) for name in names]
    table = pd.DataFrame(rows)
    first = box.iloc[0]
    grid = Grid(
        ("what is asked", "kind", "in how many of 20 resamples", "quasi-p"),
        tuple((row.phrase, row.kind, f"{20 * row.stability:.0f}", f"{row.quasi_p:.2g}") for row in rows_of(table)),
    )
    return Picture(
        name="box",
        title=f"Inside the box {words.in_100(first.held_density)} of 100 settings reach the target; over all settings "
        f"{words.in_100(found.facts['reached'])}",
        caption=caption(
            found,
            "Thick: the part of each range that is inside; nothing else is asked. The box holds "
            f"{words.in_100(first.held_coverage)} of 100 of the settings that reach the target. Shares are of the half "
            f"of {len(found.success):,} settings that the box was not found on.",
        ),
        alt=f"{'; '.join(table['phrase'])}.",
        table=table,
        grid=grid,
        draw=_draw_sliders,
        height=0.75 + 0.62 * len(table),
    )


def _slider(found: Discovery, name: str, rows: pd.DataFrame) -> dict[str, Any]:
    setting = found.by_name[name]
    limits = dict(zip(rows["side"], rows["limit"], strict=True))
    span = setting.high - setting.low
    low, high = limits.get("from", setting.low), limits.get("to", setting.high)
    return {
        "factor": name,
        "kind": setting.kind,
        "about": setting.about,
        "phrase": phrase(found, name, rows),
        "from": (low - setting.low) / span,
        "to": (high - setting.low) / span,
        "left": setting.told(setting.low),
        "right": setting.told(setting.high),
        "levels": len(setting.levels),
        "said": phrase(found, name, rows).partition(": ")[2],
        "stability": float(rows["stability"].iloc[0]),
        "quasi_p": float(rows["quasi_p"].max()),
    }


def _draw_sliders(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    for place, row in enumerate(table.to_dict("records")):
        lever = row["kind"] == LEVER
        colour, marker = (BLUE, "s") if lever else (VERMILION, "o")
        axes.plot([0, 1], [place, place], color=GRID, linewidth=5, solid_capstyle="round", zorder=1)
        axes.plot([row["from"], row["to"]], [place, place], color=colour, linewidth=5, zorder=2)
        ends = [row["from"], row["to"]]
        axes.scatter(ends, [place, place], marker=marker, s=70, color=colour, edgecolor=EDGE, zorder=3)
        if row["levels"]:
            axes.scatter(
                np.linspace(0, 1, row["levels"]), [place] * row["levels"], marker="|", s=40, color=INK, zorder=4
            )
        axes.annotate(
            textwrap.shorten(row["said"], 70, placeholder=" ..."),
            (0.5, place),
            (0, 8),
            textcoords="offset points",
            ha="center",
            weight="bold",
        )
        for end, side in ((0, "left"), (1, "right")):
            text = textwrap.shorten(row[side], 40, placeholder=" ...")
            axes.annotate(text, (end, place), (0, -15), textcoords="offset points", ha=side, size=8, color=QUIET)
    labels = [textwrap.fill(text, LABEL_SIGNS) for text in table["about"]]
    axes.set_yticks(range(len(table)), labels)
    axes.set(xlim=(-0.03, 1.03), ylim=(len(table) - 0.5, -0.6), xticks=[])
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    key(
        figure,
        {
            "lever: can be pulled": Line2D([], [], color=BLUE, marker="s", linewidth=4),
            "circumstance: can only be met": Line2D([], [], color=VERMILION, marker="o", linewidth=4),
        },
    )


def curve(found: Discovery) -> Picture:
    """Coverage against density along the peeling, on the hold-out and on the half that was peeled."""
    table = found.tables["trajectory"]
    chosen = table[table["chosen"]].iloc[0]
    rows = tuple(
        (
            str(row.step),
            str(row.restricted),
            *(
                words.in_100(share)
                for share in (row.held_coverage, row.held_density, row.seen_coverage, row.seen_density)
            ),
        )
        for row in rows_of(table)
    )
    return Picture(
        name="curve",
        title=f"The narrower the box, the surer and the fewer: on settings it was not found on, "
        f"{words.in_100(chosen.held_density)} of 100 in place of {words.in_100(chosen.seen_density)}",
        caption=caption(
            found,
            "Each mark a box on the way of peeling, from all settings (left) on. Solid: on the half it was not found "
            "on, the only one to go by. The ringed box is the one taken, before chance is dropped from it; --box takes "
            "another.",
        ),
        alt=f"From coverage 100 and density {words.in_100(table['held_density'].iloc[0])} of 100 to the box taken: "
        f"coverage {words.in_100(chosen.held_coverage)}, density {words.in_100(chosen.held_density)}, against "
        f"{words.in_100(chosen.seen_density)} on its own half.",
        table=table,
        grid=Grid(("step", "factors", "coverage", "density", "coverage, own half", "density, own half"), rows),
        draw=_draw_curve,
        height=3.1,
    )


def _draw_curve(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    chosen = table[table["chosen"]]
    axes.plot(100 * table["seen_coverage"], 100 * table["seen_density"], color="#9a9a9a", linestyle="--", linewidth=1.2)
    axes.plot(
        100 * table["held_coverage"], 100 * table["held_density"], color=BLUE, marker="o", markersize=4, linewidth=1.6
    )
    axes.scatter(
        100 * chosen["held_coverage"],
        100 * chosen["held_density"],
        s=120,
        facecolor="none",
        edgecolor=VERMILION,
        linewidths=2,
        zorder=4,
    )
    axes.axhline(100 * table["held_density"].iloc[0], color=QUIET, linestyle=":", linewidth=1.2)
    axes.set(xlim=(103, 0), ylim=(0, 103))
    axes.set_xlabel("coverage: of 100 settings that reach the target, how many are inside")
    axes.set_ylabel("density: of 100 inside,\nhow many reach it")
    key(
        figure,
        {
            "settings it was not found on": Line2D([], [], color=BLUE, marker="o"),
            "its own half": Line2D([], [], color="#9a9a9a", linestyle="--"),
            "all settings": Line2D([], [], color=QUIET, linestyle=":"),
            "taken": Line2D([], [], linestyle="", marker="o", markersize=9, markerfacecolor="none", color=VERMILION),
        },
    )


def stacking(found: Discovery) -> Picture:
    """Dimensional stacking: the share that reaches the target in each combination of four factors."""
    table = found.tables["stacking"]
    depth = sum(name.startswith("factor_") for name in table.columns)
    names = [table[f"factor_{place}"].iloc[0] for place in range(1, depth + 1)]
    about = [found.by_name[name].about for name in names]
    best = table[table["points"] >= min(ENOUGH, table["points"].median())].sort_values("share").iloc[-1]
    told = [f"{about[place]}: {best[f'told_{place + 1}']}" for place in range(depth)]
    rows = tuple(
        (
            " / ".join(getattr(row, f"told_{place}") for place in range(1, depth + 1)),
            words.in_100(row.share),
            f"{row.points:,}",
        )
        for row in rows_of(table.sort_values("share", ascending=False))
    )
    return Picture(
        name="stacking",
        title=f"Most often, {words.in_100(best.share)} of 100, with {told[0]}" + (f"; {told[1]}" if depth > 1 else ""),
        caption=caption(
            found,
            "Each cell: of the settings in it, how many of 100 reach the target, and beneath it how many settings that "
            f"is; hatched: fewer than {ENOUGH}, so the share says little. All other things vary inside a cell.",
        ),
        alt=f"The cell with the highest share: {'; '.join(told)}: {words.in_100(best.share)} of 100.",
        table=table.assign(**{f"about_{place}": text for place, text in enumerate(about, 1)}),
        grid=Grid((" / ".join(about), "reach the target, of 100", "settings"), rows),
        draw=_draw_stacking,
        height=4.6 if depth > 2 else 3.3,
    )


def _draw_stacking(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    depth = sum(name.startswith("factor_") for name in table.columns)
    parts = [
        sorted({(code, told) for code, told in zip(table[f"part_{d}"], table[f"told_{d}"], strict=True)})
        for d in range(1, depth + 1)
    ]
    across, up = _stacked(table, (0, 2), depth, parts), _stacked(table, (1, 3), depth, parts)
    shades = LinearSegmentedColormap.from_list("share", [WHITE, PALE_BLUE, BLUE])
    wide, high = (int(values.max()) + 1 for values in (across, up))
    for x, y, row in zip(across, up, rows_of(table), strict=True):
        _cell(axes, x, y, row, shades(row.share))
    axes.set(xlim=(0, wide), ylim=(0, high))
    axes.grid(visible=False)
    _ticks(axes, parts, depth)
    about = [table[f"about_{place}"].iloc[0] for place in range(1, depth + 1)]
    axes.set_xlabel(textwrap.fill(_axis_name(about[0], about[2] if depth > 2 else "", "above"), ACROSS_SIGNS))
    if depth > 1:
        signs = UP_SIGNS if depth > 2 else UP_SIGNS_LOW
        axes.set_ylabel(textwrap.fill(_axis_name(about[1], about[3] if depth > 3 else "", "right"), signs))
    key(
        figure,
        {
            "none reach it": Patch(facecolor=WHITE, edgecolor=EDGE),
            "half do": Patch(facecolor=PALE_BLUE, edgecolor=EDGE),
            "all do": Patch(facecolor=BLUE, edgecolor=EDGE),
            f"fewer than {ENOUGH} settings": Patch(facecolor=WHITE, edgecolor=EDGE, hatch="///"),
        },
    )


def _cell(axes: Axes, x: float, y: float, row: Any, shade: Any) -> None:
    """A square with its share and how many settings that is; hatched where they are few."""
    few = row.points < ENOUGH
    look: dict[str, Any] = {"facecolor": shade, "edgecolor": WHITE, "hatch": "///" if few else "", "linewidth": 0.8}
    axes.add_patch(Rectangle((x, y), 1, 1, **look))
    plate = {"facecolor": shade, "edgecolor": "none", "pad": 0.6} if few else None
    told, ink = f"{100 * row.share:.0f}\n({row.points})", WHITE if row.share > DARK else INK
    axes.text(x + 0.5, y + 0.5, told, ha="center", va="center", size=7.5, color=ink, bbox=plate)


def _axis_name(outer: str, inner: str, where: str) -> str:
    """ "CP training (above), and within it: Support workers"."""
    return f"{outer} ({where})" + (f", and within it: {inner}" if inner else "")


def _stacked(
    table: pd.DataFrame, places: tuple[int, int], depth: int, parts: list[list[tuple[int, str]]]
) -> np.ndarray:
    """Cells along one side: the outer factor, and the inner one within each of its parts."""
    outer, inner = (
        table[f"part_{place + 1}"].to_numpy() if place < depth else np.zeros(len(table), int) for place in places
    )
    return outer * (len(parts[places[1]]) if places[1] < depth else 1) + inner


def _ticks(axes: Axes, parts: list[list[tuple[int, str]]], depth: int) -> None:
    """Names of parts: inner ones at every cell, outer ones once, with a line between."""
    for outer, inner, across in ((0, 2, True), (1, 3, False)):
        if outer >= depth:
            continue
        each = len(parts[inner]) if inner < depth else 1
        count = len(parts[outer])
        small = [told for _ in range(count) for _, told in parts[inner]] if inner < depth else []
        axis = axes.xaxis if across else axes.yaxis
        axis.set_ticks(np.arange(len(small)) + 0.5, [textwrap.fill(text, 11) for text in small], size=6.5)
        axis.set_tick_params(length=0)
        for number, (_, told) in enumerate(parts[outer]):
            middle = (number + 0.5) * each
            text = textwrap.fill(textwrap.shorten(told, 52, placeholder=" ..."), 26)
            where: dict[str, Any] = {
                "xy": (middle, 1),
                "xycoords": ("data", "axes fraction"),
                "xytext": (0, 3),
                "ha": "center",
                "va": "bottom",
            }
            if not across:
                where = {
                    "xy": (1, middle),
                    "xycoords": ("axes fraction", "data"),
                    "xytext": (4, 0),
                    "ha": "left",
                    "va": "center",
                }
            axes.annotate(text, textcoords="offset points", size=7.5, weight="bold", **where)
            line = axes.axvline if across else axes.axhline
            line(number * each, color=INK, linewidth=1.2)
