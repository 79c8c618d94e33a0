"""A comparison in sentences and tables for the terminal and the page; the same words in both."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cpsim.comparison.telling import NOT_COUNTED, pays_back
from cpsim.experiments.estimators.paired import BETTER, SAME, UNCLEAR, WORSE
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import words
from cpsim.outputs.telling import NOBODY_REAL

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.compare import Comparison
    from cpsim.experiments.plans import Plan

WIDTH = 80
STUDY_WEEKS = 26  # after which the 2021 study stopped
NONE = "none"


def in_words(found: Comparison) -> str:
    """What was compared, the answer, a table for each plan, pay-back, and what the numbers are."""
    blocks = [opening(found)]
    for plan in found.plans[1:]:
        blocks += [[f"{plan.column}, against A: {found.plans[0].name}", *answer(found, plan)]]
        blocks += [list(_tables(found, plan))]
        blocks += [paying_back(found, plan)]
    blocks += [[*what_it_means(found), NOT_COUNTED, NOBODY_REAL]]
    return "\n\n".join("\n".join(_wrapped(line) for line in block) for block in blocks)


def _wrapped(text: str) -> str:
    """Tables have their width already."""
    return text if len(text) <= WIDTH else textwrap.fill(text, WIDTH, subsequent_indent="  ")


def opening(found: Comparison) -> list[str]:
    """Plans, horizon, worlds."""
    start = found.scenario.start
    when = f"{words.one_of(found.scenario.weeks, 'week', 'weeks')} from {start.day} {start:%B %Y}"
    told = [f"{plan.column} ({plan.scenario.title})" for plan in found.plans]
    return ["The same people with the same luck under each plan", *told, f"{when}; {runs_made(found)}"]


def runs_made(found: Comparison) -> str:
    """ "100 simulated worlds of each plan, seed 1"."""
    teams = len(found.results[0].runs.teams)
    of_teams = f" of {teams:,} teams" if teams > 1 else ""
    return f"{words.one_of(found.worlds_run, 'simulated world', 'simulated worlds')}{of_teams}, seed {found.seed}"


def answer(found: Comparison, plan: Plan) -> list[str]:
    """The headline in people, and what is better, worse and not to be told apart; for people and for others."""
    rows = of_plan(found.paired, plan)
    said = [five_steps(next(rows.itertuples(index=False)))]
    for subject, opening_ in (("people", "For people"), ("others", "Cost to others")):
        said.append(f"{opening_}: {sorted_out(rows[rows['subject'] == subject])}")
    return [*said, who_gains(found, plan)]


def of_plan(table: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The rows of one plan."""
    return table[table["plan"] == plan.letter]


def five_steps(row: Any) -> str:
    """Of 100 people, in both; and how often it is better."""
    if not row.worlds:
        return "Nobody could take up CP in any world of both plans."
    ends = f"{words.in_100(row.first)} get all five steps in A and {words.in_100(row.mean)} in {row.plan}"
    return f"Of 100 people who could take up CP, {ends}: {told(row)}; {how_often(row)}."


def told(row: Any) -> str:
    """The difference with its interval; one that its interval does not tell from none is not called a difference."""
    span = words.differences(row.all_low, row.all_high, row.unit)
    in_brackets = f" ({span})" if span else ""
    if row.verdict == SAME:
        return "no difference"
    if row.verdict == UNCLEAR and not (row.all_low > 0 or row.all_high < 0):
        return f"no clear difference{in_brackets}"
    return f"{words.difference(row.difference, row.unit)}{in_brackets}"


def how_often(row: Any) -> str:
    """In how many worlds it is better, and in how many worse."""
    if row.ties == 1:
        return f"the same in all {words.one_of(row.worlds, 'world', 'worlds')}"
    beats, loses = (words.in_100(share) for share in (row.beats, row.loses))
    return f"better in {beats} of 100 worlds, worse in {loses}"


