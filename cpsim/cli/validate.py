"""`cpsim validate`: the model beside what was found in real teams."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpsim.cli.experiment_options import STUDY_FORCE, making_runs, save_and_tell, study_folder
from cpsim.cli.run import COMPILING, WORKERS, showing_progress, whole_number
from cpsim.errors import FolderError, OptionError

if TYPE_CHECKING:
    from cpsim.validation.at_settings import Asked
    from cpsim.validation.judge import Judged

FILES = (".json", ".txt", ".md", ".log")  # endings of a file; any other --out is a folder
OUT = Annotated[
    Path | None,
    typer.Option(
        metavar="PLACE",
        help="A folder, for a page with pictures and tables: the same command goes on where it stopped. Or, when it "
        f"ends in {', '.join(FILES)}, a file for the answer as text.",
    ),
]
ENSEMBLE = Annotated[
    str | None,
    typer.Option(
        metavar="SET",
        help="Over settings that calibration did not rule out too: a calibration's folder, a file, or `shipped`. "
        "Makes a page, in a new folder in runs/ without --out.",
    ),
]


HOW_MANY = Annotated[
    int | None,
    whole_number("How many simulated futures of each scenario; 20 if not said, 10 at each setting of a set."),
]
TRIALS = Annotated[
    int | None, whole_number("How many of each simulated study; 40 if not said, 10 at each setting of a set.")
]
SETTINGS = Annotated[int | None, whole_number("Settings of the set that are run, at most; 40 if not said.")]
ONLY = Annotated[
    list[str] | None, typer.Option(metavar="PATTERNS", help="Only these, such as P15,P30; can be repeated.")
]
WITH = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="STUDIES",
        help="Patterns of simulated studies too: trial, pilot, or both with a comma. A page has both anyway.",
    ),
]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: a list of rows; of a page facts and tables.")]


def validate(
    replications: HOW_MANY = None,
    seed: Annotated[int, whole_number("The same seed gives the same result.")] = 1,
    only: ONLY = None,
    with_: WITH = None,
    trials: TRIALS = None,
    ensemble: ENSEMBLE = None,
    settings: SETTINGS = None,
    workers: WORKERS = None,
    as_json: AS_JSON = False,
    out: OUT = None,
    force: STUDY_FORCE = False,
) -> None:
    """Hold the model against the patterns that real teams showed, and say which it meets.

    A pattern that is not met is a finding, not an error. Nothing is tuned to rows for validation.

    \b
    Examples:
      cpsim validate
      cpsim validate --only P15,P30 --replications 50
      cpsim validate --with trial,pilot
      cpsim validate --out runs/validation
      cpsim validate --ensemble runs/calibration --out runs/validation-over-set
    """
    file = out if out is not None and out.suffix in FILES and not out.is_dir() else None
    _check_place(file, ensemble, settings)
    if file or (out is None and ensemble is None):
        _text(_judged(replications, seed, only or [], with_ or [], trials), as_json, file)
    else:
        asked = _asked(replications, trials, settings, seed)
        _page(asked, only or [], with_ or [], ensemble, workers, out, as_json, force)


def _check_place(file: Path | None, ensemble: str | None, settings: int | None) -> None:
    if ensemble is None and settings is not None:
        raise OptionError("--settings: goes with --ensemble")
    if file and ensemble is not None:
        raise OptionError(f"--out: {file} is a file; with --ensemble give a folder")


def _text(judged: list[Judged], as_json: bool, file: Path | None) -> None:
    """The answer as text or for a program, to read or into a file."""
    from cpsim.validation.words import in_words

    text = json.dumps([row.as_dict() for row in judged], indent=2, ensure_ascii=False) if as_json else in_words(judged)
    if file is None:
        typer.echo(text)
        return
    try:
        file.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise FolderError(f"{file}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
    typer.echo(f"Wrote {file}.")


def _asked(replications: int | None, trials: int | None, settings: int | None, seed: int) -> Asked:
    """A number that is given counts at the usual values and at every setting."""
    from cpsim.validation.at_settings import Asked

    given = {
        **({} if replications is None else {"replications": replications, "replications_each": replications}),
        **({} if trials is None else {"trials": trials, "trials_each": trials}),
        **({} if settings is None else {"settings": settings}),
    }
    return Asked(**given, seed=seed)


def _page(
    asked: Asked,
    only: list[str],
    with_: list[str],
    ensemble: str | None,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    force: bool,
) -> None:
    """All patterns, on a page; over a set where one is given."""
    from cpsim.experiments.ensemble import load_set
    from cpsim.scenario.load import load
    from cpsim.validation.at_settings import hold
    from cpsim.validation.fitting import BASE
    from cpsim.validation.register import chosen
    from cpsim.validation.studies import check_with

    chosen(only)
    check_with(with_)
    found = None if ensemble is None else load_set(ensemble)
    with making_runs() as progress:
        asked.check()
        folder = study_folder(out, "validation", load(BASE), force)
        held = hold(found, asked, only=only, folder=folder, workers=workers, progress=progress)
    save_and_tell(held, folder, as_json, force)


def _judged(replications: int | None, seed: int, only: list[str], with_: list[str], trials: int | None) -> list[Judged]:
    from cpsim.engine.options import check_options
    from cpsim.model.rule import is_compiled
    from cpsim.validation.register import chosen
    from cpsim.validation.studies import DEFAULT, check_with
    from cpsim.validation.validate import REPLICATIONS, validate

    asked = REPLICATIONS if replications is None else replications
    studies = DEFAULT if trials is None else trials
    try:
        check_options(asked, seed, None, None)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    if studies < 1:
        raise OptionError(f"--trials: {studies} is not possible; write a whole number from 1 on")
    chosen(only)  # a name that is none is said before anything is compiled
    check_with(with_)
    if not is_compiled():
        typer.echo(COMPILING, err=True)
    with showing_progress() as progress:
        return validate(asked, seed, only, progress, with_=with_, trials=studies)
