"""`cpsim evidence [WORD]`: where each number and each pattern comes from, and how far to trust it."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.validation.entries import Entry
    from cpsim.validation.influence import Influence

PAGE = "evidence.html"


WORDS = Annotated[list[str] | None, typer.Argument(metavar="WORD", help="Only entries that hold all these words.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: a list with all that is known.")]
OUT = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help=f"Write the whole register as a page, {PAGE}, in this folder.")
]
INFLUENCE = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Say how far each number moves an outcome, by this sensitivity study."),
]
OUTPUT = Annotated[
    str | None, typer.Option(metavar="OUTCOME", help="Which outcome of that study; if not said, its first.")
]


def evidence(
    words: WORDS = None,
    as_json: AS_JSON = False,
    out: OUT = None,
    influence: INFLUENCE = None,
    output: OUTPUT = None,
) -> None:
    """Show where numbers and patterns come from: source, population, range, confidence.

    `cpsim parameters` lists what a scenario can set; this lists what is known, whether or not a rule reads it.

    \b
    Examples:
      cpsim evidence
      cpsim evidence caseload published
      cpsim evidence --out pages
      cpsim evidence --influence runs/sensitivity --output reach
    """
    from cpsim.validation.entries import entries

    moves = _influence(influence, output)
    wanted = " ".join(words or [])
    found = entries(wanted)
    if out is not None:
        from cpsim.report.evidence import write

        typer.echo(f"The page: {write(out, PAGE, moves)}", err=as_json)
    if as_json:
        share = moves.share if moves else {}
        told = [{**asdict(entry), "influence": share.get(entry.id)} for entry in found]
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    elif wanted:
        nothing = f"Nothing holds {wanted!r}; `cpsim evidence` alone says what there is."
        typer.echo("\n\n".join(_block(entry, moves) for entry in found) or nothing)
    elif out is None:
        typer.echo(_overview(moves))


def _influence(folder: Path | None, output: str | None) -> Influence | None:
    if folder is None:
        if output is not None:
            raise OptionError("--output: say with --influence FOLDER of which sensitivity study")
        return None
    from cpsim.validation.influence import read

    return read(folder, output)


def _overview(moves: Influence | None) -> str:
    """The sentences, and how much there is to look up."""
    from cpsim.validation.entries import by_subject, in_sentences

    sentences = [*in_sentences(), *([moves.in_words()] if moves else [])]
    said = [textwrap.fill(sentence, 96) for sentence in sentences]
    counts = [f"  {subject:<16}{len(found):>4}" for subject, found in by_subject().items()]
    return "\n\n".join([*said, "\n".join(["Entries by subject:", *counts]), "Look one up: cpsim evidence caseload"])


def _block(entry: Entry, moves: Influence | None) -> str:
    from cpsim.scenario.evidence import CONFIDENCE
    from cpsim.validation.entries import RANGES

    lines = [
        entry.what,
        f"of: {entry.population}" if entry.population else "",
        f"source: {entry.told_source}{f' {entry.link}' if entry.link else ''}",
        f"confidence: {CONFIDENCE.get(entry.confidence, 'a source is named, its standing is not')}",
        f"range: {RANGES[entry.range_kind]}" if entry.range_kind else "",
        f"moves {moves.of(entry.id)}" if moves and moves.of(entry.id) else "",
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
