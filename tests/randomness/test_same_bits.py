"""What may not change a bit: threads, order, process, hash seed, and whatever has no strength."""

import dataclasses
import json
import os
import random
import subprocess
import sys

import pytest

from cpsim.engine.run import run, run_team, team_plans
from cpsim.scenario.load import load
from tests.house.reading import ROOT
from tests.randomness.same import bits, differing
from tests.tiny import standing

REPLICATIONS = 6
SHORT = {"weeks": 4}


# ---------------------------------------------------------------- V5 threads and order


@pytest.fixture(scope="module")
def alone():
    """The runs of two teams in one thread."""
    return run(two_teams(), REPLICATIONS, seed=5, workers=1, people=True).runs


def two_teams():
    """Two copies of the ordinary team in one scenario: runs of different teams meet in the threads."""
    scenario = load("cmht").with_(**SHORT)
    return dataclasses.replace(scenario, teams=(dataclasses.replace(scenario.teams[0], copies=2),))


@pytest.mark.identity
@pytest.mark.parametrize("workers", [2, 8])
def test_v05_threads_change_no_bit(alone, workers):
    found = run(two_teams(), REPLICATIONS, seed=5, workers=workers, people=True).runs
    assert found.teams == alone.teams
    for name in ("team", "replication", "seed", "outcome", "weekly", "gates", "access", "minutes", "people", "persons"):
        assert bits(getattr(found, name)) == bits(getattr(alone, name)), name


@pytest.mark.identity
def test_v05_the_order_of_replications_changes_no_bit():
    jobs = [(team, number) for team in team_plans(two_teams()) for number in range(REPLICATIONS)]
    in_order = {(team.index, number): run_team(team, number, 5, people=True) for team, number in jobs}
    random.Random(1).shuffle(jobs)
    for team, number in jobs:
        assert differing(run_team(team, number, 5, people=True), in_order[team.index, number]) == []


@pytest.mark.identity
def test_v05_more_replications_leave_the_first_ones_alone(alone):
    fewer = run(two_teams(), 2, seed=5, workers=1, people=True).runs
    assert bits(fewer.outcome) == bits(alone.outcome[: len(fewer)])


@pytest.mark.identity
def test_v05_worlds_differ_between_replications_teams_and_seeds(alone):
    """The tests above would pass if every run were the same."""
    assert len({bits(row) for row in alone.outcome}) == 2 * REPLICATIONS
    other = run(two_teams(), 1, seed=6, workers=1).runs
    assert bits(other.outcome[0]) not in {bits(row) for row in alone.outcome}


# ---------------------------------------------------------------- V9 processes and hash seeds

SAVE = """
import sys
from pathlib import Path
from cpsim.engine.run import run
from cpsim.outputs.store import save
from cpsim.scenario.load import load
save(run(load("cmht").with_(weeks=4), 3, seed=2, workers=2, people=True), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Digests of every table written by two processes with different hash seeds, read back from the files."""
    folders = {hash_seed: tmp_path_factory.mktemp("hash") / hash_seed for hash_seed in ("1", "2")}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SAVE, str(folder)], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": hash_seed}
        )
        for hash_seed, folder in folders.items()
    ]
    assert [process.wait(timeout=300) for process in processes] == [0, 0]
    return list(folders.values())


@pytest.mark.identity
def test_v09_seed_in_same_values_out_whatever_the_process_and_its_hash_seed(saved):
    from cpsim.outputs import parquet

    tables = [sorted(path.name for path in folder.glob("*.parquet")) for folder in saved]
    assert tables[0] == tables[1]
    assert "outcomes.parquet" in tables[0]
    for name in tables[0]:
        one, other = (parquet.read(folder / name) for folder in saved)
        assert parquet.digest(one) == parquet.digest(other), name


@pytest.mark.identity
def test_v09_manifests_name_the_same_digests(saved):
    one, other = (json.loads((folder / "manifest.json").read_text("utf-8")) for folder in saved)
    assert one["tables"] == other["tables"]


# ---------------------------------------------------------------- V51 what has no strength

# A switch or a policy, and the number that takes its strength away; strategies are in tests/metamorphic.
WITHOUT_STRENGTH = {
    "late contact": ({"switches.capacity_trap": True}, {"parameters.gap_hr": 1}),
    "isolation": ({"switches.isolation": True}, {"parameters.isolation_hr": 1}),
    "extras paid": ({"strategy.pay_extras": True}, {"parameters.extras": 0}),
    "crises held by a team": ({"parameters.crisis_shared_interval_days": 9}, {"policies.crisis_team_share": 0}),
}
OFF = {"switches.capacity_trap": False, "switches.isolation": False}


def team_runs(scenario, seed=7):
    """The first two replications of every team, one after the other."""
    return [run_team(team, number, seed, people=True) for number in range(2) for team in team_plans(scenario)]


def changed_by(done, scenario):
    """Names of the tables that something done changes, in any of the runs."""
    runs = zip(team_runs(scenario), team_runs(scenario.with_(standing(done))), strict=True)
    return {table for one, other in runs for table in differing(one, other)}


@pytest.mark.identity
@pytest.mark.parametrize("name", WITHOUT_STRENGTH)
def test_v51_strength_nought_changes_no_bit(name):
    done, without = WITHOUT_STRENGTH[name]
    assert changed_by(done, load("cmht").with_(standing(OFF | without), **SHORT)) == set()


@pytest.mark.identity
@pytest.mark.parametrize("name", WITHOUT_STRENGTH)
def test_v51_with_strength_something_changes(name):
    """The test above would pass if nothing were wired to anything."""
    done, _ = WITHOUT_STRENGTH[name]
    assert changed_by(done, load("cmht").with_(standing(OFF), weeks=26)) != set()
