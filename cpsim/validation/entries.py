"""The register to look things up in: every number and every pattern, with source, population, range and confidence.

Numbers are rows of `evidence.csv`, patterns rows of `patterns.csv`. Each entry has an address of its own, so that a
page, a mail or a reviewer can point at one; each number says which declared values stand on it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from cpsim.observation.design import Design
from cpsim.scenario.declare import declarations, declarations_of
from cpsim.scenario.evidence import CONFIDENCE, Row, evidence
from cpsim.scenario.tables import evidence_used
from cpsim.scenario.wording import plain, span, with_unit
from cpsim.validation.register import Pattern, patterns

STUDY, STUDY_YEAR = "Findings 2021", 2021
OBSERVATION = "observation."
RANGES = {
    "uncertainty": "what is not known",
    "teams": "how teams differ",
    "people": "how people differ",
    "fixed": "not in doubt",
}
USES = {
    "CALIBRATION": "numbers may be fitted to it",
    "VALIDATION": "checked, never tuned to",
    "QUALITATIVE": "direction or order only, never tuned to",
}


@dataclass(frozen=True)
class Entry:
    """One number or pattern. `address`: after the # of a link. `says`: value or target with its range, in words.

    `rests`: what of the model stands on a number (declared paths; "roles" for the table of roles). `use`: what the
    number was looked up for, or whether a pattern may be fitted to. Empty text: the register does not say.
    """

    kind: str
    id: str
    address: str
    what: str
    population: str
    says: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    range_kind: str
    source: str
    year: int | None
    locator: str
    link: str
    confidence: str
    use: str
    rests: tuple[str, ...]
    note: str

    @property
    def subject(self) -> str:
        """The family of an entry: the first word of a number's id; "patterns"."""
        return self.id.split("_")[0] if self.kind == "number" else "patterns"

    @property
    def told_source(self) -> str:
        """Source, year and place in it."""
        year = str(self.year) if self.year and str(self.year) not in self.source else ""
        return ", ".join(filter(None, [self.source, year, self.locator]))

    @property
    def of_the_model(self) -> bool:
        """Does a simulated team stand on it? What only tells how a study looks at one is not of the model."""
        return any(not path.startswith(OBSERVATION) for path in self.rests)


@cache
def all_entries() -> tuple[Entry, ...]:
    """Numbers in the order of their file, then patterns."""
    return (*map(_number, evidence().values()), *map(_pattern, patterns()))


def entries(words: str = "") -> list[Entry]:
    """Those in which every one of the words occurs."""
    wanted = words.lower().split()
    return [entry for entry in all_entries() if all(word in _searched(entry) for word in wanted)]


def _searched(entry: Entry) -> str:
    told = (entry.id, entry.what, entry.population, entry.unit, entry.source, str(entry.year or ""), entry.confidence)
    return " ".join([*told, entry.use, entry.note, *entry.rests, CONFIDENCE.get(entry.confidence, "")]).lower()


def _number(row: Row) -> Entry:
    link = _link(row.url_or_doi)
    ends = "" if row.low == row.high == row.value else f" ({span(row.low, row.high)})"
    return Entry(
        kind="number",
        id=row.id,
        address=row.id,
        what=row.quantity,
        population=row.population,
        says=with_unit(f"{plain(row.value)}{ends}", row.unit),
        value=row.value,
        low=row.low,
        high=row.high,
        unit=row.unit,
        range_kind=row.range_kind,
        source=row.source,
        year=row.year,
        locator=row.locator,
        link=link,
        confidence=row.confidence,
        use=row.used_for,
        rests=_rests().get(row.id, ()),
        note="; ".join(filter(None, [row.dispersion, row.note])),
    )


@cache
def _rests() -> dict[str, tuple[str, ...]]:
    """By row of the register, what stands on it."""
    found: dict[str, list[str]] = {}
    observed = declarations_of(Design)
    declared = [*declarations().items(), *((f"{OBSERVATION}{path}", each) for path, each in observed.items())]
    for path, declaration in declared:
        if declaration.evidence:
            found.setdefault(declaration.evidence.id, []).append(path)
    for name in sorted(evidence_used()):
        found.setdefault(name, []).append("roles")
    return {name: tuple(paths) for name, paths in found.items()}


