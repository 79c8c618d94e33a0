"""`cpsim parameters [WORD]`: every number of the model with its range, unit and source."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cpsim.scenario.export import ParameterRow


def parameters(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="Only those that hold all these words.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: a list with all that is known.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="The table of the documentation.")] = False,
) -> None:
    """Show every number with its range and source.

    Example: cpsim parameters travel minutes
    """
    from cpsim.observation.design import Design
    from cpsim.scenario.export import parameter_rows, parameters_markdown

    others = {"observation": Design}
    if markdown:
        typer.echo(parameters_markdown(others), nl=False)
        return
    wanted = " ".join(words or [])
    rows = parameter_rows(wanted, others)
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
    elif rows:
        typer.echo("\n\n".join(map(_block, rows)))
    else:
        typer.echo(f"Nothing holds {wanted!r}; `cpsim parameters` alone shows all.")


def _block(row: ParameterRow) -> str:
    from cpsim.scenario.export import shown
    from cpsim.scenario.wording import with_unit

    source = f"{row.source}{f', {row.year}' if row.year else ''}"
    lines = [row.about, f"{'evidence' if row.kind == 'measured' else 'usual'}: {row.range}" if row.range else ""]
    lines += [f"source: {source} ({row.confidence})" if row.confidence else source]
    told = [textwrap.fill(line, 96, initial_indent="    ", subsequent_indent="      ") for line in lines if line]
    return "\n".join([f"{row.path} = {with_unit(shown(row.value), row.unit)}", *told])
