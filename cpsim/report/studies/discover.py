"""The page of a discovery: the box, what it gains and loses, a card of questions, and how far to trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.experiments.discover_telling import HELD_OUT, NOT_CAUSE, RANGES, card, other_thresholds, told_box
from cpsim.outputs import words
from cpsim.plots.picture import Grid, rows_of
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.discover import Discovery


def sections(found: Discovery) -> list[Section | None]:
    """In the order of the page."""
    if found.boxes is None:
        return [_answer(found, []), _varied(found)]
    boxed = ["box"] if len(told_box(found)) else []
    return [_answer(found, boxed), _curve(found), _card(found), _stacking(found), _trust(found), _varied(found)]


def _answer(found: Discovery, pictures: list[str]) -> Section:
    asked = f"Asked: {found.target.in_words()}, by the mean over a setting's simulated futures."
    return Section("answer", "Where the target is reached", [asked, NOT_CAUSE, HELD_OUT], pictures)


def _curve(found: Discovery) -> Section:
    said = (
        "A wide box holds more of what reaches the target and is less sure; a narrow one the other way round. Which is "
        "better depends on what it is for; --box takes another step of trajectory.csv."
    )
    return Section("curve", "Surer or wider", [said], ["curve"])


def _card(found: Discovery) -> Section | None:
    lines = card(found)
    if not found.leaves:
        return Section("card", "Three questions", lines) if lines else None
    said = "Worse than the box for finding the best settings, easier to follow with others around a table."
    return Section(
        "card", "Three questions", [said], lists=[(lines[0], [line.removeprefix("- ") for line in lines[1:]])]
    )


def _stacking(found: Discovery) -> Section:
    said = (
        "The factors that boxes ask for most, against each other. Where cells change gradually, a box cuts what is a "
        "slope."
    )
    return Section("stacking", "Combination by combination", [said], ["stacking"])


def _trust(found: Discovery) -> Section:
    rows = tuple(
        (row.about, row.kind, f"{20 * row.stability:.0f} of 20") for row in rows_of(found.tables["stability"].head(12))
    )
    boxes = found.tables["boxes"].drop_duplicates("box")
    scores = tuple(
        (
            row.box,
            words.in_100(row.held_density),
            words.in_100(row.held_coverage),
            words.in_100(row.seen_density),
            words.in_100(row.seen_coverage),
        )
        for row in rows_of(boxes)
    )
    sentences = list(other_thresholds(found))
    luck = found.facts["luck"]
    measure = found.target.first.measure
    unit = f"{words.half_width(luck, measure.unit)} in 100" if measure.unit == "share" else words.two_figures(luck)
    said = [
        f"Between simulated futures of one setting, {measure.label.lower()} varies by about {unit} (one standard "
        "deviation): luck. Settings near the target met several futures, the others one.",
        "“Stable”: asked for in at least 16 of 20 resamples of the settings. Quasi-p: how often so many would reach "
        "the target if this restriction did nothing; above 0.05 it is dropped. The box was chosen among many, so it is "
        "no test.",
    ]
    tables = [
        ("How often resamples ask for it", Grid(("factor", "kind", "resamples"), rows)),
        (
            "The boxes, of 100",
            Grid(("box", "density", "coverage", "density, own half", "coverage, own half"), scores),
        ),
    ]
    return Section(
        "trust",
        "How far to trust it",
        said,
        lists=[(sentences[0], [line.removeprefix("- ") for line in sentences[1:]])],
        tables=tables,
    )


def _varied(found: Discovery) -> Section:
    rows = tuple(
        (
            each.about,
            each.kind,
            " / ".join(each.levels) if each.lever else f"{each.told(each.low)} to {each.told(each.high)}",
        )
        for each in found.settings
    )
    levers = sum(each.lever is not None for each in found.settings)
    said = f"{levers} levers and {len(found.settings) - levers} circumstances vary. {RANGES}"
    return Section(
        "varied",
        "What varied",
        [said],
        folded=[("Everything that varied", Grid(("what", "kind", "levels or range"), rows))],
    )
