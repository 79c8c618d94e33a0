"""Games of coalitions as questions to be asked at every setting: barriers taken away, parts as in another team."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cpsim.experiments import barriers, coalitions, difference
from cpsim.experiments import difference_parts as parts
from cpsim.experiments.across import Answer, Question
from cpsim.experiments.across_questions import Known, Runs, answer
from cpsim.experiments.coalitions import Part, Players
from cpsim.experiments.estimators import shapley
from cpsim.experiments.estimators.shapley import Game, estimate
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.scenario.load import Scenario, load

WORLDS = 2  # of a combination at a setting, on average
SETTINGS = 20
ALL = "all together"
WEIGHTS: Mapping[str, Callable[[int], np.ndarray]] = {
    "shapley": shapley.shapley_weights,
    "alone": shapley.alone_weights,
    "last": shapley.last_weights,
}
HOW = {"shapley": "on average over all orders", "alone": "alone", "last": "last of all"}


def of_barriers(
    scenario: Scenario | str | Path,
    worlds: int = WORLDS,
    *,
    groups: Sequence[str] | None = None,
    outputs: Sequence[str] = barriers.OUTPUTS,
    seed: int = 1,
    command: str = "",
) -> Question:
    """What taking barriers away brings, as the game of `cpsim.barriers` has it."""
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    found, layout = barriers.laid_out(chosen, worlds, groups, False)
    kept = tuple(dict.fromkeys((barriers.MAIN, *outputs)))

    def answers(runs: Runs) -> list[Answer]:
        return _of_games(found, layout, runs, kept, "what taking away brings", "Taken away", barriers.MAIN)

    return Question(
        study="barriers",
        title=f"What taking barriers away brings: {chosen.title}",
        scenario=chosen,
        scenarios=[chosen],
        design=coalitions.design(chosen, coalitions.points(found), layout, seed, kept),
        worlds=worlds,
        answers=answers,
        same="Within a setting the game is played as without a set: each group of barriers to the best that is "
        f"plausible, which is the same at every setting{_idle(found)}",
        command=command,
        settings=SETTINGS,
    )


def _idle(found: Players[Any]) -> str:
    if not found.idle:
        return ""
    return f". Nothing changes here when this is taken away: {words.listed([each.label for each in found.idle])}"


def of_difference(
    a: Scenario | str | Path,
    b: Scenario | str | Path,
    worlds: int = WORLDS,
    *,
    outputs: Sequence[str] = difference.OUTPUTS,
    weeks: int | None = None,
    seed: int = 1,
    command: str = "",
) -> Question:
    """What makes B differ from A, as the game of `cpsim.difference` has it."""
    one, other = difference.both(a, b, weeks)
    found, layout = difference.laid_out(one, other, worlds)
    kept = tuple(dict.fromkeys((difference.MAIN, *outputs)))

    def answers(runs: Runs) -> list[Answer]:
        heading = f"what makes {other.name} differ from {one.name}"
        return _of_games(found, layout, runs, kept, heading, f"As in {other.name}", difference.MAIN)

    return Question(
        study="difference",
        title=f"What makes the difference: {other.name} against {one.name}",
        scenario=one,
        scenarios=[one, other],
        design=coalitions.design(one, parts.points(one, other, found), layout, seed, kept),
        worlds=worlds,
        answers=answers,
        same="Within a setting the game is played as without a set, A and B and all between them at that setting",
        command=command,
        settings=SETTINGS,
    )


def _of_games(
    found: Players[Any],
    layout: Sequence[Part],
    runs: Runs,
    outputs: Sequence[str],
    heading: str,
    says: str,
    main: str,
) -> list[Answer]:
    """A number a player, output and way of asking; and what all bring together."""
    played = [coalitions.games(len(found), layout, each) for each in runs]
    made = []
    for output in outputs:
        measure, games = measures("outcomes")[output], [each[output] for each in played]
        about: dict[str, Any] = {"outcome": output, "unit": measure.unit}
        for asks, weights in WEIGHTS.items():
            told = f"{measure.label}: {heading}, {HOW[asks]}"
            sums = _sums(games, weights(len(found)))
            for place, player in enumerate(found.playing):
                who = f"{says}: {player.label}, {HOW[asks]}. {measure.label}"
                shown = asks == "shapley" and output in (main, "five_steps")
                row = {"asks": asks, "row": player.label, "heading": told, "says": who, "shown": shown}
                made.append(answer([each[place] for each in sums], **row, **about))
        together = [each[0] for each in _sums(games, shapley.together_weights(len(found)))]
        who = f"{says}: {ALL}. {measure.label}"
        told = f"{measure.label}: {heading}, {ALL}"
        made.append(answer(together, asks="together", row=ALL, heading=told, says=who, **about))
    return made


def _sums(games: Sequence[Game | None], weights: np.ndarray) -> list[list[Known]]:
    """A number and its error of each row of weights, at each setting; not known where there is no game."""
    nothing = [(np.nan, np.nan)] * len(weights)
    found = [None if game is None else estimate(game, weights) for game in games]
    return [nothing if each is None else list(zip(each.mean, each.error, strict=True)) for each in found]
