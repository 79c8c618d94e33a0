"""Observe a run as a study would: recruit, interview, lose some, interview again.

result = cpsim.run("study-2021", replications=1, panel_every_weeks=2)
print(cpsim.observe(result).in_words())
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.engine.run import Progress, run
from cpsim.errors import UserError
from cpsim.observation import instruments, losses, questions, service_use
from cpsim.observation.days import TeamDays, team_days
from cpsim.observation.design import PANEL_EVERY_WEEKS, Design, design_for
from cpsim.observation.observed import BASELINE, FOLLOW_UP, Observed
from cpsim.observation.recruiting import Recruits, recruit
from cpsim.outputs.run_result import RunResult
from cpsim.scenario.load import Scenario, load

HIDDEN = ("stage", "fidelity", "steps_done", "cp_minutes", "explained", "ordinary_helped", "joined", "kinds", "role")
Frames = dict[str, list[pd.DataFrame]]


def observe(result: RunResult, design: Design | None = None) -> Observed:
    """What a study of this design would have seen of every future of a result.

    The result must have been run with `panel_every_weeks` (2 is what the designs are made for). Raises UserError when
    it was not, or when it ends before the second interviews.
    """
    design = design or design_for(result.scenario)
    frames: Frames = {name: [] for name in ("teams", "people", "answers", "service_use", "states")}
    for team in team_days(result):
        _check_length(team, design)
        for name, frame in _observe_team(team, design, result.scenario):
            frames[name].append(frame)
    whole = {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items()}
    return Observed(scenario=result.scenario, design=design, seed=result.seed, **whole)


def run_study(
    scenario: Scenario | str | Path,
    replications: int = 1,
    seed: int = 1,
    design: Design | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Observed:
    """Run and observe, future by future, so that no more than one panel is in memory.

    The same as observing `cpsim.run(scenario, replications, seed, panel_every_weeks=2)` whole.
    """
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    parts = []
    for number in range(replications):
        result = run(chosen, 1, seed, workers=workers, panel_every_weeks=PANEL_EVERY_WEEKS, first_replication=number)
        parts.append(observe(result, design))
        if progress:
            progress(number + 1, replications)
    return Observed.joined(parts)


def _check_length(team: TeamDays, design: Design) -> None:
    last = int(team.weeks[-1])
    due = design.recruiting_ends_week + design.followup_weeks
    if last + PANEL_EVERY_WEEKS <= due:
        text = f"the run ends after {last} weeks, before the second interviews at {due:g} weeks"
        raise UserError(f"{text}: give the scenario more weeks, or the design fewer")


def _observe_team(team: TeamDays, design: Design, scenario: Scenario) -> Iterator[tuple[str, pd.DataFrame]]:
    """The five frames of one team in one future."""
    recruits = recruit(team, design)
    then = recruits.lines
    later = np.array([team.before(week + round(design.followup_weeks)) for week in then["week"]], np.int64)
    now, eve = team.each_at(later, then["person"]), team.each_at(service_use.counted_from(then["week"]), then["person"])
    interviewed = losses.at_baseline(team.seed, then, design)
    why = np.where(interviewed, losses.at_followup(team.seed, now, design), losses.NO_BASELINE)
    followed = why == losses.FOLLOWED

    def labelled(frame: dict[str, Any], rows: int) -> pd.DataFrame:
        keys = {"replication": team.replication, "team": team.team}
        labels = {"group": scenario.groups[team.team], "arm": scenario.arms[team.team]}
        return pd.DataFrame({**keys, **labels, **frame}, index=range(rows))

    yield "teams", labelled(_team(recruits, design), 1)
    yield "people", labelled(_people(then, now, interviewed, why), len(then))
    first, second = then[interviewed], now[followed]
    asked = questions.answers(team.seed, then[followed], second, eve[followed], design)
    for occasion, lines, more in ((BASELINE, first, {}), (FOLLOW_UP, second, asked)):
        who = {"person": lines["person"], "occasion": occasion, "week": lines["week"]}
        scores = instruments.answers(team.seed, lines, design)
        nothing = dict.fromkeys(questions.QUESTIONS, np.nan)
        yield "answers", labelled({**who, **scores, **nothing, **more}, len(lines))
        hidden = {name: lines[name] for name in HIDDEN}
        yield "states", labelled({**who, **instruments.states(lines), **hidden}, len(lines))
    before = ("before", first, first, service_use.before)
    after = ("after", second, then[followed], service_use.after)
    for period, lines, there, used in (before, after):
        found = used(team, lines["person"], there["week"], design)
        yield "service_use", labelled({"person": lines["person"], "period": period, **found}, len(lines))


def _team(recruits: Recruits, design: Design) -> dict[str, Any]:
    hours = recruits.asked * design.recruiting_minutes / 60
    return {"asked": recruits.asked, "recruited": len(recruits.lines), "recruiting_hours": hours}


def _people(then: np.ndarray, now: np.ndarray, interviewed: np.ndarray, why: np.ndarray) -> dict[str, Any]:
    return {
        "person": then["person"],
        "week": then["week"],
        "relationship": then["relationship"],
        "stage": then["stage"],
        "role": then["role"],
        "stage_later": now["stage"],
        "interviewed": interviewed,
        "followed": why == losses.FOLLOWED,
        "lost": why,
    }
