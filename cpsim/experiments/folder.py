"""A study's folder: its runs, kept as they are made; and what is made of them, renewed by the same command.

manifest.json     what was asked (scenario as resolved, options, seed, versions), written last: a folder that has one is
                  whole
NAME.csv .parquet each table
report.html figures/
runs/             every run (see `store`)
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cpsim.errors import FolderError
from cpsim.experiments.store import RUNS
from cpsim.outputs import parquet
from cpsim.outputs.store import MANIFEST, check_place, in_words, machine, versions, write_text

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.scenario.load import Scenario

FORMAT = 1


class Found(Protocol):
    """What a study found. `facts`: into the manifest (command, seed, runs, options); `tables`: by file name.

    With a method `headlines() -> list[str]` the page opens with these, else with the first paragraph of `in_words`;
    `question` and `period`, where a study has them, stand for those of its scenario.
    """

    @property
    def kind(self) -> str: ...
    @property
    def scenario(self) -> Scenario: ...
    @property
    def title(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    def in_words(self) -> str: ...


def check_study_folder(folder: Path, kind: str, force: bool = False) -> None:
    """Raise FolderError when a study of this kind could not go here; worth asking before a long one.

    An earlier study of the same kind, finished or not, is gone on with; anything else needs another folder, or `force`
    where it is a study or a run of ours.
    """
    try:
        check_place(folder)
        if not folder.is_dir() or not any(folder.iterdir()):
            return
        known = _kind_of(folder)
    except OSError as error:
        raise FolderError(in_words(error, folder)) from error
    if known is None:
        raise FolderError(f"{folder} holds something else than a study: choose another folder")
    if known not in ("", kind) and not force:
        raise FolderError(f"{folder} holds {known}, not {kind}: choose another folder, or replace it with --force")


def _kind_of(folder: Path) -> str | None:
    """The kind of study in a folder; "" for runs not yet analysed, "a run" for a run's folder, None for neither."""
    if not (folder / MANIFEST).is_file():
        return "" if any(folder.glob(f"**/{RUNS}/{MANIFEST}")) or not any(_seen(folder)) else None
    try:
        return str(json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("study", "a run"))
    except (ValueError, AttributeError):
        return None


def _seen(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def save_study(found: Found, folder: Path, force: bool = False) -> Path:
    """Write tables, figures, page and manifest beside the runs. Raises FolderError; the runs stay then."""
    check_study_folder(folder, found.kind, force)
    with _beside(folder) as draft:
        tables = {name: _write_table(table, name, draft) for name, table in found.tables.items()}
        write_page = import_module("cpsim.report.study").write  # by name: pages stand on a higher floor
        write_page(found, draft)
        write_text(
            draft / MANIFEST, json.dumps(_manifest(found, tables), indent=1, ensure_ascii=False, default=str) + "\n"
        )
    return folder


def _write_table(table: pd.DataFrame, name: str, draft: Path) -> dict[str, Any]:
    write_text(draft / f"{name}.csv", table.to_csv(index=False))
    table.to_parquet(draft / f"{name}.parquet", index=False, compression="zstd")
    return {"rows": len(table), "file_sha256": parquet.file_digest(draft / f"{name}.parquet")}


def _manifest(found: Found, tables: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "study": found.kind,
        "title": found.title,
        **found.facts,
        "digest": found.scenario.digest,
        "tables": dict(tables),
        "versions": versions(),
        "machine": machine(),
        "scenario": found.scenario.document,
    }


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A hidden folder inside to write into; its files are moved into place at the end, the manifest last."""
    draft = folder / f".{uuid.uuid4().hex[:12]}.part"
    try:
        draft.mkdir(parents=True)
        yield draft
        _into_place(draft, folder)
    except OSError as error:
        raise FolderError(in_words(error, folder)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _into_place(draft: Path, folder: Path) -> None:
    """Tables that are no longer made go; between the first move and the last there is no manifest."""
    for name in _earlier_tables(folder):
        for ending in (".csv", ".parquet"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder / "figures", ignore_errors=True)
    for path in sorted(draft.iterdir(), key=lambda path: path.name == MANIFEST):
        os.replace(path, folder / path.name)


def _earlier_tables(folder: Path) -> list[str]:
    try:
        return list(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["tables"])
    except (OSError, ValueError, KeyError, TypeError):
        return []
