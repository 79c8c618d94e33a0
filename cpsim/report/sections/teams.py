"""Team by team, where a scenario has several."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.outputs.run_result import RunResult
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

SHOWN = ("could_take_up", "five_steps", "reach", "cp_hours_free", "pressure", "caseload_per_in_post")
MOST = 40  # teams that a reader would still look through
OPEN = 12  # teams in a table that stands open


def section(result: RunResult) -> Section | None:
    """A row a team, for the first teams; nothing for a single one."""
    teams = result.runs.teams
    if len(teams) == 1:
        return None
    declared = [measures("outcomes")[name] for name in SHOWN]
    headings = ("team", *(f"{measure.label}{' (in 100)' if measure.unit == 'share' else ''}" for measure in declared))
    rows = tuple(
        (team, *(_cell(result, measure.name, measure.unit, team) for measure in declared)) for team in teams[:MOST]
    )
    more = f" The first {MOST} of {len(teams):,}; all are in outcomes.parquet." if len(teams) > MOST else ""
    said = f"Everything else on this page is the mean over all teams.{more}"
    table = [("Mean, and the middle 8 in 10 runs", Grid(headings, rows))]
    folded = len(teams) > OPEN
    return Section(
        "teams", "Team by team", words=[said], tables=() if folded else table, folded=table if folded else ()
    )


def _cell(result: RunResult, name: str, unit: str, team: str) -> str:
    found = result.estimate(name, team)
    span = f" ({words.between(found.p10, found.p90, unit)})" if found.runs > 1 else ""
    return f"{words.amount(found.mean, unit)}{span}"
