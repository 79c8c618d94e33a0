"""evidence.html: the register as one page, every entry with an address of its own (`evidence.html#contact_gbp`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cpsim.errors import FolderError
from cpsim.outputs.store import versions
from cpsim.scenario.evidence import CONFIDENCE
from cpsim.validation.entries import RANGES, by_subject, in_sentences

if TYPE_CHECKING:
    from cpsim.validation.influence import Influence

HEADINGS = {
    "caseload": "Caseloads",
    "community": "Community: groups, journeys, ties",
    "contact": "Contact",
    "cost": "Costs",
    "cp": "Connecting People in the study and the pilot",
    "crisis": "Crises and hospital",
    "flow": "Referral, waiting, discharge",
    "implementation": "Putting CP into practice",
    "model": "The model itself",
    "outcome": "Outcomes and their scales",
    "patterns": "Patterns: what the model is held against",
    "person": "People",
    "teams": "Teams of England",
    "third": "Third-sector services",
    "time": "Time of practitioners",
    "trial": "The study's recruiting and interviews",
    "workforce": "Workforce",
}


def write(folder: Path, name: str, influence: Influence | None = None) -> Path:
    """Write the page into a folder, which is made if need be. Raises FolderError when that cannot be done."""
    page = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(html(influence), encoding="utf-8", newline="\n")
    except OSError as error:
        raise FolderError(f"{page}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
    return page


def html(influence: Influence | None = None) -> str:
    """The page as text; the same register (and study of its influence) gives the same bytes."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cpsim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("evidence.html").render(
        sentences=in_sentences(),
        subjects=[(subject, HEADINGS.get(subject, subject), found) for subject, found in by_subject().items()],
        confidence=CONFIDENCE,
        ranges=RANGES,
        influence=influence,
        version=versions().get("cpsim", "not installed"),
    )
