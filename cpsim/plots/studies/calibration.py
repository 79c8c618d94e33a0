"""A calibration in pictures: agreement before and after, what is left of each number, which pattern pinned what."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cpsim.experiments.calibration import target_words
from cpsim.experiments.estimators.history import AT_LEAST, AT_MOST, BOTH, CUT
from cpsim.outputs import words
from cpsim.plots.bars import key, number, plain
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, VERMILION

if TYPE_CHECKING:
    from cpsim.experiments.calibration import Calibration

FARTHEST = 9.0  # standard deviations that the axis shows; what lies beyond is drawn at its end
SIGNS = 34  # of a label, before it goes on in another line
ROW, EDGES = 0.42, 0.75  # inches a row, and beside all rows
CHANCE = 5  # per cent of a spread, between two samples of 512 settings
MOST_DIRECTIONS = 8
COLUMNS, HIGHEST = 4, 12.0  # panels a row; standard deviations that profiles show
NAMED, LEAST_WEIGHT = 3, 0.25  # numbers that a direction is called after, of those that weigh so much in it
SETTINGS = "Ranges: the middle 9 in 10 settings, each at its mean over worlds; luck is not in them."


def pictures(found: Calibration) -> list[Picture]:
    """In the order of the page; a set that is empty has only the first."""
    made = [agreement(found)]
    if len(found.settings) > 2:
        made += [numbers(found), directions(found)]
    if len(found.pinned):
        made.append(pinned(found))
    return [*made, profiles(found)]


def caption(found: Calibration, *sentences: str) -> str:
    """What is special here, then runs and seed; runs are of 4 to 260 weeks, as each pattern needs."""
    return " ".join([*sentences, f"{found.facts['runs']:,} runs, seed {found.facts['seed']}."])


def short(path: str) -> str:
    """The last part of a path, with spaces."""
    return path.rpartition(".")[2].replace("_", " ")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, SIGNS)


# ---------------------------------------------------------------------------------------------------- agreement
def agreement(found: Calibration) -> Picture:
    """Each pattern in its own standard deviations: what was possible before, and in the set."""
    table = found.agreement.copy()
    scale = np.hypot(table["observation_sd"], table["discrepancy_sd"])
    kept_to = {
        AT_MOST: (0.0, np.inf),
        AT_LEAST: (-np.inf, 0.0),
        BOTH: (-np.inf, np.inf),
    }
    low, high = np.array([kept_to[side] for side in table["side"]]).T
    for name in ("before", "after"):
        for end in ("low", "middle", "high"):
            table[f"{name}_{end}_sd"] = ((table[f"{name}_{end}"] - table["observed"]) / scale).clip(low, high)
    rows = tuple(
        (str(row.pattern), target_words(row), _span(row, "before"), _span(row, "after"), str(row.basis))
        for row in rows_of(table)
    )
    apart = int((table["after_middle_sd"].abs() > CUT).sum())
    kept = (
        "The middle of the set agrees with every pattern that it was fitted to"
        if not apart
        else f"The middle of the set misses {apart} of {len(table)}"
    )
    return Picture(
        name="agreement",
        title=kept if len(found.settings) else "No setting agrees with all patterns",
        caption=caption(
            found,
            "Distance from what was seen, in standard deviations of the study's error and the model's together. Grey: "
            f"within {CUT:g}, not ruled out.",
            SETTINGS,
            f"Beyond {FARTHEST:g} is drawn at the edge; what keeps to a pattern that has one end only, at 0. Means of "
            "few worlds may lie beyond the grey, by simulation error.",
        ),
        alt="Each pattern: target, before, in the set. " + " ".join("; ".join(row) + "." for row in rows),
        table=table,
        grid=Grid(("pattern", "target", "before, 9 in 10", "in the set, 9 in 10", "target rests on"), rows),
        draw=draw_agreement,
        height=EDGES + ROW * len(table),
    )


def _span(row: Any, name: str) -> str:
    low, high = (getattr(row, f"{name}_{end}") for end in ("low", "high"))
    return f"{words.two_figures(low)} to {words.two_figures(high)}" if np.isfinite(low) else ""


def draw_agreement(figure: Figure, table: pd.DataFrame) -> None:
    """Two bars a pattern on one axis of standard deviations."""
    axes = figure.subplots()
    places = np.arange(len(table))[::-1]
    axes.axvspan(-CUT, CUT, color=PALE_GREY, zorder=0)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    for name, offset, colour in (("before", 0.19, PALE_ORANGE), ("after", -0.19, BLUE)):
        low, middle, high = (
            table[f"{name}_{end}_sd"].clip(-FARTHEST, FARTHEST).to_numpy() for end in ("low", "middle", "high")
        )
        seen = np.isfinite(low)
        width = np.maximum((high - low)[seen], 0.06)
        axes.barh(places[seen] + offset, width, 0.34, left=low[seen], color=colour, edgecolor=EDGE, linewidth=0.8)
        axes.vlines(middle[seen], places[seen] + offset - 0.17, places[seen] + offset + 0.17, color=INK, linewidth=1.4)
    axes.set_yticks(places, [_wrapped(name) for name in table["pattern"]])
    axes.set(xlim=(-FARTHEST, FARTHEST), xlabel="standard deviations from what was seen")
    plain(axes)
    key(
        figure,
        {
            "before": Patch(facecolor=PALE_ORANGE, edgecolor=EDGE),
            "in the set": Patch(facecolor=BLUE, edgecolor=EDGE),
            "not ruled out": Patch(facecolor=PALE_GREY),
        },
        below=True,
    )


# ---------------------------------------------------------------------------------------------------- numbers
def numbers(found: Calibration) -> Picture:
    """Each number that was fitted: where settings of the set lie within what was possible."""
    table = found.identifiability.copy()
    factors = found.fit.active.by_path
    for end in ("low", "middle", "high"):
        table[f"{end}_place"] = [
            float(np.interp(value, *_scale(factors[path])))
            for path, value in zip(table["parameter"], table[end], strict=True)
        ]
    rows = tuple(
        (
            short(row.parameter),
            f"{words.two_figures(row.before_low)} to {words.two_figures(row.before_high)}",
            f"{words.two_figures(row.low)} to {words.two_figures(row.high)}",
            row.unit,
            f"{100 * row.left:.0f} %",
        )
        for row in rows_of(table)
    )
    first = table.iloc[0]
    return Picture(
        name="numbers",
        title=f"Best known: {short(first['parameter'])}, with {100 * first['left']:.0f} % of its spread left",
        caption=caption(
            found,
            "Each bar runs through the middle 9 in 10 settings of the set, from the lowest (0) to the highest (100) "
            "that was possible before. At the right: spread left, 100 % where nothing was "
            "learnt of the number by itself.",
        ),
        alt="Spread left of each number: " + "; ".join(f"{row[0]} {row[4]}" for row in rows) + ".",
        table=table,
        grid=Grid(("number", "before, 9 in 10", "in the set, 9 in 10", "unit", "spread left"), rows),
        draw=draw_numbers,
        height=EDGES + 0.3 * len(table),
    )


def _scale(factor: Any) -> tuple[np.ndarray, np.ndarray]:
    """Values of a factor and their places from 0 to 100, for looking up one from the other."""
    places = np.linspace(0.0, 1.0, 401)
    return factor.value(places), 100 * places


def draw_numbers(figure: Figure, table: pd.DataFrame) -> None:
    """A bar a number."""
    axes = figure.subplots()
    places = np.arange(len(table))[::-1]
    axes.barh(places, 100, 0.6, color=PALE_GREY, edgecolor=EDGE, linewidth=0.6)
    low, middle, high = (table[f"{end}_place"].to_numpy() for end in ("low", "middle", "high"))
    axes.barh(places, high - low, 0.6, left=low, color=BLUE, edgecolor=EDGE, linewidth=0.8)
    axes.vlines(middle, places - 0.3, places + 0.3, color="white", linewidth=1.6)
    for place, left in zip(places, table["left"], strict=True):
        number(axes, 100.0, place, f"{100 * left:.0f} %")
    axes.set_yticks(places, [_wrapped(short(path)) for path in table["parameter"]])
    axes.set(xlim=(0, 112), xlabel="of what was possible before, lowest 0 to highest 100", xticks=range(0, 101, 20))
    plain(axes)


# ---------------------------------------------------------------------------------------------------- directions
def directions(found: Calibration) -> Picture:
    """Stiff and sloppy: combinations of numbers by what is left of their spread."""
    table = pd.DataFrame([_named(part) for _, part in found.directions.groupby("direction")]).head(MOST_DIRECTIONS)
    rows = tuple((str(row.label), f"{100 * row.left:.0f} %") for row in rows_of(table))
    return Picture(
        name="directions",
        title=f"Best known combination: {rows[0][1]} of its spread left",
        caption=caption(
            found,
            "Combinations of numbers, the best known first; + and - say which go up together. Patterns can pin a "
            "combination and say nothing of the numbers in it. 100 %: nothing learnt.",
        ),
        alt="Spread left of combinations: " + "; ".join(" ".join(row) for row in rows) + ".",
        table=table,
        grid=Grid(("combination", "spread left"), rows),
        draw=draw_directions,
        height=EDGES + ROW * len(table),
    )


def _named(part: pd.DataFrame) -> dict[str, Any]:
    """What is left of a direction, and the numbers with the largest weights in it."""
    largest = part.reindex(part["weight"].abs().sort_values(ascending=False).index).head(NAMED)
    largest = largest[largest["weight"].abs() > LEAST_WEIGHT]
    signs = [f"{'+' if row.weight > 0 else '-'} {short(row.parameter)}" for row in rows_of(largest)]
    return {"direction": part["direction"].iloc[0], "left": part["left"].iloc[0], "label": " ".join(signs)}


def draw_directions(figure: Figure, table: pd.DataFrame) -> None:
    """A bar a direction, with a line where nothing was learnt."""
    axes = figure.subplots()
    places = np.arange(len(table))[::-1]
    left = 100 * table["left"].to_numpy(float)
    axes.barh(places, left, 0.6, color=PALE_BLUE, edgecolor=EDGE, linewidth=0.8)
    axes.axvline(100.0, color=VERMILION, linewidth=1.4, linestyle="--")
    for place, value in zip(places, left, strict=True):
        number(axes, value, place, f"{value:.0f} %")
    axes.set_yticks(places, [textwrap.fill(label, 46) for label in table["label"]])
    axes.set(xlim=(0, max(130.0, 1.15 * left.max())), xlabel="% of the spread left (dashed: nothing learnt)")
    plain(axes)


# ---------------------------------------------------------------------------------------------------- profiles
def profiles(found: Calibration) -> Picture:
    """For each number: how well the best setting at each of its values does."""
    table = found.profiles.copy()
    factors = found.fit.active.by_path
    table["value"] = [
        float(factors[path].value(np.array([place]))[0])
        for path, place in zip(table["parameter"], table["place"], strict=True)
    ]
    table["label"] = [short(path) for path in table["parameter"]]
    rows = tuple((str(part["label"].iloc[0]), *_possible(part)) for _, part in table.groupby("label", sort=False))
    count = table["label"].nunique()
    return Picture(
        name="profiles",
        title="How well the best setting does at each value of a number",
        caption=caption(
            found,
            f"Largest miss of the best of some {int(table['settings'].sum() / count):,} settings, in standard "
            f"deviations, as emulators see it. Above the dashed line ({CUT:g}) nothing with that value is left. A flat "
            "line: the number's value hardly matters, as others make up for it.",
        ),
        alt="Values at which some setting is left: " + "; ".join(f"{row[0]} {row[1]}" for row in rows) + ".",
        table=table,
        grid=Grid(("number", "values left", "least miss"), rows),
        draw=draw_profiles,
        height=0.4 + 1.25 * -(-count // COLUMNS),
    )


def _possible(part: pd.DataFrame) -> tuple[str, str]:
    left = part[part["least"] < CUT]["value"]
    values = f"{words.two_figures(left.min())} to {words.two_figures(left.max())}" if len(left) else "none"
    return values, f"{part['least'].min():.1f}"


def draw_profiles(figure: Figure, table: pd.DataFrame) -> None:
    """A small panel a number, all on one height."""
    names = list(dict.fromkeys(table["label"]))
    panels = figure.subplots(-(-len(names) // COLUMNS), COLUMNS, sharey=True, squeeze=False).ravel()
    top = min(HIGHEST, max(2 * CUT, float(table["least"].max())))
    for axes, (name, part) in zip(panels, table.groupby("label", sort=False), strict=False):
        axes.plot(part["value"], part["least"].clip(upper=top), color=BLUE, linewidth=1.6)
        axes.axhline(CUT, color=VERMILION, linewidth=1.2, linestyle="--")
        axes.set_title(textwrap.fill(str(name), 22), weight="normal", size=8)
        axes.set(ylim=(0, top))
        axes.locator_params(axis="x", nbins=3)
        axes.tick_params(labelsize=7.5)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    panels[0].set_ylabel("SD", size=8)


# ---------------------------------------------------------------------------------------------------- pinned
def pinned(found: Calibration) -> Picture:
    """How much more of each number would be left without each pattern."""
    table = found.pinned.assign(gain=lambda rows: 100 * (rows["left_without"] - rows["left"]))
    wide = table.pivot_table(index="pattern", columns="parameter", values="gain", sort=False, dropna=False)
    strongest = table.sort_values("gain", ascending=False).iloc[0]
    rows = tuple(
        (str(name), *(f"{value:+.0f}".replace("+0", "0").replace("-0", "0") for value in line))
        for name, line in zip(wide.index, wide.to_numpy(), strict=True)
    )
    named = f"{strongest['pattern']} says most of {short(strongest['parameter'])}"
    return Picture(
        name="pinned",
        title=named if strongest["gain"] > CHANCE else "No pattern by itself says much of a number",
        caption=caption(
            found,
            "How many per cent more of a number's spread would be left if the pattern were not asked for, as the "
            f"emulators see it; up to about {CHANCE} either way is chance.",
        ),
        alt=f"The strongest: without {strongest['pattern']}, {strongest['gain']:.0f} % more of "
        f"{short(strongest['parameter'])} would be left. All numbers are in the table.",
        table=table,
        grid=Grid(("without", *(short(name) for name in wide.columns)), rows),
        draw=draw_pinned,
        height=1.6 + 0.36 * len(wide),
    )


def draw_pinned(figure: Figure, table: pd.DataFrame) -> None:
    """A field a pattern and number, darker where the pattern says more."""
    wide = table.pivot_table(index="pattern", columns="parameter", values="gain", sort=False, dropna=False)
    axes = figure.subplots()
    values = np.nan_to_num(wide.to_numpy())
    top = max(20.0, float(values.max()))
    axes.pcolormesh(values, cmap="Blues", vmin=0.0, vmax=2.2 * top, edgecolors="white", linewidth=1.0)
    for (row, column), value in np.ndenumerate(values):
        if abs(value) > CHANCE:
            axes.text(column + 0.5, row + 0.5, f"{value:.0f}", ha="center", va="center", size=8, color=INK)
    axes.set_yticks(np.arange(len(wide)) + 0.5, [_wrapped(name) for name in wide.index], size=8)
    axes.set_xticks(
        np.arange(wide.shape[1]) + 0.5, [short(name) for name in wide.columns], rotation=40, ha="right", size=8
    )
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.tick_params(length=0)
