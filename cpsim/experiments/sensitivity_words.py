"""The reading of a sensitivity study in plain words; what rests on an assumption is marked, luck is told apart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from cpsim.experiments.estimators.convergence import DUMMY_WITHIN
from cpsim.experiments.estimators.emulator import GOOD
from cpsim.experiments.estimators.morris import NEGLIGIBLE
from cpsim.experiments.estimators.problem import is_dummy, ranked
from cpsim.experiments.estimators.sobol_cross import CHANCE
from cpsim.experiments.screening import OTHERS
from cpsim.outputs import words
from cpsim.outputs.measures import measures

if TYPE_CHECKING:
    from cpsim.experiments.sensitivity import Sensitivity

WIDTH = 80
TOP = 4  # factors named of an output
WORTH = 0.02  # shares below are not named
ASSUMED = "*"
NOTHING = "what factors do is too little beside luck to share out"
GROUPS = {
    "staffing": "staffing",
    "contact": "contact",
    "crisis": "crises",
    "cp_skills": "skills in CP",
    "person": "people themselves",
    "community": "the community",
    "geography": "the place",
    "economics": "costs",
    "dummy": "dummy",
    "levers": "what the team decides",
}
MARK = f"{ASSUMED} nothing but judgement stands behind its range."


def name_of(found: Sensitivity, path: str) -> str:
    """A factor as it is called in words, marked when it is an assumption."""
    if path == OTHERS:
        return others(found)
    if path == CHANCE:
        return "luck"
    factor = found.factors.by_path[path]
    return f"{factor.name}{ASSUMED}" if factor.assumed and not is_dummy(path) else factor.name


def others(found: Sensitivity) -> str:
    """What "others" are."""
    singly = set(found.tables["indices"]["factor"]) & set(found.factors.paths)
    return f"the other {len(found.factors.paths) - len(singly)} together"


def label(output: str) -> str:
    """An outcome's label, in the middle of a sentence or at its start."""
    return measures("outcomes")[output].label


def of(table: pd.DataFrame, output: str) -> pd.DataFrame:
    """The rows of an output."""
    return table[table["output"] == output].drop(columns="output")


def rows_of(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def headlines(found: Sensitivity) -> list[str]:
    """One sentence an output, from the best that was done; those of which nothing can be said come last."""
    told = [_headline(found, output) for output in found.outputs]
    return sorted(filter(None, told), key=lambda sentence: NOTHING in sentence)


def _headline(found: Sensitivity, output: str) -> str:
    for table, sentence in (
        ("indices", _of_indices),
        ("groups", _of_groups),
        ("morris", _of_morris),
        ("pawn", _of_pawn),
        ("rbd_fast", _of_rbd_fast),
        ("regional", _of_regional),
    ):
        rows = of(found.tables[table], output) if table in found.tables else pd.DataFrame()
        if len(rows):
            return f"{label(output)}: {sentence(found, rows)}"
    return ""


def _share(row: Any, name: str) -> str:
    value, low, high = (percent(getattr(row, each)) for each in (name, f"{name}_low", f"{name}_high"))
    return f"{value} %, {low} to {high}"


def percent(share: float) -> str:
    """A share as it can be: an estimate may lie below nothing or beyond all, and does in few runs."""
    return f"{100 * min(max(share, 0.0), 1.0):.0f}"


def _of_indices(found: Sensitivity, rows: pd.DataFrame) -> str:
    known = rows[rows["st"].notna() & ~rows["factor"].map(is_dummy)]
    singly = known[known["factor"] != OTHERS]
    top = ranked(singly[singly["st"] > WORTH], "st")[:TOP]
    named = [f"{name_of(found, row.factor)} ({_share(row, 'st')})" for row in rows_of(top)]
    rest = known[known["factor"] == OTHERS]
    behind = [f"{others(found)} are behind {_share(row, 'st')}" for row in rows_of(rest) if row.st > WORTH]
    luck = rows.loc[rows["factor"] == CHANCE, "own_st"].to_list()
    chance = f"; luck makes {100 * luck[0]:.0f} % of what single teams differ by" if luck else ""
    if not len(known):
        return f"{NOTHING}{chance}."
    if not named:
        return f"no single factor stands out{_and(behind)}{chance}."
    return f"most hangs on {words.listed(named)}, alone and with others{_and(behind)}{chance}."


def _and(sentences: list[str]) -> str:
    return f"; {sentences[0]}" if sentences else ""


def _of_groups(found: Sensitivity, rows: pd.DataFrame) -> str:
    known = ranked(rows[rows["st"].notna() & ~rows["group"].map(is_dummy)], "st")
    if not len(known):
        return f"{NOTHING}, by groups of factors."
    named = [f"{GROUPS.get(row.group, row.group)} ({_share(row, 'st')})" for row in rows_of(known[:3])]
    return f"by groups of factors, most hangs on {words.listed(named)}, alone and with others."


def _of_morris(found: Sensitivity, rows: pd.DataFrame) -> str:
    clear = rows[~rows["factor"].map(is_dummy) & (rows["share_low"] > NEGLIGIBLE)]
    top = ranked(clear, "share")[:TOP]
    if not len(top):
        return f"{NOTHING}, in so few trajectories."
    return f"the largest effects are those of {words.listed([name_of(found, path) for path in top['factor']])}."


def _of_pawn(found: Sensitivity, rows: pd.DataFrame) -> str:
    above = ranked(rows[rows["above"]], "index")
    if not len(above):
        return "no factor stands above what chance would show."
    named = words.listed([name_of(found, path) for path in above["factor"][:TOP]])
    return f"{words.one_of(len(above), 'factor stands', 'factors stand')} above what chance would show: {named}" + (
        " first." if len(above) > TOP else "."
    )


def _of_rbd_fast(found: Sensitivity, rows: pd.DataFrame) -> str:
    top = ranked(rows[~rows["factor"].map(is_dummy)], "s1")[:TOP]
    named = [f"{name_of(found, row.factor)} ({100 * max(row.s1, 0):.0f} %)" for row in rows_of(top)]
    return f"most that single factors do alone is done by {words.listed(named)}; luck makes all of these smaller."


def _of_regional(found: Sensitivity, rows: pd.DataFrame) -> str:
    differs = ranked(rows[rows["differs"]], "distance")
    asked, inside = rows["asked"].iloc[0], rows["runs_inside"].iloc[0]
    if not len(differs):
        return f"runs with {asked} ({inside:,}) do not differ from the others in any factor."
    named = [
        f"{'higher' if row.median_inside > row.median_outside else 'lower'} {name_of(found, row.factor)}"
        for row in rows_of(differs[:TOP])
    ]
    return f"runs with {asked} ({inside:,}) differ from the others by {words.listed(named)}" + (
        f", and {len(differs) - TOP} more." if len(differs) > TOP else "."
    )


def reading(found: Sensitivity) -> str:
    """All of it, a paragraph a question, at most 80 columns wide."""
    parts = ["\n".join(headlines(found)), *_others(found), how_sure(found), *found.left_out, closing(found)]
    return "\n\n".join("\n".join(_wrapped(line) for line in part.splitlines()) for part in parts if part)


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent="  ")


