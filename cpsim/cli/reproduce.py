"""`cpsim reproduce DIR`: repeat a finished run and compare it to the bit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def reproduce(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    workers: Annotated[int | None, typer.Option(help="Threads; the result does not depend on it.")] = None,
) -> None:
    """Repeat a finished run from its manifest and compare every table.

    Example: cpsim reproduce runs/my-team
    """
    from cpsim.cli.run import showing_progress, simulated
    from cpsim.errors import CpsimError
    from cpsim.outputs.store import changed_files, differing_tables, read_manifest, versions
    from cpsim.scenario.load import from_document

    known = read_manifest(folder)
    scenario = from_document(known["scenario"])
    with showing_progress() as progress:
        people = "people" in known["tables"]
        result = simulated(scenario, known["replications"], known["seed"], workers, people, None, progress)
    differing = differing_tables(result, known)
    changed = changed_files(folder, known)
    now = versions()
    moved = [f"{name} {then} -> {now.get(name)}" for name, then in known["versions"].items() if now.get(name) != then]
    note = f" Versions differ: {'; '.join(moved)}." if moved else ""
    if differing or changed:
        files = f" Changed on disk since: {', '.join(changed)}." if changed else ""
        raise CpsimError(f"Not the same: {', '.join(differing) or 'no table of the new run'} differ.{files}{note}")
    typer.echo(f"The same to the bit: {', '.join(known['tables'])}.{note}")
