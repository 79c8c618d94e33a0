"""Pictures of virtual trials: what trials find, where the effect goes, which analysis sees it, fidelity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cpsim.experiments.estimators.analyses import NAMED, PRIMARY
from cpsim.experiments.virtual import tables, telling
from cpsim.experiments.virtual.tables import lines, of
from cpsim.experiments.virtual.teams import ALIKE, ON
from cpsim.experiments.virtual.telling import MAIN
from cpsim.experiments.virtual.telling_numbers import in_100, number, share_with_error, short, world
from cpsim.outputs import words
from cpsim.plots.bars import key, plain
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, QUIET, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.trial import Trial

POINTS = "points of RG-UK (0-27), implementation less comparison"
SIMULATION = "simulation error (95 %)"
FILLS = (PALE_BLUE, PALE_GREY, PALE_ORANGE, WHITE)
POINT_STEPS = (
    tables.DELIVERED_FULLY,
    tables.AS_DELIVERED,
    tables.ARMS,
    tables.WITHOUT,
    tables.DETECTABLE,
)
WRAPPED = {step: step.replace(" when ", "\nwhen ").replace(" that 8", "\nthat 8") for step in POINT_STEPS}


def pictures(found: Trial) -> list[Picture]:
    """In the order of the page."""
    made = [distribution(found), decomposition(found), rejection(found)]
    return [*made, fidelity(found)] if len(contrast_table(found)) else made


def said(found: Trial, *sentences: str) -> str:
    """A caption: what is special, then how many trials, seed and follow-up."""
    trials = words.one_of(found.trials, "trial", "trials")
    return " ".join([*sentences, f"{trials}, seed {found.seed}; {found.design.followup_weeks:g} weeks of follow-up."])


# ---------------------------------------------------------------- what trials find


def distribution(found: Trial) -> Picture:
    """The estimates of all trials, world by world, with the zero line and the smallest difference they can see."""
    table = estimates_table(found)
    steps = telling.step_values(found)
    seen, least = steps[tables.SEEN], steps[tables.DETECTABLE]
    rows = tuple(_estimates_row(str(name), rows) for name, rows in table.groupby("world", sort=False))

    def draw(figure: Figure, shown: pd.DataFrame) -> None:
        draw_distribution(figure, shown, least)

    return Picture(
        name="distribution",
        title=f"{in_100(seen).capitalize()} such trials see a difference; 8 of 10 would see {number(least)} points",
        caption=said(
            found,
            "Each bar: how many trials found so much. Their spread is chance of teams and people, and does not shrink "
            "with more trials. No effect: CP does nothing, all else is the same. Black line: no difference. Broken "
            "lines: the smallest difference that 8 of 10 trials see. Primary analysis: team means, adjusted.",
        ),
        alt=f"Estimates of simulated trials on RG-UK. {_estimates_alt(rows)}",
        table=table,
        grid=Grid(("world", "mean, points", "8 in 10 trials", "see a difference"), rows),
        draw=draw,
        height=0.5 + 0.95 * table["world"].nunique(),
    )


def estimates_table(found: Trial) -> pd.DataFrame:
    """A row a trial and world: its estimate on RG-UK and whether it saw a difference."""
    rows = of(found.frames["trials"], measure=MAIN)
    rows = rows[rows["delivery"].isin(found.deliveries)]
    names = [world(*pair) for pair in zip(rows["delivery"], rows["effect"], strict=True)]
    seen = (rows["p"] < tables.ALPHA).to_numpy()
    return pd.DataFrame({"world": names, "difference": rows["difference"].to_numpy(), "seen": seen}).dropna()


def _estimates_row(name: str, rows: pd.DataFrame) -> tuple[str, ...]:
    low, high = rows["difference"].quantile([0.1, 0.9])
    mean, seen = rows["difference"].mean(), rows["seen"].mean()
    return name, number(mean), f"{number(low)} to {number(high)}", in_100(seen)


def _estimates_alt(rows: tuple[tuple[str, ...], ...]) -> str:
    return " ".join(f"{name}: mean {mean}, 8 in 10 trials {span}, {seen} see one." for name, mean, span, seen in rows)


def draw_distribution(figure: Figure, table: pd.DataFrame, least: float) -> None:
    """A histogram a world, one above the other on one axis."""
    names = list(dict.fromkeys(table["world"]))
    panels: Any = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
    ends = np.nanmax(np.abs([*table["difference"], least])) * 1.05
    edges = np.linspace(-ends, ends, 41)
    for place, (axes, name) in enumerate(zip(panels, names, strict=True)):
        values = table.loc[table["world"] == name, "difference"]
        axes.hist(values, edges, color=FILLS[place % len(FILLS)], edgecolor=EDGE, linewidth=0.6)
        axes.axvline(0.0, color=INK, linewidth=1.3)
        for end in (-least, least):
            axes.axvline(end, color=VERMILION, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.plot(values.mean(), 0, marker="^", color=BLUE, markersize=7, clip_on=False, zorder=5)
        axes.set_title(name)
        axes.set_yticks([])
        axes.grid(visible=False)
    panels[-1].set_xlabel(f"{POINTS}; triangle: mean")


# ---------------------------------------------------------------- where the effect goes


def decomposition(found: Trial) -> Picture:
    """From what CP does when delivered to what a trial finds, as bars in points."""
    rows = of(found.decomposition, measure=MAIN)
    shown = rows[rows["step"].isin(POINT_STEPS)].reset_index(drop=True)
    steps = telling.step_values(found)
    full = steps.get(tables.DELIVERED_FULLY, steps[tables.AS_DELIVERED])
    cells = tuple((str(row.step), *_cells(row)) for row in lines(rows))
    return Picture(
        name="decomposition",
        title=f"CP does {number(full)} points when delivered, {number(steps[tables.AS_DELIVERED])} as delivered; "
        f"a trial finds {number(steps[tables.ARMS])}",
        caption=said(
            found,
            "The first two are the same person with CP's effect and without, which no study sees. Whiskers: "
            f"{SIMULATION} of the mean over trials, which more trials shrink; not the interval of one study.",
        ),
        alt="; ".join(f"{name}: {value}{f' ({span})' if span else ''}" for name, value, span in cells) + ".",
        table=shown,
        grid=Grid(("step, RG-UK", "value", SIMULATION), cells),
        draw=draw_steps,
        height=0.55 + 0.5 * len(shown),
    )


def _cells(row: Any) -> tuple[str, str]:
    """Shares of trials in 100, points as points."""
    share = row.step in (tables.SHARE, tables.SEEN, tables.SEEN_FULL, tables.SEEN_NOTHING)
    shown = in_100 if share else number
    known = np.isfinite(row.low)
    ends = [f"{100 * end:.0f}" if share else number(end) for end in (row.low, row.high)] if known else []
    return shown(row.value), " to ".join(ends)


def draw_steps(figure: Figure, table: pd.DataFrame) -> None:
    """Bars with whiskers; the smallest difference that can be seen is hatched."""
    axes = figure.subplots()
    places = np.arange(len(table))[::-1]
    fills = [WHITE if step == tables.DETECTABLE else PALE_BLUE for step in table["step"]]
    drawn = axes.barh(places, table["value"], color=fills, edgecolor=EDGE, height=0.66)
    for bar, step in zip(drawn, table["step"], strict=True):
        bar.set_hatch("///" if step == tables.DETECTABLE else "")
    axes.hlines(places, table["low"], table["high"], color=INK, linewidth=1.2)
    right = max(float(np.nanmax(table[["value", "high"]].to_numpy())), 0.1)
    left = min(float(np.nanmin(table[["value", "low"]].to_numpy())), 0.0)
    for place, row in zip(places, lines(table), strict=True):
        end = float(np.nanmax([row.value, row.high, 0.0]))
        axes.annotate(number(float(row.value)), (end, place), (5, 0), textcoords="offset points", va="center")
    axes.set_xlim(left * 1.1, right * 1.18)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    axes.set_yticks(places, [WRAPPED[step] for step in table["step"]])
    axes.set_xlabel("points of RG-UK (0-27)")
    plain(axes)


# ---------------------------------------------------------------- which analysis finds what


def rejection(found: Trial) -> Picture:
    """How often each analysis finds a difference where there is none, and under full delivery."""
    table = rejection_table(found)
    primary = of(table, analysis=NAMED[PRIMARY])
    people = of(table, analysis=NAMED["people"])
    first = primary.iloc[0]
    rows = tuple(
        (str(name), *(share_with_error(row) for row in lines(there)))
        for name, there in table.groupby("analysis", sort=False)
    )
    return Picture(
        name="rejection",
        title=f"Where both arms do the same, team means find a difference in {in_100(first['rejected'])}, "
        f"people as independent in {in_100(people.iloc[0]['rejected'])}",
        caption=said(
            found,
            "RG-UK. Share of trials with p below .05. Arms alike: both do what the comparison arm does; no effect: CP "
            "is delivered and does nothing, while the contact and support that come with it do. Broken line: 5 of 100, "
            f"what an analysis promises where there is nothing to find. Lines: {SIMULATION}, which more trials shrink.",
        ),
        alt=" ".join(f"{row[0]}: {row[1]}." for row in rows),
        table=table,
        grid=Grid(("analysis", *dict.fromkeys(table["world"])), rows),
        draw=draw_rejection,
        height=0.9 + max(0.42, 0.1 * table["world"].nunique()) * table["analysis"].nunique(),
    )


def rejection_table(found: Trial) -> pd.DataFrame:
    """A row an analysis and world, the world without anything to find first."""
    wanted = [("alike", "on"), *((name, effect) for name in found.deliveries for effect in ("off", "on"))]
    parts = [
        of(found.operating, delivery=name, effect=effect, measure=MAIN).assign(world=world(name, effect))
        for name, effect in wanted
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(analysis=[NAMED[name] for name in table["analysis"]])


MARKERS = ("o", "s", "D", "^", "v", "P", "X")
COLOURS = (INK, BLUE, BLUE, VERMILION, VERMILION, QUIET, QUIET)


def draw_rejection(figure: Figure, table: pd.DataFrame) -> None:
    """Points with intervals, a line an analysis, a sign a world; signs of worlds without an effect are open."""
    names, worlds = list(dict.fromkeys(table["analysis"])), list(dict.fromkeys(table["world"]))
    entries: dict[str, Artist] = {}
    for number_, name in enumerate(worlds):
        open_ = "no effect" in name or name == world(ALIKE, ON)
        colour = COLOURS[number_ % len(COLOURS)]
        style: Any = {"marker": MARKERS[number_ % len(MARKERS)], "color": colour, "linestyle": "none", "markersize": 6}
        entries[short(name)] = Line2D([], [], **style, markerfacecolor=WHITE if open_ else colour)
    axes_rows(figure, table.assign(world=table["world"].map(short)), names, list(map(short, worlds)), entries)


def axes_rows(
    figure: Figure, table: pd.DataFrame, names: list[str], worlds: list[str], entries: dict[str, Any]
) -> None:
    """The drawing below its key."""
    key(figure, dict(entries), columns=3)
    axes: Axes = figure.subplots()
    step = 0.7 / max(len(worlds), 1)
    for row in lines(table):
        place = len(names) - 1 - names.index(row.analysis) + 0.3 - step * worlds.index(row.world)
        sign = entries[row.world]
        axes.hlines(place, 100 * row.low, 100 * row.high, color=sign.get_color(), linewidth=1.0)
        axes.plot(
            100 * row.rejected,
            place,
            marker=sign.get_marker(),
            color=sign.get_color(),
            markerfacecolor=sign.get_markerfacecolor(),
            markersize=5,
        )
    axes.axvline(5.0, color=INK, linewidth=1.0, linestyle=(0, (4, 2)))
    axes.set_yticks(range(len(names)), [_in_two_lines(name) for name in names[::-1]])
    axes.set_xlim(-1, 101)
    axes.set_xlabel("trials of 100 that find a difference")
    plain(axes)


def _in_two_lines(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 36)


# ---------------------------------------------------------------- what fidelity seems to do


def contrast_table(found: Trial) -> pd.DataFrame:
    """The comparisons by fidelity on RG-UK that some trials could make, the main delivery's first."""
    rows = found.fidelity_contrast
    if not len(rows):
        return rows
    there = of(rows, measure=MAIN)
    return there[there["trials"] > 0].reset_index(drop=True)


