"""What a study saw: tidy frames, a summary by arm, and words. These are answers, not states."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cpsim.observation.design import Design
from cpsim.observation.instruments import SCORES
from cpsim.observation.questions import QUESTIONS
from cpsim.scenario.load import Scenario

BASELINE, FOLLOW_UP = "baseline", "follow-up"
FRAMES = ("teams", "people", "answers", "service_use", "states")
COSTS = ("contacts", "bed_days", "service_cost", "implementation_cost")
CONFIDENCE = 0.95
WIDTH = 80
LABELS = {
    "rguk": "RG-UK (0-27)",
    "wemwbs": "WEMWBS (14-70)",
    "qpr15": "QPR-15 (0-60)",
    "self_rated_health": "Self-rated health (0-100)",
    "inclusion": "Feeling included (0-100)",
    "goal_met": "A social goal met, in part or in full",
    "had_help": "Had help with connections",
    "something_better": "Something got better",
    "materials_remembered": "Had the materials explained",
    "contacts": "Contacts with the team, half a year",
    "bed_days": "Days in hospital, half a year",
    "service_cost": "Cost of services, half a year, GBP",
    "implementation_cost": "Cost of implementation a person, GBP",
}
NOT_STATES = (
    "These are answers, not states: scores hold the error of their instruments, people say yes out of kindness and "
    "forget, and those in crisis, in hospital or hardly seen are lost more often. Intervals are what one study would "
    "print when it takes people as independent; they leave out that people of one team are alike."
)


@dataclass(frozen=True, repr=False)
class Observed:
    """A study's records, one study a future.

    teams: asked, recruited and the practitioners' hours for it. people: a row each recruited, followed or lost and why.
    answers: a row a person and interview. service_use: a row a person and half year. states: what lay behind the
    answers, which no study sees.
    """

    scenario: Scenario
    design: Design
    seed: int
    teams: pd.DataFrame
    people: pd.DataFrame
    answers: pd.DataFrame
    service_use: pd.DataFrame
    states: pd.DataFrame

    @classmethod
    def joined(cls, parts: Sequence[Observed]) -> Observed:
        """Several studies of one scenario and design."""
        first = parts[0]
        frames = {name: pd.concat([getattr(part, name) for part in parts], ignore_index=True) for name in FRAMES}
        return cls(first.scenario, first.design, first.seed, **frames)

    @property
    def studies(self) -> int:
        """How many studies there are: one a simulated future."""
        return int(self.teams["replication"].nunique())

    @property
    def counts(self) -> pd.DataFrame:
        """Recruited, interviewed and followed up in each arm, means over studies."""
        by_study = self.people.groupby(["replication", "arm"])
        found = by_study.agg(
            recruited=("person", "size"), interviewed=("interviewed", "sum"), followed=("followed", "sum")
        )
        hours = self.teams.groupby(["replication", "arm"])["recruiting_hours"].sum()
        return found.join(hours).groupby("arm").mean()

    @property
    def lost(self) -> pd.Series:
        """How many were lost to follow-up in a study, by why; mean over studies."""
        lost = self.people.loc[self.people["interviewed"] & ~self.people["followed"], "lost"]
        return lost.value_counts() / self.studies

    @property
    def summary(self) -> pd.DataFrame:
        """A row an arm, measure and occasion: mean and 95 % interval in a study, both averaged over studies."""
        rows = [
            {"replication": replication, "arm": arm, "measure": name, "occasion": occasion, **_interval(values)}
            for replication, arm, name, occasion, values in self._values()
        ]
        keys = ["arm", "measure", "occasion"]
        found = pd.DataFrame(rows).groupby(keys, sort=False).mean(numeric_only=True).drop(columns="replication")
        found["label"] = [LABELS[measure] for _, measure, _ in found.index]
        return found.reset_index()

    def _values(self) -> Iterator[tuple[Any, Any, str, Any, np.ndarray]]:
        tables = (
            (self.answers, "occasion", (*SCORES, *QUESTIONS)),
            (self.service_use, "period", COSTS),
        )
        for table, when, names in tables:
            for (replication, arm, occasion), part in table.groupby(["replication", "arm", when], sort=True):
                for name in names:
                    values = part[name].to_numpy(float)
                    if not np.isnan(values).all():
                        yield replication, arm, name, occasion, values

    def __repr__(self) -> str:
        return f"<Observed {self.scenario.name}: {self.studies} studies, seed {self.seed}>"

    def in_words(self) -> str:
        """Counts, scores and answers by arm in plain English, at most 80 columns wide."""
        parts = [
            self.scenario.title,
            textwrap.fill(self._who(), WIDTH),
            *(f"{_named(arm)}\n{self._table(arm)}" for arm in self.counts.index),
            textwrap.fill(NOT_STATES, WIDTH),
        ]
        return "\n\n".join(parts)

    def _who(self) -> str:
        whole = self.counts.sum()
        lost = ", ".join(f"{number:.1f} {why}" for why, number in self.lost.items())
        several = f"Means over {self.studies} simulated studies. " if self.studies > 1 else ""
        return (
            f"{several}{whole['recruited']:.0f} people recruited, {whole['interviewed']:.0f} interviewed at baseline, "
            f"{whole['followed']:.0f} after {self.design.followup_weeks:g} weeks; lost: {lost or 'nobody'}. "
            f"Recruiting took practitioners {whole['recruiting_hours']:.0f} hours, which the run does not know of."
        )

    def _table(self, arm: str) -> str:
        """A line a measure: at first and later, each with its interval."""
        people = self.counts.loc[arm]
        found = self.summary.query("arm == @arm").set_index(["measure", "occasion"])
        lines = [
            f"  {people['recruited']:.0f} recruited, {people['interviewed']:.0f} at baseline, "
            f"{people['followed']:.0f} followed up",
            f"  {'':<38}{'before':>20}{'after':>20}",
        ]
        for name, label in LABELS.items():
            first, second = (_cell(found, name, occasion) for occasion in _occasions(name))
            lines.append(f"  {label:<38}{first:>20}{second:>20}".rstrip())
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Counts, losses and summary as plain data, for `--json`; what a study cannot say is None."""
        rows = self.summary.to_dict("records")
        plain = [{name: None if value != value else value for name, value in row.items()} for row in rows]
        return {
            "scenario": self.scenario.name,
            "digest": self.scenario.digest,
            "seed": self.seed,
            "studies": self.studies,
            "design": self.design.model_dump(),
            "counts": self.counts.reset_index().to_dict("records"),
            "lost": self.lost.to_dict(),
            "summary": plain,
            "note": NOT_STATES,
        }

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write the frames and the summary as CSV files. Raises FolderError as a run's `save` does."""
        import json

        from cpsim.outputs.store import aside

        with aside(Path(folder), force) as draft:
            for name in FRAMES:
                getattr(self, name).to_csv(draft / f"{name}.csv", index=False)
            self.summary.to_csv(draft / "summary.csv", index=False)
            about = {**self.as_dict(), "document": self.scenario.document}
            (draft / "manifest.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        return Path(folder)


def _interval(values: np.ndarray) -> dict[str, float]:
    """Mean of the answers given, and its 95 % t interval with people as independent."""
    given = values[~np.isnan(values)]
    mean, count = float(given.mean()), len(given)
    half = float("nan")
    if count > 1:
        half = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2) * given.std(ddof=1) / np.sqrt(count))
    return {"people": count, "mean": mean, "ci_low": mean - half, "ci_high": mean + half}


def _named(arm: str) -> str:
    return f"Arm: {arm}" if arm else "All teams"


def _occasions(measure: str) -> tuple[str, str]:
    return ("before", "after") if measure in COSTS else (BASELINE, FOLLOW_UP)


def _cell(found: pd.DataFrame, measure: str, occasion: str) -> str:
    """Mean and interval: "41.2 (39.9-42.5)", a share in percent."""
    if (measure, occasion) not in found.index:
        return ""
    row: Any = found.loc[(measure, occasion)]
    if measure in QUESTIONS:
        return f"{row['mean']:.0%} ({max(0.0, row['ci_low']):.0%}-{min(1.0, row['ci_high']):.0%})"
    digits = 0 if measure.endswith("cost") else 1
    return f"{row['mean']:.{digits}f} ({row['ci_low']:.{digits}f} to {row['ci_high']:.{digits}f})"
