"""A tree of at most three questions that leads to where something happens often: worse than a box, easier to follow.

The tree is grown on one part of the sample and its shares are counted on the other. It needs scikit-learn; without it
`grow` returns None and the caller says which step it left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

QUESTIONS = 3
LEAVES = 8
FEWEST = 60  # points a leaf


@dataclass(frozen=True)
class Asked:
    """One question and the answer taken: is `factor` at most `limit` (a number), or is it `limit` (a category)?"""

    factor: str
    limit: Any
    yes: bool

    @property
    def category(self) -> bool:
        """Is it about a category?"""
        return isinstance(self.limit, str)


@dataclass(frozen=True)
class Leaf:
    """Where three answers lead. `share`: of successes among its `points` of the hold-out; NaN when it has none."""

    path: tuple[Asked, ...]
    share: float
    points: int
    coverage: float


def grow(
    points: pd.DataFrame, success: np.ndarray, held_points: pd.DataFrame, held_success: np.ndarray
) -> list[Leaf] | None:
    """The leaves, the most promising first; None when scikit-learn is not installed."""
    try:
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        return None
    columns, numbers = _numbers(points)
    fewest = min(FEWEST, max(1, len(points) // LEAVES))
    grown = DecisionTreeClassifier(
        max_depth=QUESTIONS, max_leaf_nodes=LEAVES, min_samples_leaf=fewest, class_weight="balanced", random_state=0
    ).fit(numbers, success)
    ends = grown.apply(_numbers(held_points, columns)[1])
    leaves = [_leaf(path, ends == node, held_success) for node, path in _paths(grown.tree_, columns, points)]
    return sorted(leaves, key=lambda leaf: -np.nan_to_num(leaf.share))


def table(leaves: list[Leaf]) -> pd.DataFrame:
    """A row a question of a leaf: leaf, question, factor, limit, answer, and the leaf's share, points, coverage."""
    rows = [
        {
            "leaf": number,
            "question": place,
            "factor": asked.factor,
            "limit": asked.limit if asked.category else float(asked.limit),
            "answer": "yes" if asked.yes else "no",
            "share": leaf.share,
            "points": leaf.points,
            "coverage": leaf.coverage,
        }
        for number, leaf in enumerate(leaves, 1)
        for place, asked in enumerate(leaf.path, 1)
    ]
    return pd.DataFrame(rows)


def _leaf(path: tuple[Asked, ...], there: np.ndarray, success: np.ndarray) -> Leaf:
    count, hits, all_ = int(there.sum()), float(success[there].sum()), float(success.sum())
    return Leaf(path, hits / count if count else np.nan, count, hits / all_ if all_ else np.nan)


def _numbers(points: pd.DataFrame, columns: list[tuple[str, Any]] | None = None) -> tuple[list[tuple[str, Any]], Any]:
    """Columns of numbers: a number is itself, a category has a column of 0 and 1 for each of its levels."""
    if columns is None:
        columns = [pair for name in points.columns for pair in _columns(name, points[name])]
    made = [
        points[name].to_numpy(float) if level is None else (points[name] == level).to_numpy(float)
        for name, level in columns
    ]
    return columns, np.column_stack(made)


def _columns(name: str, values: pd.Series) -> list[tuple[str, Any]]:
    if np.issubdtype(values.to_numpy().dtype, np.number):
        return [(name, None)]
    return [(name, level) for level in sorted(set(values))]


def _paths(grown: Any, columns: list[tuple[str, Any]], points: pd.DataFrame) -> Iterator[tuple[int, tuple[Asked, ...]]]:
    """Every leaf with the answers that lead to it."""

    def below(node: int, path: tuple[Asked, ...]) -> Iterator[tuple[int, tuple[Asked, ...]]]:
        if grown.children_left[node] < 0:
            yield node, path
            return
        name, level = columns[grown.feature[node]]
        # scikit-learn asks "at most"; of a 0-1 column of a level that means "is not this level".
        for child, at_most in ((grown.children_left[node], True), (grown.children_right[node], False)):
            limit = float(grown.threshold[node]) if level is None else level
            yield from below(child, (*path, Asked(name, limit, at_most if level is None else not at_most)))

    return below(0, ())
