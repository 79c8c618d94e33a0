"""Pictures of `uncertainty`: three uncertainties apart; the plane; the acceptability curve; what knowing is worth."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.experiments.estimators.acceptability import quadrants
from cpsim.experiments.estimators.evppi import DUMMY
from cpsim.experiments.uncertainty_tables import can_value
from cpsim.experiments.uncertainty_words import NO_THRESHOLD, made_of, small, told_apart
from cpsim.outputs import words
from cpsim.plots.bars import key, number, plain
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, PALE_GREY, QUIET, VERMILION

if TYPE_CHECKING:
    from cpsim.experiments.uncertainty import Uncertainty

SHOWN = ("reach", "cp_minutes_per_person", "rguk_change", "late_share", "crises_per_person_year", "cost_per_person")
PANEL = 0.82  # inches
MOST_BARS = 12
PRICES_TOLD = 6
BARS = (  # name of the band, column, colour
    ("if made again", "error", INK),
    ("luck of teams", "luck", PALE_BLUE),
    ("parameters", "parameter", VERMILION),
)


def pictures(found: Uncertainty) -> list[Picture]:
    """In the order of the page."""
    made = [_spans(found)]
    if found.paired:
        made += [_plane(found), _curve(found)]
        made += [_worth(found)] if can_value() else []
    return made


# ------------------------------------------------------------------ three uncertainties


def _spans(found: Uncertainty) -> Picture:
    table = found.components
    table = table[(table["scenario"] == table["scenario"].iloc[-1]) & table["output"].isin(SHOWN)]
    table = table.set_index("output").loc[[name for name in SHOWN if name in set(table["output"])]].reset_index()
    table["told_apart"] = [told_apart(row) for row in rows_of(table)]
    unseen = (
        "" if table["told_apart"].all() else "A hollow mark: too small to be told from luck at this number of runs."
    )
    said = ("Each band is one uncertainty, about the mean; they are never added up.", *BANDS, unseen)
    return Picture(
        "uncertainties",
        _spans_title(found, table),
        caption(found, *filter(None, said), made_of(found)),
        " ".join(f"{row.label}: {_told(row)}." for row in rows_of(table)),
        table,
        _spans_grid(table),
        _draw_spans,
        PANEL * len(table) + 0.1,
    )


BANDS = (
    "If made again: by how much making all runs again could move the mean (95 %).",
    "Luck of teams: the middle 8 in 10 teams at the same parameters.",
    "Parameters: the middle 8 in 10 settings, for the mean team.",
)


def _spans_title(found: Uncertainty, table: pd.DataFrame) -> str:
    what = "the difference" if found.paired else "the team"
    known = table[table["told_apart"]]
    wide = {which: known[f"{which}_p90"] - known[f"{which}_p10"] for which in ("parameter", "luck")}
    more = int((wide["parameter"] > wide["luck"]).sum())
    return (
        f"What is not known moves {what} more than luck does in {more} of {len(table)} outcomes"
        if more
        else f"Luck moves {what} more than what is not known does in all outcomes shown"
    )


def _told(row: Any) -> str:
    seen = _ends(row, "parameter") if row.told_apart else "a spread too small to be told from luck"
    return (
        f"{small(row.mean, row.unit)} {words.unit_name(row.unit)}, plus or minus {small(row.error, row.unit)} if made "
        f"again; luck {_ends(row, 'luck')}; parameters {seen}"
    )


def _ends(row: Any, which: str) -> str:
    return f"{small(getattr(row, f'{which}_p10'), row.unit)} to {small(getattr(row, f'{which}_p90'), row.unit)}"


def _spans_grid(table: pd.DataFrame) -> Grid:
    rows = tuple(
        (
            f"{row.label}{', in 100' if row.unit == 'share' else ''}",
            small(row.mean, row.unit),
            small(row.error, row.unit),
            _ends(row, "luck"),
            _ends(row, "parameter") if row.told_apart else "too small to tell",
            words.in_100(row.share) if row.share == row.share else words.UNKNOWN,
        )
        for row in rows_of(table)
    )
    return Grid(("outcome", "mean", "±", "luck", "parameters", "of 100 parts of the variance, parameters"), rows)


def _draw_spans(figure: Figure, table: pd.DataFrame) -> None:
    panels = figure.subplots(len(table), 1, squeeze=False)[:, 0]
    for axes, row in zip(panels, rows_of(table), strict=True):
        scale = 100 if row.unit == "share" else 1
        ends = {
            "error": (row.mean - row.error, row.mean + row.error),
            "luck": (row.luck_p10, row.luck_p90),
            "parameter": (row.parameter_p10, row.parameter_p90),
        }
        for place, (_, which, colour) in enumerate(BARS):
            low, high = (scale * end for end in ends[which])
            hollow = which == "parameter" and not row.told_apart
            _band(axes, place, low, high, "none" if hollow else colour)
        axes.axvline(scale * row.mean, color=INK, linewidth=0.8, linestyle=":")
        axes.set_yticks(range(len(BARS)), [name for name, *_ in BARS], fontsize=8)
        axes.set_ylim(len(BARS) - 0.4, -0.6)
        axes.tick_params(axis="x", labelsize=8)
        axes.set_title(f"{row.label}{', in 100' if row.unit == 'share' else f' ({row.unit})'}", fontsize=8.5)
        plain(axes)


def _band(axes: Axes, place: int, low: float, high: float, colour: str) -> None:
    if colour == "none" or high <= low:
        axes.plot((low + high) / 2, place, "o", markerfacecolor="white", markeredgecolor=EDGE, markersize=5)
        return
    axes.barh(place, high - low, left=low, height=0.56, color=colour, edgecolor=EDGE, linewidth=0.8)


# ------------------------------------------------------------------ the plane


def _plane(found: Uncertainty) -> Picture:
    effect, cost = found.layout.cloud().T
    shares = quadrants(effect, cost)
    largest = max(shares, key=lambda name: shares[name])
    ends = found.layout.again.quadrants
    rows = tuple(
        (name, words.in_100(share), f"{words.in_100(ends[name][0])} to {words.in_100(ends[name][1])}")
        for name, share in shares.items()
    )
    label = found.layout.asked.effect
    name = found.components.loc[found.components["output"] == label, "label"].iloc[0]
    return Picture(
        "plane",
        f"{found.asked.scenarios[1].name} is {largest} in {words.in_100(shares[largest])} of 100 settings"
        f" ({' to '.join(words.in_100(end) for end in ends[largest])} if all runs were made again)",
        caption(
            found,
            "Dark dots: settings of the parameters, each the mean of its teams, drawn together by what luck adds to "
            "their spread. Pale crosses: single pairs of teams, luck and all. In the corners: dark dots of 100.",
            _costs_said(found),
            made_of(found),
        ),
        "; ".join(f"{told}: {words.in_100(share)} of 100 settings" for told, share in shares.items()) + ".",
        found.plane.assign(label=name),
        Grid(("second scenario beside the first", "of 100 settings", "if all runs were made again"), rows),
        _draw_plane,
        4.3,
    )


def _costs_said(found: Uncertainty) -> str:
    beyond = "" if len(found.layout.rates) == 1 else ", discounted at 3.5 % after the first year"
    return f"Cost: of all payers over the whole horizon, a person on the caseload{beyond}."


def _draw_plane(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.add_subplot()
    teams, dots = table[table["point"] == "team"], table[table["point"] == "parameters"]
    axes.plot(teams["effect"], teams["cost"], "x", color="#9a9a9a", markersize=3, markeredgewidth=0.6, label="teams")
    axes.plot(dots["effect"], dots["cost"], "o", color=BLUE, markersize=3.5, label="settings", alpha=0.9)
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(0, color=INK, linewidth=1)
    wide, high = (1.08 * float(np.abs(table[name]).quantile(0.995)) or 1.0 for name in ("effect", "cost"))
    axes.set_xlim(-wide, wide)
    axes.set_ylim(-high, high)
    shares = quadrants(dots["effect"].to_numpy(), dots["cost"].to_numpy())
    corners = {(0.98, 0.97): "right", (0.98, 0.03): "right", (0.02, 0.03): "left", (0.02, 0.97): "left"}
    for (place, side), (name, share) in zip(corners.items(), shares.items(), strict=True):
        axes.text(
            *place,
            f"{name}: {words.in_100(share)}",
            transform=axes.transAxes,
            ha=side,
            va="top" if place[1] > 0.5 else "bottom",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85},
        )
    axes.set_xlabel(f"{table['label'].iloc[0]}: second less first")
    axes.set_ylabel("cost, £ a person: second less first")


# ------------------------------------------------------------------ the curve


def _curve(found: Uncertainty) -> Picture:
    table = found.acceptability[found.acceptability["rate"] == found.acceptability["rate"].iloc[0]]
    turn = table.loc[table["best"].diff().abs() == 1, "pay"]
    always = found.asked.scenarios[int(table["best"].iloc[-1])].name
    title = (
        f"Which is the better buy turns at about {words.pounds(turn.iloc[0])} a point"
        if len(turn)
        else f"{always} is the better buy on the whole at any price shown"
    )
    told = table.iloc[np.linspace(0, len(table) - 1, PRICES_TOLD).round().astype(int)]
    rows = tuple(
        (
            words.pounds(row.pay) if row.pay else "£0",
            words.in_100(row.second),
            f"{words.in_100(row.second_low)} to {words.in_100(row.second_high)}",
            "second" if row.best else "first",
            "yes" if row.settled else "no",
        )
        for row in rows_of(told)
    )
    heads = ("a point", "second the better buy, of 100", "if made again", "better on the whole", "settled")
    return Picture(
        "acceptability",
        title,
        caption(
            found,
            "Line: settings of 100 in which the second scenario is the better buy. Band: 95 % of what making all runs "
            "again could give (simulation error). Thick (frontier): the same for whichever is better on the whole.",
            NO_THRESHOLD,
            made_of(found),
        ),
        "; ".join(f"at {row[0]} {row[1]} of 100" for row in rows) + ".",
        table.assign(unit=found.asked.effect),
        Grid(heads, rows),
        _draw_curve,
        3.2,
    )


def _draw_curve(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.add_subplot()
    pay = table["pay"]
    band = axes.fill_between(
        pay, 100 * table["second_low"], 100 * table["second_high"], color=PALE_BLUE, edgecolor=EDGE, linewidth=0.5
    )
    frontier = table["frontier"].where(table["best"].diff().abs() != 1)  # broken where the better one changes
    (thick,) = axes.plot(pay, 100 * frontier, color=VERMILION, linewidth=4, alpha=0.75, solid_capstyle="butt")
    (line,) = axes.plot(pay, 100 * table["second"], color=BLUE, linewidth=1.8)
    axes.axhline(50, color=QUIET, linewidth=0.8, linestyle=":")
    axes.set_ylim(0, 100)
    axes.set_xlim(0, pay.max())
    axes.set_xlabel("willingness to pay, £ for a point")
    axes.set_ylabel("settings, of 100")
    key(figure, {"second is the better buy": line, "if made again": band, "frontier": thick})


# ------------------------------------------------------------------ what knowing is worth


def _worth(found: Uncertainty) -> Picture:
    whole = found.evppi
    shown = pd.concat([whole[whole["parameter"] != DUMMY].head(MOST_BARS), whole[whole["parameter"] == DUMMY]])
    above = whole[whole["above_floor"] & (whole["parameter"] != DUMMY)]
    price = words.pounds(whole["pay"].iloc[0]) if whole["pay"].iloc[0] else "£0"
    title = (
        f"At {price} a point, {words.one_of(len(above), 'number is', 'numbers are')} worth studying beyond chance"
        if len(above)
        else f"At {price} a point, no single number stands out as worth studying"
    )
    rows = tuple(
        (row.about, _worth_told(row.worth), row.confidence or "-", "yes" if row.above_floor else "no")
        for row in rows_of(shown)
    )
    return Picture(
        "evppi",
        title,
        caption(
            found,
            "Bars: what knowing the number before choosing would be worth, pounds a person on the caseload, by a "
            "penalised spline. Dashed line: the largest that shuffled runs give, 19 times in 20; a bar within it "
            "(pale) cannot be told from nothing. The dummy is wired to nothing. It ranks what to study; it is no price "
            "of a study.",
            made_of(found),
        ),
        "; ".join(f"{row[0]}: {row[1]}" for row in rows) + f". Floor: {_worth_told(whole['floor'].iloc[0])}.",
        shown,
        Grid(("number", "worth, a person", "confidence", "above chance"), rows),
        _draw_worth,
        0.29 * len(shown) + 0.5,
    )


def _worth_told(pounds: float) -> str:
    """Pence where it is less than a pound."""
    return words.pounds(pounds) if pounds >= 1 else f"{100 * pounds:.0f}p"


def _draw_worth(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.add_subplot()
    for place, row in enumerate(rows_of(table)):
        axes.barh(
            place, row.worth, height=0.66, color=BLUE if row.above_floor else PALE_GREY, edgecolor=EDGE, linewidth=0.8
        )
        number(axes, row.worth, place, _worth_told(row.worth))
    floor = table["floor"].iloc[0]
    axes.axvline(floor, color=INK, linewidth=1.2, linestyle="--")
    labels = [textwrap.shorten(row.about, 46, placeholder="...") for row in rows_of(table)]
    axes.set_yticks(range(len(table)), labels)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlim(0, 1.15 * (max(table["worth"].max(), floor) or 1.0))
    axes.set_xlabel("worth of knowing it, £ a person")
    plain(axes)
