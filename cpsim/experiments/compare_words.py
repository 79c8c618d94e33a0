"""A comparison in sentences and tables for the terminal and the page; the same words in both."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

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
ONE_IN_100 = 0.005  # a share that rounds to one person of 100
NONE, HARDLY = "none", "hardly different"


def in_words(found: Comparison) -> str:
    """What was compared, the answer, a table for each plan, pay-back, and what the numbers are."""
    blocks = [opening(found)]
    for plan in found.plans[1:]:
        blocks += [[f"{plan.column}, against A: {found.plans[0].name}", *answer(found, plan)]]
        blocks += [list(_tables(found, plan))]
        blocks += [paying_back(found, plan)]
    blocks += [[*what_it_means(found), NOT_COUNTED, NOBODY_REAL]]
    return "\n\n".join("\n".join(map(_wrapped, block)) for block in blocks)


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
    said = [headline(of_plan(found.paired, plan))]
    said += [f"For people: {for_people(found, plan)}", f"Cost to others: {for_others(found, plan)}"]
    return [*said, who_gains(found, plan)]


def for_people(found: Comparison, plan: Plan) -> str:
    """What is better and worse for those on the caseload."""
    return sorted_out(_about(found, plan, "people"))


def for_others(found: Comparison, plan: Plan) -> str:
    """What is better and worse for everybody else."""
    return sorted_out(_about(found, plan, "others"))


def _about(found: Comparison, plan: Plan, subject: str) -> pd.DataFrame:
    rows = of_plan(found.paired, plan)
    return rows[rows["subject"] == subject]


def of_plan(table: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The rows of one plan."""
    return table[table["plan"] == plan.letter]


def headline(rows: pd.DataFrame) -> str:
    """Of 100 people, in both; and how often it is better. Where hardly anybody gets five steps: who gets one."""
    five, reach = (_row_of(rows, name) for name in ("five_steps", "reach"))
    if not five.worlds:
        return "Nobody could take up CP in any world of both plans."
    if max(five.first, five.mean) < ONE_IN_100:
        who = "fewer than 1" if five.first or five.mean else "not one"
        return f"{_of_100(reach, 'at least one step')} All five steps: {who} under either."
    return _of_100(five, "all five steps")


def _row_of(rows: pd.DataFrame, outcome: str) -> Any:
    return next(rows[rows["measure"] == outcome].itertuples(index=False))


def _of_100(row: Any, what: str) -> str:
    ends = f"{words.in_100(row.first)} get {what} in A and {words.in_100(row.mean)} in {row.plan}"
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
    """ "better: a, b; worse: none; hardly different: c; can't tell: d"."""
    found: dict[str, list[str]] = {BETTER: [], WORSE: [], HARDLY: [], UNCLEAR: [], SAME: []}
    for row in rows[rows["better_is"] != ""].itertuples(index=False):
        found[HARDLY if row.hardly else str(row.verdict)].append(_bare(str(row.measure)))
    parts = [
        f"{verdict}: {words.listed(names) or NONE}"
        for verdict, names in found.items()
        if names or verdict in (BETTER, WORSE)
    ]
    return f"{'; '.join(parts)}."


def verdict_of(row: Any) -> str:
    """As it is told: "hardly worse" where it is clear but next to nothing."""
    return f"hardly {row.verdict}" if row.hardly else str(row.verdict)


def _bare(outcome: str) -> str:
    """Without its unit."""
    return short_label(outcome).split(", ")[0]


def who_gains(found: Comparison, plan: Plan) -> str:
    """Does either of each pair of groups gain more?"""
    outcome = of_groups(found)
    rows = of_plan(found.equity, plan)
    rows = rows[(rows["row"] == "gap") & rows["measure"].str.startswith(outcome)]
    parts = [_who_of(str(row.measure).split(": ")[1], str(row.verdict)) for row in rows.itertuples()]
    return f"Who gains more ({_bare(outcome)}): {'; '.join(parts)}."


def of_groups(found: Comparison) -> str:
    """The outcome told of groups: all five steps, or change in social capital where nobody gets five."""
    table = found.equity
    five = table[table["measure"].str.startswith("five_steps_")]
    return "five_steps" if np.nanmax(five[["first", "mean"]].to_numpy(float)) >= ONE_IN_100 else "rguk_change"


def _who_of(pair: str, verdict: str) -> str:
    first, second = (GROUP_NAMES[group] for group in pair.split(" less "))
    said = {
        "they gain more": f"{first} gain more than {second}",
        "the others gain more": f"{second} gain more than {first}",
        SAME: f"{first} and {second} alike",
    }
    return said.get(verdict, f"{first} or {second}: can't tell")


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
    yield _line("", "A", plan.letter, "difference", f"{plan.letter} is", "won")
    for heading, rows in by_subject(found, plan):
        yield heading
        for row in rows.itertuples(index=False):
            yield _row(row)


def by_subject(found: Comparison, plan: Plan) -> Iterator[tuple[str, pd.DataFrame]]:
    """Heading and rows of each subject."""
    paired, equity, outcome = of_plan(found.paired, plan), of_plan(found.equity, plan), of_groups(found)
    yield "For people", paired[paired["subject"] == "people"]
    yield "Cost to others", paired[paired["subject"] == "others"]
    groups = equity[(equity["row"] == "group") & equity["measure"].str.startswith(outcome)]
    yield f"By group: {short_label(outcome)}", groups
    yield "Who pays, a person and year", of_plan(found.costs, plan)


def _amount(value: float, unit: str) -> str:
    """Changes in points are small beside their scale: two figures show them."""
    return words.two_figures(value) if unit.startswith("points") else words.amount(value, unit)


def cells(row: Any) -> tuple[str, str, str, str, str]:
    """One outcome: both means, the difference, the verdict, and in how many of 100 worlds it is better."""
    first, mean = (_amount(value, row.unit) for value in (row.first, row.mean))
    span = words.differences(row.all_low, row.all_high, row.unit) or ("none" if row.ties == 1 else "not known")
    return first, mean, span, verdict_of(row), words.in_100(row.beats)


def _row(row: Any) -> str:
    short = (cell.replace("fewer than ", "<").replace("more than ", ">") for cell in cells(row))
    return _line(f"  {short_label(row.measure)}", *short)


def _line(label: str, a: str, b: str, span: str, verdict: str, often: str) -> str:
    return f"{label:<27}{a:>7}{b:>8}{span:>19}{verdict:>13}{often:>6}".rstrip()


def what_it_means(found: Comparison) -> list[str]:
    """What the intervals are, and what they are not."""
    several = " wide enough to hold for all plans together" if len(found.plans) > 2 else ""
    study = f" The 2021 study stopped after {STUDY_WEEKS} weeks." if found.scenario.weeks > STUDY_WEEKS else ""
    return [
        f"Difference: 95 % interval of the mean paired difference over worlds{several} (simulation error; more worlds "
        "narrow it). Won: in how many of 100 worlds it is better, that is luck. Better or worse only where "
        "the interval leaves no difference out; hardly: by less than 1 % of A. Of 20 rows with no difference, about "
        "one looks like one.",
        f"What nobody knows about the parameters is in none of these.{study}",
    ]
