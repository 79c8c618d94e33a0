"""The result of running a scenario: arrays inside; frames, a summary, words and pictures on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import UserError
from cpsim.model.ledgers import OUTCOME
from cpsim.outputs import tables
from cpsim.outputs.intervals import Estimate, estimate
from cpsim.outputs.measures import measures
from cpsim.outputs.runs import Runs, TeamRun, joined

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.scenario.load import Scenario

__all__ = ["RunResult", "TeamRun"]


@dataclass(frozen=True, repr=False)
class RunResult:
    """Every simulated future of a scenario.

    `seed`: of the whole. `asked`: replications asked for; fewer are here when the run was stopped. `timings`: seconds
    by what they went to. Frames are made when asked for and not kept.
    """

    scenario: Scenario
    seed: int
    runs: Runs
    asked: int
    timings: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        team_runs: Iterable[TeamRun],
        *,
        seed: int,
        asked: int | None = None,
        timings: Mapping[str, float] | None = None,
    ) -> RunResult:
        """Join what the engine hands over, in whatever order. Raises CpsimError when there is nothing."""
        runs = joined(team_runs)
        return cls(scenario, seed, runs, asked or len(np.unique(runs.replication)), dict(timings or {}))

    @classmethod
    def load(cls, folder: str | Path) -> RunResult:
        """The result that `save` wrote. Raises UserError when the folder is not one, or is damaged."""
        from cpsim.outputs import store

        return store.load(Path(folder))

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return len(np.unique(self.runs.replication))

    @property
    def outcomes(self) -> pd.DataFrame:
        """A row a replication and team: what is reported of the weeks reported."""
        return self._labelled(self._frame("outcomes"))

    @property
    def weekly(self) -> pd.DataFrame:
        """A row a replication, team and week, warm-up (week < 0) included."""
        return self._frame("weekly")

    @property
    def barriers(self) -> pd.DataFrame:
        """Both ledgers: a row a replication, team and barrier (delivery), and source (access)."""
        return self._frame("barriers")

    @property
    def time(self) -> pd.DataFrame:
        """Hours a week by role and activity, a row each a replication and team."""
        return self._frame("time")

    @property
    def people(self) -> pd.DataFrame:
        """A row a person at the end. Raises UserError when the run kept nobody."""
        if self.runs.people is None:
            raise UserError("this run kept no people; run it with people=True, or --people")
        return self._frame("people")

    @property
    def panel(self) -> pd.DataFrame:
        """A row a person and panel day, from half a year before day 0. Raises UserError when the run kept no panel."""
        if self.runs.panel is None:
            raise UserError("this run kept no panel; run it with panel_every_weeks=4")
        return self._labelled(self._frame("panel"))

    def _labelled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with the group and arm of each team beside its name, where the scenario gives any."""
        for column, labels in (("arm", self.scenario.arms), ("group", self.scenario.groups)):
            if any(labels.values()):
                frame.insert(2, column, frame["team"].map(labels).astype("category"))
        return frame

    def _frame(self, table: str) -> pd.DataFrame:
        return tables.frame(tables.columns(self.runs, table, self.scenario.weeks))

    def estimate(self, measure: str, team: str | None = None) -> Estimate:
        """Mean and intervals of one column of the outcomes, over all runs or one team's."""
        runs = self.runs
        chosen = slice(None) if team is None else runs.team == runs.teams.index(team)
        return estimate(runs.outcome[measure][chosen], runs.replication[chosen])

    def summary(self, by_team: bool = False) -> pd.DataFrame:
        """A row a measure (and team): label, unit, mean, and two intervals that are never to be merged.

        `ci_low`, `ci_high`: 95 % t interval of the mean (simulation error; more replications shrink it). `p10`, `p90`:
        the middle 8 in 10 runs (luck; it does not shrink). `runs`: how many had a value.
        """
        import pandas as pd

        rows = [
            {
                "team": team,
                "measure": name,
                "label": measure.label,
                "unit": measure.unit,
                **vars(self.estimate(name, team)),
            }
            for team in (self.runs.teams if by_team else [None])
            for name, measure in measures("outcomes").items()
            if name in (OUTCOME.names or ())
        ]
        return pd.DataFrame(rows) if by_team else pd.DataFrame(rows).drop(columns="team")

    @property
    def futures(self) -> str:
        """What a run is called in words."""
        if len(self.runs.teams) == 1:
            return "simulated futures"
        return "simulated futures of a team" if self.replications > 1 else "simulated teams"

    def __repr__(self) -> str:
        return f"<RunResult {self.scenario.name}: {self.replications} replications, seed {self.seed}>"

    def drift(self) -> pd.DataFrame:
        """What still moved in the 26 weeks before day 0: a row a weekly measure.

        `change` in its own unit; `size` in standard deviations (the caseload as a share of itself) with its standard
        `error`; `margin`: what is allowed; `clear`: is it more than that beyond doubt?
        """
        import pandas as pd

        from cpsim.outputs import drift

        return pd.DataFrame([{**vars(each), "clear": each.clear} for each in drift.before_day_0(self)])

    def headline(self) -> str:
        """The answer in one sentence, in people."""
        from cpsim.outputs import telling

        return telling.headline(self)

    def in_words(self) -> str:
        """Headline and a table in plain English, at most 80 columns wide."""
        from cpsim.outputs import telling

        return telling.in_words(self)

    def as_dict(self) -> dict[str, Any]:
        """Headline and summary as plain data, for `--json`; what the runs cannot say is None."""
        rows = self.summary().to_dict("records")
        plain = [{name: None if value != value else value for name, value in row.items()} for row in rows]
        who = {"scenario": self.scenario.name, "digest": self.scenario.digest, "seed": self.seed}
        return {**who, "replications": self.replications, "headline": self.headline(), "summary": plain}

    @property
    def plot(self) -> Any:
        """Pictures: `result.plot.funnel()` is a matplotlib Figure; `dir(result.plot)` lists them."""
        # By name: pictures stand on a higher floor, and nothing here needs them.
        return import_module("cpsim.plots").Pictures(self)

    def save(self, folder: str | Path, force: bool = False, report: bool = True) -> Path:
        """Write tables, summary, data dictionary, manifest and (with `report`) the page and its pictures.

        Written aside and moved into place, so a stopped run leaves no half folder. Raises FolderError when the folder
        is there already (`force` replaces an earlier run), cannot be written or is full.
        """
        from cpsim.outputs import store

        page = import_module("cpsim.report").write if report else None  # by name, as for pictures
        return store.save(self, Path(folder), force=force, page=page)
