"""What could a study of these teams see? The study is done again and again, with new teams, new people and new luck.

found = cpsim.trial("study-2021", trials=200)
print(found.in_words())
found.tables["operating"]          # type I error and power of each analysis
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from cpsim.engine.options import check_options
from cpsim.engine.prepare import with_a_second_process
from cpsim.errors import OptionError
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.ensemble import load_set
from cpsim.experiments.virtual import keep, tables, tables_lost, telling
from cpsim.experiments.virtual.lives import Key, live_trial
from cpsim.experiments.virtual.read import rows
from cpsim.experiments.virtual.replay import replay
from cpsim.experiments.virtual.teams import (
    ALIKE,
    FULL,
    OBSERVED,
    OFF,
    OFFERED,
    ON,
    check_arms,
    check_deliveries,
    delivered,
    drawn,
    with_teams,
    without_effect,
)
from cpsim.observation.design import PANEL_EVERY_WEEKS, Design, design_for
from cpsim.scenario.load import Scenario, load

TRIALS = 1000
MOST_TRIALS = 100_000
TABLES = ("trials", "delivered", "teams", "contrasts")
WEEKS_A_MONTH = 52 / 12
STUDY = "study-2021"  # in which each implementation team was offered money
Progress = keep.Progress


def trial(
    scenario: Scenario | str | Path = "study-2021",
    trials: int = TRIALS,
    seed: int = 1,
    *,
    delivery: Sequence[str] = (OBSERVED, FULL),
    people: int | None = None,
    months: int | None = None,
    teams: int | None = None,
    as_written: bool = False,
    ensemble: Sequence[Mapping[str, Any]] | str | Path = (),
    folder: Path | None = None,
    workers: int | None = None,
    part: tuple[int, int] | None = None,
    progress: Progress | None = None,
    command: str = "",
) -> Trial:
    """Simulate so many trials of a study and say what they could see.

    scenario: teams in two arms, as study-2021. delivery: "observed", "full", or barriers that are taken away, such as
    "contact" or "clarity+priority"; every one is run with CP's effect and without. people: recruited in all; months:
    from the first interview to the second; teams: in all; each as the study had them unless given. as_written: do not
    draw teams anew. ensemble: changes by dotted path, one for each trial in turn; or where a set lies that calibration
    did not rule out. folder: keep the trials there and go on from what is there. part: (i, n). progress: called with
    (done, planned). command: what was typed for it. Raises OptionError or UserError for what cannot be, Stopped on
    Ctrl-C, Unfinished after a part.
    """
    asked = asked_for(scenario, trials, seed, workers, delivery, people, months, teams)
    settings = _settings(asked.scenario, ensemble)

    def one(number: int) -> keep.Rows:
        worlds = worlds_of(asked, number, as_written, settings)
        return rows(number, live_trial(worlds, asked.design, seed, number), seed)

    alike = {**_options(asked, as_written, people, months, teams, settings), "code": keep.code()}
    with with_a_second_process():
        made = keep.make(one, trials, alike, folder, workers, part, progress)
    told = {**alike, "set": str(ensemble) if isinstance(ensemble, (str, Path)) else ""}
    return _read(asked, made, told, command or _in_python(scenario, trials, asked.deliveries, told))


def _read(asked: Asked, made: Sequence[keep.Rows], told: Mapping[str, Any], command: str) -> Trial:
    """Trials that are made, as tables."""
    frames = {name: pd.DataFrame([row for each in made for row in each[name]]) for name in TABLES}
    return Trial(asked.scenario, asked.design, asked.seed, len(made), tuple(asked.deliveries), frames, told, command)


def _in_python(scenario: Scenario | str | Path, trials: int, deliveries: Sequence[str], told: Mapping[str, Any]) -> str:
    """What to type for the same; "" where changes were given one by one, which cannot be typed."""
    if told["ensemble"] and not told["set"]:
        return ""
    usual = tuple(deliveries) == (OBSERVED, FULL)
    options = {name: told[name] for name in ("people", "months", "teams", "as_written", "seed")}
    delivery = () if usual else tuple(deliveries)
    return asked_in_python("trial", scenario, trials=trials, delivery=delivery, **options, ensemble=told["set"] or None)


@dataclass(frozen=True)
class Asked:
    """The study as asked for: its scenario with so many teams and weeks, its design, the deliveries."""

    scenario: Scenario
    design: Design
    seed: int
    deliveries: list[str]


def asked_for(
    scenario: Scenario | str | Path,
    trials: int,
    seed: int,
    workers: int | None,
    delivery: Sequence[str],
    people: int | None,
    months: int | None,
    teams: int | None,
) -> Asked:
    """The study as asked for, checked before anything is run. Raises OptionError or UserError, with every mistake."""
    check_options(1, seed, workers, None)
    limits = {
        "trials": (trials, 2, MOST_TRIALS),
        "people": (people, 4, 100_000),
        "months": (months, 1, 48),
        "teams": (teams, 4, 1000),
    }
    wrong = [
        f"{name}: {value} is not possible; write a whole number from {least:,} to {most:,}"
        for name, (value, least, most) in limits.items()
        if value is not None and not least <= value <= most
    ]
    if wrong:
        raise OptionError("\n".join(wrong))
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    check_arms(chosen)
    names = check_deliveries(delivery)
    chosen = with_teams(chosen, teams) if teams else chosen
    return Asked(*_sized(chosen, people, months), seed, names)


def _sized(scenario: Scenario, people: int | None, months: int | None) -> tuple[Scenario, Design]:
    """The scenario run for long enough, and the design with so many people and months."""
    design = design_for(scenario)
    if months:
        even = PANEL_EVERY_WEEKS * round(months * WEEKS_A_MONTH / PANEL_EVERY_WEEKS)
        design = design.model_copy(update={"followup_weeks": float(even)})
    if people:
        design = design.model_copy(update={"people_per_team": people / len(scenario.arms)})
    weeks = max(round(design.followup_weeks), 26)
    return scenario if scenario.weeks == weeks else scenario.with_(weeks=weeks), design


def _settings(scenario: Scenario, ensemble: Sequence[Mapping[str, Any]] | str | Path) -> Sequence[Mapping[str, Any]]:
    """Changes as given, or those of a set."""
    return load_set(ensemble).changes(scenario) if isinstance(ensemble, (str, Path)) else ensemble


def worlds_of(
    asked: Asked, number: int, as_written: bool = False, ensemble: Sequence[Mapping[str, Any]] = ()
) -> dict[Key, Scenario]:
    """The worlds that one trial compares: deliveries with CP's effect and without; arms alike; money on offer."""
    chosen = asked.scenario.with_(dict(ensemble[number % len(ensemble)])) if ensemble else asked.scenario
    chosen = chosen if as_written else drawn(chosen, asked.seed, number)
    worlds: dict[Key, Scenario] = {}
    for name in asked.deliveries:
        world = delivered(chosen, name)
        worlds |= {(name, ON): world, (name, OFF): without_effect(world)}
    more = [ALIKE, OFFERED] if chosen.name == STUDY else [ALIKE]
    return {**{(name, ON): delivered(chosen, name) for name in more}, **worlds}


