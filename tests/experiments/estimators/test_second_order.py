"""Second-order indices across replicates: SALib's without noise, the truth with noise."""

import numpy as np
import pytest
from SALib.analyze import sobol

from cpsim.experiments.estimators import second_order
from cpsim.experiments.estimators.problem import problem
from tests.experiments.estimators.known import NAMES, PAIR_13, VARIANCE, ishigami, luck


@pytest.mark.identity
def test_without_noise_it_is_salib():
    y = ishigami(second_order.plan(NAMES, 256, 3))
    theirs = sobol.analyze(problem(NAMES), y, calc_second_order=True, num_resamples=2, seed=1)["S2"]
    ours = second_order.pairs(*second_order.split(np.array([y, y]), 4))
    upper = np.triu_indices(4, 1)
    np.testing.assert_allclose(ours[upper], theirs[upper], rtol=0, atol=1e-12)


@pytest.mark.limit
def test_the_one_pair_of_ishigami_is_found_in_noise():
    x = second_order.plan(NAMES, 4096, 1)
    y = ishigami(x) + luck(second_order.worlds(4096, 4), np.sqrt(VARIANCE))
    table = second_order.analyse(NAMES, y, 1, resamples=50).set_index(["factor", "other"])
    assert table.loc[("x1", "x3"), "s2"] == pytest.approx(PAIR_13, abs=0.08)
    assert table["s2"].drop(("x1", "x3")).abs().max() < 0.08
    assert (table["s2_low"] < table["s2_high"]).all()


@pytest.mark.unit
def test_more_than_ten_factors_are_refused():
    with pytest.raises(ValueError, match="10 at most"):
        second_order.plan([str(number) for number in range(11)], 16, 1)
