"""Small worlds: a scenario becomes a world, its days pass one by one or part by part, and its account is drawn up."""

from functools import cache

import numpy as np

from cpsim.model import day
from cpsim.model.codes import Stage
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import MEMBERSHIPS, make
from cpsim.model.simulate import simulate
from cpsim.population.populate import plan, populate
from cpsim.scenario.load import load
from cpsim.scenario.tables import roles

ROLES = tuple(role.name for role in roles())
NURSE, LINK_WORKER = "community psychiatric nurse", "link worker"
ON_CASELOAD = (Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY, Stage.HOSPITAL)


def staff(posts=None, vacant=None):
    """Posts of every role: those given in post or vacant, none of the others."""
    return {
        role: {"in_post": float((posts or {}).get(role, 0)), "vacant": float((vacant or {}).get(role, 0))}
        for role in ROLES
    }


shipped = cache(load)


def scenario(name="cmht", changes=None, **top):
    """A shipped scenario, changed."""
    return shipped(name).with_(changes or {}, **top)


def world(chosen, seed=1, warm_up_weeks=26):
    """The first team of a scenario on the evening before its first day."""
    return populate(plan(chosen, chosen.teams[0], warm_up_weeks), seed)


def days(w):
    """Let the days pass; stops after each, with its number."""
    team = w.team[0]
    while team["day"] < team["last_day"] - 1:
        day.run_day(w)
        yield int(team["day"])


def parts(w):
    """One day, part by part as `run_day` has it; stops after each, with its name and the practitioner's row (or -1)."""
    day.open_day(w)
    yield "open", -1
    for k in range(len(w.workers)):
        day.morning(w, k)
        yield "morning", k
    day.receive(w)
    yield "receive", -1
    day.live(w)
    yield "live", -1
    day.plan(w)
    yield "plan", -1
    for k in range(len(w.workers)):
        day.work(w, k)
        yield "work", k
    day.close_day(w)
    yield "close", -1


def finish(w):
    """Run to the end. Returns the run's OUTCOME row."""
    out = make(1, OUTCOME)
    simulate(w, out[0], np.zeros(1, np.int64))
    return out[0]


def run(chosen, seed=1, warm_up_weeks=26):
    """The world at its end, and its outcome."""
    w = world(chosen, seed, warm_up_weeks)
    return w, finish(w)


def on_caseload(w):
    """Which people are on the caseload, as a mask."""
    return np.isin(w.people["stage"], ON_CASELOAD)


def members(w):
    """Members of each place, counted from the people's side."""
    rows = w.memberships["place"]
    return np.bincount(rows[rows >= 0], minlength=len(w.places))


def by_person(w):
    """The memberships of each person, a line each."""
    return np.asarray(w.memberships["place"]).reshape(-1, MEMBERSHIPS)
