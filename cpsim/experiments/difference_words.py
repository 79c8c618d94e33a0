"""What makes the difference, in sentences: for the terminal and the page alike."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from cpsim.experiments.attribution import ALL, DUMMY
from cpsim.experiments.difference_parts import DECISION, OTHER, PLACE
from cpsim.outputs import telling, words
from cpsim.outputs.measures import measures
from cpsim.scenario.schema import coordinating_wte

if TYPE_CHECKING:
    from cpsim.experiments.difference import Difference
    from cpsim.scenario.load import Scenario

WIDTH = 80
TOP = 4
OF_100 = {"five_steps": "get all five steps", "reach": "get at least one step"}
ASSUMED = "assumption"
A_SHARE = (
    "A share is what a part brings on average over all orders in which A could turn into B, part by part (Shapley); "
    "shares add up to the whole difference."
)
NOT_A_PRICE = (
    "Shares say what the difference is due to, not what to change first: what a part costs, and whether it can be had "
    "alone, is not in them."
)
MECHANISM = (
    "How each part acts on delivery is the model's mechanism, not a finding: no study has changed these parts one by "
    "one. B is a made-up team, not a certain one."
)
INTERVALS = (
    "±: 95 % interval of a mean over simulated futures; more runs narrow it. The luck of a single team and what nobody "
    "knows about the parameters are not in it."
)


def in_words(found: Difference) -> str:
    """All sentences, at most 80 columns wide."""
    blocks = (
        [found.title, made_of(found)],
        headlines(found),
        [alone_and_last(found), by_whose(found)],
        ["The other outcomes:", *(f"- {sentence}" for sentence in others(found))],
        [A_SHARE, NOT_A_PRICE],
        ["What this rests on:", *(f"- {sentence}" for sentence in rests_on(found))],
        [telling.NOBODY_REAL],
    )
    return "\n\n".join("\n".join(textwrap.fill(line, WIDTH) for line in block if line) for block in blocks)


def made_of(found: Difference) -> str:
    """Horizon, combinations and runs."""
    quick = " A quick look: the intervals are wide." if found.worlds < 10 else ""
    count = words.one_of(2 ** len(found.players), "combination", "combinations")
    return (
        f"{telling.dated_period(found)}; {count} of {words.one_of(len(found.players), 'part', 'parts')}, "
        f"{found.runs:,} runs, seed {found.seed}.{quick}"
    )


def headlines(found: Difference) -> list[str]:
    """The whole difference, and what it is due to."""
    return [sentence for sentence in (whole(found), due_to(found, found.shares(), unit_of(main(found)))) if sentence]


def main(found: Difference) -> str:
    """The output told first."""
    return next(iter(name for name in OF_100 if name in found.games))


def whole(found: Difference) -> str:
    """A, B and what is between them, in people of 100."""
    output = main(found)
    a, b = (words.in_100(value) for value in found.ends(output))
    return (
        f"Of 100 people who could take up CP, {a} {OF_100[output]} in {found.scenario.name} and {b} in "
        f"{found.other.name}: {gain(found.row(ALL, output), 'shapley', unit_of(output))}."
    )


def due_to(found: Difference, shares: pd.DataFrame, unit: str) -> str:
    """ "Of these +30, +14 go with CP visits, ..."; nothing to share out where there is no clear difference."""
    output = str(shares["output"].iloc[0])
    all_ = found.row(ALL, output)
    if not clear(all_):
        return "At this number of runs that is no clear difference, so nothing is shared out."
    named = [f"{gain(row, 'shapley', unit)} with {row['label']}" for _, row in shares.head(TOP).iterrows()]
    rest = shares.iloc[TOP:]
    if len(rest):
        left = words.one_of(len(rest), "other part", "other parts together")
        named.append(f"{words.difference(rest['shapley'].sum(), unit)} with the {left}")
    return f"Of this, {words.listed(named)}."


def clear(row: pd.Series) -> bool:
    """Does the interval leave none out?"""
    return bool(row["shapley_low"] > 0 or row["shapley_high"] < 0)


def gain(row: pd.Series, name: str, unit: str) -> str:
    """A value with its ±."""
    half = (row[f"{name}_high"] - row[f"{name}_low"]) / 2
    value = words.difference(row[name], unit)
    if half != half:
        return value
    size = 100 * half if unit == "share" else half
    return f"{value} (±{words.pounds(half) if unit.startswith('GBP') else words.two_figures(size)})"


def unit_of(output: str) -> str:
    """The unit of an outcome."""
    return measures("outcomes")[output].unit


def alone_and_last(found: Difference) -> str:
    """What single steps bring at either end, and what only comes of parts together."""
    output = main(found)
    shares, all_, unit = found.shares(output), found.row(ALL, output), unit_of(output)
    best = shares.sort_values("alone", ascending=False).iloc[0]
    missed = shares.sort_values("last", ascending=False).iloc[0]
    singles = float(shares["alone"].sum())
    return (
        f"{found.scenario.name} with one part alone as in {found.other.name}: the most is {gain(best, 'alone', unit)} "
        f"({best['label']}); all single gains come to {words.difference(singles, unit)}, all parts together bring "
        f"{words.difference(all_['shapley'], unit)}. {found.other.name} without one part: what is missed most is "
        f"{missed['label']} ({gain(missed, 'last', unit)})."
    )


def by_whose(found: Difference) -> str:
    """What a team can decide itself, and what it cannot."""
    output = main(found)
    table = found.tables["blocks"]
    rows = table[table["output"] == output].sort_values("owen", ascending=False)
    if len(rows) < 2:
        return ""
    told = [f"{_whose(str(row['block']))} {gain(row, 'owen', unit_of(output))}" for _, row in rows.iterrows()]
    return f"By whose they are to change: {'; '.join(told)}."


def _whose(block: str) -> str:
    return "everything else" if block == OTHER else block


def others(found: Difference) -> list[str]:
    """A sentence each for the other outputs."""
    return [_other(found, output) for output in found.games if output != main(found)] + gaps(found)


def _other(found: Difference, output: str) -> str:
    unit, all_ = unit_of(output), found.row(ALL, output)
    a, b = (words.amount(value, unit) for value in found.ends(output))
    told = f"{measures('outcomes')[output].label}: {a} in {found.scenario.name}, {b} in {found.other.name}"
    if not clear(all_):
        return f"{told}; no clear difference ({gain(all_, 'shapley', unit)})."
    top = found.shares(output).head(2)
    named = [f"{row['label']} {gain(row, 'shapley', unit)}" for _, row in top.iterrows()]
    return f"{told}, {gain(all_, 'shapley', unit)}; largest shares: {words.listed(named)}."


def gaps(found: Difference) -> list[str]:
    """Outputs that some runs do not know."""
    return [
        f"{measures('outcomes')[name].label}: {count:,} of {found.runs:,} runs have no value; "
        f"{'these are left out' if name in found.games else 'so it is not shared out'}."
        for name, count in found.gaps.items()
    ]


def rests_on(found: Difference) -> list[str]:
    """What is the same, what is assumed, and how sure the numbers are."""
    said = [same(found), people(found), since(found), assumed(found), joined(found), MECHANISM, INTERVALS, check(found)]
    return [sentence for sentence in said if sentence]


def same(found: Difference) -> str:
    """What the comparison holds still."""
    if PLACE in "/".join(found.players.names).split("/"):
        return "People and luck are the same; the place differs, and is a part like the others."
    return (
        "The town, its people and their luck are the same in every combination; what differs is listed in what_differs."
    )


def people(found: Difference) -> str:
    """How many people the two keep."""
    kept = [_kept(scenario) for scenario in (found.scenario, found.other)]
    if kept[0] == kept[1]:
        return ""
    return (
        f"{found.scenario.name} keeps about {kept[0]:,} people and {found.other.name} about {kept[1]:,}: shares and "
        "numbers a person are of those each keeps, so fewer people reached more fully can be fewer people in all."
    )


def _kept(scenario: Scenario) -> int:
    return round(
        sum(
            team.copies * team.changed.team.caseload_per_wte * coordinating_wte(team.changed) for team in scenario.teams
        )
    )


def since(found: Difference) -> str:
    """A change since day 0 misses what came before it."""
    table = found.tables["what_differs"]
    changes = [name for name in found.games if name.endswith("_change")]
    if not changes or table["from_day_0"].all():
        return ""
    return (
        "What has always been so has acted before day 0 too, so a change since day 0 holds only a part of what it "
        f"brought: {changes[0].replace('_change', '_end')} among --outputs tells where people are at the end."
    )


def assumed(found: Difference) -> str:
    """Which of the values that differ are judgement."""
    table = found.tables["what_differs"]
    rows = table[table["rests_on"] == ASSUMED]
    decided = int((table["rests_on"] == DECISION).sum())
    told = [f"{row['path'].split('.')[1].replace('_', ' ')} ({row['a']} and {row['b']})" for _, row in rows.iterrows()]
    judged = f"; judgement, in the register's words an assumption: {words.listed(told)}" if told else ""
    return f"Of {len(table)} values that differ, {decided} are decisions of a team or its funders{judged}."


def joined(found: Difference) -> str:
    """Parts that could not be had apart."""
    told = [part.label for part in found.players.playing if "/" in part.name]
    return f"Cannot be had one without the other, so taken as one: {words.listed(told)}." if told else ""


def check(found: Difference) -> str:
    """The dummy beside the answer."""
    row = found.row(DUMMY, main(found))
    if row["shapley"] != row["shapley"]:
        return "Check: with so few worlds a dummy that changes nothing cannot be told from noise."
    fine = row["shapley_low"] <= 0 <= row["shapley_high"]
    told = gain(row, "shapley", unit_of(main(found)))
    return (
        f"Check: a dummy that changes nothing gets {told}{'' if fine else ', which is NOT 0: distrust small shares'}."
    )
