"""`cpsim observe`: what a study would have seen, in words, as JSON and as files."""

import json
import sys

import pytest

from cpsim.cli import main as cli

pytestmark = pytest.mark.journey

ONE_TEAM = ("observe", "third-sector", "--set", "weeks=26")


@pytest.fixture
def cpsim(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder: (exit code, out, err)."""
    monkeypatch.chdir(tmp_path)

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["cpsim", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        return left.value.code, out, err

    return typed


def test_one_team_without_arms(cpsim):
    code, out, _ = cpsim(*ONE_TEAM)
    assert code == 0
    assert "All teams\n" in out
    assert "These are answers, not states" in out


def test_more_studies_and_other_seeds_see_other_people(cpsim):
    found = [
        json.loads(cpsim(*ONE_TEAM, "--json", *more)[1]) for more in ((), ("--seed", "2"), ("--replications", "2"))
    ]
    assert [each["studies"] for each in found] == [1, 1, 2]
    assert len({each["summary"][0]["mean"] for each in found}) == 3
    assert found[0] == json.loads(cpsim(*ONE_TEAM, "--json")[1])


def test_records_are_written_and_not_overwritten(cpsim, tmp_path):
    code, out, _ = cpsim(*ONE_TEAM, "--out", "seen")
    assert (code, out.splitlines()[-1]) == (0, "The records: seen")
    assert (tmp_path / "seen" / "answers.csv").exists()
    assert cpsim(*ONE_TEAM, "--out", "seen")[0] == 2
    assert cpsim(*ONE_TEAM, "--out", "seen", "--force")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("observe", "third-sector", "--set", "weeks=8"), "the run ends after 8 weeks, before the second interviews"),
        (("observe", "third-sector", "--replications", "0"), "--replications: 0 is not possible"),
        (("observe", "nowhere"), "'nowhere': no scenario or file of this name"),
    ],
)
def test_mistakes(cpsim, words, said):
    code, out, err = cpsim(*words)
    assert (code, out) == (2, "")
    assert said in err
