"""Trials in a folder: gone on with, never mixed."""

import pytest

from cpsim.errors import FolderError, OptionError, Unfinished
from cpsim.experiments.status import status
from cpsim.experiments.virtual.keep import make

pytestmark = pytest.mark.unit
ALIKE = {"scenario": "made up", "code": "1", "seed": 1, "deliveries": ["observed"]}


class Maker:
    """Makes trials and counts them."""

    def __init__(self, fails_at=None):
        self.made, self.fails_at = [], fails_at

    def __call__(self, number):
        if number == self.fails_at:
            raise RuntimeError("no more")
        self.made.append(number)
        return {"trials": [{"trial": number, "difference": number / 3}]}


def make_(maker, folder, trials=10, alike=ALIKE, part=None):
    return make(maker, trials, alike, folder, 1, part, None)


def test_trials_come_in_order_and_to_the_bit(tmp_path):
    first = make_(Maker(), tmp_path)
    assert [rows["trials"][0]["difference"] for rows in first] == [number / 3 for number in range(10)]
    again = Maker()
    assert make_(again, tmp_path) == first
    assert again.made == []


def test_what_was_finished_is_kept_when_something_fails(tmp_path):
    with pytest.raises(RuntimeError):
        make_(Maker(fails_at=6), tmp_path)
    rest = Maker()
    make_(rest, tmp_path)
    assert {4, 5, 6, 7} <= set(rest.made) <= {4, 5, 6, 7, 8, 9}


def test_more_trials_are_added(tmp_path):
    make_(Maker(), tmp_path, trials=6)
    more = Maker()
    make_(more, tmp_path, trials=12)
    assert more.made == [6, 7, 8, 9, 10, 11]


def test_status_can_be_asked(tmp_path):
    with pytest.raises(Unfinished):
        make_(Maker(), tmp_path, part=(0, 2))
    (found,) = status(tmp_path)
    assert (found.done, found.planned, found.failed, found.damaged) == (6, 10, 0, 0)


def test_other_trials_are_not_mixed_in(tmp_path):
    make_(Maker(), tmp_path)
    with pytest.raises(FolderError, match="holds other trials \\(seed 1, now 2\\)"):
        make_(Maker(), tmp_path, alike={**ALIKE, "seed": 2})


def test_a_damaged_part_is_made_again(tmp_path):
    make_(Maker(), tmp_path)
    (tmp_path / "runs" / "trials-000004.parquet").write_bytes(b"nothing")
    again = Maker()
    make_(again, tmp_path)
    assert again.made == [4, 5, 6, 7]


def test_parts_make_the_whole(tmp_path):
    with pytest.raises(Unfinished, match="still to be made"):
        make_(Maker(), tmp_path, part=(0, 2))
    assert len(make_(Maker(), tmp_path, part=(1, 2))) == 10
    with pytest.raises(OptionError):
        make_(Maker(), tmp_path, part=(2, 2))
    with pytest.raises(OptionError):
        make_(Maker(), None, part=(0, 2))
