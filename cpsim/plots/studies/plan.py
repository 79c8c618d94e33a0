"""Pictures of a plan: what more money buys, all bundles on one plane, and what each lever is worth in the bundle."""

from __future__ import annotations

import string
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cpsim.experiments.plan_telling import people, price
from cpsim.outputs import words
from cpsim.plots.bars import SHARE, in_unit, key, number, plain, whiskers
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, PALE_GREY, QUIET, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.plan import Plan

NAMED = 12  # steps that carry a letter and a name
NAME_SIGNS = 96
FRESH_WORDS = "Estimated on worlds that the search had not met."


def pictures(found: Plan) -> list[Picture]:
    """Steps, frontier, and the worth of each lever where the bundle has any."""
    made = [steps(found), frontier(found)]
    return [*made, drop_one(found)] if len(found.tables["drop_one"]) else made


def steps(found: Plan) -> Picture:
    """What each budget reaches at best: a step function, its bundles named."""
    table = found.tables["frontier"]
    table = table[~table["tie"]].head(NAMED).reset_index(drop=True)
    unit, value = found.asked.target.first.measure.unit, found.asked.target.first.value
    table["letter"] = list(string.ascii_uppercase[: len(table)])
    rows = rows_of(table)
    best = rows[-1]
    grid = Grid(
        ("", "what is done", "pounds a year", "on average", "8 in 10 futures", "reaches the target, of 100"),
        tuple(
            (
                row.letter,
                row.words,
                price(row.cost_mean),
                people(row.value_mean, found),
                words.between(row.value_p10, row.value_p90, unit),
                words.in_100(row.share),
            )
            for row in rows
        ),
    )
    told = "; ".join(
        f"{row.letter}: {row.words}, {price(row.cost_mean)}, {people(row.value_mean, found)}" for row in rows
    )
    return Picture(
        name="steps",
        title=f"What money buys: from {people(rows[0].value_mean, found)} as it is to {people(best.value_mean, found)} "
        f"for {price(best.cost_mean)} a year",
        caption=caption(
            found,
            "Each step: the best of all bundles that cost no more, by the mean. Whiskers: the middle 8 in 10 futures, "
            f"that is luck. Bundles that cannot be told apart from a cheaper one are left out. {FRESH_WORDS}",
        ),
        alt=f"{told}.",
        table=table.assign(unit=unit, goal=value, label=found.asked.target.first.measure.label),
        grid=grid,
        draw=_draw_steps,
        height=2.9 + 0.17 * len(table),
    )


def _draw_steps(figure: Figure, table: pd.DataFrame) -> None:
    above, below = figure.subplots(2, 1, height_ratios=[2.7, 0.17 * len(table) + 0.05])
    unit = table["unit"].iloc[0]
    cost = table["cost_mean"].to_numpy() / 1000
    mean, low, high = (in_unit(table[f"value_{name}"], unit) for name in ("mean", "p10", "p90"))
    right = max(1.0, 1.08 * cost.max())
    above.step([*cost, right], [*mean, mean[-1]], where="post", color=BLUE, linewidth=1.8)
    above.vlines(cost, low, high, color=INK, linewidth=1.0)
    above.scatter(cost, mean, s=30, color=BLUE, zorder=3)
    _lettered(above, cost, mean, table["letter"].tolist())
    _goal_line(above, table)
    above.set(xlabel="thousand pounds a year more than now", xlim=(-0.02 * right, right), ylim=(0, None))
    above.set_ylabel(_axis(table["label"].iloc[0], unit))
    below.set_axis_off()
    for place, row in enumerate(rows_of(table)):
        name = textwrap.shorten(f"{row.letter}  {row.words}", NAME_SIGNS, placeholder=" ...")
        below.text(0, 1 - (place + 0.5) / len(table), name, size=8, va="center", transform=below.transAxes)


def _lettered(axes: Axes, across: np.ndarray, up: np.ndarray, letters: list[str]) -> None:
    """A letter beside each mark; marks at one place share a line of letters."""
    span = max(across.max() - across.min(), 1e-9)
    groups: list[list[int]] = []
    for place in range(len(across)):
        if groups and across[place] - across[groups[-1][-1]] < 0.015 * span:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        for place in group:
            axes.annotate(letters[place], (across[place], up[place]), (5, 1), textcoords="offset points", weight="bold")


def _goal_line(axes: Axes, table: pd.DataFrame) -> None:
    goal = in_unit(table["goal"].head(1), table["unit"].iloc[0])[0]
    axes.axhline(goal, color=VERMILION, linestyle="--", linewidth=1.2)
    axes.annotate(
        "the target",
        (0, goal),
        (4, 3),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        color=VERMILION,
    )


def _axis(label: str, unit: str) -> str:
    name = words.unit_name(unit)
    return textwrap.fill(f"{label}, {name}" if name and name not in label else label, 42)


def frontier(found: Plan) -> Picture:
    """Every bundle by cost and outcome; what nothing cheaper matches."""
    seen, best = found.tables["race"], found.tables["frontier"]
    ties = int(best["tie"].sum())
    table = pd.concat(
        [
            seen.rename(columns={"cost": "cost_mean", "value": "value_mean"}).assign(kind="seen"),
            best.assign(kind=np.where(best["tie"], "tie", "best")),
        ],
        ignore_index=True,
    )[["kind", "bundle", "cost_mean", "value_mean"]]
    goal, grid = found.asked.target.first, _frontier_grid(found)
    limit = np.nan if found.asked.budget is None else found.asked.budget
    return Picture(
        name="frontier",
        title=f"{len(best) - 1} of {len(found.bundles) - 1:,} bundles are matched by nothing cheaper"
        + (f"; {ties} of them cannot be told apart from a cheaper one" if ties else ""),
        caption=caption(
            found,
            "Pale dots: every bundle of the race, few worlds each, so they scatter. Marks: "
            f"estimated again, {len(found.fresh):,} fresh worlds each; hollow: the difference from the mark before it "
            "includes none.",
        ),
        alt=f"On the frontier: {'; '.join(f'{row[0]}: {row[1]}, {row[2]}' for row in grid.rows)}.",
        table=table.assign(unit=goal.measure.unit, goal=goal.value, label=goal.measure.label, limit=limit),
        grid=grid,
        draw=_draw_frontier,
        height=3.2,
    )


