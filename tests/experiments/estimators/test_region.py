"""Points inside a rule, and how much of the cube they are."""

import numpy as np
import pytest

from cpsim.experiments.estimators.region import find_region, representative, spread

pytestmark = pytest.mark.unit


def ball(radius, centre=0.5):
    return lambda points: np.linalg.norm(points - centre, axis=1) / radius


@pytest.mark.parametrize("radius", [0.4, 0.1, 0.02])
def test_a_ball_is_found_with_its_volume(radius):
    """Down to 1e-5 of the cube: by stages, each of about a quarter, so an error of a third is what chance may do."""
    region = find_region(ball(radius), 3, 400, seed=1)
    assert len(region.points) >= 400
    assert ball(radius)(region.points).max() < 1.0
    assert region.share == pytest.approx(4 / 3 * np.pi * radius**3, rel=0.33)
    assert region.points.mean(axis=0) == pytest.approx([0.5] * 3, abs=0.1 * radius)
    assert region.points.std(axis=0) == pytest.approx([radius / np.sqrt(5)] * 3, rel=0.15)  # evenly inside a ball


def test_two_islands_are_both_found():
    def islands(points):
        return np.minimum(ball(0.05, 0.2)(points), ball(0.05, 0.8)(points))

    points = find_region(islands, 2, 300, seed=0).points
    assert 0.25 < (points[:, 0] < 0.5).mean() < 0.75


def test_a_narrow_ridge_is_walked_along():
    """Only the product is known: everything along the curve stays in."""
    points = find_region(lambda x: np.abs(x[:, 0] * x[:, 1] - 0.25) / 0.005, 2, 300, seed=0).points
    assert points[:, 0].min() < 0.32
    assert points[:, 0].max() > 0.93


def test_nothing_inside_gives_nothing():
    region = find_region(lambda points: np.full(len(points), 2.0), 3, 100, seed=0)
    assert (len(region.points), region.share) == (0, 0.0)


def test_everything_inside_gives_everything():
    assert find_region(lambda points: np.zeros(len(points)), 3, 100, seed=0).share == 1.0


@pytest.mark.parametrize("count", [20, 100])
def test_thinning_keeps_the_spread_of_all(count):
    points = find_region(ball(0.4), 4, 512, seed=1).points
    rows = representative(points, count)
    assert len(set(rows.tolist())) == count
    assert points[rows].std(axis=0) == pytest.approx(points.std(axis=0), rel=0.12)
    assert points[rows].mean(axis=0) == pytest.approx(points.mean(axis=0), abs=0.03)


def test_thinned_points_are_no_neighbours():
    points = spread(512, 2, 0)
    chosen = points[representative(points, 16)]
    gaps = np.linalg.norm(chosen[:, None] - chosen, axis=2) + np.eye(16)
    assert gaps.min() > 0.1  # 16 points drawn at random come as near as 0.05


def test_few_points_are_all_kept():
    assert representative(spread(3, 2, 0), 5).tolist() == [0, 1, 2]


def test_points_are_spread_evenly():
    points = spread(100, 6, 1)
    assert points.shape == (100, 6)
    assert points.mean(axis=0) == pytest.approx([0.5] * 6, abs=0.02)
    assert not np.array_equal(points, spread(100, 6, 2))
