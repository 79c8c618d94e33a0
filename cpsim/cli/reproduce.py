"""`cpsim reproduce FOLDER`: repeat a finished run and compare it to the bit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.run import WORKERS, simulated
from cpsim.errors import CpsimError, Stopped

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario


def reproduce(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    workers: WORKERS = None,
) -> None:
    """Repeat a finished run and compare every table.

    Everything needed is in its manifest: the scenario as it was, the seed and how many futures.

    Example: cpsim reproduce runs/my-team
    """
    from cpsim.outputs.store import changed_files, differing_tables, read_manifest
    from cpsim.scenario.load import from_document

    known = read_manifest(folder)
    scenario = from_document(known["scenario"])
    people = "people" in known["tables"]
    try:
        result = simulated(
            scenario, known["replications"], known["seed"], workers=workers, people=people, precision=None
        )
    except Stopped:
        raise Stopped("Stopped; nothing was compared.") from None
    notes = "".join(f"\n{note}" for note in circumstances(known, scenario))
    differing, changed = differing_tables(result, known), changed_files(folder, known)
    if differing:
        raise CpsimError(f"Not the same as {folder}: {', '.join(differing)} differ.{notes}")
    if changed:
        files = ", ".join(f"{name}.parquet" for name in changed)
        raise CpsimError(f"The same to the bit as when it was run; but changed or missing in {folder}: {files}.{notes}")
    typer.echo(f"The same to the bit: {', '.join(known['tables'])}.{notes}")


def circumstances(known: Mapping[str, Any], scenario: Scenario) -> list[str]:
    """What is not as it was when the run was made; none of it need have moved a result."""
    from cpsim.outputs.store import machine, versions
    from cpsim.population.law import saved_law

    notes = []
    if known.get("digest") != scenario.digest:
        notes.append("The scenario in the manifest is not the one that was run.")
    now = versions()
    then = known["versions"]
    moved = [f"{name} {then[name]}, now {now.get(name, 'none')}" for name in then if now.get(name) != then[name]]
    if moved:
        notes.append(f"Versions differ: {'; '.join(moved)}.")
    laws = {start["law"] for start in known.get("starts", [])}
    if laws and laws != {saved_law().digest}:
        notes.append("The people from whom runs start were made anew since (cpsim settle).")
    there, here = known.get("machine"), machine()
    if isinstance(there, dict) and there != here:
        notes.append(f"Run on {' '.join(map(str, there.values()))}, repeated on {' '.join(here.values())}.")
    return notes
