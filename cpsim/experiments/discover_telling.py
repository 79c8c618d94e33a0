"""When it works, in sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.experiments.settings import CIRCUMSTANCE, LEVER
from cpsim.outputs import words
from cpsim.outputs.telling import NOBODY_REAL

if TYPE_CHECKING:
    from cpsim.experiments.discover import Discovery
    from cpsim.experiments.estimators.tree import Asked, Leaf

WIDTH = 80
HELD_OUT = (
    "Shares are those of settings that the box was not found on: on its own half of the sample a box looks better than "
    "it is."
)
RANGES = (
    "Settings are drawn evenly over levers and over the ranges that the evidence gives to circumstances: shares are of "
    "settings tried, not chances for a real team."
)
NOT_CAUSE = (
    "A circumstance in a box goes with reaching the target here; a lever can be pulled, a circumstance only met."
)


def in_words(found: Discovery) -> str:
    """The answer, the card of questions, and what it rests on."""
    shares = f"{len(found.success):,} settings of {len(found.settings)} things that vary; {found.facts['runs']:,} runs"
    blocks = [
        [found.title, found.target.in_words(), shares],
        headlines(found),
        card(found),
        list(other_thresholds(found)),
        [HELD_OUT, RANGES, NOBODY_REAL] if found.boxes else [RANGES, NOBODY_REAL],
    ]
    return "\n\n".join("\n".join(_wrapped(line) for line in block) for block in blocks if block)


def headlines(found: Discovery) -> list[str]:
    """The answer in sentences."""
    reached = found.facts["reached"]
    everywhere = f"Over all settings tried, {words.in_100(reached)} of 100 reach it."
    if found.boxes is None:
        return [everywhere, *_no_box(found)]
    told = told_box(found)
    if not len(told):
        text = (
            "No box is better than the whole by more than chance: what reaches the target is spread over all settings."
        )
        return [everywhere, text]
    row = told.iloc[0]
    said = [
        f"Inside the box {words.in_100(row.held_density)} of 100 settings reach it, and the box holds "
        f"{words.in_100(row.held_coverage)} of 100 of all that do.",
        everywhere,
    ]
    for kind, begins in ((LEVER, "What can be done"), (CIRCUMSTANCE, "What is found")):
        asked = restrictions(found, told, kind)
        said.append(f"{begins}: {'; '.join(asked)}." if asked else f"{begins}: nothing is asked.")
    return [*said, *_doubts(found)]


def told_box(found: Discovery) -> pd.DataFrame:
    """The rows of the box that is told of: the stable one, or where nothing is stable the one without chance."""
    table = found.tables["boxes"]
    for name in ("stable", "without spurious"):
        rows = table[(table["box"] == name) & (table["factor"] != "")]
        if len(rows):
            return rows
    return table.head(0)


def restrictions(found: Discovery, box: pd.DataFrame, kind: str) -> list[str]:
    """What a box asks of levers or of circumstances: one phrase a factor."""
    names = [name for name in dict.fromkeys(box["factor"]) if found.by_name[name].kind == kind]
    return [phrase(found, name, box[box["factor"] == name]) for name in names]


def phrase(found: Discovery, name: str, rows: pd.DataFrame) -> str:
    """ "CP training: at least a day of CP training each"; "People the team keeps ...: 12 to 26 people per WTE"."""
    setting, limits = found.by_name[name], dict(zip(rows["side"], rows["limit"], strict=True))
    low, high = limits.get("from", setting.low), limits.get("to", setting.high)
    if setting.lever:
        kept = setting.levels[int(low) : int(high) + 1]
        return f"{setting.about}: {kept[0] if len(kept) == 1 else ' or '.join(kept)}"
    if "from" in limits and "to" in limits:
        return f"{_small(setting.about)}: {setting.told(low).split()[0]} to {setting.told(high)}"
    said = f"at least {setting.told(low)}" if "from" in limits else f"at most {setting.told(high)}"
    return f"{_small(setting.about)}: {said}"


def card(found: Discovery) -> list[str]:
    """The tree as lines to follow: the most and the least promising answers, with what they lead to."""
    if not found.leaves:
        left_out = found.facts.get("left_out")
        return [f"Left out: {left_out}."] if left_out else []
    lines = ["Three questions to follow (shares of settings they were not found on):"]
    return lines + [
        f"- {_path(found, leaf)}: {words.in_100(leaf.share)} of 100 ({leaf.points:,} settings)" for leaf in found.leaves
    ]


def _path(found: Discovery, leaf: Leaf) -> str:
    """Answers to one thing are told as one."""
    merged: dict[str, list[Asked]] = {}
    for asked in leaf.path:
        merged.setdefault(asked.factor, []).append(asked)
    return "; ".join(_answer(found, name, answers) for name, answers in merged.items())


def _answer(found: Discovery, name: str, answers: list[Asked]) -> str:
    setting = found.by_name[name]
    above = max((asked.limit for asked in answers if not asked.yes), default=setting.low)
    below = min((asked.limit for asked in answers if asked.yes), default=setting.high)
    if setting.lever:
        kept = setting.levels[int(np.ceil(above)) : int(np.floor(below)) + 1]
        return f"{setting.about}: {' or '.join(kept)}"
    low, high = setting.told(above), setting.told(below)
    if above > setting.low and below < setting.high:
        return f"{_small(setting.about)} {low.split()[0]} to {high}"
    return f"{_small(setting.about)} {f'above {low}' if above > setting.low else f'at most {high}'}"


def other_thresholds(found: Discovery) -> Iterator[str]:
    """Does the answer hang on the threshold?"""
    yield "The same question at other thresholds (how many settings reach it; what a box then asks, strongest first):"
    for row in _rows(found.tables["thresholds"]):
        names = [found.by_name[name].about for name in row.factors.split(", ") if name][:5]
        yield f"- {row.target}: {words.in_100(row.reached)} of 100; {', '.join(names) or 'no box'}"


def _no_box(found: Discovery) -> Iterator[str]:
    best = found.sample.mean.iloc[:, 0]
    if best.isna().all():
        yield "The outcome is not known in any setting: nobody could take up CP in so few weeks."
        return
    goal = found.target.first
    ahead = goal.beyond(best.to_numpy(float))
    unit = goal.measure.unit
    top = words.amount(float(best.iloc[int(np.nanargmax(ahead))]), unit)
    tenth = words.amount(float(np.nanquantile(best, 0.9 if goal.sign == ">=" else 0.1)), unit)
    if found.success.mean() > 1 / 2:
        yield "It is reached nearly everywhere, so no box tells more than the whole; ask for more."
        return
    least = "least" if goal.sign == ">=" else "most"
    yield (
        f"That is too few to describe where. The best setting comes to {top} {words.unit_name(unit)}, and 1 in 10 to "
        f"at {least} {tenth}; a target between those has an answer."
    )


def _doubts(found: Discovery) -> Iterator[str]:
    boxes = found.boxes
    if boxes is None:
        return
    dropped = [found.by_name[name].about for name in boxes.found.factors if name not in boxes.kept.factors]
    if boxes.kept.limits and dropped:
        yield (
            f"Left out, since fewer than 8 of 10 resamples of the settings ask for it: {', '.join(dropped)}. With it "
            f"the box holds {_scores(found)}."
        )
    elif not boxes.kept.limits:
        yield "None of this is stable: other settings of the same kind would give another box. Try more --samples."


def _scores(found: Discovery) -> str:
    row = found.tables["boxes"].query("box == 'without spurious'").iloc[0]
    return (
        f"{words.in_100(row.held_coverage)} of 100 of all that reach the target, and {words.in_100(row.held_density)} "
        "of 100 inside do"
    )


def _small(text: str) -> str:
    """With a small first letter, unless that is of an abbreviation."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent="  ")
