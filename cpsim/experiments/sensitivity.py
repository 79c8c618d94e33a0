"""Which uncertain numbers matter: `cpsim.sensitivity("cmht")`, by one method or by a pipeline of them.

`auto`: a plain sample, read by PAWN, RBD-FAST and regional analysis; Sobol by groups of factors; Morris on all factors,
to fix what is negligible; Sobol across replicates on those left, all others moving together; and, if scikit-learn is
there, an emulator, whose indices are "at least". Luck is told apart from effects throughout, and a dummy stands beside
the factors. What each step asks and finds stands in its own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpsim.errors import OptionError, Unfinished
from cpsim.experiments import emulating, screening
from cpsim.experiments.design import Design
from cpsim.experiments.estimators import second_order
from cpsim.experiments.execute import Progress, run_design
from cpsim.experiments.factors import Factors, factors
from cpsim.experiments.outcomes import chosen_outputs
from cpsim.experiments.screening import Result, Study
from cpsim.scenario.load import Scenario, load
from cpsim.scenario.wording import either, nearest

if TYPE_CHECKING:
    import pandas as pd

KIND = "sensitivity"
OUTPUTS = ("five_steps", "reach", "cp_minutes_per_person", "rguk_change", "pressure", "cost_per_person")
METHODS = ("auto", "morris", "sobol", "groups", "pawn", "rbd-fast", "regional")
TRIED = 8  # points at which runs are timed
FROM_PLAIN = ("auto", "pawn", "rbd-fast", "regional")


@dataclass(frozen=True)
class Size:
    """How much is run. `plain`, `groups`, `sobol`, `pairs`: rows of the base sample, powers of two; `trajectories` of
    Morris; `factors`: the most that are looked at singly; `learn`: runs that the emulator learns from; `check`: points
    that it is checked at.
    """

    plain: int
    groups: int
    trajectories: int
    sobol: int
    factors: int
    learn: int
    check: int
    pairs: int


SIZES = {
    "quick": Size(plain=512, groups=64, trajectories=10, sobol=128, factors=10, learn=256, check=64, pairs=128),
    "usual": Size(plain=2048, groups=256, trajectories=20, sobol=512, factors=16, learn=512, check=128, pairs=512),
    "full": Size(plain=8192, groups=1024, trajectories=40, sobol=4096, factors=20, learn=1000, check=256, pairs=4096),
}


@dataclass(frozen=True)
class Asked:
    """Everything that decides a study, checked: `Asked.of` raises OptionError."""

    scenario: Scenario
    method: str
    outputs: tuple[str, ...]
    factors: Factors
    size: Size
    seed: int
    second_order: bool
    target: Result | None
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        scenario: Scenario | str | Path,
        method: str = "auto",
        *,
        outputs: str | Sequence[str] = OUTPUTS,
        levers: bool = False,
        only: Iterable[str] = (),
        size: str = "usual",
        seed: int = 1,
        second_order: bool = False,
        target: str | None = None,
    ) -> Asked:
        """See `sensitivity`."""
        chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
        _known("method", method, METHODS)
        _known("size", size, tuple(SIZES))
        result = target_of(target) if target else None
        if result and method not in ("auto", "regional"):
            raise OptionError("target: only --method regional, and auto, look at a target")
        names = chosen_outputs(outputs)
        names = names if result is None or result.output in names else (*names, result.output)
        varied = factors(chosen, levers, only)
        if len(varied.varied) < 2:  # a factor and the dummy
            raise OptionError("only: at least one factor besides the dummy is needed")
        options = {
            "method": method,
            "size": size,
            "levers": levers,
            "only": list(only),
            "second_order": second_order,
            "target": target,
        }
        return cls(chosen, method, names, varied, SIZES[size], seed, second_order, result, options)

    @property
    def screened(self) -> bool:
        """Are there more factors than are looked at singly?"""
        return len(self.factors.varied) - 1 > self.size.factors

    @property
    def runs(self) -> int:
        """How many runs it takes, at most: how many factors are left is known only after Morris."""
        size, k = self.size, len(self.factors.varied)
        of_plain = size.plain
        of_groups = 2 * size.groups * (len(set(self.factors.groups)) + 2)
        of_morris = size.trajectories * (k + 1)
        of_sobol = 2 * size.sobol * (min(size.factors + 2, k) + 2)
        alone = {"morris": of_morris, "groups": of_groups, "sobol": of_sobol + of_morris * self.screened}
        of_auto = of_plain + of_groups + of_morris + of_sobol + emulating.runs(size.check) * emulating.available()
        found = of_auto if self.method == "auto" else alone.get(self.method, of_plain)
        return found + 2 * size.pairs * (2 * min(k - 1, second_order.MOST) + 2) * self.second_order

    def seconds(self, workers: int | None = None) -> float:
        """How long its runs take here, tried out at some points: where numbers are extreme, teams do more or less."""
        import numpy as np

        from cpsim.experiments.budget import seconds_of

        x = np.random.default_rng(self.seed).random((TRIED, len(self.factors.varied)))
        tried = [self.scenario.with_(changes) for changes in self.factors.changes(x)]
        return float(np.mean([seconds_of(self.runs, each, workers) for each in tried]))


@dataclass(frozen=True, repr=False)
class Sensitivity:
    """What a study of sensitivity found. `tables`: indices, groups, morris, pawn, rbd_fast, regional, emulator,
    second_order, convergence, verdicts, factors; those of the steps that were asked for. `left_out`: what could not be
    done, and why.
    """

    scenario: Scenario
    factors: Factors
    tables: Mapping[str, pd.DataFrame]
    facts: dict[str, Any]
    outputs: tuple[str, ...]
    left_out: tuple[str, ...]
    kind: str = KIND

    @property
    def title(self) -> str:
        """Of its page."""
        return f"Which uncertain numbers matter: {self.scenario.title}"

    @property
    def runs(self) -> int:
        """Runs in all."""
        return int(self.facts["runs"])

    def in_words(self) -> str:
        """The reading: what matters for each output, what is negligible, how sure, and what is luck."""
        from cpsim.experiments import sensitivity_words

        return sensitivity_words.reading(self)

    def headlines(self) -> list[str]:
        """What the page opens with."""
        from cpsim.experiments import sensitivity_words

        return sensitivity_words.headlines(self)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write tables, pictures, page and manifest into a folder. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)

    def __repr__(self) -> str:
        return f"<Sensitivity of {self.scenario.name}: {', '.join(self.tables)}; {self.runs:,} runs>"


def sensitivity(
    scenario: Scenario | str | Path,
    method: str = "auto",
    *,
    folder: str | Path | None = None,
    workers: int | None = None,
    part: tuple[int, int] | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    **asked: Any,
) -> Sensitivity:
    """Find out which uncertain numbers the outputs of a scenario hang on.

    method: auto, morris, sobol, groups, pawn, rbd-fast or regional. asked: outputs (names of outcomes), levers (vary
    what a team decides, too), only (paths, last parts of them, or groups), size (quick, usual, full), seed,
    second_order (which pairs of the largest ten work together), target ("five_steps>=0.3", for regional). folder: keep
    all runs there and go on from them. workers, part, cluster: as `run_design`.

    Raises OptionError, ScenarioError and FolderError before anything is run, and Unfinished after a part.
    """
    return study(Asked.of(scenario, method, **asked), Runs(folder, workers, part, cluster, progress))


class Runs:
    """Makes the runs of each step, in a folder of its own below the study's."""

    def __init__(
        self,
        folder: str | Path | None,
        workers: int | None,
        part: tuple[int, int] | None,
        cluster: str | None,
        progress: Progress | None,
    ) -> None:
        self.folder = Path(folder) if folder is not None else None
        self.how: dict[str, Any] = {"workers": workers, "part": part, "cluster": cluster, "progress": progress}

    def __call__(self, design: Design, step: str) -> pd.DataFrame:
        """A row a run."""
        return run_design(design, self.folder / "steps" / step if self.folder else None, **self.how)


