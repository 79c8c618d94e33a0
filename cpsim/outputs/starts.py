"""How a run's teams started, and whether they were at rest on day 0: for the manifest, the summary and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpsim.outputs import drift, words
from cpsim.population.law import saved_law

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

AS_SAVED, BY_FORMULA = "as saved", "by formula"
MOST_NAMED = 3  # drifts named in a sentence; drift.csv has all


def starts(result: RunResult) -> list[dict[str, Any]]:
    """For each team: weeks of warm-up, where its people start from, and the digest of the saved people."""
    law = saved_law()
    runs = result.runs
    rows = runs.team.repeat(runs.weeks)
    found = []
    for place, (name, base) in enumerate(zip(runs.teams, _bases(result), strict=True)):
        weeks = -int(runs.weekly["week"][rows == place].min())
        people = AS_SAVED if law.fits(base) else BY_FORMULA
        found.append({"team": name, "warm_up_weeks": weeks, "people": people, "law": law.digest})
    return found


def _bases(result: RunResult) -> list[Any]:
    """The base of each copy of each team, in the order of the runs' teams."""
    return [team.base for team in result.scenario.teams for _ in range(team.copies)]


def start_in_words(result: RunResult) -> str:
    """One sentence on how people start, and one on whether anything still moved."""
    found = starts(result)
    by_formula = [each for each in found if each["people"] == BY_FORMULA]
    weeks = sorted({each["warm_up_weeks"] for each in found})
    before = f"{words.listed([str(each) for each in weeks])} weeks are lived before day 0"
    if not by_formula:
        how = f"People start as long runs of this ordinary team left them; {before}."
    else:
        some = f"all {len(found)}" if len(by_formula) == len(found) else f"{len(by_formula)} of {len(found)}"
        who = "this team differs" if len(found) == 1 else f"{some} teams differ"
        how = (
            f"Stages and contacts start by formula, places and ties from the saved start, and {before}, because {who} "
            "from the team that the saved start was made with."
        )
    return f"{how} {_at_rest(result)}"


def _at_rest(result: RunResult) -> str:
    moving = drift.clear(result)
    if moving:
        rest = f", and {len(moving) - MOST_NAMED} more" if len(moving) > MOST_NAMED else ""
        named = "; ".join(each.in_words for each in moving[:MOST_NAMED])
        return (
            f"Not at rest on day 0, by the quarter before it: {named}{rest}. Read changes over time with that in mind."
        )
    found = drift.before_day_0(result)
    if not found:
        return "That is too short to tell whether the team is at rest on day 0."
    if len(result.runs) == 1:
        return "One run cannot tell whether the team is at rest on day 0."
    return (
        f"In the quarter before it nothing clearly drifted by more than {drift.MARGIN:g} SD, "
        f"nor the caseload by more than {drift.CASELOAD_MARGIN:.0%}."
    )
