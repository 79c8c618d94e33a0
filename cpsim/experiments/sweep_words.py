"""A sweep in sentences and a table for the terminal; the page takes its sentences from here."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.experiments.short_labels import short_label
from cpsim.experiments.sweep_tables import MEAN
from cpsim.experiments.vary import Factor, Target
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.outputs.telling import NOBODY_REAL
from cpsim.scenario.wording import plain

if TYPE_CHECKING:
    from cpsim.experiments.sweep import Sweep

WIDTH = 80
CELL = 20  # signs of a cell's name in the terminal's table
SHOWN = ("five_steps", "reach", "rguk_change", "pressure", "late_share", "cost_per_person")
MOST_ROWS = 40  # of the terminal's table; all are in surface.csv


def in_words(found: Sweep) -> str:
    """What was varied, where each target is passed, where things change most, a table, and what the ranges are."""
    blocks = [
        opening(found),
        without_effect(found),
        [line for wanted in found.targets for line in passing(found, wanted)],
    ]
    texts = ["\n".join(map(_wrapped, block)) for block in [*blocks, changing(found)] if block]
    closing = "\n".join(map(_wrapped, [*what_it_means(found), NOBODY_REAL]))
    return "\n\n".join([*texts, "\n".join(_table(found)), closing])


def _wrapped(text: str) -> str:
    return text if len(text) <= WIDTH else textwrap.fill(text, WIDTH, subsequent_indent="  ")


def opening(found: Sweep) -> list[str]:
    """Scenario, what was varied, horizon, runs."""
    varied = [f"{each.label}: {values_told(each)}" for each in found.factors]
    return [found.scenario.title, *varied, runs_made(found)]


def values_told(varied: Factor) -> str:
    """ "15 to 45 (7 values)", or the words."""
    if not varied.numeric:
        return words.listed([plain(value) for value in varied.values])
    return f"{plain(varied.values[0])} to {plain(varied.values[-1])} ({len(varied.values)} values)"


def runs_made(found: Sweep) -> str:
    """ "52 weeks; 7 cells of 50 simulated worlds, the same in each; 400 runs, seed 1"."""
    cells = int(np.prod(found.shape))
    failed = f"; {found.failed:,} runs failed and are left out" if found.failed else ""
    return (
        f"{words.one_of(found.scenario.weeks, 'week', 'weeks')}; {words.one_of(cells, 'cell', 'cells')} of "
        f"{found.replications} simulated worlds, the same in each; {len(found.runs):,} runs, seed {found.seed}{failed}"
    )


def without_effect(found: Sweep) -> list[str]:
    """Factors that change nothing: every outcome of every world is the same at all their values."""
    every = np.stack([found.values(output) for output in found.outputs])
    lines = []
    for number, varied in enumerate(found.factors):
        along = np.moveaxis(every, number + 1, 0)
        if np.array_equal(along, np.broadcast_to(along[0], along.shape), equal_nan=True):
            where = f"{varied.name} changes nothing in {found.scenario.name}"
            lines.append(f"{where}: every world is the same at all its values. Another setting may switch it off.")
    return lines


def passing(found: Sweep, wanted: Target) -> list[str]:
    """Where the target is passed, from below and from above: a sentence along one factor, a list along two."""
    table: Any = found.thresholds
    if not len(table):
        return best(found, wanted)
    table = table[table["target"] == wanted.text]
    if len(found.factors) == 1:
        who = [f"{who} {_line_of(table[table['of'] == of])}" for of, who in WHO.items()]
        return [f"{wanted.told}, along {found.factors[0].name}: {'; '.join(who)}."]
    lines = best(found, wanted)
    for along, rows in table[table["of"] == MEAN].groupby("along", sort=False):
        other = _named(found, rows["other"].iloc[0]).name
        told = [(at, _line_of(group)) for at, group in rows.groupby("other_value", sort=False)]
        lines.append(f"On average, along {_named(found, along).name}:")
        lines += [f"- at {other} {at}: {line}" for at, line in _merged(told)]
    return lines


WHO = {MEAN: "on average", "8 in 10 worlds": "in 8 of 10 worlds"}


def _merged(told: list[tuple[Any, str]]) -> list[tuple[str, str]]:
    """Neighbours that say the same are told once: "18 to 34"."""
    merged = []
    for line, group in itertools.groupby(told, key=lambda each: each[1]):
        values = [plain(at) for at, _ in group]
        merged.append((values[0] if len(values) == 1 else f"{values[0]} to {values[-1]}", line))
    return merged


def _named(found: Sweep, path: str) -> Factor:
    return next(each for each in found.factors if each.path == path)


def _line_of(rows: Any) -> str:
    """One line of the grid."""
    first = rows.iloc[0]
    if first["passes"] == 0:
        return f"reached {first['reached']}"
    if first["passes"] == 1:
        return f"reached {first['reached'].removesuffix(' it')} {_at(first)}"
    sides = {row["from"]: row for _, row in rows.iterrows()}
    ends = [f"coming from {side} first passed at {_at(sides[side])}" for side in ("below", "above")]
    return f"{' and '.join(ends)}; it passes {first['passes']:.0f} times"


def _at(row: Any) -> str:
    """ "27 (24 to 31)"; where not all resamples pass, in how many."""
    often = f", in {words.in_100(row['found'])} of 100 redrawings" if row["found"] < 0.995 else ""
    return f"{row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g}{often})"


def best(found: Sweep, wanted: Target) -> list[str]:
    """The cell in which most worlds reach it, and how many others may be as good: their ranges overlap."""
    table: Any = found.reached[found.reached["target"] == wanted.text]
    row = table.loc[table["reached"].idxmax()]
    if not row["reached"]:
        return [f"{wanted.told}: reached in no world of any cell."]
    where = words.listed([f"{each.name} {plain(row[each.path])}" for each in found.factors])
    span = words.between(row["reached_low"], row["reached_high"], "share")
    others = int((table["reached_high"] >= row["reached_low"]).sum()) - 1
    as_good = f"; {words.one_of(others, 'other cell', 'other cells')} may be as good" if others else ""
    return [f"{wanted.told}: most often at {where}, in {words.in_100(row['reached'])} of 100 worlds ({span}){as_good}."]


def changing(found: Sweep) -> list[str]:
    """Where the shown outcomes change most along a single numeric factor."""
    if len(found.factors) > 1 or not len(found.steepest):
        return []
    lines = []
    rows: Any = found.steepest.itertuples(index=False)
    for row in rows:
        unit = measures("outcomes")[row.output].unit
        if row.output in SHOWN and row.change:
            stretch = f"between {plain(row.low)} and {plain(row.high)} ({words.difference(row.change, unit)})"
            lines.append(f"- {short_label(row.output)}: {stretch}; so in {words.in_100(row.agree)} of 100 redrawings")
    return [f"Changes most along {found.factors[0].name}:", *lines] if lines else []


def _table(found: Sweep) -> Iterator[str]:
    """A row a cell: mean and the middle 8 in 10 worlds of the first outcomes."""
    outputs = [each.outcome for each in found.targets] or ["five_steps", "reach"]
    outputs = list(dict.fromkeys([*outputs, "reach", "pressure"]))[:3]
    table: Any = found.surface
    yield f"{'mean (8 in 10)':<{CELL}}" + "".join(f"{_head(name):>20}" for name in outputs)
    first = table[table["output"] == outputs[0]]
    for place in range(min(len(first), MOST_ROWS)):
        rows = [table[table["output"] == name].iloc[place] for name in outputs]
        name = "as it is" if rows[0]["cell"] == "base" else _cell(found, rows[0])
        yield f"{name[: CELL - 1]:<{CELL}}" + "".join(f"{_amount(row):>20}" for row in rows)
    if len(first) > MOST_ROWS:
        yield f"... and {len(first) - MOST_ROWS:,} more in surface.csv"


def _head(output: str) -> str:
    return short_label(output).split(", ")[0][:19]


def _cell(found: Sweep, row: Any) -> str:
    return ", ".join(plain(row[each.path]) for each in found.factors)


def _amount(row: Any) -> str:
    if not row["runs"]:
        return words.UNKNOWN
    mean = words.amount(row["mean"], row["unit"]).replace("fewer than ", "<").replace("more than ", ">")
    return f"{mean} ({words.between(row['p10'], row['p90'], row['unit'])})"


def what_it_means(found: Sweep) -> list[str]:
    """What ranges are."""
    several = (
        "Places of passing: 95 % interval by drawing worlds anew (simulation error); between values the mean is "
        "taken to run straight. "
        if found.targets
        else ""
    )
    return [
        f"{several}8 in 10: the middle 8 in 10 worlds, that is luck; more worlds do not narrow it. "
        "What nobody knows about the parameters is in neither.",
        "A value far from what teams have is a guess of the model's.",
    ]


def steepest_told(found: Sweep, output: str) -> str:
    """A title: what an outcome does along the factor, and where most."""
    table: Any = found.surface[(found.surface["output"] == output) & (found.surface["cell"] == "grid")]
    unit, along = str(table["unit"].iloc[0]), found.factors[0]
    first, last = (words.amount(table["mean"].iloc[place], unit) for place in (0, -1))
    bare, _, after = short_label(output).partition(", ")
    ends = f"{bare[0].upper()}{bare[1:]}: {first} at {plain(along.values[0])}, {last} at {plain(along.values[-1])}"
    rows: Any = found.steepest[found.steepest["output"] == output] if len(found.steepest) else found.steepest
    most = next(rows.itertuples(index=False), None)
    where = f"; steepest from {plain(most.low)} to {plain(most.high)}" if most and most.change else ""
    return f"{ends}{f' ({after})' if after else ''}{where}"
