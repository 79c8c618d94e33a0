"""`cpsim validate`: the model beside what was found in real teams."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpsim.cli.run import COMPILING, showing_progress, whole_number
from cpsim.errors import FolderError, OptionError

if TYPE_CHECKING:
    from cpsim.validation.judge import Judged


def validate(
    replications: Annotated[
        int | None, whole_number("How many simulated futures of each scenario; 20 if not said.")
    ] = None,
    seed: Annotated[int, whole_number("The same seed gives the same result.")] = 1,
    only: Annotated[
        list[str] | None, typer.Option(metavar="PATTERNS", help="Only these, such as P15,P30; can be repeated.")
    ] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="STUDIES", help="Patterns of simulated studies too: trial, pilot, or both with a comma."
        ),
    ] = None,
    trials: Annotated[int | None, whole_number("How many of each simulated study; 40 if not said.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: a list of rows.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the answer to this file instead.")] = None,
) -> None:
    """Hold the model against the patterns that real teams showed, and say which it meets.

    A pattern that is not met is a finding, not an error. Nothing is tuned to rows for validation.

    \b
    Examples:
      cpsim validate
      cpsim validate --only P15,P30 --replications 50
      cpsim validate --with trial,pilot
    """
    from cpsim.validation.words import in_words

    judged = _judged(replications, seed, only or [], with_ or [], trials)
    text = json.dumps([row.as_dict() for row in judged], indent=2, ensure_ascii=False) if as_json else in_words(judged)
    if out is None:
        typer.echo(text)
        return
    try:
        out.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise FolderError(f"{out}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
    typer.echo(f"Wrote {out}.")


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
