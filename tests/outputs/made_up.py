"""Made-up team runs: plausible enough to draw, and with every field of the row types filled."""

import datetime

import numpy as np

from cpsim.model.codes import Activity, Gate, Source
from cpsim.model.ledgers import ACCESS_TALLY, GATE_TALLY, OUTCOME, WEEKLY
from cpsim.model.records import PERSON
from cpsim.outputs import labels
from cpsim.outputs.run_result import RunResult, TeamRun
from cpsim.scenario.load import Scenario, TeamWorld
from cpsim.scenario.schema import TeamDescription

WARM_UP = 26  # weeks
WINDOWS = 500
# A middle value for what a picture would look silly without; everything else lies between 0 and 1.
MIDDLES = {
    "could_take_up": 110, "on_caseload": 290, "asked": 60, "step_1": 45, "step_2": 30, "step_3": 22, "step_4": 14,
    "step_5": 10, "still_connected": 12, "windows": 1200, "caseload": 310, "caseload_per_established": 28,
    "caseload_per_in_post": 36, "weighted_per_in_post": 52, "pressure": 1.08, "backlog_days": 4, "cp_hours_needed": 62,
    "cp_hours_free": 14, "cp_hours_delivered": 9, "contacts_per_person_month": 1.6, "contacts_in_crisis": 7,
    "contacts_stabilising": 3, "contacts_in_recovery": 0.9, "contacts_per_wte_month": 48, "waiting": 24, "wait_weeks":
    6, "rguk_end": 13.4, "wemwbs_end": 42, "rguk_change": 0.4, "wemwbs_change": 1.3, "cost_per_person": 5300,
    "cost_trust": 4700, "cost_local_authority": 480, "cost_voluntary": 20, "cost_implementation": 60, "cost_own_pocket":
    40, "person_days": 110_000, "crises_per_person_year": 0.5, }  # fmt: skip
WEEKLY_MIDDLES = {
    "caseload": 310, "waiting": 24, "in_crisis": 22, "stabilising": 30, "in_recovery": 252, "in_hospital": 6,
    "established": 11, "in_post": 8.6, "contacts_crisis": 40, "contacts_stabilising": 25, "contacts_recovery": 55,
    "minutes_crisis": 2400, "minutes_stabilising": 1200, "minutes_recovery": 2300, "available": 11_000, "called_for":
    11_900, "pressure": 1.08, }  # fmt: skip


def scenario(weeks=52, title="A made-up team", teams=()):
    """A scenario's frame, without the numbers of its teams."""
    start = datetime.date(2026, 4, 1)
    return Scenario(
        "made-up", title, "What would it look like?", start, weeks, 0, {"team.caseload_per_wte": "staff record"}, teams
    )


def filled(count, dtype, middles, rng):
    rows = np.zeros(count, dtype)
    for name in dtype.names:
        middle = middles.get(name, 0.3)
        rows[name] = middle * rng.lognormal(0, 0.15, count)
    return rows


def outcome(rng):
    row = filled(1, OUTCOME, MIDDLES, rng)
    row["five_steps"] = rng.beta(9, 91)
    row["some_steps"] = rng.beta(30, 70)
    row["no_steps"] = 1 - row["five_steps"] - row["some_steps"]
    row["reach"] = row["five_steps"] + row["some_steps"]
    return row


def gates(rng, count=WINDOWS):
    """A ledger that adds up: each window's failing gates are drawn, then counted."""
    chance = np.linspace(0.35, 0.02, len(Gate))[rng.permutation(len(Gate))]
    failed = rng.random((count, len(Gate))) < chance
    seen = rng.random(count) < 0.7
    rows = np.zeros(len(Gate), GATE_TALLY)
    tally(rows, failed, "")
    tally(rows, failed[seen], "_seen")
    rows["gate"], rows["windows"], rows["windows_seen"] = np.arange(len(Gate)), count, seen.sum()
    rows["delivered"] = (~failed.any(axis=1)).sum()
    rows["imputed"] = count - seen.sum()
    return rows


def tally(rows, failed, ending):
    first = np.where(failed.any(axis=1), failed.argmax(axis=1), -1)
    for gate in range(failed.shape[1]):
        rows[f"first_failing{ending}"][gate] = (first == gate).sum()
        rows[f"any_failing{ending}"][gate] = failed[:, gate].sum()
        rows[f"only_failing{ending}"][gate] = (failed[:, gate] & (failed.sum(axis=1) == 1)).sum()


def access(rng, count=80):
    rows = np.zeros(len(Source) * len(Gate), ACCESS_TALLY)
    for source in Source:
        part = rows[source * len(Gate) : (source + 1) * len(Gate)]
        failed = rng.random((count, len(Gate))) < 0.25
        failed[:, : Gate.ANXIETY] = False
        tally(part, failed, "")
        part["source"], part["gate"], part["attempts"] = source, np.arange(len(Gate)), count
        part["succeeded"] = (~failed.any(axis=1)).sum()
    return rows


def team_run(replication=0, team="Moorland", team_index=0, seed=1, weeks=52, people=0):
    """One made-up run; the same arguments give the same run."""
    rng = np.random.default_rng([seed, replication, team_index])
    weekly = filled(WARM_UP + weeks, WEEKLY, WEEKLY_MIDDLES, rng)
    weekly["week"] = np.arange(-WARM_UP, weeks)
    persons = filled(people, PERSON, {}, rng) if people else None
    if persons is not None:
        persons["id"], persons["stage"], persons["interest_b"] = np.arange(people), np.arange(people) % 10, 3
    minutes = rng.random((len(labels.roles()), len(Activity))) * 20_000
    ledgers = gates(rng), access(rng)
    return TeamRun(
        team, team_index, replication, 1000 * seed + replication, outcome(rng), weekly, *ledgers, minutes, persons
    )


def result(replications=20, teams=("Moorland",), weeks=52, people=0, title="A made-up team", world=()):
    runs = [
        team_run(replication, team, index, weeks=weeks, people=people)
        for replication in range(replications)
        for index, team in enumerate(teams)
    ]
    return RunResult.of(scenario(weeks, title, world or described(teams)), runs, seed=1)


def described(teams):
    """Teams of these names, each with every number at its default."""
    usual = TeamDescription()
    return tuple(TeamWorld(team, 1, usual, usual) for team in teams)
