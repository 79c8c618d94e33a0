"""The page of a plan: the answer, what each lever is worth in it, the frontier, and what it costs others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.experiments.plan_telling import COSTS, LUCK, average, people, price, row_of, rows_of
from cpsim.outputs import words
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.plan import Plan

FRESH = (
    "Every bundle met the same simulated futures, and those that could hardly reach the target, or were dearer than "
    "one that surely did, dropped out early. Whatever this page says of a bundle was then estimated again, on "
    "{count:,} futures that the search had not met: the best of many looks better in the search than it is."
)


def sections(found: Plan) -> list[Section | None]:
    """In the order of the page."""
    return [_answer(found), _levers(found), _frontier(found), _harms(found), _could(found), _rests_on(found)]


def _answer(found: Plan) -> Section:
    told = [row for row in rows_of(found.tables["bundles"]) if row[3]]
    grid = Grid(
        (
            "bundle",
            "what it is here",
            "pounds a year",
            "on average",
            "reaches the target, of 100 futures",
            "posts",
            "weeks until in place",
        ),
        tuple(
            (
                row.words,
                row[3],
                price(row.cost_mean),
                average(row, found),
                f"{words.in_100(row.share)} ({words.between(row.share_low, row.share_high, 'share')})",
                f"{row.posts_wte:g}",
                f"{row.lag_weeks:.0f}",
            )
            for row in told
        ),
    )
    asked = f"Asked: {found.asked.target.in_words()}."
    return Section(
        "answer",
        "What it would take",
        [asked, FRESH.format(count=len(found.fresh))],
        ["steps"],
        [("The bundles", grid)],
    )


def _levers(found: Plan) -> Section | None:
    if not len(found.tables["drop_one"]):
        return None
    said = (
        "A lever is worth what the bundle loses without it. By itself it may do hardly anything, since barriers stand "
        "one behind the other: so there is no league table of single levers here."
    )
    return Section("levers", "What each lever is worth in it", [said], ["drop_one"])


def _frontier(found: Plan) -> Section:
    return Section("frontier", "What other budgets reach", [COSTS], ["frontier"])


def _harms(found: Plan) -> Section | None:
    if not found.asked.harms:
        return None
    row = row_of(found, found.answer.shown)
    rows = tuple(
        (
            harm.label,
            words.two_figures(getattr(row, f"worse_{harm.outcome}")),
            words.two_figures(getattr(row, f"worse_{harm.outcome}_limit")),
            f"{harm.margin:g}: {harm.said}",
            "no worse" if getattr(row, f"worse_{harm.outcome}_limit") <= harm.margin else "not shown",
        )
        for harm in found.asked.harms
    )
    said = (
        "Margins were set before looking: so much is as good as none. They can be changed, such as --no-worse waits=2."
    )
    headings = ("cost to others", "worse by, on average", "at most (95 %)", "margin", "")
    return Section(
        "others",
        "What it costs others",
        [said],
        tables=[("Against the team as it is, in the same futures", Grid(headings, rows))],
    )


def _could(found: Plan) -> Section:
    rows = tuple(
        (row.words, row.level, price(row.posts_cost), row.lag, row.beyond) for row in rows_of(found.tables["levers"])
    )
    headings = ("what could be done", "level", "posts, pounds a year", "how soon", "beyond what has been seen")
    said = f"{len(found.levers)} levers make {len(found.bundles):,} bundles. What the team does already is not a lever."
    return Section("could", "What could be done", [said], folded=[("Levers and their levels", Grid(headings, rows))])


def _rests_on(found: Plan) -> Section:
    base = row_of(found, 0)
    said = [
        LUCK,
        f"With nothing done: {average(base, found)}. A difference smaller than its interval is told as no clear "
        "difference.",
        "The model leaves out primary care, general hospitals and families, and it says what follows from its "
        f"assumptions: {people(base.value_mean, found)} now is the model's figure, not your team's.",
    ]
    return Section("rests_on", "What this rests on", said)