def _others(found: Sensitivity) -> Iterator[str]:
    yield from (sentence for sentence in (negligible(found), explained(found)) if sentence)


def negligible(found: Sensitivity) -> str:
    """How many factors can be fixed, by Morris's rule."""
    if "morris" not in found.tables:
        return ""
    table = found.tables["morris"]
    table = table[~table["factor"].map(is_dummy)]
    fixed = table.groupby("factor")["negligible"].all()
    return (
        f"Negligible for every output: {int(fixed.sum())} of {len(fixed)} factors. Each moves no output by as much as "
        "5 % of what the largest one does, its interval included (morris.csv)."
    )


def explained(found: Sensitivity) -> str:
    """How good the emulator is."""
    if "emulator" not in found.tables:
        return ""
    shares = found.tables["emulator"].groupby("output", sort=False)["q2"].first()
    told = ", ".join(f"{label(str(name))} {max(value, 0):.2f}" for name, value in shares.items())
    weak = bool((shares < GOOD).any())
    return (
        f"The emulator explains this share of the mean outcome at points it has never seen (Q2): {told}; its shares "
        "are to be read as 'at least'" + (f", and those below {GOOD} not at all." if weak else ".")
    )


def how_sure(found: Sensitivity) -> str:
    """The verdicts on convergence, a line a method; each in full stands in verdicts.csv and on the page."""
    if "verdicts" not in found.tables:
        return ""
    lines = ["How sure (verdicts.csv has each in full):"]
    for method, rows in found.tables["verdicts"].groupby("method", sort=False):
        settled = [label(row.output) for row in rows_of(rows[rows["settled"].astype(bool)])]
        told = f"settled for {'; '.join(settled)}, and for no other" if settled else "not yet settled for any outcome"
        lines.append(f"  {method}: {'settled for every outcome' if len(settled) == len(rows) else told}.")
    return "\n".join(lines)


def closing(found: Sensitivity) -> str:
    """Runs, horizon, roots, marks and what a dummy is."""
    roots = found.facts["square_roots"]
    told = f" Analysed as square roots, as they are skewed: {', '.join(roots)}." if roots else ""
    return (
        f"{found.runs:,} runs of {found.scenario.weeks} weeks; {len(found.factors.paths)} factors.{told} The dummy is "
        f"wired to nothing: what it shows (beyond {DUMMY_WITHIN}) is error. Shares are of what the mean outcome varies "
        f"by when all factors vary within their ranges: they say what is not known, not what helps. {MARK}"
    )