def _frontier_grid(found: Plan) -> Grid:
    headings = ("what is done", "pounds a year", "on average", "reaches the target, of 100", "pressure")
    rows = tuple(
        (
            row.words,
            price(row.cost_mean),
            people(row.value_mean, found),
            words.in_100(row.share),
            words.two_figures(row.pressure),
            "cannot be told apart" if row.tie else _more(row, found.asked.target.first.measure.unit),
        )
        for row in rows_of(found.tables["frontier"])
    )
    return Grid((*headings, "more than the one before"), rows)


def _more(row: Any, unit: str) -> str:
    return words.between(row.more_low, row.more_high, unit) if np.isfinite(row.more_low) else ""


def _draw_frontier(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    unit = table["unit"].iloc[0]
    table = table.assign(across=table["cost_mean"] / 1000, up=in_unit(table["value_mean"], unit))
    seen, best, tie = (table[table["kind"] == kind] for kind in ("seen", "best", "tie"))
    axes.scatter(seen["across"], seen["up"], s=14, color=PALE_GREY, edgecolor="#b0b0b0", linewidths=0.5, zorder=1)
    line = pd.concat([best, tie]).sort_values(["across", "up"])
    axes.plot(line["across"], line["up"], color=BLUE, linewidth=1.2, zorder=2)
    axes.scatter(best["across"], best["up"], s=38, color=BLUE, zorder=3)
    axes.scatter(tie["across"], tie["up"], s=38, color=WHITE, edgecolor=BLUE, linewidths=1.4, zorder=3)
    _goal_line(axes, table)
    limit = table["limit"].iloc[0] / 1000
    if np.isfinite(limit):
        axes.axvline(limit, color=QUIET, linestyle=":", linewidth=1.4)
    axes.set(xlabel="thousand pounds a year more than now", ylim=(0, None))
    axes.set_ylabel(_axis(table["label"].iloc[0], unit))
    marks: dict[str, Any] = {
        "nothing cheaper matches it": Line2D([], [], marker="o", linestyle="", color=BLUE),
        "a tie with a cheaper one": Line2D([], [], marker="o", linestyle="", color=BLUE, markerfacecolor=WHITE),
        "other bundles": Line2D([], [], marker="o", linestyle="", color="#b0b0b0", markerfacecolor=PALE_GREY),
    }
    if np.isfinite(limit):
        marks["the budget"] = Line2D([], [], color=QUIET, linestyle=":")
    key(figure, marks)


def drop_one(found: Plan) -> Picture:
    """What the bundle loses without each of its levers."""
    table = found.tables["drop_one"]
    unit = found.asked.target.first.measure.unit
    rows = rows_of(table)
    first = rows[0]
    answer = "the bundle" if found.answer.good else "the nearest bundle"
    return Picture(
        name="drop_one",
        title=f"Without {first.words}, {answer} reaches {people(first.value_without, found)} in place of "
        f"{people(first.value, found)}",
        caption=caption(
            found,
            "Bars: what the bundle gives with all its levers less what it gives without this one, in the same worlds. "
            f"Whiskers: 95 % interval of that mean (simulation error). {FRESH_WORDS} Bars do not add up: levers need "
            "each other.",
        ),
        alt=" ".join(
            f"{row.words}: {words.between(row.gives_low, row.gives_high, unit)}, {price(row.costs)}." for row in rows
        ),
        table=table.assign(unit=unit),
        grid=Grid(
            ("lever", "gives in the bundle", "95 %", "target without it, of 100 futures", "costs a year"),
            tuple(
                (
                    row.words,
                    words.amount(row.gives, unit),
                    words.between(row.gives_low, row.gives_high, unit),
                    words.in_100(row.share_without),
                    price(row.costs),
                )
                for row in rows
            ),
        ),
        draw=_draw_drop_one,
        height=0.9 + 0.46 * len(table),
    )


def _draw_drop_one(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    unit = table["unit"].iloc[0]
    places = np.arange(len(table))
    gives, low, high = (in_unit(table[name], unit) for name in ("gives", "gives_low", "gives_high"))
    clear = (low > 0) | (high < 0)
    axes.barh(places, gives, height=0.62, color=np.where(clear, BLUE, WHITE), edgecolor=EDGE, linewidth=0.8)
    whiskers(axes, places, low, high)
    for place, row in enumerate(rows_of(table)):
        text = f"{price(row.costs)} a year; without it {words.in_100(row.share_without)} of 100 reach the target"
        number(
            axes, max(high[place], gives[place], 0), place, textwrap.fill(text.replace("nothing a year", "no cost"), 34)
        )
    span = max(float(np.max(high, initial=0)), 1e-9)
    axes.set_xlim(min(0.0, float(np.min(low, initial=0))) * 1.05, 1.75 * span)
    axes.set_yticks(places, [textwrap.fill(text, 30) for text in table["words"]])
    axes.invert_yaxis()
    plain(axes)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel("people more, of 100" if unit == SHARE else f"more, {words.unit_name(unit)}")
    key(
        figure,
        {
            "a clear difference": Patch(facecolor=BLUE, edgecolor=EDGE),
            "no clear difference": Patch(facecolor=WHITE, edgecolor=EDGE),
        },
    )
