"""`cpsim check FILE`: what was understood, without running anything."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cpsim.scenario.describe import Understood

SCENARIO = Annotated[str, typer.Argument(help="A scenario file, or the name of one that comes with cpsim.")]
SETS = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change one value; can be repeated.")
]


def check(
    scenario: SCENARIO,
    sets: SETS = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For a program: what was understood, or the mistakes.")
    ] = False,
) -> None:
    """Say what a scenario was understood to be.

    Nothing is run: all mistakes come at once, and then numbers that hardly fit each other.

    Example: cpsim check my-team.yaml --set team.caseload_per_wte=25
    """
    from cpsim.errors import ScenarioError
    from cpsim.scenario.describe import describe
    from cpsim.scenario.load import load

    try:
        understood = describe(load(scenario, sets or ()))
    except ScenarioError as error:
        if not as_json:
            raise
        typer.echo(json.dumps({"ok": False, "problems": [asdict(each) for each in error.problems]}, indent=2))
        raise typer.Exit(error.exit_code) from None
    if as_json:
        typer.echo(json.dumps({"ok": True, **asdict(understood)}, indent=2, ensure_ascii=False))
    else:
        typer.echo(in_words(understood))


def in_words(understood: Understood) -> str:
    """The whole answer as text of at most 96 columns."""
    parts = [understood.title]
    for heading, sentences in understood.parts():
        parts.append(f"{heading}\n" + "\n".join(_bullet(sentence) for sentence in sentences))
    return "\n\n".join(parts)


def _bullet(sentence: str) -> str:
    return textwrap.fill(sentence, 96, initial_indent="  - ", subsequent_indent="    ")
