"""The whole of a sensitivity study: planted worlds in place of the model, and a small real one."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import CpsimError, OptionError, Unfinished
from cpsim.experiments import emulating, sampling, sensitivity
from cpsim.experiments.sensitivity import METHODS, SIZES, Asked, Size, study
from tests.experiments import one_factor
from tests.experiments.one_factor import OUTPUTS, PLANTED

CMHT = cpsim.load("cmht")
TINY = Size(plain=512, groups=64, trajectories=8, sobol=64, factors=4, learn=128, check=16, pairs=32)
FEW = ["crisis", "geography", "economics"]


def asked(method="auto", size=TINY, **options):
    found = Asked.of(CMHT, method, **{"outputs": OUTPUTS, "only": FEW} | options)
    object.__setattr__(found, "size", size)
    return found


@pytest.fixture(scope="module")
def found():
    """Of the pipeline, one factor alone mattering."""
    pytest.importorskip("sklearn")
    return study(asked(second_order=True), one_factor.run)


def best(table, value, output, column="factor"):
    rows = table[(table["output"] == output) & table[value].notna()]
    return rows.loc[rows[value].idxmax(), column]


@pytest.mark.limit
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("indices", "st"),
        ("indices", "s1"),
        ("morris", "mu_star"),
        ("pawn", "index"),
        ("rbd_fast", "s1"),
        ("regional", "distance"),
        ("emulator", "st_at_least"),
    ],
)
def test_every_method_finds_the_planted_factor(found, table, value, output):
    assert best(found.tables[table], value, output) == PLANTED


@pytest.mark.limit
def test_its_group_is_found(found):
    for output in OUTPUTS:
        assert best(found.tables["groups"], "st", output, "group") == "crisis"


@pytest.mark.limit
def test_all_else_is_nothing_and_luck_is_told_apart(found):
    indices = found.tables["indices"].set_index(["output", "factor"])
    assert indices.loc[("reach", "switches.dummy"), "st"] == 0
    assert indices.loc[("reach", "others"), "st"] == 0
    ours = indices.loc[("reach", PLANTED)]
    assert ours["st_low"] <= 1 <= ours["st_high"]
    assert 0.3 < indices.loc[("reach", "chance"), "own_st"] < 0.7


@pytest.mark.limit
def test_morris_calls_all_but_the_planted_negligible(found):
    table = found.tables["morris"]
    assert set(table.loc[~table["negligible"], "factor"]) == {PLANTED}


@pytest.mark.unit
def test_the_skewed_output_is_analysed_as_a_root(found):
    assert found.facts["square_roots"] == ["pressure"]
    assert "square roots" in found.in_words()


@pytest.mark.unit
def test_the_reading_names_it_marks_assumptions_and_says_what_is_luck(found):
    words = found.in_words()
    assert "relapse per year* (" in words
    assert "luck makes" in words
    assert "Negligible for every output: 1" in words
    assert "The dummy is wired to nothing" in words
    assert "How sure (verdicts.csv has each in full)" in words


@pytest.mark.unit
def test_the_runs_told_before_are_those_made(found):
    assert found.runs <= asked(second_order=True).runs
    for method in METHODS[1:]:
        made = study(asked(method), one_factor.run)
        assert made.runs <= asked(method).runs


@pytest.mark.unit
@pytest.mark.parametrize("method", METHODS[1:])
def test_each_method_by_itself_says_something(method):
    made = study(asked(method), one_factor.run)
    told = " ".join(made.in_words().split())
    assert "relapse per year" in told or "crises" in told
    assert len(made.headlines()) == len(OUTPUTS)


@pytest.mark.unit
def test_what_drowns_in_luck_is_said_last():
    def drowned(design, step):
        runs = one_factor.run(design)
        lucky = np.random.default_rng(3).normal(size=int(design.world.max()) + 1)[design.world]
        return runs.assign(reach=lucky, pressure=runs["reach"])

    first, last = study(asked("groups"), drowned).headlines()
    assert first.startswith("Pressure")
    assert last == (
        "Get at least one step (reach): what factors do is too little beside luck to share out, by groups of factors."
    )


@pytest.mark.unit
def test_an_output_that_never_moves_is_said_so():
    def still(design, step):
        return one_factor.run(design).assign(reach=0.0)

    made = study(asked("groups"), still)
    assert "reach is 0 in all runs, so nothing can be said of it." in made.left_out
    assert set(made.tables["groups"]["output"]) == {"pressure"}


@pytest.mark.unit
@pytest.mark.parametrize("method", ["morris", "groups", "sobol"])
def test_a_failed_run_stops_what_needs_all_runs(method):
    def failing(design, step):
        runs = one_factor.run(design)
        runs["world"] = design.world
        runs.loc[3, "failed"] = "ZeroDivisionError: x"
        return runs

    with pytest.raises(CpsimError, match="ZeroDivisionError: x"):
        study(asked(method), failing)


@pytest.mark.unit
def test_a_part_goes_through_all_steps_that_do_not_wait_for_others():
    begun = []

    def of_others(design, step):
        begun.append(step)
        raise Unfinished("the other parts")

    with pytest.raises(Unfinished):
        study(asked(), of_others)
    assert begun == ["plain", "groups", "morris"]


@pytest.mark.unit
def test_a_plain_sample_does_without_failed_runs_and_says_so():
    def failing(design, step):
        runs = one_factor.run(design)
        runs.loc[3, ["failed", "reach"]] = ["ZeroDivisionError: x", np.nan]
        return runs

    made = study(asked("pawn"), failing)
    assert made.left_out[0].startswith("1 of 512 runs of the plain sample failed (ZeroDivisionError: x)")
    assert best(made.tables["pawn"], "index", "reach") == PLANTED


@pytest.mark.unit
def test_too_few_runs_with_a_target_are_said():
    made = study(asked("regional", target="reach>=100"), one_factor.run)
    assert "at least 100 of each are needed" in made.left_out[0]


@pytest.mark.unit
def test_without_scikit_learn_the_emulator_is_left_out_and_said_so(monkeypatch):
    monkeypatch.setattr(emulating, "available", lambda: False)
    made = study(asked(), one_factor.run)
    assert emulating.LEFT_OUT in made.left_out
    assert "emulator" not in made.tables


@pytest.mark.unit
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"method": "moris"}, "method: 'moris': did you mean 'morris'"),
        ({"size": "huge"}, "size: 'huge'"),
        ({"outputs": ["reech"]}, "did you mean 'reach'"),
        ({"target": "reach>0.3"}, "write it like five_steps>=0.3"),
        ({"target": "reech>=0.3"}, "target: there is no outcome 'reech'"),
        ({"method": "morris", "target": "reach>=0.3"}, "only --method regional"),
        ({"only": ["dummy"]}, "besides the dummy"),
    ],
)
def test_what_cannot_be_asked_is_told(options, said):
    with pytest.raises(OptionError, match=said):
        Asked.of(CMHT, **options)


@pytest.mark.unit
def test_sizes_grow_and_bases_are_powers_of_two():
    sizes = list(SIZES.values())
    for small, large in pairwise(sizes):
        assert all(getattr(small, name) < getattr(large, name) for name in vars(small))
    for size in sizes:
        assert all(n & (n - 1) == 0 for n in (size.plain, size.groups, size.sobol, size.pairs, size.check))


@pytest.mark.unit
def test_a_real_study_goes_on_from_its_folder(tmp_path):
    options = {"method": "morris", "only": ["crisis"], "size": "quick", "outputs": ["pressure"], "folder": tmp_path}
    quick = SIZES["quick"]
    sensitivity.SIZES["quick"] = Size(**vars(quick) | {"trajectories": 4})
    try:
        first = cpsim.sensitivity(CMHT.with_(weeks=4), **options)
        again = cpsim.sensitivity(CMHT.with_(weeks=4), **options)
    finally:
        sensitivity.SIZES["quick"] = quick
    pd.testing.assert_frame_equal(first.tables["morris"], again.tables["morris"])
    dummy = first.tables["morris"].set_index("factor").loc["switches.dummy"]
    assert dummy["mu_star"] == 0
    assert first.tables["morris"]["mu_star"].max() > 0


@pytest.mark.limit
@pytest.mark.parametrize("k", [20, 157])
def test_no_column_of_a_plain_sample_stands_for_another(k):
    """Chi-square of 8 x 8 cells, 49 degrees of freedom: the largest of 12,246 pairs of independent columns is near 107,
    of 157 columns of a Sobol' sequence 1,536.
    """
    cells = (sampling.filling(k, 512, 1) * 8).astype(int)
    pairs = [(i, j) for i in range(k) for j in range(i)]
    counts = np.array([np.bincount(8 * cells[:, i] + cells[:, j], minlength=64) for i, j in pairs])
    assert ((counts - 8) ** 2 / 8).sum(axis=1).max() < 130
