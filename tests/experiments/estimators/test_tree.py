"""Three questions lead to where success is, and the card counts on points that the tree has not seen."""

import sys

import numpy as np
import pytest

from cpsim.experiments.estimators import tree
from tests.experiments.estimators.test_prim import planted


@pytest.fixture
def leaves():
    pytest.importorskip("sklearn")
    points, success, _ = planted(1, noise=0.02)
    half = np.arange(len(points)) % 2 == 0
    return tree.grow(points[half], success[half], points[~half], success[~half]), points[~half], success[~half]


@pytest.mark.unit
def test_at_most_three_questions_and_eight_leaves(leaves):
    found, *_ = leaves
    assert 2 <= len(found) <= tree.LEAVES
    assert max(len(leaf.path) for leaf in found) <= tree.QUESTIONS
    assert {asked.factor for asked in found[0].path} <= {"x0", "x1", "level", "kind"}


@pytest.mark.unit
def test_shares_and_points_are_those_of_the_hold_out(leaves):
    found, points, success = leaves
    assert sum(leaf.points for leaf in found) == len(points)
    assert sum(leaf.share * leaf.points for leaf in found if leaf.points) == pytest.approx(success.sum())
    assert found[0].share > 3 * success.mean()
    assert [leaf.share for leaf in found] == sorted((leaf.share for leaf in found), reverse=True)


@pytest.mark.unit
def test_answers_lead_to_the_points_counted(leaves):
    found, points, _ = leaves
    for leaf in found:
        there = np.ones(len(points), bool)
        for asked in leaf.path:
            values = points[asked.factor].to_numpy()
            yes = values == asked.limit if asked.category else values <= asked.limit
            there &= yes if asked.yes else ~yes
        assert there.sum() == leaf.points


@pytest.mark.unit
def test_without_scikit_learn_there_is_no_tree(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.tree", None)
    points, success, _ = planted(1)
    assert tree.grow(points, success, points, success) is None
