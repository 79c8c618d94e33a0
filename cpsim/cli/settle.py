"""`cpsim settle`: make the start of all runs anew, from long runs of the ordinary team."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def settle(
    years: Annotated[int, typer.Option(min=1, max=200, help="Years that each team lives.")] = 25,
    replications: Annotated[int, typer.Option(min=1, max=10_000, help="Teams.")] = 80,
    seed: Annotated[int, typer.Option(min=0, help="Of the whole.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Another file than the one that cpsim reads.")] = None,
) -> None:
    """Remake the saved people from whom runs start. For developers: after any change of rules or numbers.

    Example: cpsim settle --years 25
    """
    from cpsim.population import law
    from cpsim.population.settle import settle as make_law

    file = out or law.FILE
    made = make_law(years, replications, seed, lambda line: typer.echo(line, err=True))
    file.write_text(law.written(made), encoding="utf-8", newline="\n")
    belong = (made.people["belongs"] > 0).mean()
    typer.echo(f"{file}: {len(made.people):,} people, of whom {belong:.0%} belong to a place")
