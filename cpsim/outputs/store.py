"""A run on disk: written aside, then moved into place, so a folder is either whole or not there.

manifest.json            what was run (scenario as resolved, seed, versions) and the digest of every table
outcomes weekly barriers time people   .parquet
summary.csv summary.md   means with both intervals
drift.csv                what still moved in the quarter before day 0
data-dictionary.csv .md  name, unit and meaning of every column
report.html figures/     the page and its pictures
"""

from __future__ import annotations

import errno
import json
import os
import platform
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpsim.errors import FolderError, UserError
from cpsim.outputs import drift, parquet, tables, telling
from cpsim.outputs.starts import starts
from cpsim.outputs.summaries import dictionary_csv, dictionary_markdown, drift_csv, summary_csv, summary_markdown

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

FORMAT = 1  # of the folder; another number is refused
MANIFEST = "manifest.json"
PACKAGES = ("cpsim", "numpy", "numba", "pandas", "pyarrow", "mesa", "pydantic", "matplotlib", "seaborn")
NEEDED = {  # in a manifest, to know a run again
    **dict.fromkeys(("scenario", "tables", "versions", "timings_seconds"), dict),
    **dict.fromkeys(("seed", "replications", "asked"), int),
    "teams": list,
}
LEFT_BEHIND = 3600.0  # seconds after which a draft that nobody touches is one of a run that was killed
NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_THERE = "{} is there already: choose another folder, or replace it with --force"
Page = Callable[["RunResult", Path], None]


def save(result: RunResult, folder: Path, *, force: bool = False, page: Page | None = None) -> Path:
    """Write the run folder. `page` writes what higher floors add. Raises FolderError; then nothing is left behind."""
    with aside(folder, force) as draft:
        digests = {name: _write_table(result, name, draft) for name in table_names(result)}
        write_text(draft / "summary.csv", summary_csv(result))
        write_text(draft / "summary.md", summary_markdown(result))
        write_text(draft / "drift.csv", drift_csv(result))
        described = {name: tables.columns(result.runs, name, result.scenario.weeks) for name in digests}
        write_text(draft / "data-dictionary.csv", dictionary_csv(described))
        write_text(draft / "data-dictionary.md", dictionary_markdown(described))
        if page:
            page(result, draft)
        write_text(draft / MANIFEST, json.dumps(manifest(result, digests), indent=1, ensure_ascii=False) + "\n")
    return folder


def check_folder(folder: Path, force: bool = False) -> None:
    """Raise FolderError when `save` could not put a run here; worth asking before a long run."""
    try:
        check_place(folder)
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / MANIFEST).is_file():
                raise FolderError(f"{folder} holds something else than a run: choose another folder")
            if not force:
                raise FolderError(_THERE.format(folder))
    except OSError as error:
        raise FolderError(in_words(error, folder)) from error


def check_place(folder: Path) -> None:
    """Could a folder be made here at all?"""
    if folder.resolve() == Path.cwd():
        raise FolderError(f"{folder} is the folder you are in: choose one below it, such as runs/mine")
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise FolderError(f"{folder} is a file: choose another folder")
    above = next((each for each in folder.absolute().parents if each.exists()), folder)
    if not above.is_dir():
        raise FolderError(f"{folder} cannot be written, because {above.name} is a file: choose another folder")
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError


