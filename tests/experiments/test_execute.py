"""Runs of a design: what `cpsim.run` gives, in whatever way they are made."""

import os
import signal
import threading

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import CpsimError, OptionError, Stopped, Unfinished
from cpsim.experiments import variants
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import complete, run_design
from tests.experiments.studies import POINTS, design, short

pytestmark = pytest.mark.unit
KEYS = ["run", "point", "world", "seed", "failed"]


def test_a_run_is_what_run_gives():
    runs = run_design(design(range(3), outputs="all", seed=7))
    for name, scenario in (("base", short()), ("no bus barrier", short().without("transport"))):
        theirs = cpsim.run(scenario, replications=3, seed=7).outcomes
        ours = runs[runs["point"] == name]
        for column in ours.columns.drop(KEYS):
            np.testing.assert_array_equal(ours[column], theirs[column], err_msg=column)


def test_ledgers_are_those_of_run():
    runs = run_design(design(range(1)), gates=True)
    theirs = cpsim.run(short(), replications=1, seed=1).barriers
    for ledger, count, column in (
        ("delivery", "any", "any_failing"),
        ("delivery", "first", "first_failing"),
        ("access", "only", "only_failing"),
    ):
        chosen = theirs[(theirs["ledger"] == ledger) & (theirs["source"] != "own" if ledger == "delivery" else True)]
        for row in chosen.itertuples():
            name = f"delivery.{count}.{row.gate}" if ledger == "delivery" else f"access.{row.source}.{count}.{row.gate}"
            assert runs[name][0] == getattr(row, column)


def test_several_teams_are_averaged_and_their_ledgers_summed():
    teams = cpsim.load("study-2021").with_(weeks=5)
    runs = run_design(Design.crossed(teams, [Point("base")], range(1), outputs=["reach", "pressure"], gates=True))
    theirs = cpsim.run(teams, replications=1, seed=1)

    assert runs["pressure"][0] == pytest.approx(theirs.outcomes["pressure"].mean(), rel=1e-12)
    assert runs["reach"][0] == pytest.approx(theirs.outcomes["reach"].mean(), rel=1e-12)
    delivery = theirs.barriers[theirs.barriers["ledger"] == "delivery"]
    assert runs["delivery.any.transport"][0] == delivery[delivery["gate"] == "transport"]["any_failing"].sum()


def test_the_same_bits_with_one_thread_and_four_in_memory_and_in_a_folder(tmp_path):
    made = design(range(20), POINTS)
    one = run_design(made, workers=1)

    pd.testing.assert_frame_equal(one, run_design(made, workers=4), check_exact=True)
    pd.testing.assert_frame_equal(one, run_design(made, tmp_path, workers=4), check_exact=True)
    pd.testing.assert_frame_equal(one, run_design(made, tmp_path), check_exact=True)


def test_rows_are_in_the_order_of_the_design():
    order = np.array([2, 0, 1, 0])
    runs = run_design(Design.listed(short(), POINTS[:3], order, [5, 1, 5, 0]))

    assert runs["point"].tolist() == [POINTS[number].name for number in order]
    assert runs["world"].tolist() == [5, 1, 5, 0]
    whole = run_design(design(range(6)))
    expected = whole.iloc[[2 * 6 + 5, 1, 6 + 5, 0]]["pressure"].tolist()
    assert runs["pressure"].tolist() == expected


def test_parts_make_the_whole(tmp_path):
    made = design(range(25))
    with pytest.raises(Unfinished, match=r"Part 0/2 is done; \d+ of 75 runs are still to be made by the other parts"):
        run_design(made, tmp_path, part=(0, 2))

    runs = run_design(made, tmp_path, part=(1, 2))
    pd.testing.assert_frame_equal(runs, run_design(made), check_exact=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"part": (0, 2)}, "give a folder"),
        ({"cluster": "tcp://x:1"}, "give a folder"),
        ({"part": (2, 2), "folder": "here"}, "parts of 2 are 0 to 1"),
        ({"part": (0, 2), "cluster": "tcp://x:1", "folder": "here"}, "one of the two"),
        ({"workers": 0}, "workers: 0 is not possible"),
    ],
)
def test_options_that_make_no_sense(options, said):
    with pytest.raises(OptionError, match=said):
        run_design(design(), **options)


def test_a_run_that_fails_is_a_row_with_a_reason(tmp_path, monkeypatch):
    whole = run_design(design(range(3), POINTS[:1]))
    lived = variants.live
    monkeypatch.setattr(
        variants, "live", lambda team, world, *a, **b: 1 / 0 if world == 1 else lived(team, world, *a, **b)
    )
    runs = run_design(design(range(3), POINTS[:1]), tmp_path)

    assert runs["failed"].tolist() == ["", "ZeroDivisionError: division by zero", ""]
    assert np.isnan(runs["pressure"][1])
    assert runs["pressure"][[0, 2]].tolist() == whole["pressure"][[0, 2]].tolist()
    assert run_design(design(range(3), POINTS[:1]), tmp_path)["failed"].tolist() == runs["failed"].tolist()
    with pytest.raises(CpsimError, match="1 of 3 runs failed, and this analysis needs all"):
        complete(runs)
    assert complete(whole) is whole


def test_ctrl_c_keeps_what_is_finished_and_the_same_call_goes_on(tmp_path):
    made = design(range(90))

    def press(done, _):
        if done > 30:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(Stopped, match=r"Stopped after \d+ of 270 runs; what was finished before is kept"):
        run_design(made, tmp_path, progress=press)

    kept = sum(len(pd.read_parquet(path)) for path in (tmp_path / "runs").glob("*.parquet"))
    assert 30 < kept < 270
    told = []
    runs = run_design(made, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told[0][0] > kept
    assert told[-1] == (270, 270)
    pd.testing.assert_frame_equal(runs, run_design(made), check_exact=True)


def test_ctrl_c_in_memory_says_that_nothing_is_kept():
    with pytest.raises(Stopped, match="nothing was kept"):
        run_design(design(range(90)), progress=lambda *_: os.kill(os.getpid(), signal.SIGINT))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("cpsim-team")]
