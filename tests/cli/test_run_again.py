"""`cpsim reproduce`: the same bits, or what is not the same and why."""

import json
from pathlib import Path

import pytest

from cpsim.cli import reproduce as command
from cpsim.errors import Stopped
from cpsim.outputs import store

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("short_page")]

TABLES = "outcomes, weekly, barriers, time"
TWO_TEAMS = """schema: 1
title: Two teams
extends: third-sector
weeks: 2
teams:
  - {name: Moor, copies: 2}
  - {name: Coast, team: {caseload_per_wte: 12}}
"""


@pytest.fixture
def finished(type_in):
    """Run with these words, into the folder `mine`."""

    def run(*words, scenario="third-sector"):
        code, _, err = type_in("run", scenario, "--weeks", "2", *words, "--out", "mine")
        assert code == 0, err
        return Path("mine")

    return run


def edit(folder, change):
    known = json.loads((folder / "manifest.json").read_text("utf-8"))
    change(known)
    (folder / "manifest.json").write_text(json.dumps(known), encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "tables"),
    [
        (("--replications", "3"), TABLES),
        (("--replications", "3", "--seed", "123456789012345678"), TABLES),
        (("--replications", "2", "--people"), f"{TABLES}, people"),
        (("--replications", "2", "--set", "team.caseload_per_wte=9", "--set", "standing.place.settlements=3"), TABLES),
        (("--precision", "pressure=0.1"), TABLES),
    ],
    ids=["plain", "seed", "people", "set", "precision"],
)
def test_every_kind_of_run_comes_back(type_in, finished, words, tables):
    finished(*words)
    assert type_in("reproduce", "mine") == (0, f"The same to the bit: {tables}.\n", "")


def test_several_teams_come_back(type_in, finished):
    Path("two.yaml").write_text(TWO_TEAMS)
    assert store.read_manifest(finished("--replications", "2", scenario="two.yaml"))["teams"] == [
        *("Moor 1", "Moor 2", "Coast"),
    ]
    Path("two.yaml").unlink()  # all that is needed is in the folder
    assert type_in("reproduce", "mine", "--workers", "1")[:2] == (0, f"The same to the bit: {TABLES}.\n")


def test_another_seed_is_noticed(type_in, finished):
    edit(finished("--replications", "2"), lambda known: known.update(seed=2))
    code, out, err = type_in("reproduce", "mine")
    assert (code, out, err) == (1, "", f"Not the same as mine: {TABLES} differ.\n")


def test_another_scenario_is_noticed(type_in, finished):
    def edited(known):
        known["scenario"]["teams"][0]["changed"]["parameters"]["contact_minutes"] += 5

    edit(finished("--replications", "2"), edited)
    code, _, err = type_in("reproduce", "mine")
    assert code == 1
    assert err.splitlines()[1:] == ["The scenario in the manifest is not the one that was run."]


def test_another_version_is_named_whether_or_not_it_matters(type_in, finished):
    edit(finished("--replications", "2"), lambda known: known["versions"].update(numba="0.1", cobol="85"))
    now = store.versions()["numba"]
    note = f"Versions differ: numba 0.1, now {now}; cobol 85, now none.\n"
    assert type_in("reproduce", "mine") == (0, f"The same to the bit: {TABLES}.\n{note}", "")
    edit(Path("mine"), lambda known: known.update(seed=2))
    assert type_in("reproduce", "mine") == (1, "", f"Not the same as mine: {TABLES} differ.\n{note}")


def test_another_kind_of_machine_is_named(type_in, finished):
    edit(finished("--replications", "2"), lambda known: known["machine"].update(system="Plan9"))
    assert "\nRun on Plan9 " in type_in("reproduce", "mine")[1]


def test_a_touched_table_is_named(type_in, finished):
    folder = finished("--replications", "2")
    (folder / "time.parquet").unlink()
    with (folder / "weekly.parquet").open("ab") as file:
        file.write(b"more")
    code, out, err = type_in("reproduce", "mine")
    assert (code, out) == (1, "")
    assert err == (
        "The same to the bit as when it was run; but changed or missing in mine: weekly.parquet, time.parquet.\n"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda known: known.pop("scenario"), "mine/manifest.json is damaged: nothing usable under scenario"),
        (lambda known: known.update(tables=None, seed="x"), "is damaged: nothing usable under tables, seed"),
        (lambda known: known["tables"].update(weekly=3), "is damaged"),
        (lambda known: known["tables"]["weekly"].clear(), "is damaged: nothing usable under weekly"),
        (lambda known: known.update(format=99), "mine is a run of format 99; this version reads format 1"),
        (lambda known: known.update(replications=0), "--replications: 0 is not possible"),
        (lambda known: known["scenario"].pop("teams"), "the stored scenario: is damaged"),
        (lambda known: known["scenario"].update(weeks=0), "the stored scenario: weeks: 0 is outside 1 to 520 weeks"),
    ],
)
def test_a_damaged_manifest_is_refused_in_words(type_in, finished, change, said):
    edit(finished("--replications", "2"), change)
    code, out, err = type_in("reproduce", "mine")
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("content", "said"), [("", "is damaged"), ("[]", "is damaged"), ("null", "is damaged"), ('{"format":1}', "seed")]
)
def test_an_unreadable_manifest_is_refused_in_words(type_in, content, said):
    Path("mine").mkdir()
    assert type_in("reproduce", "mine")[2] == "mine is not a run folder: it has no readable manifest.json\n"
    Path("mine", "manifest.json").write_text(content)
    code, _, err = type_in("reproduce", "mine")
    assert (code, said in err, len(err.splitlines())) == (2, True, 1)


@pytest.mark.parametrize("folder", ["nowhere", "note.txt", "."])
def test_what_is_no_run_is_said_so(type_in, folder):
    Path("note.txt").write_text("dear")
    code, _, err = type_in("reproduce", folder)
    assert (code, err) == (2, f"{folder} is not a run folder: it has no readable manifest.json\n")


def test_a_bad_option_is_named(type_in, finished):
    finished("--replications", "1")
    assert type_in("reproduce", "mine", "--workers", "0")[::2] == (
        2,
        "--workers: 0 is not possible; write a whole number from 1 to 1,024\n",
    )


def test_a_stop_compares_nothing(type_in, finished, monkeypatch):
    finished("--replications", "1")

    def stopped(*_, **__):
        raise Stopped("Stopped after 1 of 9 simulated futures.")

    monkeypatch.setattr(command, "simulated", stopped)
    assert type_in("reproduce", "mine") == (130, "", "Stopped; nothing was compared.\n")
