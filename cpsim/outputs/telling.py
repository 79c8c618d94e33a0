"""The answer in sentences, and the terminal's page: one wording for the command line, the summary and the report."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cpsim.outputs import ledgers, words
from cpsim.outputs.measures import measures

if TYPE_CHECKING:
    from cpsim.outputs.intervals import Estimate
    from cpsim.outputs.run_result import RunResult

WIDTH = 80
TEAM_DAYS = "days of the team's time"
AFTER = {"share": ", in 100", "weeks": ", weeks", TEAM_DAYS: f", {TEAM_DAYS}"}  # other labels say their unit
SHOWN = (  # what the terminal's table holds; everything else is in summary.csv
    *("on_caseload", "could_take_up", "five_steps", "some_steps", "no_steps"),
    *("cp_hours_needed", "cp_hours_free", "cp_hours_delivered"),
    *("caseload", "caseload_per_established", "caseload_per_in_post", "weighted_per_in_post"),
    *("pressure", "backlog_days", "contacts_in_recovery", "crisis_share_of_contact_time"),
    *("late_share", "wait_weeks", "crises_per_person_year"),
    *("rguk_change", "wemwbs_change", "cost_per_person"),
)
INTERVALS = (
    "8 in 10: the middle 8 in 10 runs, that is the luck of teams; more runs do not narrow it. "
    "Mean ±: 95 % interval of the mean; more runs narrow it. "
    "What nobody knows about the parameters is in neither of them."
)
NOBODY_REAL = "Simulated people: nobody here is real."


def period(weeks: int) -> str:
    """The horizon as the sentences say it."""
    return f"these {weeks} weeks" if weeks > 1 else "this week"


def dated_period(result: Any) -> str:
    """ "52 weeks from 1 April 2026"."""
    start = result.scenario.start
    return f"{words.one_of(result.scenario.weeks, 'week', 'weeks')} from {start.day} {start:%B %Y}"


def futures(result: RunResult) -> str:
    """What an 8-in-10 range is a range of."""
    return f"in 8 of 10 {result.futures}"


def headline(result: RunResult) -> str:
    """Of every 100 people who could take up CP: all five steps, some, none."""
    five, some = result.estimate("five_steps"), result.estimate("some_steps")
    if not five.runs:
        return f"Nobody could take up CP in {period(result.scenario.weeks)}."
    _, with_some, with_none = words.of_100(five.mean, some.mean)
    span = f" ({words.between(some.p10, some.p90, 'share')})" if some.runs > 1 else ""
    return (
        f"Of every 100 people who could take up CP in {period(result.scenario.weeks)}, {_five_steps(result, five)}, "
        f"{with_some} get some steps{span} and {with_none} get none."
    )


def _five_steps(result: RunResult, five: Estimate) -> str:
    """How many get all five steps; that nobody ever does is another thing than hardly anybody."""
    if five.mean == 0:
        where = f" in any of {five.runs:,} {result.futures}" if five.runs > 1 else ""
        return f"not one gets all five steps{where}"
    people = words.nearest(100 * five.mean)
    about = f"about {people} {'gets' if people == 1 else 'get'}" if people else f"{words.in_100(five.mean)} get"
    span = f" ({words.between(five.p10, five.p90, 'share')} {futures(result)})" if five.runs > 1 else ""
    return f"{about} all five steps{span}"


def one_meaning(result: RunResult) -> str:
    """Who could take up CP, how many they are, and what all five steps are."""
    could, caseload = result.estimate("could_take_up"), result.estimate("on_caseload")
    return (
        f"About {words.amount(could.mean, 'people')} of the {words.amount(caseload.mean, 'people')} people who were on "
        "the caseload "
        "could take up CP. All five steps: each with at least half of its standard time, and well enough done."
    )


def hours(result: RunResult) -> str:
    """Hours CP needs and hours left for it."""
    needed, free = result.estimate("cp_hours_needed"), result.estimate("cp_hours_free")
    span = f" ({words.between(free.p10, free.p90, 'hours/week')} {futures(result)})" if free.runs > 1 else ""
    left = f"after work that cannot wait, {words.two_figures(free.mean)} are left{span}"
    return f"CP needs about {words.two_figures(needed.mean)} hours a week of the whole team; {left}."


def in_the_way(result: RunResult, count: int = 3) -> str:
    """What stands in the way of CP most often, whatever else does."""
    moved = ledgers.moved_on(result.runs)
    if not moved.runs:
        return "There was no chance for CP, so nothing stood in its way."
    barriers = [barrier for barrier in ledgers.delivery(result.runs) if barrier.any.mean > 0]
    often = sorted(barriers, key=lambda barrier: -barrier.any.mean)[:count]
    named = [f"{barrier.label} ({words.in_100(barrier.any.mean)})" for barrier in often]
    opening = f"CP moved on in {words.in_100(moved.mean)} of 100 chances for it (four weeks of a person's life)"
    if not named:
        return f"{opening}; nothing stood in its way."
    return f"{opening}. Most often in the way, in 100 chances: {words.listed(named)}; often several at once."


def runs_made(result: RunResult) -> str:
    """How many runs of what, and from which seed."""
    made = words.one_of(result.replications, "simulated future", "simulated futures")
    teams = f" of {len(result.runs.teams):,} teams" if len(result.runs.teams) > 1 else ""
    stopped = f", stopped by hand before all {result.asked:,}" if result.replications < result.asked else ""
    return f"{made}{teams}{stopped}, seed {result.seed}"


def in_words(result: RunResult) -> str:
    """Headline, hours, barriers, and a table whose intervals say what they are; at most 80 columns wide."""
    opening = [result.scenario.title, f"{dated_period(result)}; {runs_made(result)}"]
    answer = [headline(result), hours(result), in_the_way(result)]
    closing = [INTERVALS, NOBODY_REAL]
    paragraphs = [*("\n".join(map(_wrapped, block)) for block in (opening, answer)), "\n".join(_table(result))]
    return "\n\n".join([*paragraphs, "\n".join(map(_wrapped, closing))])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def _table(result: RunResult) -> Iterator[str]:
    declared = measures("outcomes")
    yield _line("", "mean", "8 in 10", "mean ±")
    for name in SHOWN:
        measure, found = declared[name], result.estimate(name)
        unit = measure.unit
        span = words.between(found.p10, found.p90, unit) if found.runs > 1 else ""
        error = words.half_width(found.half_width, unit)
        yield _line(f"{measure.label}{AFTER.get(unit, '')}", words.amount(found.mean, unit), span, error)


def _line(label: str, mean: str, span: str, error: str) -> str:
    """Four columns of 80 signs in all."""
    return f"{label:<42}{mean:>12}{span:>19}{error:>7}".rstrip()