def study(asked: Asked, run: screening.Run) -> Sensitivity:
    """Take the steps of the method; `run` makes the runs of a design (in tests, a function in place of the model)."""
    made = Study(asked.scenario, asked.factors, asked.outputs, asked.seed, run)
    if asked.method == "auto":
        _pipeline(made, asked)
    else:
        _one_method(made, asked)
    if asked.second_order:
        _pairs(made, asked)
    facts: dict[str, Any] = {"options": dict(asked.options), **screening.facts_of(made)}
    return Sensitivity(asked.scenario, asked.factors, made.tables(), facts, asked.outputs, tuple(made.left_out))


def _pipeline(made: Study, asked: Asked) -> None:
    """Steps A to D. A part of the runs goes through all steps that do not need the others, then waits for them."""
    waiting: list[Unfinished] = []
    sample: screening.Sample | None = None
    try:
        sample = screening.plain(made, asked.size.plain)
    except Unfinished as unfinished:
        waiting.append(unfinished)
    for step in (
        lambda: screening.by_groups(made, asked.size.groups),
        lambda: screening.by_morris(made, asked.size.trajectories),
    ):
        try:
            step()
        except Unfinished as unfinished:
            waiting.append(unfinished)
    if waiting or sample is None:
        raise waiting[0]
    kept = screening.left(made, asked.size.factors)
    _told_of(made, kept)
    screening.by_sobol(made, kept, asked.size.sobol)
    screening.by_pawn(made, sample)
    screening.by_rbd_fast(made, sample)
    screening.by_region(made, sample, asked.target)
    emulating.by_emulator(made, sample, kept, asked.size.learn, asked.size.check)


