"""Which code decides results: runs of two versions of it are never mixed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from cpsim.outputs.store import versions

DECIDES = ("model", "population", "scenario", "engine")  # folders
KINDS = {".py", ".csv", ".txt", ".yaml"}


@cache
def code_digest() -> str:
    """Twelve hexadecimal signs that differ when any source or table that decides results does."""
    found = hashlib.sha256()
    package = Path(str(files("cpsim")))
    for path in sorted(file for folder in DECIDES for file in (package / folder).rglob("*") if file.suffix in KINDS):
        found.update(path.relative_to(package).as_posix().encode())
        found.update(path.read_bytes())
    found.update(Path(__file__).with_name("variants.py").read_bytes())
    found.update(versions().get("cpsim", "").encode())
    return found.hexdigest()[:12]
