"""What blocks delivery, in sentences: for the terminal, the summary and the page alike."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from cpsim.experiments.attribution import ALL, DUMMY, apart
from cpsim.experiments.barrier_ledgers import NOBODYS
from cpsim.experiments.coalitions import in_common
from cpsim.model.codes import Gate
from cpsim.outputs import ledgers, telling, words
from cpsim.outputs.measures import measures
from cpsim.scenario.barriers import barriers

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers

WIDTH = 80
TOP = 3
FAR = 2  # places between two orders from which on they are said to disagree
SAID = 4  # disagreements at most
STILL = 0.7  # of what was in the way before, still in the way when taken away: said
HARDLY = 0.05  # of windows, or of the whole gain: hardly worth a word
DO_NOT_ADD_UP = (
    "The bars of one picture do not add up to those of another, and single gains do not add up at all: "
    "barriers stand one behind the other."
)
TWO_VIEWS = (
    "Two questions, two answers. The ledger says what stood in the way; only runs without a barrier say what taking it "
    "away brings. Neither replaces the other."
)
COMPLEMENTS = (
    "Complements bring more when both are taken away than each by itself, as gates that must all open do; substitutes "
    "less, as when one way in is enough."
)
A_SHARE = "a share is what a barrier brings, averaged over all orders of taking away"
INTERVALS = (
    "±: 95 % interval of a mean over simulated futures; more runs narrow it. The luck of a single team and what nobody "
    "knows about the parameters are not in it."
)


def signed(value: float, unit: str) -> str:
    """A difference with its sign: shares in people or chances of 100 with one decimal."""
    if unit == "share":
        return f"{100 * value:+.1f}"
    if unit.startswith("GBP"):
        return f"{'-' if value < 0 else '+'}{words.pounds(abs(value))}"
    text = words.two_figures(abs(value))
    return f"{'-' if value < 0 else '+'}{text}"


def unit_of(output: str) -> str:
    """The unit of an outcome."""
    return measures("outcomes")[output].unit


def counted(output: str) -> str:
    """What a share of this output is counted in: "chances" or "people"."""
    return "chances" if output == "delivered" else "people"


def horizon(found: Barriers) -> str:
    """Runs and horizon of the game, for captions."""
    weeks = words.one_of(found.scenario.weeks, "week", "weeks")
    return f"{found.runs:,} runs, seed {found.seed}; {weeks}"


def plain_horizon(found: Barriers) -> str:
    """Runs and horizon of the ledgers, and of one group taken away, for captions."""
    weeks = words.one_of(found.scenario.weeks, "week", "weeks")
    return f"{telling.runs_made(found.base)}; {weeks}"


def tight(share: float) -> str:
    """A share beside a bar: whole people or chances of 100, one decimal below 1."""
    if 0 < share < 0.0005:
        return "under 0.1"
    return f"{100 * share:.1f}" if 0 < share < 0.01 else words.in_100(share)


def in_words(found: Barriers) -> str:
    """All sentences, at most 80 columns wide."""
    blocks = (
        [found.title, made_of(found)],
        [in_the_way(found), behind_it(found)],
        [together(found)],
        fair(found),
        disagreements(found),
        [stand_in(found), shared_means(found)],
        [*idle(found), *gaps(found), DO_NOT_ADD_UP, nobodys(found), INTERVALS, check(found), telling.NOBODY_REAL],
    )
    return "\n\n".join("\n".join(textwrap.fill(line, WIDTH) for line in block if line) for block in blocks if block)


def made_of(found: Barriers) -> str:
    """Runs, horizon and seed."""
    quick = " A quick look: the intervals are wide." if found.worlds < 10 else ""
    count = words.one_of(2 ** len(found.players), "coalition", "coalitions")
    return (
        f"{telling.dated_period(found.base)}; {count} of {len(found.players)} groups of barriers, {found.runs:,} runs, "
        f"seed {found.seed}.{quick}"
    )


def groups_met(found: Barriers) -> pd.DataFrame:
    """The groups that play with their ledger and their shares, in the ledger's order of display."""
    table = found.tables["ledger_delivery"]
    mine = table[(table["kind"] == "group") & table["name"].isin(found.players.names)].set_index("name", drop=False)
    return mine.join(found.shares().set_index("group")[["shapley", "alone", "last"]])


def in_the_way(found: Barriers) -> str:
    """What is met first most often, and what is behind it: the sentence of the page "where it gets stuck"."""
    met = groups_met(found)
    moved = ledgers.moved_on(found.base.runs).mean
    if moved != moved:
        return "There was no chance for CP, so nothing stood in its way."
    opening = f"CP moved on in {words.in_100(moved)} of 100 chances for it (four weeks of a person's life)"
    first = met.sort_values("first", ascending=False).iloc[0]
    if not first["first"] > 0:
        return f"{opening}; no group of barriers stood in its way."
    often = met.drop(first["name"]).sort_values("any", ascending=False).head(TOP - 1)
    others = words.listed([f"{row['label']} ({at_most(row['any'], row['exact'])})" for _, row in often.iterrows()])
    return (
        f"{opening}. Met first most often: {first['label']} (in {words.in_100(first['first'])} of 100 chances). "
        f"Whatever comes first, in the way at all besides it: {others}."
    )


