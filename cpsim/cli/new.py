"""`cpsim new FILE`: a start for one's own team, or many teams drawn from the team population."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    file: Annotated[Path, typer.Argument(help="File to write, such as my-team.yaml; never overwritten.")],
    teams: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Write so many teams as England has them, instead of one.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="With --teams: the same seed draws the same teams.")] = 1,
) -> None:
    """Write a commented start for your own team.

    It asks for the eight things that a planner knows first; everything else has a default. With --teams it writes
    many teams instead, drawn from the declared population of English teams.

    \b
    Examples:
      cpsim new my-team.yaml
      cpsim new many.yaml --teams 200 --seed 1
    """
    from cpsim.scenario.start import start_text, write_new
    from cpsim.scenario.teams import teams_text

    if teams is None:
        write_new(file, start_text(file))
        typer.echo(f"Wrote {file}. Put your own numbers in, then: cpsim check {file}")
        return
    write_new(file, teams_text(file, teams, seed))
    typer.echo(f"Wrote {teams} teams to {file}. Simulate each once with: cpsim run {file} --replications 1")
