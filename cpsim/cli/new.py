"""`cpsim new FILE`: a start for one's own team."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    file: Annotated[Path, typer.Argument(help="File to write, such as my-team.yaml; never overwritten.")],
) -> None:
    """Write a commented start for your own team.

    It asks for the eight things that a planner knows first; everything else has a default.

    Example: cpsim new my-team.yaml
    """
    from cpsim.scenario.start import write_start

    write_start(file)
    typer.echo(f"Wrote {file}. Put your own numbers in, then: cpsim check {file}")
