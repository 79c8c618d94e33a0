"""Results do not move unless somebody says so."""

import pandas as pd
import pytest

from tests.snapshots.worlds import WORLDS, kept, run

pytestmark = pytest.mark.snapshot

TOLERANCE = 1e-9  # mathematical libraries of different machines differ in the last bits


@pytest.mark.parametrize("world", WORLDS)
def test_results_are_those_kept(world):
    """If this is meant: `make bless`, and a line under "Changes results" in CHANGELOG.md."""
    found = run(world)
    pd.testing.assert_frame_equal(
        found, kept(world), rtol=TOLERANCE, atol=TOLERANCE, check_dtype=False, check_index_type=False
    )
