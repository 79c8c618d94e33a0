"""Pictures of a sensitivity study: shares of factors and of groups, elementary effects, PAWN, pairs.

One panel an outcome, each with its own largest factors; the dummy is always shown, and luck where it is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cpsim.experiments.estimators.morris import NEGLIGIBLE
from cpsim.experiments.estimators.problem import is_dummy, ranked
from cpsim.experiments.estimators.sobol_cross import CHANCE
from cpsim.experiments.screening import OTHERS
from cpsim.experiments.sensitivity_words import ASSUMED, GROUPS, MARK, NOTHING, label, name_of, others, percent
from cpsim.outputs import words
from cpsim.plots.bars import key, plain, whiskers
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, PALE_GREY, QUIET, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.sensitivity import Sensitivity

SHOWN = 8  # factors a panel
COLUMNS = 2  # panels side by side
ROW, TOP = 0.205, 0.62  # inches a bar of two, and a panel's title and axis
SMALL = 7.5  # points
LUCK = "luck, of single teams"
LOOKS = {"alone": (BLUE, ""), "alone and with others": (PALE_BLUE, ""), LUCK: (PALE_GREY, "///")}
Panel = Callable[[Axes, pd.DataFrame], None]


def pictures(found: Sensitivity) -> list[Picture]:
    """Those of the tables that there are, in the order of the page."""
    makers = {"indices": _indices, "groups": _groups, "morris": _morris, "pawn": _pawn, "second_order": _pairs}
    return [maker(found) for table, maker in makers.items() if table in found.tables]


def _panels(figure: Figure, table: pd.DataFrame, draw: Panel) -> None:
    """One panel an outcome; what is left of the last row stays empty."""
    outputs = list(dict.fromkeys(table["output"]))
    rows = -(-len(outputs) // COLUMNS)
    grid = np.atleast_1d(figure.subplots(rows, min(COLUMNS, len(outputs)), squeeze=False)).ravel()
    for axes, output in zip(grid, outputs, strict=False):
        draw(axes, table[table["output"] == output].reset_index(drop=True))
        axes.set_title(_short(output), fontsize=SMALL + 1)
        axes.tick_params(labelsize=SMALL)
    for axes in grid[len(outputs) :]:
        axes.set_visible(False)


def _short(output: str) -> str:
    """An outcome's label without what stands in brackets: a panel is narrow."""
    return label(output).split(" (")[0]


def _height(table: pd.DataFrame, row: float = ROW) -> float:
    """Inches for all panels, each row of them as high as its fullest."""
    bars = list(table.groupby("output", sort=False).size())
    return sum(TOP + row * max(bars[at : at + COLUMNS]) for at in range(0, len(bars), COLUMNS))


def _shares(found: Sensitivity, name: str, column: str, called: Callable[[str], str]) -> pd.DataFrame:
    """Of each outcome the largest, what is taken together, the dummy and luck; with the names shown."""
    parts = []
    for output, rows in found.tables[name].groupby("output", sort=False):
        special = rows[column].isin([OTHERS, CHANCE]) | rows[column].map(is_dummy).astype(bool)
        chance = rows[rows[column] == CHANCE]
        rest = rows[special & (rows[column] != CHANCE)]
        part = pd.concat([ranked(rows[~special], "st")[:SHOWN], ranked(rest, "st"), chance])
        parts.append(part.assign(output=output))
    table = pd.concat(parts, ignore_index=True)
    return table.assign(label=[LUCK if each == CHANCE else called(each) for each in table[column]])