def fidelity(found: Trial) -> Picture:
    """High against low fidelity, with CP's effect and without, in the same trials."""
    table = contrast_table(found)
    first = table.iloc[0]
    rows = tuple(
        (
            f"{row.contrast} ({world(str(row.delivery), ON)})",
            f"{number(float(row.found))} ({in_100(float(row.seen))})",
            f"{number(float(row.found_off))} ({in_100(float(row.seen_off))})",
            f"{number(float(row.excess))} ({number(float(row.excess_low))} to {number(float(row.excess_high))})",
        )
        for row in lines(table)
    )
    return Picture(
        name="fidelity",
        title=f"If CP did nothing, {str(first['contrast'])[0].lower()}{str(first['contrast'])[1:]} would still differ "
        f"by {number(float(first['found_off']))} points",
        caption=said(
            found,
            "RG-UK, adjusted for baseline, means over trials. Whoever is well enough to be given more CP does better "
            "anyway: only the difference between the two marks is CP. Lines: "
            f"{SIMULATION} of the mean, which more trials shrink.",
        ),
        alt=" ".join(f"{row[0]}: {row[1]} with CP's effect, {row[2]} without." for row in rows),
        table=table,
        grid=Grid(("comparison", "points (see a difference)", "the same, CP does nothing", "because of CP"), rows),
        draw=draw_fidelity,
        height=0.9 + 0.62 * len(table),
    )