def at_most(share: float, exact: bool) -> str:
    """In the way at all; gates of a group that can fail together are counted one by one."""
    told = words.in_100(min(1.0, share))
    return told if exact else f"at most {told}"


def behind_it(found: Barriers) -> str:
    """What is next when the first is gone."""
    met = groups_met(found)
    rows = found.behind.set_index("group")
    first = met.sort_values("first", ascending=False).iloc[0]["name"]
    if first not in rows.index or not rows.loc[first, "before"] > 0:
        return ""
    row = rows.loc[first]
    following = barriers()[str(row["next"])].label
    before, after, then = (words.in_100(min(1.0, float(row[name]))) for name in ("before", "after", "next_any"))
    return (
        f"Behind {row['label']}: when it alone is taken away, as far as is plausible, it is in the way in {after} of "
        f"100 chances (before: {before}), and {following} in {then}."
    )


def together(found: Barriers) -> str:
    """Single gains and the gain of all."""
    shares, all_ = found.shares(), found.row(ALL)
    best = shares.sort_values("alone", ascending=False).iloc[0]
    singles = shares["alone"].sum()
    return (
        f"Taken away alone, in the same futures, the most that any one brings is {signed(best['alone'], 'share')} "
        f"of 100 chances ({best['label']}{_within(best, 'alone')}). The {len(shares)} single gains come to "
        f"{signed(singles, 'share')}; all taken away together bring {signed(all_['shapley'], 'share')}"
        f"{_within(all_, 'shapley')}."
    )


def _within(row: pd.Series, name: str, unit: str = "share") -> str:
    half = (row[f"{name}_high"] - row[f"{name}_low"]) / 2
    return f" ±{words.half_width(half, unit)}" if half == half and half > 0 else ""


def fair(found: Barriers) -> list[str]:
    """The top three by Shapley share, for chances and for people."""
    said = [_fair(found, output) for output in ("delivered", "reach", "five_steps") if output in found.games]
    return [f"What the gain is due to ({A_SHARE}):", *(f"- {sentence}" for sentence in said)]


def _fair(found: Barriers, output: str) -> str:
    shares, all_ = found.shares(output), found.row(ALL, output)
    label = measures("outcomes")[output].label
    label = label[0].lower() + label[1:]
    what = "For chances in which CP moves on" if output == "delivered" else f"For people who {label}"
    if not (all_["shapley_low"] > 0 or all_["shapley_high"] < 0):
        return f"{what}: no clear gain at this number of runs."
    top = shares.head(TOP)
    named = [f"{row['label']} {signed(row['shapley'], 'share')}{_within(row, 'shapley')}" for _, row in top.iterrows()]
    return f"{what}, of {signed(all_['shapley'], 'share')} in 100: {words.listed(named)}{_not_apart(found, output)}."


def _not_apart(found: Barriers, output: str) -> str:
    """Which neighbours among the first four cannot be told apart."""
    shares = found.shares(output).head(TOP + 1)
    clear = apart(found.games[output], len(found.players))
    places = [found.players.names.index(name) for name in shares["group"]]
    for rank, (i, j) in enumerate(pairwise(places), start=1):
        if not clear[i, j]:
            ranks = ("first and second", "second and third", "third and fourth")
            return f" (the {ranks[rank - 1]} cannot be told apart at this number of runs)"
    return ""


def disagreements(found: Barriers) -> list[str]:
    """Where the ledger and the shares order barriers differently, and why. The largest first."""
    met = groups_met(found)
    ranks = met[["first", "shapley"]].rank(ascending=False)
    apart_by = (ranks["first"] - ranks["shapley"]).abs()
    total = abs(found.row(ALL)["shapley"])
    matters = (met["first"] >= HARDLY) | (met["shapley"].abs() >= HARDLY * total)
    order = apart_by[matters & (apart_by >= FAR)].sort_values(ascending=False, kind="stable").index[:SAID]
    if not len(order):
        return ["The ledger and the shares of the gain put these barriers in much the same order."]
    said = [_why(met.loc[name], ranks.loc[name], found) for name in order]
    return ["Where the two views disagree:", *(f"- {sentence}" for sentence in said)]


