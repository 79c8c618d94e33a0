"""What all commands that make many runs have in common: options, the question of time, progress, and how they end."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.run import COMPILING, showing_progress
from cpsim.engine import ctrl_c
from cpsim.errors import OptionError, Stopped

if TYPE_CHECKING:
    from cpsim.experiments.folder import Found
    from cpsim.scenario.load import Scenario


def _part(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    try:
        return int(number), int(of)
    except ValueError:
        raise typer.BadParameter(f"{text!r}: write it like 3/40, the first being 0/40") from None


STUDY_OUT = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Where to write; the same command with the same folder goes on where it stopped. "
        "If not said, a new folder in runs/.",
    ),
]
PART = Annotated[
    Any,
    typer.Option(
        parser=_part, metavar="I/N", help="Make only this part of the runs, from 0/N to N-1/N; needs --out FOLDER."
    ),
]
CLUSTER = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Make the runs on a Dask cluster, such as tcp://host:8786.")
]
YES = Annotated[bool, typer.Option("--yes", help="Do not ask before a study that takes long.")]
STUDY_FORCE = Annotated[bool, typer.Option("--force", help="Replace another kind of result in that folder.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: facts and tables.")]


def study_folder(out: Path | None, kind: str, scenario: Scenario, force: bool = False) -> Path:
    """Where the study goes, checked before anything is run. Raises FolderError."""
    from cpsim.experiments.folder import check_study_folder

    folder = out or _default_folder(f"{kind}-{scenario.name}")
    check_study_folder(folder, kind, force)
    return folder


def _default_folder(stem: str) -> Path:
    """runs/KIND-SCENARIO-DATE-NN, the first number that is free."""
    dated = f"{stem}-{datetime.date.today():%Y-%m-%d}"
    folders = (Path("runs") / f"{dated}-{number:02d}" for number in range(1, 10_000))
    return next(folder for folder in folders if not folder.exists())


def ask_about_time(runs: int, scenario: Scenario, workers: int | None, yes: bool) -> None:
    """Say how long so many runs take here; ask first when it is long. Raises typer.Exit when the answer is no."""
    from cpsim.experiments.budget import seconds_of

    prepared()
    ask_about_seconds(runs, seconds_of(runs, scenario, workers), yes)


def ask_about_seconds(runs: int, seconds: float, yes: bool) -> None:
    """The same where it is known already how long they take."""
    from cpsim.experiments.budget import LONG, in_time

    typer.echo(f"{runs:,} runs: about {in_time(seconds)} on this machine.", err=True)
    if seconds <= LONG or yes:
        return
    if not sys.stdin.isatty():
        raise OptionError(f"--yes: say it to begin a study of about {in_time(seconds)} where nobody can be asked")
    with ctrl_c.during(ctrl_c.RAISE):
        if not typer.confirm("Begin?", default=True, err=True):
            raise typer.Exit


def prepared() -> None:
    """Say so when the rules have yet to be compiled."""
    from cpsim.model.rule import is_compiled

    if not is_compiled():
        typer.echo(COMPILING, err=True)


@contextmanager
def making_runs() -> Iterator[Callable[[int, int], None] | None]:
    """Progress with time left on a terminal; mistakes in options are told with their dashes."""
    prepared()
    try:
        with showing_progress() as progress:
            yield progress
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None


def save_and_tell(found: Found, folder: Path, as_json: bool, force: bool = False) -> None:
    """Write the study's folder; its answer and where the page is, or everything for a program."""
    from cpsim.experiments.folder import save_study

    try:
        with ctrl_c.during(ctrl_c.RAISE):
            save_study(found, folder, force)
    except KeyboardInterrupt:
        raise Stopped("Stopped while the page was being made; the same command makes it from the runs.") from None
    if as_json:
        tables = {name: json.loads(table.to_json(orient="records")) for name, table in found.tables.items()}
        told = {"study": found.kind, **found.facts, "folder": str(folder), "tables": tables}
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False, default=str))
    else:
        typer.echo(f"{found.in_words()}\n\nThe page: {folder / 'report.html'}")
