"""`cpsim calibrate`: settings of the uncertain numbers that are not ruled out by what was seen in real teams."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpsim.cli.experiment_options import AS_JSON, STUDY_FORCE, STUDY_OUT, YES, making_runs, prepared, save_and_tell
from cpsim.cli.run import SEED, WORKERS, whole_number
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.calibrate import Asked


FIT = Annotated[
    list[str] | None,
    typer.Option(metavar="NUMBER", help="Fit only this one, such as leaving_per_year; can be repeated."),
]
PATTERNS = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Fit only to this one, such as P32; can be repeated.")
]
SHOW = Annotated[
    str | None,
    typer.Option(metavar="SET", help="Say what a set holds: the folder of a calibration, a file, or `shipped`."),
]


def calibrate(
    waves: Annotated[int, whole_number("Waves at most; fewer when nothing more is learnt.")] = 3,
    points: Annotated[int | None, whole_number("Settings tried in each wave; 15 a number that is fitted.")] = None,
    worlds: Annotated[int, whole_number("Simulated futures of each setting in the waves.")] = 4,
    screening: Annotated[int, whole_number("Settings tried to see which numbers move any pattern at all.")] = 300,
    most: Annotated[int, whole_number("Numbers fitted at most, those that move patterns most.")] = 16,
    retest: Annotated[int, whole_number("Settings run anew at the end.")] = 250,
    retest_worlds: Annotated[int, whole_number("Simulated futures of each of these.")] = 20,
    keep: Annotated[int, whole_number("Settings in the set at most.")] = 150,
    fit: FIT = None,
    patterns: PATTERNS = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: STUDY_OUT = None,
    force: STUDY_FORCE = False,
    yes: YES = False,
    as_json: AS_JSON = False,
    show: SHOW = None,
) -> None:
    """Find settings of the uncertain numbers that the patterns for calibration do not rule out.

    Patterns for validation are never read. The same command with the same --out goes on where it stopped.

    \b
    Examples:
      cpsim calibrate --out runs/calibration --yes
      cpsim calibrate --fit leaving_per_year --fit refill_days --fit round_success --patterns P32
      cpsim calibrate --show runs/calibration
    """
    if show is not None:
        _show(show, as_json)
        return
    from cpsim.experiments.calibrate import Asked

    moved = 0 if fit else screening
    asked = Asked(waves, points, worlds, moved, most, retest, retest_worlds, keep, seed=seed)
    _calibrate(asked, fit or [], patterns or [], workers, out, force, yes, as_json)


def _calibrate(
    asked: Asked,
    fit: list[str],
    patterns: list[str],
    workers: int | None,
    out: Path | None,
    force: bool,
    yes: bool,
    as_json: bool,
) -> None:
    from cpsim.cli.experiment_options import study_folder
    from cpsim.validation.fitting import calibrate as run
    from cpsim.validation.fitting import problem

    with making_runs() as progress:
        asked.check()
        of = problem(fit, patterns)
        folder = study_folder(out, "calibration", of.scenario, force)
        _ask_about_time(asked, fit, patterns, workers, yes)
        found = run(asked, only=fit, patterns=patterns, folder=folder, workers=workers, progress=progress, told=_say)
    save_and_tell(found, folder, as_json, force)
    found.save_set(folder)
    if not as_json and len(found.settings):
        typer.echo(f"To run over the set: cpsim run cmht --ensemble {folder}")


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _ask_about_time(asked: Asked, fit: list[str], patterns: list[str], workers: int | None, yes: bool) -> None:
    """Say how long it takes at most here; ask first when that is long."""
    from cpsim.experiments.budget import LONG, in_time
    from cpsim.validation.fitting import seconds_of

    prepared()
    seconds = seconds_of(asked, fit, patterns, workers)
    typer.echo(f"At most about {in_time(seconds)} on this machine, the waves and the re-test together.", err=True)
    if seconds <= LONG or yes:
        return
    if not sys.stdin.isatty():
        raise OptionError(f"yes: say it to begin a study of about {in_time(seconds)} where nobody can be asked")
    if not typer.confirm("Begin?", default=True, err=True):
        raise typer.Exit


def _show(where: str, as_json: bool) -> None:
    from cpsim.experiments.ensemble import load_set
    from cpsim.validation.targets import patterns_digest

    found = load_set(where)
    if as_json:
        typer.echo(json.dumps({**found.facts, "doubts": found.doubts(patterns_digest())}, indent=2, ensure_ascii=False))
        return
    typer.echo(f"{found.in_words(patterns_digest())}\n\n{found.ranges_in_words()}")
