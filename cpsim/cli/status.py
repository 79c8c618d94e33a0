"""`cpsim status FOLDER`: how far a study is."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cpsim.experiments.status import Status


def status(
    folder: Annotated[Path, typer.Argument(help="A study's folder, or one that holds several.")],
    as_json: Annotated[bool, typer.Option("--json", help="For a program: a list of studies.")] = False,
) -> None:
    """Say how far a study is: runs planned, done and failed, and the time left.

    It may be asked at any time and from any machine that sees the folder.

    Example: cpsim status runs/sensitivity-cmht
    """
    from cpsim.experiments.status import status as status_of

    found = status_of(folder)
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], indent=2))
        return
    for each in found:
        typer.echo(in_words(each))


def in_words(found: Status) -> str:
    """One study in a line."""
    from cpsim.experiments.budget import in_time

    said = [f"{found.done:,} of {found.planned:,} runs done"]
    if found.failed:
        said.append(f"{found.failed:,} failed")
    if found.damaged:
        said.append(f"{found.damaged:,} damaged part{'s' * (found.damaged > 1)} left out")
    if found.done >= found.planned:
        said.append("complete")
    elif found.idle:
        said.append("nobody is at work; the command that began it goes on")
    elif found.seconds_left is not None:
        said.append(f"about {in_time(found.seconds_left)} left at the present pace")
    return f"{found.name}: {'; '.join(said)}."
