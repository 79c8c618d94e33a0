"""`cpsim scenarios`: what comes with cpsim."""

from __future__ import annotations

import json
import textwrap
from typing import Annotated

import typer


def scenarios(
    as_json: Annotated[bool, typer.Option("--json", help="For a program: a list of name, title and question.")] = False,
) -> None:
    """List the scenarios that come with cpsim."""
    from cpsim.scenario.load import shipped_scenarios

    found = shipped_scenarios()
    if as_json:
        rows = [dict(zip(("name", "title", "question"), each, strict=True)) for each in found]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for name, title, question in found:
        typer.echo(f"{name}\n  {title}")
        typer.echo(textwrap.fill(question, 90, initial_indent="  ", subsequent_indent="  ") + "\n")
    typer.echo("Run one with `cpsim run NAME`; start your own from one with `extends: NAME`.")