def draw_fidelity(figure: Figure, table: pd.DataFrame) -> None:
    """Two marks a comparison."""
    on = Line2D([], [], marker="o", color=BLUE, linestyle="none")
    off = Line2D([], [], marker="o", color=VERMILION, markerfacecolor=WHITE, linestyle="none")
    key(figure, {"with CP's effect": on, "the same trials, CP does nothing": off})
    axes = figure.subplots()
    for place, row in enumerate(lines(table[::-1])):
        for up, ending, colour, fill in ((0.14, "", BLUE, BLUE), (-0.14, "_off", VERMILION, WHITE)):
            value, low, high = (getattr(row, f"found{ending}{end}") for end in ("", "_low", "_high"))
            axes.hlines(place + up, low, high, color=colour, linewidth=1.1)
            axes.plot(value, place + up, marker="o", color=colour, markerfacecolor=fill)
    labels = [f"{row.contrast}\n({world(str(row.delivery), ON)})" for row in lines(table[::-1])]
    axes.axvline(0.0, color=INK, linewidth=1.0)
    axes.set_yticks(
        range(len(table)), [_in_two_lines(label.split("\n")[0]) + "\n" + label.split("\n")[1] for label in labels]
    )
    axes.set_ylim(-0.5, len(table) - 0.5)
    shown = table[["found", "found_off"]].to_numpy()
    reach = 1.6 * float(np.nanmax(np.abs(shown))) + 0.2  # intervals of hardly any trials would hide the rest
    axes.set_xlim(-reach, reach)
    axes.set_xlabel("points of RG-UK (0-27), high less low fidelity")
    plain(axes)