def _share_panel(axes: Axes, table: pd.DataFrame) -> None:
    """Two bars a row, alone and in all, or one for luck; whiskers are the intervals."""
    places = np.arange(len(table), dtype=float)
    luck = (table["label"] == LUCK).to_numpy()
    for which, shift in (("s1", -0.2), ("st", 0.2)):
        fill, _ = LOOKS["alone" if which == "s1" else "alone and with others"]
        value, low, high = (100 * table[f"{which}{end}"].to_numpy(float) for end in ("", "_low", "_high"))
        shown = ~luck
        axes.barh(places[shown] + shift, value[shown], height=0.38, color=fill, edgecolor=EDGE, linewidth=0.6)
        whiskers(axes, places[shown] + shift, low[shown], high[shown], end=0.09)
    if luck.any():
        value, low, high = (100 * table.loc[luck, f"own_st{end}"].to_numpy(float) for end in ("", "_low", "_high"))
        fill, hatch = LOOKS[LUCK]
        axes.barh(places[luck], value, height=0.5, color=fill, hatch=hatch, edgecolor=EDGE, linewidth=0.6)
        whiskers(axes, places[luck], low, high, end=0.09)
    if table.loc[~luck, "st"].isna().all():
        axes.text(
            0.97, 0.5, "too little beside luck\nto share out", transform=axes.transAxes, ha="right", fontsize=SMALL
        )
    _named(axes, table)
    axes.axvline(0, color=EDGE, linewidth=0.8)
    axes.set_xlabel("% of the variance", fontsize=SMALL)


def _named(axes: Axes, table: pd.DataFrame) -> None:
    axes.set_yticks(np.arange(len(table)), table["label"].tolist())
    axes.set_ylim(len(table) - 0.5, -0.5)
    plain(axes)


def _share_picture(found: Sensitivity, table: pd.DataFrame, name: str, title: str, said: Sequence[str]) -> Picture:
    def draw(figure: Figure, table: pd.DataFrame) -> None:
        marks: dict[str, Artist] = {
            named: Patch(facecolor=fill, hatch=hatch, edgecolor=EDGE) for named, (fill, hatch) in LOOKS.items()
        }
        key(figure, marks)
        _panels(figure, table, _share_panel)

    rows = tuple(
        (
            f"{label(row.output)}: {row.label}",
            _cell(row, "s1"),
            _cell(row, "own_st" if np.isnan(row.st) else "st"),
        )
        for row in rows_of(table)
    )
    return Picture(
        name=name,
        title=title,
        caption=caption(
            found,
            "Shares of what the mean outcome varies by when all factors vary within their ranges.",
            "Whiskers: 95 % interval of the share, by drawing rows of the design anew; it says how well the share is "
            "known, and shrinks with more runs.",
            *said,
            "Luck: of what single teams differ by, the share that no factor makes. The dummy is wired to nothing.",
            _roots(found),
        ),
        alt=f"Shares in all, in % of the variance: {_told(table)}",
        table=table,
        grid=Grid(("share of the variance, %", "alone", "alone and with others"), rows),
        draw=draw,
        height=_height(table) + 0.3,
    )


def _cell(row: Any, name: str) -> str:
    value, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    return "" if np.isnan(value) else f"{100 * value:.0f} ({100 * low:.0f} to {100 * high:.0f})"


def _told(table: pd.DataFrame) -> str:
    parts = []
    for output, rows in table.groupby("output", sort=False):
        named = [f"{row.label} {100 * row.st:.0f}" for row in rows_of(rows[rows["st"].notna()])[:4]]
        parts.append(f"{label(str(output))}: {', '.join(named)}")
    return "; ".join(parts) + "."


def _roots(found: Sensitivity) -> str:
    roots = [label(name) for name in found.facts["square_roots"]]
    return f"Analysed as square roots: {', '.join(roots)}." if roots else ""


def _surest(table: pd.DataFrame, column: str) -> str:
    """Title: the largest share that is surely not small."""
    alone = table[~table[column].isin([OTHERS, CHANCE]) & table["st"].notna()]
    if not len(alone):
        return f"{NOTHING[0].upper()}{NOTHING[1:]}"
    row = rows_of(ranked(alone, "st_low")[:1])[0]
    return f"Surest: {row.label.rstrip(ASSUMED)}, behind {percent(row.st)} % of what “{_short(row.output)}” varies by"


def _indices(found: Sensitivity) -> Picture:
    table = _shares(found, "indices", "factor", lambda path: name_of(found, path))
    said = [f"Of each outcome the {SHOWN} largest; {others(found)} moved as one.", MARK]
    return _share_picture(found, table, "indices", _surest(table, "factor"), said)


def _groups(found: Sensitivity) -> Picture:
    table = _shares(found, "groups", "group", lambda group: GROUPS.get(group, group))
    return _share_picture(found, table, "groups", _surest(table, "group"), ["All factors of a group move together."])