def sorted_out(rows: pd.DataFrame) -> str:
    """ "better: a, b; worse: none; can't tell: c"."""
    by_verdict = {verdict: rows.loc[rows["verdict"] == verdict, "measure"] for verdict in (BETTER, WORSE, UNCLEAR, SAME)}
    parts = [
        f"{verdict}: {words.listed([_bare(name) for name in names]) or NONE}"
        for verdict, names in by_verdict.items()
        if len(names) or verdict in (BETTER, WORSE)
    ]
    return f"{'; '.join(parts)}."


def _bare(outcome: str) -> str:
    """Without its unit."""
    return short_label(outcome).split(", ")[0]


def who_gains(found: Comparison, plan: Plan) -> str:
    """Does either of each pair of groups gain more of the five steps?"""
    rows = of_plan(found.equity, plan)
    rows = rows[(rows["row"] == "gap") & rows["measure"].str.startswith("five_steps")]
    parts = []
    for row in rows.itertuples(index=False):
        easier, _, harder = str(row.measure).split(": ")[1].partition(" less ")
        told_ = {
            "they gain more": f"{GROUP_NAMES[easier]} gain more",
            "the others gain more": f"{GROUP_NAMES[harder]} gain more",
            SAME: f"{GROUP_NAMES[easier]} and {GROUP_NAMES[harder]} alike",
        }
        apart = f"{GROUP_NAMES[easier]} or {GROUP_NAMES[harder]}: can't tell"
        parts.append(told_.get(str(row.verdict), apart))
    return f"Who gains more (five steps): {'; '.join(parts)}."


GROUP_NAMES = {
    "low_income": "those with least to spend",
    "high_income": "those with most",
    "low_anxiety": "the least anxious",
    "high_anxiety": "the most anxious",
    "near": "those nearer",
    "far": "those farther away",
}


def paying_back(found: Comparison, plan: Plan) -> list[str]:
    """When cost and minutes turn."""
    return [pays_back(found.paybacks[plan.letter, what], plan.letter) for what in ("cost", "minutes")]


def _tables(found: Comparison, plan: Plan) -> Iterator[str]:
    """For people, cost to others, who gains and who pays: 80 columns."""
    paired, equity = of_plan(found.paired, plan), of_plan(found.equity, plan)
    yield _line("", "A", plan.letter, "difference", plan.letter, "better in")
    for heading, rows in (
        ("For people", paired[paired["subject"] == "people"]),
        ("Cost to others", paired[paired["subject"] == "others"]),
        ("All five steps by group, in 100", equity[equity["measure"].isin(FIVE_BY_GROUP)]),
        ("Who pays, pounds a person and year", of_plan(found.costs, plan)),
    ):
        yield heading
        for row in rows.itertuples(index=False):
            yield _row(row)


FIVE_BY_GROUP = tuple(f"five_steps_{group}" for group in GROUP_NAMES)


def _row(row: Any) -> str:
    """One outcome: both means, the difference, the verdict, and in how many of 100 worlds it is better."""
    ends = (words.amount(value, row.unit).replace("fewer than ", "<") for value in (row.first, row.mean))
    span = words.differences(row.all_low, row.all_high, row.unit)
    return _line(f"  {short_label(row.measure)}", *ends, span or "none", row.verdict, words.in_100(row.beats))


def _line(label: str, a: str, b: str, span: str, verdict: str, often: str) -> str:
    return f"{label:<31}{a:>7}{b:>7}{span:>17}{verdict:>11}{often.replace('fewer than ', '<'):>7}"[:WIDTH].rstrip()


def what_it_means(found: Comparison) -> list[str]:
    """What the intervals are, and what they are not."""
    several = " wide enough to hold for all plans together" if len(found.plans) > 2 else ""
    study = f" The 2021 study stopped after {STUDY_WEEKS} weeks." if found.scenario.weeks > STUDY_WEEKS else ""
    return [
        f"Difference: 95 % interval of the mean paired difference over worlds{several} (simulation error; more worlds "
        "narrow it). Better in: worlds of 100, that is luck. Better or worse only where the interval leaves no "
        "difference out; of 20 rows with no difference, about one looks like one.",
        f"What nobody knows about the parameters is in none of these.{study}",
    ]
