"""Sections of the pages of studies: one file a kind of study, with `sections(found) -> list[Section]` in order."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cpsim.report.section import Section


def make(found: Any) -> list[Section]:
    """The sections of a study, by its kind; those without anything to say may be None."""
    made = import_module(f"{__name__}.{found.kind}").sections(found)
    return [section for section in made if section]
