"""Ties that nothing keeps up fade as theory has it."""

import numpy as np
import pytest

from tests.tiny import live_through, populated, quiet

pytestmark = [pytest.mark.limit, pytest.mark.rules]

HALF_LIFE = 6.0  # months


def test_v25_tie_decay_without_input_is_geometric():
    """Eight ties made in a group that was left: the same share stays from week to week, half in six months."""
    alone = {"parameters.tie_halflife_months": HALF_LIFE}
    world = populated(quiet(alone | {"place.population": 500, "parameters.groups_per_10k": 0}, weeks=26))
    person = world.people[0]
    person.ties_new = 8.0
    left = []
    for _ in range(26):
        live_through(world, 7)
        left.append(float(person.ties_new))
    shares = np.array(left[1:]) / left[:-1]
    kept = 0.5 ** (7 / (HALF_LIFE * 365.25 / 12))
    assert shares == pytest.approx(kept, rel=1e-12)
    assert left == pytest.approx([8 * kept**week for week in range(1, 27)], rel=1e-12)
    assert left[-1] == pytest.approx(4, rel=0.01)  # 26 weeks are six months but for half a day
    assert person.ties == person.ties_usual == person.ties_start
