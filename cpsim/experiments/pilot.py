"""The pilot again and again: people of high fidelity beside the others at nine months, and what it reported.

It had no control group, so whoever is well enough to be given more CP is compared with whoever is not. The same
comparison is made in the same worlds with CP's effect switched off: only what is found beyond that is CP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.engine.options import check_options
from cpsim.engine.prepare import with_a_second_process
from cpsim.errors import OptionError, UserError
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.virtual import by_band, keep, telling_pilot
from cpsim.experiments.virtual.lives import live_trial
from cpsim.experiments.virtual.read import People, Row, told
from cpsim.experiments.virtual.tables import mean_of, of
from cpsim.experiments.virtual.teams import COMPARISON, OBSERVED, OFF, ON, without_effect
from cpsim.observation.design import Design, design_for
from cpsim.scenario.evidence import evidence
from cpsim.scenario.load import Scenario, load

PILOTS = 200
MOST_PILOTS = 100_000
COMPARED = ("rguk", "inclusion", "wemwbs", "cost")
BANDS = ("high", "other")
CAPITAL, INCLUDED = "social capital", "feeling included"
BAND, TOP = "high band", "highest 26 of 100"


def pilot(
    scenario: Scenario | str | Path = "pilot",
    pilots: int = PILOTS,
    seed: int = 1,
    *,
    folder: Path | None = None,
    workers: int | None = None,
    part: tuple[int, int] | None = None,
    progress: keep.Progress | None = None,
    command: str = "",
) -> Pilot:
    """Simulate so many pilots of agencies that were all trained, each with CP's effect and without.

    Agencies stay as the scenario has them; people and luck are drawn anew. folder: keep the pilots and go on from what
    is there. command: what was typed for it. Raises OptionError or UserError for what cannot be, Stopped on Ctrl-C,
    Unfinished after a part.
    """
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    check_pilot(chosen, pilots, seed, workers)
    design = design_for(chosen)
    worlds = {(OBSERVED, ON): chosen, (OBSERVED, OFF): without_effect(chosen)}

    def one(number: int) -> keep.Rows:
        lived = live_trial(worlds, design, seed, number)
        people = {effect: People(lived[OBSERVED, effect]) for effect in (ON, OFF)}
        return {
            "pilots": [row for effect, seen in people.items() for row in comparisons(number, effect, seen)],
            "bands": bands(number, people[ON]),
        }

    named = f"{chosen.name}, digest {chosen.digest}"
    alike = {"scenario": named, "seed": seed, "design": design.model_dump(), "code": keep.code()}
    with with_a_second_process():
        made = keep.make(one, pilots, alike, folder, workers, part, progress)
    frames = {name: pd.DataFrame([row for each in made for row in each[name]]) for name in ("pilots", "bands")}
    said = command or asked_in_python("trial", scenario, trials=pilots, seed=seed)
    return Pilot(chosen, design, seed, pilots, frames, said)


def check_pilot(scenario: Scenario, pilots: int, seed: int, workers: int | None) -> None:
    """Raise OptionError or UserError for what cannot be."""
    check_options(1, seed, workers, None)
    if not 2 <= pilots <= MOST_PILOTS:
        raise OptionError(f"trials: {pilots} is not possible; write a whole number from 2 to {MOST_PILOTS:,}")
    if COMPARISON in scenario.arms.values():
        raise UserError(f"{scenario.name}: a pilot has no comparison arm")


def comparisons(number: int, effect: str, people: People) -> list[Row]:
    """High against other, a row a measure; with the share who had high fidelity and whether wellbeing rose."""
    rows = []
    for by, who in ((BAND, by_band.high(people)), (TOP, by_band.top(people, share_reported()))):
        for measure in COMPARED:
            difference, eta = by_band.compared(people, measure, who)
            label = {"pilot": number, "effect": effect, "by": by, "measure": measure}
            rows.append({**label, **told(difference), "eta_squared": eta})
    whole = {"share_high": by_band.share_high(people), "rose": float(by_band.rose(people))}
    return [{**row, **whole, "followed": int(people["followed"].sum())} for row in rows]


def bands(number: int, people: People) -> list[Row]:
    """A row a band: its people, and their scores before and after."""
    rows = []
    for name, there in zip(BANDS, (by_band.high(people), ~by_band.high(people)), strict=True):
        seen = people["followed"].astype(bool) & there
        row: Row = {"pilot": number, "band": name, "people": int(seen.sum())}
        for measure in COMPARED:
            after, before, known = people.outcome(measure)
            assert before is not None
            both = known & there
            for when, values in (("before", before), ("after", after)):
                row[f"{measure}_{when}"] = float(values[both].mean()) if both.any() else float("nan")
        rows.append(row)
    return rows


@dataclass(frozen=True, repr=False)
class Pilot:
    """What the pilots said. `frames`: rows as they were made."""

    scenario: Scenario
    design: Design
    seed: int
    pilots: int
    frames: Mapping[str, pd.DataFrame]
    command: str = ""

    kind = "pilot"

    def __repr__(self) -> str:
        return f"<Pilot {self.scenario.name}: {self.pilots:,} pilots, seed {self.seed}>"

    @property
    def title(self) -> str:
        """Of the page."""
        return f"The pilot again: {self.scenario.title}"

    @cached_property
    def bands(self) -> pd.DataFrame:
        """Means over pilots by band of fidelity."""
        found = self.frames["bands"].drop(columns="pilot").groupby("band", sort=False).mean()
        return found.reset_index()

    @cached_property
    def beside(self) -> pd.DataFrame:
        """What the pilot reported, beside the simulated ones: mean, middle 8 in 10, and without CP's effect."""
        return pd.DataFrame([self._line(*each) for each in _published()])

    def _line(self, what: str, by: str, measure: str, column: str, reported: float) -> Row:
        rows = of(self.frames["pilots"], by=by, measure=measure)
        on, off = (of(rows, effect=effect)[column].to_numpy(float) for effect in (ON, OFF))
        known = on[~np.isnan(on)]
        p10, p90 = np.quantile(known, [0.1, 0.9]) if len(known) else (np.nan, np.nan)
        excess = mean_of(on - off)
        return {
            "what": what,
            "by": by,
            "reported": reported,
            "found": mean_of(on)[0],
            "p10": p10,
            "p90": p90,
            "without_effect": mean_of(off)[0],
            "because_of_cp": excess[0],
            "because_low": excess[1],
            "because_high": excess[2],
            "pilots": len(known),
        }

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """By file name."""
        return {"beside": self.beside, "bands": self.bands, "pilots": self.frames["pilots"]}

    @property
    def facts(self) -> Mapping[str, Any]:
        """Into the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {"seed": self.seed, "runs": self.pilots}

    def headlines(self) -> list[str]:
        """The answers, a sentence or two each."""
        return telling_pilot.headlines(self)

    def in_words(self) -> str:
        """The answers in plain English, at most 80 columns wide."""
        return telling_pilot.in_words(self)


def share_reported() -> float:
    """Of the people whom the pilot followed, the share with high fidelity."""
    rows = evidence()
    return rows["cp_pilot_high_fidelity_n"].value / rows["cp_pilot_followup"].value


def _published() -> list[tuple[str, str, str, str, float]]:
    """What is compared: label, who with whom, measure, column, and what the pilot reported."""
    rows = evidence()
    whole = [
        ("share of people with high fidelity", BAND, "rguk", "share_high", share_reported()),
        ("people followed at nine months", BAND, "rguk", "followed", rows["cp_pilot_followup"].value),
        ("share of pilots in which wellbeing rose for all", BAND, "wemwbs", "rose", 1.0),
    ]
    nothing = float("nan")
    for by in (BAND, TOP):
        whole += [
            (f"{CAPITAL}: partial eta squared", by, "rguk", "eta_squared", rows["cp_pilot_eta2_capital"].value),
            (f"{CAPITAL}: points", by, "rguk", "difference", nothing),
            (f"{INCLUDED}: partial eta squared", by, "inclusion", "eta_squared", rows["cp_pilot_eta2_inclusion"].value),
            (f"{INCLUDED}: points", by, "inclusion", "difference", nothing),
            ("wellbeing: points", by, "wemwbs", "difference", nothing),
            ("cost of services: GBP", by, "cost", "difference", rows["cp_pilot_cost_difference"].value),
        ]
    return whole
