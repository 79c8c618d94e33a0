"""Chance in a study repeats itself by address."""

import numpy as np
import pytest
from scipy.stats import kstest

from cpsim.observation.luck import Drawn, normals, uniforms

pytestmark = pytest.mark.unit

PEOPLE = np.arange(2_000)


def test_a_draw_does_not_depend_on_company():
    assert uniforms(7, PEOPLE, Drawn.RGUK, 4)[123] == uniforms(7, np.array([123]), Drawn.RGUK, 4)[0]


@pytest.mark.parametrize("other", [(8, Drawn.RGUK, 4), (7, Drawn.WEMWBS, 4), (7, Drawn.RGUK, 6), (7, Drawn.RGUK, -4)])
def test_each_part_of_the_address_counts(other):
    seed, what, week = other
    here, there = uniforms(7, PEOPLE, Drawn.RGUK, 4), uniforms(seed, PEOPLE, what, week)
    assert not (here == there).any()
    assert abs(np.corrcoef(here, there)[0, 1]) < 0.1


def test_draws_are_even_and_normal():
    assert kstest(uniforms(7, PEOPLE, Drawn.CHOSEN, 0), "uniform").pvalue > 1e-6
    assert kstest(normals(7, PEOPLE, Drawn.CHOSEN, 0), "norm").pvalue > 1e-6


def test_the_last_bit_of_the_largest_seed_counts():
    """Seeds of teams fill 64 bits; a float has 53."""
    one, other = (uniforms(seed, PEOPLE, Drawn.GOAL, 26) for seed in (2**64 - 1, 2**64 - 2))
    assert not (one == other).any()
