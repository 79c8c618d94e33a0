"""summary.csv, summary.md and the data dictionary: text for people and other programs, made from the measures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cpsim.outputs import drift, telling, words
from cpsim.outputs.measures import HEADINGS, dictionary, measures
from cpsim.outputs.starts import start_in_words

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

COLUMNS = ("team", "measure", "label", "unit", "mean", "ci_low", "ci_high", "p10", "p90", "runs")
ALL_TEAMS = "all teams"
TEAMS_APART = 200  # more than these nobody reads as text; outcomes.parquet has each


def summary_csv(result: RunResult) -> str:
    """Every measure over all runs, then team by team where there are a few; full precision."""
    whole = result.summary()
    whole.insert(0, "team", ALL_TEAMS if len(result.runs.teams) > 1 else result.runs.teams[0])
    parts = [whole, result.summary(by_team=True)] if 1 < len(result.runs.teams) <= TEAMS_APART else [whole]
    rows = [row for part in parts for row in part[list(COLUMNS)].itertuples(index=False)]
    return _csv(COLUMNS, [[repr(cell) if isinstance(cell, float) else cell for cell in row] for row in rows])


def summary_markdown(result: RunResult) -> str:
    """The same for reading: the sentences, then every measure rounded as it is read."""
    rows = []
    for name, measure in measures("outcomes").items():
        if measure.group == "key":
            continue
        found, unit = result.estimate(name), measure.unit
        span, error = words.between(found.p10, found.p90, unit), words.half_width(found.half_width, unit)
        rows.append((measure.label, words.unit_name(unit), words.amount(found.mean, unit), span, error))
    answer = [telling.headline(result), telling.hours(result), telling.in_the_way(result)]
    closing = [telling.INTERVALS, start_in_words(result), telling.NOBODY_REAL]
    table = _markdown(("measure", "unit", "mean", "8 in 10", "mean ±"), rows)
    title = f"# {_one_line(result.scenario.title)}"
    return "\n\n".join([title, f"{telling.runs_made(result)}.", *answer, table, *closing]) + "\n"


def drift_csv(result: RunResult) -> str:
    """What still moved in the 26 weeks before day 0, in its own unit and in SD (the caseload as a share of itself)."""
    rows = [(*vars(each).values(), "yes" if each.clear else "") for each in drift.before_day_0(result)]
    return _csv(("measure", "label", "unit", "change", "size", "error", "margin", "clear"), rows)


def dictionary_csv(tables: Mapping[str, Iterable[str]]) -> str:
    """The data dictionary of these tables' columns."""
    return _csv(HEADINGS, dictionary(dict(tables)))


def dictionary_markdown(tables: Mapping[str, Iterable[str]]) -> str:
    """The same for reading, a section a table."""
    parts = ["# Data dictionary", "Every column of every table of this run."]
    for table, names in tables.items():
        rows = [(name, unit, label, meaning) for _, name, unit, _, label, meaning in dictionary({table: names})]
        parts += [f"## {table}.parquet", _markdown(("column", "unit", "label", "meaning"), rows)]
    return "\n\n".join(parts) + "\n"


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()


def _markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_one_line(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())
