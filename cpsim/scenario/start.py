"""`cpsim new`: a commented scenario to fill in, with the eight things that a planner knows first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cpsim.errors import FolderError, OptionError
from cpsim.scenario.source import ENDINGS, shipped

START = Path(__file__).with_name("start.yaml")


def start_text(file: Path) -> str:
    """The start, with the file's own name in it."""
    return START.read_text(encoding="utf-8").replace("my-team.yaml", file.name)


def write_new(file: Path, text: str) -> None:
    """Write a new scenario. Raises OptionError for a name that could not be run, FolderError where it cannot be
    written.
    """
    if file.suffix not in ENDINGS:
        raise OptionError(f"{file}: give the file a name that ends in .yaml, such as {file.with_suffix('.yaml').name}")
    if file.stem in shipped():
        raise OptionError(f"{file}: a scenario that comes with cpsim is called {file.stem}; choose another name")
    try:
        with file.open("x", encoding="utf-8") as page:
            page.write(text)
    except FileExistsError:
        raise FolderError(f"{file}: this file exists already and stays as it is; choose another name") from None
    except OSError as error:
        with suppress(OSError):
            file.unlink()  # half a start would look like a whole one; a file that was here before is never reached
        raise FolderError(f"{file}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