@contextmanager
def aside(folder: Path, force: bool) -> Iterator[Path]:
    """A hidden folder beside `folder` to write into; moved into place at the end, removed when anything goes wrong."""
    check_folder(folder, force)
    target = folder.resolve()
    draft = target.parent / f".{target.name}.{uuid.uuid4().hex[:12]}.part"
    try:
        draft.mkdir(parents=True)
        _clear_left_behind(target)
        yield draft
        _into_place(draft, target, force)
    except OSError as error:
        raise FolderError(in_words(error, folder)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # nothing is there when all went well


def _clear_left_behind(target: Path) -> None:
    """A run killed outright leaves its hidden folder; what nobody has touched for an hour is nobody's."""
    for left in target.parent.glob(f".{target.name}.*.part"):
        if time.time() - left.stat().st_mtime > LEFT_BEHIND:
            shutil.rmtree(left, ignore_errors=True)


def _into_place(draft: Path, folder: Path, force: bool) -> None:
    """Rename. An earlier run steps aside first and comes back when that fails; without force none is ever replaced."""
    if not force:
        with suppress(OSError):
            folder.rmdir()  # only an empty one goes
        os.rename(draft, folder)  # fails when another run got here in the meantime
        return
    old = draft.with_suffix(".old")
    if folder.exists():
        os.replace(folder, old)
    try:
        os.replace(draft, folder)
    except BaseException:  # Ctrl-C too
        if old.exists():
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def in_words(error: OSError, folder: Path) -> str:
    """An error of the file system as its owner can put it right."""
    if error.errno in NO_ROOM:
        return f"there is no room left for {folder}; nothing was written"
    if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
        return _THERE.format(folder)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"{folder} cannot be written: choose a folder of yours with --out"
    return f"{folder} cannot be written: {(error.strerror or str(error)).lower()}"


def table_names(result: RunResult) -> list[str]:
    """The tables that this result has; people only when they were kept."""
    return [name for name in tables.TABLES if name != "people" or result.runs.people is not None]


def _write_table(result: RunResult, name: str, draft: Path) -> dict[str, Any]:
    columns = tables.columns(result.runs, name, result.scenario.weeks)
    path = draft / f"{name}.parquet"
    parquet.write(columns, path)
    return {
        "rows": len(next(iter(columns.values()))),
        "values_sha256": parquet.digest(columns),
        "file_sha256": parquet.file_digest(path),
    }


def write_text(path: Path, text: str) -> None:
    """The same bytes on every system. Raises OSError."""
    path.write_text(text, encoding="utf-8", newline="\n")


def manifest(result: RunResult, digests: Mapping[str, Any]) -> dict[str, Any]:
    """All that is needed to know this run again and to repeat it."""
    return {
        "format": FORMAT,
        "headline": telling.headline(result),
        "digest": result.scenario.digest,
        "seed": result.seed,
        "replications": result.replications,
        "asked": result.asked,
        "people": result.runs.people is not None,
        "teams": list(result.runs.teams),
        "starts": starts(result),
        "drifts": [each.measure for each in drift.clear(result)],
        "tables": dict(digests),
        "timings_seconds": {name: round(seconds, 3) for name, seconds in result.timings.items()},
        "versions": versions(),
        "machine": machine(),
        "scenario": result.scenario.document,
    }


def versions() -> dict[str, str]:
    """Python and the packages on which results depend."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def machine() -> dict[str, str]:
    """What kind of machine this is; mathematical libraries differ between them in the last bit."""
    return {"system": platform.system(), "processor": platform.machine()}


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder. Raises UserError when it is not one."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise UserError(f"{folder} is a run of format {found['format']}; this version reads format {FORMAT}")
        wrong = [name for name, kind in NEEDED.items() if not isinstance(found.get(name), kind)]
        tables_known = {} if wrong else found["tables"]
        wrong += [name for name, facts in tables_known.items() if not {"values_sha256", "file_sha256"} <= {*facts}]
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{folder} is not a run folder: it has no readable {MANIFEST}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{folder / MANIFEST} is damaged: {error}") from error
    if wrong:
        raise UserError(f"{folder / MANIFEST} is damaged: nothing usable under {', '.join(wrong)}")
    return dict(found)


def load(folder: Path) -> RunResult:
    """What `save` wrote. Raises UserError when something is missing, damaged or of another version."""
    from cpsim.outputs.run_result import RunResult
    from cpsim.scenario.load import from_document

    known = read_manifest(folder)
    try:
        read = {name: parquet.read(folder / f"{name}.parquet") for name in known["tables"]}
        runs = tables.restored(read, tuple(known["teams"]))
        scenario = from_document(known["scenario"])
        return RunResult(scenario, known["seed"], runs, known["asked"], known["timings_seconds"])
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        made_by = known.get("versions", {}).get("cpsim", "another version")
        raise UserError(f"{folder} cannot be read back (made by cpsim {made_by}): {error}") from error


def differing_tables(result: RunResult, known: Mapping[str, Any]) -> list[str]:
    """Tables of a manifest whose values this result does not repeat to the bit."""
    return [
        name
        for name, facts in known["tables"].items()
        if name not in table_names(result)
        or parquet.digest(tables.columns(result.runs, name, result.scenario.weeks)) != facts["values_sha256"]
    ]


def changed_files(folder: Path, known: Mapping[str, Any]) -> list[str]:
    """Tables of the folder that are missing or were changed since they were written."""
    names = {name: folder / f"{name}.parquet" for name in known["tables"]}
    return [
        name
        for name, path in names.items()
        if not path.is_file() or parquet.file_digest(path) != known["tables"][name]["file_sha256"]
    ]