def _options(
    asked: Asked,
    as_written: bool,
    people: int | None,
    months: int | None,
    teams: int | None,
    ensemble: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """What all trials of a study have in common, as plain data."""
    return {
        "scenario": f"{asked.scenario.name}, digest {asked.scenario.digest}",
        "seed": asked.seed,
        "design": asked.design.model_dump(),
        "deliveries": list(asked.deliveries),
        "people": people,
        "months": months,
        "teams": teams,
        "as_written": as_written,
        "ensemble": [dict(changes) for changes in ensemble],
    }


@dataclass(frozen=True, repr=False)
class Trial:
    """What the trials said. `frames`: rows as they were made; `tables`: what is made of them and saved."""

    scenario: Scenario
    design: Design
    seed: int
    trials: int
    deliveries: tuple[str, ...]
    frames: Mapping[str, pd.DataFrame]
    options: Mapping[str, Any]
    command: str = ""

    kind = "trial"

    def __repr__(self) -> str:
        return f"<Trial {self.scenario.name}: {self.trials:,} trials, {', '.join(self.deliveries)}, seed {self.seed}>"

    @property
    def title(self) -> str:
        """Of the page."""
        return f"What could this study see? {self.scenario.title}"

    @property
    def own(self) -> str:
        """The delivery that counts as the teams' own."""
        return next((name for name in self.deliveries if name != FULL), FULL)

    @cached_property
    def operating(self) -> pd.DataFrame:
        """Type I error, power and the smallest detectable difference of each analysis."""
        return tables.operating(self.frames["trials"])

    @cached_property
    def decomposition(self) -> pd.DataFrame:
        """From CP's effect when delivered to the chance that a trial sees it."""
        return tables.decomposition(self.frames["trials"], self.frames["delivered"], self.deliveries)

    @cached_property
    def fidelity_contrast(self) -> pd.DataFrame:
        """High against low fidelity, beside the same with CP's effect switched off."""
        return tables.fidelity_contrast(self.frames["contrasts"])

    @cached_property
    def lost(self) -> pd.DataFrame:
        """Those lost to follow-up: imputed, and by how much they would have to differ to change the conclusion."""
        return tables_lost.lost(self.frames["trials"], self.own)

    @cached_property
    def designs(self) -> pd.DataFrame:
        """Power of studies of other sizes, worked out from these trials' spread."""
        return telling.designs(self)

    @cached_property
    def replay(self) -> pd.DataFrame:
        """Team by team beside what the study reported."""
        return replay(self.frames["teams"], self.own)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """By file name."""
        return {
            "trials": self.frames["trials"],
            "operating": self.operating,
            "decomposition": self.decomposition,
            "lost": self.lost,
            "fidelity_contrast": self.fidelity_contrast,
            "designs": self.designs,
            "replay": self.replay,
            "delivered": self.frames["delivered"],
        }

    @property
    def facts(self) -> Mapping[str, Any]:
        """Into the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {"seed": self.seed, "runs": self.trials, "options": dict(self.options)}

    def headlines(self) -> list[str]:
        """The answers, a sentence or two each."""
        return telling.headlines(self)

    def in_words(self) -> str:
        """The answers in plain English, at most 80 columns wide."""
        return telling.in_words(self)

    def replayed(self) -> str:
        """The study team by team, and beside what it reported, as text."""
        return telling.replayed(self)
