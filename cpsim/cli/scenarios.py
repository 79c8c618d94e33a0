"""`cpsim scenarios`: what comes with cpsim."""

from __future__ import annotations

import json
import textwrap
from typing import Annotated

import typer

NAME = 26  # signs kept for a name


def scenarios(
    as_json: Annotated[bool, typer.Option("--json", help="For a program: a list of name, title and question.")] = False,
) -> None:
    """List the scenarios that come with cpsim."""
    from cpsim.scenario.load import grouped_scenarios, shipped_scenarios

    if as_json:
        rows = [dict(zip(("name", "title", "question"), each, strict=True)) for each in shipped_scenarios()]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for heading, found in grouped_scenarios().items():
        typer.echo(f"{heading}\n")
        for name, _, question in found:
            first, others = f"  {name:<{NAME}}", " " * (NAME + 2)
            typer.echo(
                textwrap.fill(question, 96, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)
            )
        typer.echo()
    typer.echo("Run one with `cpsim run NAME`; start your own from one with `extends: NAME`.")
