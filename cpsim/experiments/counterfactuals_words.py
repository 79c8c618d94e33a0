"""Plans beside the team as it is, in sentences: for the terminal and the page alike."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from cpsim.experiments.estimators.paired import UNCLEAR, WORSE
from cpsim.experiments.outcomes import OTHERS
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import telling, words
from cpsim.outputs.measures import measures

if TYPE_CHECKING:
    from cpsim.experiments.counterfactuals import Counterfactuals

WIDTH = 80
WEEKS_A_MONTH = 52 / 12
TOLD = ("five_steps", "reach", "rguk_change")
INTERVALS = (
    "Ranges: 95 % interval of the mean difference over the same simulated worlds, wide enough to hold for all plans of "
    "a horizon together (simulation error). What nobody knows about the parameters is not in them."
)
LIST = (
    "Nobody has seen these teams: each is this team with some values changed, and how they act is the model's "
    "mechanism. Third-sector delivery is like the scenario third-sector in everything but the place; it keeps fewer "
    "people, and shares are of those it keeps. It and the crisis team have always been so, so that a "
    "change since day 0 holds only a part of what they brought; the rest begins on day 0."
)
PAYBACK = (
    "Cost: all payers, a person on the caseload, summed since day 0; new posts and training are in it, what a crisis "
    "team costs is in it by the contacts it makes. Later than the last horizon nobody has looked."
)


def in_words(found: Counterfactuals) -> str:
    """All sentences, at most 80 columns wide."""
    blocks = [[found.title, made_of(found)]]
    for _, rows in found.table.groupby("plan", sort=False):
        blocks.append([heading(rows), *(f"- {text}" for text in of_plan(found, rows))])
    blocks.append([LIST, PAYBACK, INTERVALS, telling.NOBODY_REAL])
    return "\n\n".join("\n".join(textwrap.fill(text, WIDTH) for text in block) for block in blocks)


def made_of(found: Counterfactuals) -> str:
    """Horizons and runs."""
    when = words.listed([in_time(each) for each in found.weeks])
    return f"After {when}; {found.worlds:,} worlds of each plan and horizon, {found.runs:,} runs, seed {found.seed}."


def in_time(weeks: int) -> str:
    """ "26 weeks" as "6 months", where it is that."""
    months = round(weeks / WEEKS_A_MONTH)
    whole = abs(months * WEEKS_A_MONTH - weeks) < 0.5
    return words.one_of(months, "month", "months") if whole else words.one_of(weeks, "week", "weeks")


def heading(rows: pd.DataFrame) -> str:
    """The plan's name as it begins a line."""
    label = str(rows["label"].iloc[0])
    return f"{label[0].upper()}{label[1:]}, against the team as it is"


def headlines(found: Counterfactuals) -> list[str]:
    """A sentence a plan on the last horizon."""
    last = found.rows("reach")
    last = last[last["weeks"] == found.weeks[-1]]
    return [_headline(found, row) for row in last.itertuples(index=False)]


def _headline(found: Counterfactuals, row: Any) -> str:
    label = f"{row.label[0].upper()}{row.label[1:]}"
    with_it, as_it_is = (words.in_100(share) for share in (row.with_it, row.as_it_is))
    reached = f"{with_it} of 100 people who could take up CP have at least one step, {as_it_is} in the team as it is"
    return f"{label}: after {in_time(row.weeks)} {reached}. {costs(found, row.plan)}"


def of_plan(found: Counterfactuals, rows: pd.DataFrame) -> list[str]:
    """What it brings by horizon, what it costs others at the last, and when it is no dearer."""
    said = [_by_horizon(rows[rows["outcome"] == outcome]) for outcome in TOLD]
    last = rows[rows["weeks"] == found.weeks[-1]]
    return [*said, for_others(last), costs(found, str(rows["plan"].iloc[0]))]


def _by_horizon(rows: pd.DataFrame) -> str:
    label = short_label(str(rows["outcome"].iloc[0]))
    lines: list[Any] = list(rows.itertuples(index=False))
    return f"{label}: {'; '.join(f'{in_time(line.weeks)} {cell(line)}' for line in lines)}."


def cell(row: Any) -> str:
    """The difference with its range."""
    unit = measures("outcomes")[row.outcome].unit
    span = words.differences(row.low, row.high, unit)
    told = "not clear" if row.verdict == UNCLEAR else words.difference(row.difference, unit)
    return f"{told}{f' ({span})' if span else ''}"


def for_others(rows: pd.DataFrame) -> str:
    """What is clearly worse for others at the last horizon."""
    worse = rows[rows["outcome"].isin(OTHERS) & (rows["verdict"] == WORSE)]["outcome"]
    names = [short_label(str(name)).split(", ")[0] for name in worse]
    return f"Clearly worse for others: {words.listed(names) or 'nothing that is counted here'}."


def costs(found: Counterfactuals, plan: str) -> str:
    """From when on it is no dearer, and in how many worlds it never is within the horizon."""
    row = found.never[found.never["plan"] == plan].iloc[0]
    dearer = round(row["never"] * row["worlds"])
    never = f"in {dearer:,} of {row['worlds']:,} worlds it is still dearer after {in_time(int(row['horizon']))}"
    when = row["from_week"]
    on_average = (
        "on average it does not pay back within that time"
        if when != when
        else "on average it is no dearer at any of these horizons"
        if when == found.weeks[0]
        else f"on average it is no dearer from {in_time(int(when))} on"
    )
    a_year = words.difference(row["a_year"], measures("outcomes")["cost_per_person"].unit)
    return f"Cost: {a_year} a person and year by then; {never}, {on_average}."
