"""What a calibration found: the set, how it agrees with what it was fitted to, and what pinned what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.experiments.calibrate import Asked, Fit, runs_of
from cpsim.experiments.ensemble import NAME, digests_now, write_set
from cpsim.experiments.estimators import identifiability
from cpsim.experiments.estimators.history import CUT, emulated, implausibility
from cpsim.experiments.folder import save_study
from cpsim.outputs import words
from cpsim.outputs.store import versions
from cpsim.scenario.load import Scenario

BAND = (0.05, 0.5, 0.95)  # of settings: the ends and the middle of what pages call "9 in 10 settings"
STIFF = 0.5  # a direction with less than this left of its spread is told as pinned


@dataclass(frozen=True)
class Calibration:
    """A fit, told. `settings`: a row a setting and a column a dotted path, empty when everything is ruled out."""

    fit: Fit
    kind: str = "calibration"
    title: str = "Which settings of the model are not ruled out by what was seen in real teams"

    @property
    def scenario(self) -> Scenario:
        """The ordinary team, whose numbers are fitted."""
        return self.fit.problem.scenario

    @property
    def names(self) -> list[str]:
        """Paths of the factors that were fitted."""
        return self.fit.active.paths

    @cached_property
    def settings(self) -> pd.DataFrame:
        """The set."""
        return pd.DataFrame(self._values(self.fit.settings), columns=self.names)

    def _values(self, points: np.ndarray) -> np.ndarray:
        return np.column_stack([factor.value(points[:, place]) for place, factor in enumerate(self.fit.active.varied)])

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """A row a pattern that was fitted to: target, and the means of settings before the first wave and in the set.

        `inside`: share of the set whose mean lies in the pattern's own band. Settings are at their own means over
        worlds: parameter uncertainty, without luck.
        """
        before = self.fit.history.waves[0].runs.mean
        after = runs_of(self.fit.tested).mean[self.fit.chosen] if self.fit.tested else before[:0]
        table = self.fit.problem.rows.copy()
        for name, means in (("before", before), ("after", after)):
            for end, share in zip(("low", "middle", "high"), BAND, strict=True):
                table[f"{name}_{end}"] = np.nanquantile(means, share, axis=0) if len(means) else np.nan
        low = np.nan_to_num(table["low"].to_numpy(float), nan=-np.inf)
        high = np.nan_to_num(table["high"].to_numpy(float), nan=np.inf)
        table["inside"] = ((after >= low) & (after <= high)).mean(axis=0) if len(after) else np.nan
        return table

    @cached_property
    def identifiability(self) -> pd.DataFrame:
        """A row a factor: what is left of its spread (1: nothing learnt), and its values in the set and before."""
        if len(self.settings) < 2:
            return pd.DataFrame()
        table = identifiability.marginals(self.fit.settings, self.names)
        factors = self.fit.active.varied
        ends = self._values(np.repeat(np.array(BAND)[:, None], len(factors), axis=1))
        table["about"] = [factor.about for factor in factors]
        table["unit"] = [factor.unit for factor in factors]
        table["usual"] = [factor.usual for factor in factors]
        table["before_low"], table["before_high"] = ends[0], ends[2]
        table[["low", "middle", "high"]] = self.settings.quantile(list(BAND)).T.to_numpy()
        return table.sort_values("left", ignore_index=True)

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """A row a pair of factors, in the set."""
        if len(self.settings) < 3:
            return pd.DataFrame()
        return identifiability.correlations(self.fit.settings, self.names)

    @cached_property
    def directions(self) -> pd.DataFrame:
        """Stiff to sloppy directions of the set."""
        return identifiability.directions(self.fit.settings, self.names) if len(self.settings) > 2 else pd.DataFrame()

    @cached_property
    def pinned(self) -> pd.DataFrame:
        """Which pattern pinned what, as the emulators see it."""
        if self.settings.empty or len(self.fit.problem.targets) < 2:
            return pd.DataFrame()
        history = self.fit.history
        return identifiability.pinned(history.waves, history.targets, self.names, self.fit.asked.seed)

    @cached_property
    def profiles(self) -> pd.DataFrame:
        """The least miss at each place of each factor, also when nothing is left."""
        return identifiability.profiles(self.fit.history, self.names, self.fit.asked.seed)

    @cached_property
    def waves(self) -> pd.DataFrame:
        """A row a wave and pattern: what was left, and how well the emulator foresees each run from the others."""
        return pd.DataFrame(
            [
                {
                    "wave": wave.number,
                    "points": len(wave.runs.points),
                    "share_left": wave.share,
                    "pattern": target.name,
                    "q2": emulator.q2,
                    "covered": emulator.covered,
                    "inflation": emulator.inflation,
                    "emulator_sd": np.sqrt(variance),
                    "target_sd": np.sqrt(target.variance),
                }
                for wave in self.fit.history.waves
                for target, emulator, variance in zip(
                    self.fit.history.targets, wave.emulators, wave.emulator_variance, strict=True
                )
            ]
        )

    @cached_property
    def checks(self) -> pd.DataFrame:
        """A row a pattern: the last emulators against the runs of the re-test, which they have not seen."""
        if self.fit.tested is None:
            return pd.DataFrame()
        real = runs_of(self.fit.tested)
        mean, variance = emulated(self.fit.history.waves[-1], real.points)
        error, spread = real.mean - mean, np.sqrt(variance + real.variance)
        misses = implausibility(real.mean, real.variance, self.fit.history.targets)
        return pd.DataFrame(
            {
                "pattern": [target.name for target in self.fit.history.targets],
                "q2": 1.0 - np.nanvar(error, axis=0) / np.maximum(np.nanvar(real.mean, axis=0), 1e-300),
                "within_2_sd": np.nanmean(np.abs(error) < 2 * spread, axis=0),
                "ruled_out": np.nanmean(misses >= CUT, axis=0),
            }
        )

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Everything, by file name; what was not found out is left out."""
        found = {
            "settings": self.settings,
            "patterns": self.agreement,
            "waves": self.waves,
            "checks": self.checks,
            "identifiability": self.identifiability,
            "correlations": self.correlations,
            "directions": self.directions,
            "pinned": self.pinned,
            "profiles": self.profiles,
            "screening": pd.DataFrame() if self.fit.screened is None else self.fit.screened,
        }
        return {name: table for name, table in found.items() if len(table.columns)}

    @property
    def facts(self) -> Mapping[str, Any]:
        """For the manifest and the first line of the set: by these the set is known to belong to a version."""
        asked, problem = self.fit.asked, self.fit.problem
        return {
            "command": self._command,
            "seed": asked.seed,
            "runs": problem.runs * self._evaluations,
            "version": versions().get("cpsim", "not installed"),
            **digests_now(),
            **problem.digests,
            "usual": {factor.path: factor.usual for factor in self.fit.active.varied},
            "failed": self.fit.failed,
            "asked": vars(asked),
        }

    @property
    def _command(self) -> str:
        """What to type to have the same again."""
        asked, usual = self.fit.asked, Asked()
        given = {name: value for name, value in vars(asked).items() if value != getattr(usual, name)}
        if "--fit" in self.fit.problem.options:  # then nothing was screened
            given.pop("screening", None)
        options = [f" --{name.replace('_', '-')} {value}" for name, value in given.items()]
        return f"cpsim calibrate{self.fit.problem.options}{''.join(options)}"

    @property
    def _evaluations(self) -> int:
        """Worlds in all, each of which is a run of every scenario that the patterns need."""
        waves = sum(len(wave.runs.points) for wave in self.fit.history.waves) * self.fit.asked.worlds
        tested = self.fit.tested.values.shape[0] * self.fit.tested.values.shape[1] if self.fit.tested else 0
        return int(self.fit.asked.screening + waves + tested)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Tables, page and pictures beside the runs, and the set for `--ensemble`. Raises FolderError."""
        place = save_study(self, Path(folder), force)
        self.save_set(place)
        return place

    def save_set(self, place: Path) -> None:
        """The set alone, as a file for `--ensemble` in this folder; an earlier one goes when nothing is left."""
        (place / NAME).unlink(missing_ok=True)
        if len(self.settings):
            told = ("seed", "version", "parameters", "code", "patterns", "usual", "command")
            write_set(self.settings, {name: self.facts[name] for name in told if name in self.facts}, place / NAME)

    def headlines(self) -> list[str]:
        """The answer."""
        fit = self.fit
        if not len(self.settings):
            return [f"Every setting is ruled out. {_why(fit)}", "Nothing was widened to keep any."]
        stand, of = int(fit.stands.sum()), len(fit.stands)
        said = [
            f"{len(self.settings)} settings of {len(self.names)} uncertain numbers are not ruled out by "
            f"{len(fit.problem.targets)} measures of {len(dict.fromkeys(fit.problem.rows['id']))} patterns; about "
            f"{100 * fit.history.region.share:.2g} % of what was possible before is left.",
            f"Run anew in {fit.asked.retest_worlds} worlds each, {stand} of {of} settings that emulators left stood.",
        ]
        if stand < fit.asked.keep and stand < of:
            said.append(f"That is fewer than the {fit.asked.keep} asked for: all that stood are kept.")
        return [*said, *self._learnt()]

    def _learnt(self) -> list[str]:
        """What was pinned, and what was not."""
        table = self.identifiability
        if table.empty:
            return []
        first = table.iloc[0]
        name = str(first["parameter"]).rpartition(".")[2].replace("_", " ")
        loose = int((table["left"] > 0.9).sum())
        stiff = self.directions.drop_duplicates("direction")
        return [
            f"Best known now: {name}, {100 * first['left']:.0f} % of its spread left; of {loose} of the {len(table)} "
            "numbers hardly anything was learnt by itself (more than 90 % left).",
            f"{int((stiff['left'] < STIFF).sum())} of {len(stiff)} combinations of them are pinned (less than half of "
            "their spread left).",
        ]

    def in_words(self) -> str:
        """The answer, then a line a pattern."""
        lines = [f"{'':53}{'target':>14}{'before':>16}{'in the set':>16}"]
        for row in rows_of(self.agreement):
            spans = [_span(row.before_low, row.before_high), _span(row.after_low, row.after_high)]
            lines.append(f"{str(row.pattern)[:52]:53}{target_words(row):>14}{spans[0]:>16}{spans[1]:>16}")
        return "\n\n".join(["\n".join(self.headlines()), "\n".join(lines), NO_POSTERIOR])


NO_POSTERIOR = (
    "Before, and in the set: the middle 9 in 10 settings, each at its mean over worlds.\n"
    "All settings count alike; a share of them is no probability. Patterns for validation were not read."
)


def rows_of(table: pd.DataFrame) -> list[Any]:
    """The rows of a tidy table, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def target_words(row: Any) -> str:
    """The middle and three standard deviations of both errors: what is not ruled out."""
    width = CUT * float(np.hypot(row.observation_sd, row.discrepancy_sd))
    ends = {
        "both": _span(row.observed - width, row.observed + width),
        "at_least": f"from {_number(row.observed - width)}",
        "at_most": f"to {_number(row.observed + width)}",
    }
    return ends[row.side]


def _span(low: float, high: float) -> str:
    return f"{_number(low)} to {_number(high)}" if np.isfinite(low) else ""


def _number(value: float) -> str:
    return words.two_figures(value) if abs(value) < 10 else f"{value:.0f}"


def _why(fit: Fit) -> str:
    if fit.tested is not None:
        return f"Emulators left settings, but none of {len(fit.stands)} stood when it was run."
    assert fit.conflict is not None
    return conflict_words(fit.conflict.names, fit.conflict.misses)


def conflict_words(names: Sequence[str], misses: float) -> str:
    """Which patterns are in conflict, and by how much at best."""
    at_best = f"at best it is off by {misses:.1f} standard deviations, and {CUT:g} are allowed"
    if len(names) == 1:
        return f"No setting meets {names[0]}: {at_best}."
    if len(names) == 2:
        return f"No setting meets both {names[0]} and {names[1]}, though each can be met: {at_best}."
    return f"Every two patterns can be met together, but not all: {at_best}."