def _morris(found: Sensitivity) -> Picture:
    """Mean size of the effect against how much it differs from place to place."""
    table = found.tables["morris"]
    table = table.assign(label=[name_of(found, path) for path in table["factor"]])
    real = table[~table["factor"].map(is_dummy)]
    fixed = int(real.groupby("factor")["negligible"].all().sum())
    rows = tuple(
        (f"{label(row.output)}: {row.label}", f"{100 * row.share:.0f}", f"{row.sigma:.3g}")
        for _, part in real.groupby("output", sort=False)
        for row in rows_of(ranked(part, "share")[:SHOWN])
    )
    return Picture(
        name="morris",
        title=f"{fixed} of {real['factor'].nunique()} factors are negligible for every outcome shown"
        if fixed
        else "No factor is negligible for every outcome shown",
        caption=caption(
            found,
            "Each dot a factor: how far it moves the outcome from one end of a step to the other, on the mean and "
            "whatever the direction (across), and how much that differs from place to place (up).",
            f"Left of the line at {100 * NEGLIGIBLE:.0f} % of the largest, upper end of the 95 % interval of the mean "
            "included (the thin line of each dot), a factor is negligible: an open dot.",
            "The people and their luck stay along a trajectory. The cross is the dummy.",
            MARK,
            _roots(found),
        ),
        alt=f"Largest effects: {_largest(real)}",
        table=table,
        grid=Grid(("effect", "% of the largest", "sigma"), rows),
        draw=lambda figure, table: _panels(figure, table, _scatter),
        height=2.5 * -(-real["output"].nunique() // COLUMNS),
    )


def _largest(table: pd.DataFrame) -> str:
    parts = [
        f"{label(str(output))}: {', '.join(ranked(rows, 'share')['label'][:3])}"
        for output, rows in table.groupby("output", sort=False)
    ]
    return "; ".join(parts) + "."


def _scatter(axes: Axes, table: pd.DataFrame) -> None:
    largest = table["mu_star"].max() or 1.0
    for negligible, fill in ((True, WHITE), (False, BLUE)):
        part = table[(table["negligible"] == negligible) & ~table["factor"].map(is_dummy)]
        axes.hlines(part["sigma"], part["mu_star"], part["mu_star"] + part["mu_star_ci"], color=QUIET, linewidth=0.5)
        axes.scatter(part["mu_star"], part["sigma"], s=14, facecolor=fill, edgecolor=EDGE, linewidth=0.6, zorder=3)
    dummy = table[table["factor"].map(is_dummy)]
    axes.scatter(dummy["mu_star"], dummy["sigma"], s=24, marker="x", color=VERMILION, linewidth=1.2, zorder=4)
    axes.axvline(NEGLIGIBLE * largest, color=INK, linewidth=0.8, linestyle="--")
    highest = table["sigma"].max() or 1.0
    for row in rows_of(_apart(ranked(table, "share")[:6], highest)):
        right = row.mu_star < largest / 2
        place, side = ((4, 3), "left") if right else ((-4, 3), "right")
        axes.annotate(
            row.label, (row.mu_star, row.sigma), place, textcoords="offset points", ha=side, fontsize=SMALL - 1
        )
    axes.set(xlim=(-0.02 * largest, 1.35 * largest), ylim=(-0.05 * highest, 1.15 * highest))
    axes.set_xlabel("mean size of the effect (mu*)", fontsize=SMALL)
    axes.set_ylabel("sigma", fontsize=SMALL)


def _apart(table: pd.DataFrame, highest: float) -> pd.DataFrame:
    """The largest ones whose names do not lie over each other."""
    kept: list[int] = []
    heights = table["sigma"].to_numpy(float)
    for place, height in enumerate(heights):
        if all(abs(height - heights[other]) > 0.09 * highest for other in kept):
            kept.append(place)
    return table.iloc[kept[:4]]


def _pawn(found: Sensitivity) -> Picture:
    """Bars, and the grey floor that the largest index of chance reaches."""
    parts = []
    for _, rows in found.tables["pawn"].groupby("output", sort=False):
        dummy = rows["factor"].map(is_dummy).astype(bool)
        parts.append(pd.concat([ranked(rows[~dummy], "index")[:SHOWN], rows[dummy]]))
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(label=[name_of(found, path) for path in table["factor"]])
    every = found.tables["pawn"]
    above = int(every[every["above"]]["factor"].nunique())
    rows_read = tuple(
        (f"{label(row.output)}: {row.label}", f"{row.index_:.3f}", f"{row.floor:.3f}", "yes" if row.above else "no")
        for row in rows_of(table.rename(columns={"index": "index_"}))
    )
    return Picture(
        name="pawn",
        title=f"{words.one_of(above, 'factor moves', 'factors move')} the whole distribution of an outcome more than "
        "chance would",
        caption=caption(
            found,
            "Distance (0-1) between the distribution of runs in which the factor lies in one tenth of its range, and "
            "of all: the median over the tenths.",
            f"Grey: what the largest of {every['factor'].nunique()} factors without effect reaches in 95 of 100 "
            f"shuffles; a bar that ends in it says nothing. Of each outcome the {SHOWN} largest, and the dummy.",
            MARK,
        ),
        alt="Factors above the floor: "
        + _largest(every.assign(label=[name_of(found, path) for path in every["factor"]], share=every["index"])),
        table=table,
        grid=Grid(("distance", "index", "floor", "above it"), rows_read),
        draw=lambda figure, table: _panels(figure, table, _pawn_panel),
        height=_height(table, 0.18),
    )


def _pawn_panel(axes: Axes, table: pd.DataFrame) -> None:
    floor = table["floor"].iloc[0]
    axes.axvspan(0, floor, color=PALE_GREY, zorder=0)
    axes.axvline(floor, color=QUIET, linewidth=0.8)
    fills = [BLUE if above else WHITE for above in table["above"]]
    axes.barh(np.arange(len(table)), table["index"], height=0.66, color=fills, edgecolor=EDGE, linewidth=0.6)
    _named(axes, table)
    axes.set_xlim(0, 1.1 * max(float(table["index"].max()), floor))
    axes.set_xlabel("distance (0-1)", fontsize=SMALL)


def _pairs(found: Sensitivity) -> Picture:
    """A matrix of pairs an outcome; those whose interval holds zero stay white."""
    table = found.tables["second_order"]
    clear = table[(table["s2_low"] > 0)]
    rows = tuple(
        (f"{label(row.output)}: {name_of(found, row.factor)} with {name_of(found, row.other)}", _cell(row, "s2"))
        for row in rows_of(ranked(table, "s2")[: 2 * SHOWN])
    )

    def panel(axes: Axes, part: pd.DataFrame) -> None:
        names = list(dict.fromkeys([*part["factor"], *part["other"]]))
        cells = np.full((len(names), len(names)), np.nan)
        for row in rows_of(part):
            cells[names.index(row.other), names.index(row.factor)] = 100 * row.s2 if row.s2_low > 0 else 0.0
        axes.imshow(cells, cmap="Blues", vmin=0, vmax=max(5.0, float(np.nanmax(cells))))
        for (down, across), value in np.ndenumerate(cells):
            if value > 0:
                axes.text(across, down, f"{value:.0f}", ha="center", va="center", fontsize=SMALL - 1)
        shown = [name_of(found, path) for path in names]
        axes.set_xticks(np.arange(len(names)), shown, rotation=90)
        axes.set_yticks(np.arange(len(names)), shown)
        axes.grid(visible=False)

    return Picture(
        name="second_order",
        title=f"{words.one_of(len(clear), 'pair of factors works', 'pairs of factors work')} together beyond what each "
        "does alone",
        caption=caption(
            found,
            "% of the variance of the mean outcome that a pair makes together, beyond what each makes alone. Pairs "
            "whose 95 % interval reaches zero are left white. Other factors stay at the scenario's values.",
        ),
        alt=f"{len(clear)} of {len(table)} pairs have an interval above zero.",
        table=table,
        grid=Grid(("pair", "% of the variance"), rows),
        draw=lambda figure, table: _panels(figure, table, panel),
        height=3.4 * -(-table["output"].nunique() // COLUMNS),
    )