def _why(row: pd.Series, rank: pd.Series, found: Barriers) -> str:
    """One group: its places in both orders, and the reasons that the numbers show."""
    met = f"{row['label']} is met first in {words.in_100(row['first'])} of 100 chances (place {rank['first']:.0f})"
    share = f"has a share of the gain of {signed(row['shapley'], 'share')} (place {rank['shapley']:.0f})"
    reasons = "; ".join(_reasons(row, rank, found))
    return f"{met} and {share}{': ' if reasons else ''}{reasons}."


def _reasons(row: pd.Series, rank: pd.Series, found: Barriers) -> Iterator[str]:
    """Why the two places differ, as far as the counts tell."""
    at_all = at_most(row["any"], row["exact"])
    if rank["first"] > rank["shapley"]:
        if min(barriers()[row["name"]].gates) >= Gate.ANXIETY:
            yield "it is asked about only at the steps that touch the community, which few reach as things are"
            yield f"when all others are gone, taking it away brings {signed(row['last'], 'share')}"
        elif row["first"] < STILL * row["any"]:
            yield f"it stands late in the order shown, so others are met before it; it is in the way at all in {at_all}"
        else:
            yield "its gates count only a part of what it does: it also acts through time, visits and caseloads"
        return
    behind = found.behind.set_index("group").loc[row["name"]]
    if behind["before"] > 0 and behind["after"] > STILL * behind["before"]:
        still, was = (words.in_100(min(1.0, behind[name])) for name in ("after", "before"))
        yield f"taken away as far as is plausible, it is still in the way in {still} (before: {was})"
    if row["only"] < row["first"] / 2:
        only = words.in_100(row["only"])
        yield "it stands early in the order shown and hides what is behind it"
        yield f"it is the only thing in the way in {only}"


def stand_in(found: Barriers) -> str:
    """Complements and substitutes, for chances and for people."""
    table = found.tables["interactions"]
    if table.empty:
        return ""
    parts = []
    for output in ("delivered", "reach"):
        reads = table[table["output"] == output]["reads"]
        if len(reads):
            both = (f"{(reads == name).sum()} clear {name}" for name in ("complements", "substitutes"))
            parts.append(f"for {counted(output)} {words.listed(list(both))}")
    pairs = words.one_of(len(table) // table["output"].nunique(), "pair", "pairs")
    return f"Of {pairs} of groups there are {', and '.join(parts)}. {COMPLEMENTS}"


def shared_means(found: Barriers) -> str:
    """Groups that are taken away in part by the same means, so that each does some of the other's work."""
    common = in_common(found.scenario, found.players)
    named = [f"{a.label} and {b.label} ({words.listed(paths)})" for a, b, paths in common]
    return f"Taken away in part by the same means: {words.listed(named)}." if named else ""


def idle(found: Barriers) -> Sequence[str]:
    """Groups whose removal changes nothing."""
    names = [barrier.label for barrier in found.players.idle]
    if not names:
        return ()
    return (f"Nothing to take away here, so a share of 0: {words.listed(names)}.",)


def gaps(found: Barriers) -> list[str]:
    """Outputs that some runs do not know."""
    said = []
    for name, count in found.gaps.items():
        label = measures("outcomes")[name].label
        what = "these are left out of its mean" if name in found.games else "so it is not shared out"
        said.append(f"{label}: {count:,} of {found.runs:,} runs have no value, as nobody there had any CP; {what}.")
    return said


def nobodys(found: Barriers) -> str:
    """What is shown and never plays."""
    table = found.tables["ledger_delivery"]
    mine = table[table["whose"] == NOBODYS]
    rows = zip(mine["label"].tolist(), mine["any"].tolist(), strict=True)
    named = [f"{label} (in the way in {words.in_100(share)} of 100 chances)" for label, share in rows]
    return f"Shown, and nobody's to take away: {words.listed(named)}."


def check(found: Barriers) -> str:
    """The dummy beside the answer."""
    row = found.row(DUMMY)
    if row["shapley"] != row["shapley"]:
        return "Check: with so few worlds a dummy that changes nothing cannot be told from noise."
    if row["shapley_low"] == row["shapley_high"]:
        return "Check: a group that changes nothing gets exactly 0, since all coalitions met the same worlds."
    fine = row["shapley_low"] <= 0 <= row["shapley_high"]
    told = f"{signed(row['shapley'], 'share')}{_within(row, 'shapley')} of 100 chances"
    return (
        f"Check: a dummy that changes nothing gets {told}{'' if fine else ', which is NOT 0: distrust small shares'}."
    )


def worlds(found: Barriers) -> str:
    """Who met the same futures."""
    if len(found.games["delivered"].parts) == 1:
        return "All combinations met the same simulated futures."
    ends, rest = (part.values.shape[0] for part in found.games["delivered"].parts)
    return (
        f"None, one, all but one or all groups taken away, or whole blocks: the same {ends:,} simulated futures, so "
        f"that each is compared with like. Every other combination: {rest:,} futures of its own, so that what one "
        "future does to all of them averages out."
    )