def _link(written: str) -> str:
    """An address to follow, where what is written is a DOI, a number of PubMed Central or an address; else nothing."""
    first = written.split()[0].rstrip(";,") if written else ""
    if re.fullmatch(r"10\.\d{4,}/\S+", first):
        return f"https://doi.org/{first}"
    if re.fullmatch(r"PMC\d+", first):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{first}/"
    if re.match(r"(https?://)?[\w-]+(\.[\w-]+)+(/|$)", first):
        return first if first.startswith("http") else f"https://{first}"
    return ""


def _pattern(pattern: Pattern) -> Entry:
    named = [evidence()[name] for name in re.findall(r"[a-z][a-z0-9]*(?:_\w+)+", pattern.source) if name in evidence()]
    first = named[0] if named else None
    from_study = pattern.source.startswith(STUDY)
    elsewhere = "offered as possible" in pattern.source or "earlier research" in pattern.source
    target = pattern.target or pattern.how
    return Entry(
        kind="pattern",
        id=f"{pattern.id}: {pattern.measure}",
        address=re.sub(r"[^a-z0-9]+", "-", f"{pattern.id} {pattern.measure}".lower()).strip("-"),
        what=pattern.sentence,
        population="" if elsewhere else "the study's teams" if from_study else first.population if first else "",
        says=f"target {with_unit(target, pattern.unit)}" if pattern.target else f"direction: {target}",
        value=None,
        low=pattern.low,
        high=pattern.high,
        unit=pattern.unit,
        range_kind="",
        source=pattern.source,
        year=STUDY_YEAR if from_study else first.year if first else _year(pattern.source),
        locator="",
        link=_link(first.url_or_doi) if first else "",
        confidence="study" if from_study else first.confidence if first else "",
        use=f"{pattern.use.lower()}: {USES[pattern.use]}",
        rests=(),
        note=f"how: {pattern.how}; level: {pattern.level}; needs: {pattern.needs}",
    )


def _year(source: str) -> int | None:
    years = re.findall(r"\b(?:19|20)\d\d\b", source)
    return int(years[0]) if years else None


def in_sentences() -> list[str]:
    """What the answer rests on, counted; none of it weighed."""
    numbers = [entry for entry in all_entries() if entry.kind == "number"]
    used = [entry for entry in numbers if entry.of_the_model]
    counts = Counter(entry.confidence for entry in used)
    kinds = [f"{counts[kind] or 'none'} {meaning}" for kind, meaning in CONFIDENCE.items()]
    measures = [entry for entry in all_entries() if entry.kind == "pattern"]
    names = len({pattern.id for pattern in patterns()})
    uses = Counter(pattern.use for pattern in patterns())
    kept = {"CALIBRATION": "for calibration", "VALIDATION": "for validation", "QUALITATIVE": "for direction only"}
    of_uses = [f"{uses[use]} {what}" for use, what in kept.items()]
    return [
        f"The answer rests on {len(used)} numbers: {', '.join(kinds)}.",
        f"The register holds {len(numbers)} numbers; those that no rule reads are there to compare with, for "
        "the recruiting and interviews of a study, or to be built on later.",
        f"The model is held against {len(measures)} measures of {names} patterns: {', '.join(of_uses)}. No number "
        "that the study found is put in; some of ours were judged on what it says in words (who takes to CP, how "
        "clear it is without training). Sources say what was found; the ends of targets are our reading.",
    ]


def by_subject() -> dict[str, list[Entry]]:
    """Numbers by family, in alphabetical order, then the patterns."""
    found: dict[str, list[Entry]] = {}
    for entry in all_entries():
        found.setdefault(entry.subject, []).append(entry)
    rest = found.pop("patterns")
    return dict(sorted(found.items())) | {"patterns": rest}
