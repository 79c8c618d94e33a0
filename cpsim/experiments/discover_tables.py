"""The tables of a discovery: boxes.csv, trajectory.csv, tree.csv, stacking.csv, thresholds.csv, settings.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.experiments.estimators import prim, tree
from cpsim.experiments.estimators.prim import Box
from cpsim.experiments.targets import Goal, Target
from cpsim.scenario.wording import plain

if TYPE_CHECKING:
    from cpsim.experiments.discover import Boxes, Sample
    from cpsim.experiments.estimators.tree import Leaf
    from cpsim.experiments.settings import Setting

STACKED, BINS = 4, 3
CELL = 50  # settings a cell on average, else fewer factors are stacked
By = Mapping[str, "Setting"]


def tables(
    drawn: Sample,
    success: np.ndarray,
    target: Target,
    boxes: Boxes | None,
    leaves: list[Leaf] | None,
    by_name: By,
) -> dict[str, pd.DataFrame]:
    """All of them; where there is no box, only what was sampled and how often other thresholds are reached."""
    made = {"thresholds": thresholds(drawn, target), "settings": settings(drawn, success)}
    if boxes is None:
        return made
    made["boxes"] = box_table(drawn, success, boxes, by_name)
    made["trajectory"] = trajectory(drawn, success, boxes)
    made["stability"] = stability(boxes, by_name)
    made["stacking"] = stacking(drawn, success, boxes, by_name)
    if leaves is not None:
        made["tree"] = tree.table(leaves)
    return made


def box_table(drawn: Sample, success: np.ndarray, boxes: Boxes, by_name: By) -> pd.DataFrame:
    """A row a restriction of each box, with the scores of the whole box beside it."""
    points, hits, held, held_hits = drawn.halves(success)
    made = []
    for name, box in (("chosen", boxes.peeled[boxes.step]), ("without spurious", boxes.found), ("stable", boxes.kept)):
        seen, real = prim.score(box, points, hits), prim.score(box, held, held_hits)
        scores = {f"held_{what}": number for what, number in vars(real).items()}
        scores |= {f"seen_{what}": number for what, number in vars(seen).items()}
        chances = prim.quasi_p(box, points, hits)
        for (factor, side), limit in box.limits.items():
            setting = by_name[factor]
            made.append(
                {
                    "box": name,
                    "factor": factor,
                    "kind": setting.kind,
                    "about": setting.about,
                    "side": side,
                    "limit": limit,
                    "told": setting.told(limit),
                    "low": setting.low,
                    "high": setting.high,
                    "quasi_p": chances[factor, side],
                    "stability": boxes.stability[factor],
                    **scores,
                }
            )
        if not box.limits:
            made.append({"box": name, "factor": "", "kind": "", "about": "nothing is asked", **scores})
    return pd.DataFrame(made)


def trajectory(drawn: Sample, success: np.ndarray, boxes: Boxes) -> pd.DataFrame:
    """A row a box on the way: scores on the half it was found on, and on the other."""
    points, hits, held, held_hits = drawn.halves(success)
    seen, real = (prim.table(boxes.peeled, *half) for half in ((points, hits), (held, held_hits)))
    scores = ["coverage", "density", "mass", "points"]
    found = seen[["step", "restricted"]].copy()
    for name in scores:
        found[f"held_{name}"], found[f"seen_{name}"] = real[name], seen[name]
    found["chosen"] = found["step"] == boxes.step
    return found


def stability(boxes: Boxes, by_name: By) -> pd.DataFrame:
    """A row a factor: in which share of resamples a box restricts it; those never restricted left out."""
    found = boxes.stability[boxes.stability > 0].sort_values(ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "factor": found.index,
            "kind": [by_name[name].kind for name in found.index],
            "about": [by_name[name].about for name in found.index],
            "stability": found.to_numpy(),
        }
    )


def stacked(boxes: Boxes, count: int) -> list[str]:
    """The factors that boxes restrict most, those of the stable box first: four, or as many as the sample can show."""
    depth = next((each for each in range(STACKED, 2, -1) if count / BINS**each >= CELL), 2)
    order = boxes.stability.sort_values(ascending=False, kind="stable").index
    return list(dict.fromkeys([*boxes.kept.factors, *boxes.found.factors, *order]))[:depth]


def stacking(drawn: Sample, success: np.ndarray, boxes: Boxes, by_name: By) -> pd.DataFrame:
    """A row a cell of the four factors in at most three parts each: share that reaches the target, and how many."""
    names = stacked(boxes, len(success))
    parts = {name: _parts(drawn.points[name].to_numpy(), by_name[name]) for name in names}
    cells = pd.DataFrame({name: codes for name, (codes, _) in parts.items()}).assign(success=success)
    found = cells.groupby(names)["success"].agg(share="mean", points="size").reset_index()
    for place, name in enumerate(names, 1):
        labels = parts[name][1]
        found[f"factor_{place}"] = name
        found[f"part_{place}"] = found[name]
        found[f"told_{place}"] = [labels[code] for code in found[name]]
    return found.drop(columns=names)


def _parts(values: np.ndarray, setting: Setting) -> tuple[np.ndarray, list[str]]:
    """Three parts with as many settings in each; of a lever its levels, the upper ones together."""
    if setting.lever:
        codes = np.minimum(values.astype(int), BINS - 1)
        last = setting.levels[BINS - 1 :]
        return codes, [*setting.levels[: BINS - 1], _joined(last)][:BINS]
    cuts = np.quantile(values, [1 / 3, 2 / 3])
    low, high = (plain(float(f"{cut:.2g}")) for cut in cuts)
    return np.searchsorted(cuts, values, side="right"), [f"below {low}", f"{low} to {high}", f"above {high}"]


def _joined(levels: Sequence[str]) -> str:
    return f"{levels[0]} or more" if len(levels) > 1 else "".join(levels)


def thresholds(drawn: Sample, target: Target) -> pd.DataFrame:
    """The same question at two other thresholds: how often it is reached, and what the box then asks."""
    from cpsim.experiments.discover import OTHER, TOO_FEW

    made = []
    for times in (OTHER[0], 1.0, OTHER[1]):
        first = Goal(target.first.outcome, target.first.sign, target.first.value * times)
        success = Target((first, *target.goals[1:])).met(drawn.mean)
        points, hits, held, held_hits = drawn.halves(success)
        box = prim.found_box(points, hits) if hits.sum() >= TOO_FEW and not hits.all() else Box()
        score = prim.score(box, held, held_hits)
        made.append(
            {
                "target": first.written,
                "reached": float(success.mean()),
                "factors": ", ".join(_strongest(box, points, hits)),
                "held_coverage": score.coverage if box.limits else np.nan,
                "held_density": score.density if box.limits else np.nan,
            }
        )
    return pd.DataFrame(made)


def _strongest(box: Box, points: pd.DataFrame, hits: np.ndarray) -> Iterator[str]:
    chances = prim.quasi_p(box, points, hits)
    order = sorted(chances, key=lambda restriction: chances[restriction])
    yield from dict.fromkeys(name for name, _ in order)


def settings(drawn: Sample, success: np.ndarray) -> pd.DataFrame:
    """A row a setting: what was sampled, its mean outcomes, in how many worlds, and whether it reaches the target."""
    told: dict[str, Any] = {f"mean_{name}": drawn.mean[name] for name in drawn.mean.columns}
    told |= {"worlds": drawn.worlds, "reaches": success, "box_found_on_it": drawn.training}
    return pd.concat([drawn.points, pd.DataFrame(told)], axis=1)
