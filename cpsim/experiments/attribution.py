"""Games of coalitions as tables: what each player is worth alone, last and on average; pairs; blocks.

Every interval is a 95 % t interval of a mean over worlds: simulation error, neither the luck of a team nor what nobody
knows about the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import comb
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cpsim.experiments.coalitions import Kind, Player, Players, called
from cpsim.experiments.estimators import shapley as game
from cpsim.experiments.estimators.shapley import CONFIDENCE, Game, Sums

ALL = "together"
DUMMY = "dummy"
ASKED = ("shapley", "alone", "last", "owen")
Games = Mapping[str, Game]


def values(found: Players[Kind], games: Games, members: str = "removed") -> pd.DataFrame:
    """A row a coalition: who is in it, how many (column `members`), and mean and standard error of each output."""
    count = len(found)
    inside = game.members(count)
    table = pd.DataFrame(inside, columns=list(found.names))
    table.insert(0, "coalition", [called(names) for names in found.coalitions])
    table.insert(1, members, inside.sum(axis=1))
    first = next(iter(games.values()))
    for part in first.parts:
        table.loc[part.coalitions, "worlds"] = len(part.values)
    for output, played in games.items():
        table[output] = played.means
        table[f"{output}_error"] = _errors(played)
    return table.astype({"worlds": int}).sort_values(members, kind="stable", ignore_index=True)


def _errors(played: Game) -> np.ndarray:
    errors = np.full(2**played.players, np.nan)
    for part in played.parts:
        if len(part.values) > 1:
            errors[part.coalitions] = part.values.std(axis=0, ddof=1) / np.sqrt(len(part.values))
    return errors


def shares(found: Players[Kind], games: Games) -> pd.DataFrame:
    """A row an output and player, one for all together, and one for a dummy that is wired to nothing.

    shapley: mean over all orders of joining; alone: nobody else is there; last: all others are there already; owen:
    mean over the orders that keep whose they are together. Of each: mean, _low, _high.
    """
    rows: list[dict[str, Any]] = []
    for output, played in games.items():
        weights = {
            "shapley": game.shapley_weights(len(found)),
            "alone": game.alone_weights(len(found)),
            "last": game.last_weights(len(found)),
            "owen": game.owen_weights(len(found), list(found.owners.values())),
        }
        sums = {name: game.estimate(played, each) for name, each in weights.items()}
        for place, player in enumerate(found.playing):
            rows.append({**_who(output, player), **_row(sums, place)})
        nothing = {f"{name}{end}": 0.0 for name in ASKED for end in ("", "_low", "_high")}
        rows += [{**_who(output, player), "idle": True, **nothing} for player in found.idle]
        all_ = game.estimate(played, game.together_weights(len(found)))
        rows.append({"output": output, "group": ALL, "label": "all together", **_row(dict.fromkeys(ASKED, all_), 0)})
        rows.append({"output": output, "group": DUMMY, "label": "a dummy", **_row({"shapley": dummy(played)}, 0)})
    table = pd.DataFrame(rows)
    table["idle"] = table["idle"].eq(True) if "idle" in table else False
    return table


def largest_first(table: pd.DataFrame, found: Players[Kind], output: str) -> pd.DataFrame:
    """The rows of those that play, of one output of a table of `shares`, the largest share first."""
    mine = table[(table["output"] == output) & table["group"].isin(found.names)]
    return mine.sort_values("shapley", ascending=False, key=lambda column: column.abs(), ignore_index=True)


def row_of(table: pd.DataFrame, group: str, output: str) -> pd.Series:
    """One row of a table of `shares`: a player, "together" or "dummy"."""
    return table[(table["output"] == output) & (table["group"] == group)].iloc[0]


def _who(output: str, player: Player) -> dict[str, str]:
    return {"output": output, "group": player.name, "label": player.label, "whose": player.whose}


def _row(sums: Mapping[str, Sums], place: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, each in sums.items():
        low, high = float(each.low[place]), float(each.high[place])
        found |= {name: float(each.mean[place]), f"{name}_low": low, f"{name}_high": high}
    return found


def dummy(played: Game) -> Sums:
    """What a player gets who changes nothing: half of each coalition's own worlds taken for its absence.

    It must come out as 0 within its interval; where worlds are common it is 0 by construction. Its error is somewhat
    larger than that of a real group, since each side has half of the worlds; NaN when halves are too small to tell.
    """
    count = played.players
    size = game.members(count).sum(axis=1)
    chance = np.array([1 / ((count + 1) * comb(count, s)) for s in range(count + 1)])[size]
    mean, variance = 0.0, 0.0
    degrees = 0
    for part in played.parts:
        if part.common:
            continue
        if len(part.values) < 4:
            return Sums(*np.full((4, 1), np.nan))
        halves = [part.values[side::2] for side in (0, 1)]
        weights = chance[part.coalitions]
        mean += float(weights @ (halves[1].mean(axis=0) - halves[0].mean(axis=0)))
        variance += sum(float(weights**2 @ half.var(axis=0, ddof=1)) / len(half) for half in halves)
        degrees += len(part.coalitions) * (len(part.values) - 2)
    error = float(np.sqrt(variance))
    half_width = stdtrit(degrees, (1 + CONFIDENCE) / 2) * error if degrees else 0.0
    return Sums(*(np.array([each]) for each in (mean, error, mean - half_width, mean + half_width)))


def interactions(found: Players[Kind], games: Games) -> pd.DataFrame:
    """A row an output and pair: Shapley interaction index; above 0 complements, below 0 substitutes.

    low, high: 95 % for all pairs of an output at once (Bonferroni), as one looks for the largest of many.
    """
    rows = []
    pairs = game.pairs(len(found))
    for output, played in games.items():
        each = widened(game.estimate(played, game.interaction_weights(len(found))), len(pairs))
        for place, (i, j) in enumerate(pairs):
            low, high = float(each.low[place]), float(each.high[place])
            names = {"output": output, "first": found.names[i], "second": found.names[j]}
            rows.append(
                {**names, "index": float(each.mean[place]), "low": low, "high": high, "reads": _reads(low, high)}
            )
    return pd.DataFrame(rows, columns=["output", "first", "second", "index", "low", "high", "reads"])


def _reads(low: float, high: float) -> str:
    if low > 0:
        return "complements"
    return "substitutes" if high < 0 else "not clear"


def widened(sums: Sums, count: int) -> Sums:
    """Intervals that hold all of `count` sums at once with 95 % (Bonferroni, by the ratio of normal quantiles)."""
    from scipy.special import ndtri

    tail = (1 - CONFIDENCE) / 2
    factor = ndtri(tail / max(count, 1)) / ndtri(tail)
    half = factor * (sums.high - sums.low) / 2
    return replace(sums, low=sums.mean - half, high=sums.mean + half)


def blocks(found: Players[Kind], games: Games) -> pd.DataFrame:
    """A row an output and block (in whose hands the players are): what is due to it as a whole.

    alone: the whole block is there and nobody else; last: it joins when all others are there already.
    """
    rows = []
    owners = found.owners
    everybody = 2 ** len(found) - 1
    masks = [sum(1 << place for place in places) for places in owners.values()]
    alone, last = np.zeros((2, len(masks), everybody + 1))
    for row, mask in enumerate(masks):
        alone[row, mask] += 1
        alone[row, 0] -= 1
        last[row, everybody] += 1
        last[row, everybody ^ mask] -= 1
    due = game.block_weights(len(found), list(owners.values()))
    for output, played in games.items():
        sums = {name: game.estimate(played, each) for name, each in (("owen", due), ("alone", alone), ("last", last))}
        for place, (owner, places) in enumerate(owners.items()):
            names = called([found.names[each] for each in places])
            rows.append({"output": output, "block": owner, "groups": names, **_row(sums, place)})
    return pd.DataFrame(rows)


def apart(played: Game, count: int) -> np.ndarray:
    """(k, k) of bool: is the Shapley share of i clearly larger than that of j (95 %, all pairs at once)?"""
    weights = game.shapley_weights(count)
    differences = (weights[:, None, :] - weights[None, :, :]).reshape(count * count, -1)
    sums = widened(game.estimate(played, differences), count * (count - 1) // 2)
    return np.asarray(sums.low > 0).reshape(count, count)


def in_each_world(found: Players[Kind], games: Games) -> pd.DataFrame:
    """Shares in each world that met every coalition: how attributions differ from team to team; empty otherwise."""
    rows = []
    for output, played in games.items():
        if len(played.parts) == 1 and played.parts[0].common:
            each = game.in_each_world(played, game.shapley_weights(len(found)))
            rows += [
                {"output": output, "world": world, **dict(zip(found.names, line, strict=True))}
                for world, line in enumerate(each.tolist())
            ]
    return pd.DataFrame(rows)
