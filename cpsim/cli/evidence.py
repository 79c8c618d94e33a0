"""`cpsim evidence [WORD]`: where each number and each pattern comes from, and how far to trust it."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cpsim.validation.entries import Entry

PAGE = "evidence.html"


def evidence(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="Only entries that hold all these words.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: a list with all that is known.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=f"Write the whole register as a page, {PAGE}, in this folder.")
    ] = None,
) -> None:
    """Show where numbers and patterns come from: source, population, range, confidence.

    `cpsim parameters` lists what a scenario can set; this lists what is known, whether or not a rule reads it.

    \b
    Examples:
      cpsim evidence
      cpsim evidence caseload published
      cpsim evidence --out pages
    """
    from cpsim.validation.entries import entries

    wanted = " ".join(words or [])
    found = entries(wanted)
    if out is not None:
        from cpsim.report.evidence import write

        typer.echo(f"The page: {write(out, PAGE)}", err=as_json)
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in found], indent=2, ensure_ascii=False))
    elif wanted:
        nothing = f"Nothing holds {wanted!r}; `cpsim evidence` alone says what there is."
        typer.echo("\n\n".join(map(_block, found)) or nothing)
    elif out is None:
        typer.echo(_overview())


def _overview() -> str:
    """The sentences, and how much there is to look up."""
    from cpsim.validation.entries import by_subject, in_sentences

    said = [textwrap.fill(sentence, 96) for sentence in in_sentences()]
    counts = [f"  {subject:<16}{len(found):>4}" for subject, found in by_subject().items()]
    return "\n\n".join([*said, "\n".join(["Entries by subject:", *counts]), "Look one up: cpsim evidence caseload"])


def _block(entry: Entry) -> str:
    from cpsim.scenario.evidence import CONFIDENCE
    from cpsim.validation.entries import RANGES

    lines = [
        entry.what,
        f"of: {entry.population}" if entry.population else "",
        f"source: {entry.told_source}{f' {entry.link}' if entry.link else ''}",
        f"confidence: {CONFIDENCE.get(entry.confidence, 'a source is named, its standing is not')}",
        f"range: {RANGES[entry.range_kind]}" if entry.range_kind else "",
        f"read as: {', '.join(entry.rests)}" if entry.rests else "",
        f"for: {entry.use}" if entry.use else "",
        f"note: {entry.note}" if entry.note else "",
    ]
    told = [
        textwrap.fill(line, 96, initial_indent="    ", subsequent_indent="      ", break_long_words=False)
        for line in lines
        if line
    ]
    return "\n".join([f"{entry.id} = {entry.says}" if entry.kind == "number" else f"{entry.id}: {entry.says}", *told])