def _one_method(made: Study, asked: Asked) -> None:
    size = asked.size
    if asked.method in FROM_PLAIN:
        sample = screening.plain(made, size.plain)
        if asked.method == "pawn":
            screening.by_pawn(made, sample)
        elif asked.method == "rbd-fast":
            screening.by_rbd_fast(made, sample)
        else:
            screening.by_region(made, sample, asked.target)
    elif asked.method == "groups":
        screening.by_groups(made, size.groups)
    elif asked.method == "morris":
        screening.by_morris(made, size.trajectories)
    elif asked.screened:
        screening.by_morris(made, size.trajectories)
        kept = screening.left(made, size.factors)
        _told_of(made, kept)
        screening.by_sobol(made, kept, size.sobol)
    else:
        screening.by_sobol(made, asked.factors.paths, size.sobol)


def _told_of(made: Study, kept: Sequence[str]) -> None:
    """Say when more factors matter than are looked at singly."""
    every = screening.left(made, len(made.factors.paths))
    if len(every) > len(kept):
        made.left_out.append(
            f"{len(every) - len(kept)} factors are not negligible and yet not among the {len(kept)} that were looked "
            f'at singly; they moved together with the rest ("{screening.OTHERS}").'
        )


def _pairs(made: Study, asked: Asked) -> None:
    """Pairs of the largest by whatever was found."""
    for table, value in (("indices", "st"), ("morris", "share"), ("pawn", "index"), ("rbd_fast", "s1")):
        if table in made.found:
            import pandas as pd

            few = screening.largest(pd.concat(made.found[table]), value, second_order.MOST)
            if len(few) > 1:
                screening.by_pairs(made, few, asked.size.pairs)
                return
    made.left_out.append("Pairs were not looked at: that needs two factors that have been looked at singly.")


def target_of(text: str) -> Result:
    """ "five_steps>=0.3" as a result. Raises OptionError."""
    found = re.fullmatch(r"\s*([\w.]+)\s*(>=|<=)\s*([-+.\deE]+)\s*", text)
    try:
        name, sign, value = found.groups() if found else ("", "", "")
        return Result(chosen_outputs([name])[0], sign, float(value))
    except ValueError:
        raise OptionError(f"target {text!r}: write it like five_steps>=0.3") from None
    except OptionError as error:
        if not found:
            raise OptionError(f"target {text!r}: write it like five_steps>=0.3") from None
        raise OptionError(str(error).replace("outputs:", "target:")) from None


def _known(option: str, word: str, words: Sequence[str]) -> None:
    if word not in words:
        near = nearest(word, words)
        hint = f"did you mean {near!r}?" if near else f"write {either(words)}"
        raise OptionError(f"{option}: {word!r}: {hint}")
