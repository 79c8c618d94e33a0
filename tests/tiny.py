"""Tiny teams for tests: a quiet one, in which nothing happens until a test switches it on, and single rows."""

import datetime

import numpy as np

from cpsim.model.codes import Source
from cpsim.model.day import run_day
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import MEMBERSHIPS, make
from cpsim.model.rules import membership
from cpsim.model.simulate import simulate
from cpsim.population.law import NO_LAW
from cpsim.population.populate import plan, populate
from cpsim.scenario.load import load
from cpsim.scenario.record import DTYPE, values
from cpsim.scenario.schema import TeamDescription
from cpsim.scenario.tables import roles

MONDAY = datetime.date(2026, 3, 30)

# One social worker, always at work, with the whole day for people; people who stay and are well, seen at the base.
QUIET = {
    "team.caseload_per_wte": 1,
    "team.new_people_per_month": 0,
    "place.settlements": 1,
    "policies.crisis_team_share": 0,
    "policies.duty_rota": False,
    "policies.reviews": False,
    "strategy.materials": False,
    "strategy.community_engagement_hours_per_week": 0,
    "switches.capacity_trap": False,
    "switches.workforce_spiral": False,
    "switches.discharge_pressure": False,
    "switches.isolation": False,
    "parameters.leaving_per_year": 0,
    "parameters.transfers_per_year": 0,
    "parameters.leave_days": 0,
    "parameters.sickness_share": 0,
    "parameters.meetings_share": 0,
    "parameters.records_share": 0,
    "parameters.relapse_per_year": 0,
    "parameters.severity_hr": 1,
    "parameters.hospital_chance": 0,
    "parameters.crisis_contact_effect": 1,
    "parameters.brief_share": 0,
    "parameters.long_stay_years": 60,
    "parameters.dropouts_per_year": 0,
    "parameters.deaths_per_year": 0,
    "parameters.return_share": 0,
    "parameters.accept_share": 1,
    "parameters.start_crisis_share": 0,
    "parameters.phone_share": 0,
    "parameters.base_share": 1,
    "parameters.miss_share": 0.001,
    "parameters.miss_anxiety_or": 1,
    "parameters.miss_relationship_or": 1,
    "parameters.unwell_recovery": 0,
    "parameters.unwell_stabilising": 0,
    "parameters.own_attempts_per_month": 0,
    "parameters.ordinary_attempts": 0,
    "parameters.ordinary_spread": 0,
    "parameters.group_lifetime": 200,
}  # fmt: skip


def standing(changes):
    """Paths that hold from the start of warm-up."""
    return {path if path.startswith("parameters.") else f"standing.{path}": changes[path] for path in changes}


def staffed(**in_post):
    """Only these posts, all filled: WTE by role, spaces written as underscores."""
    wte = {name.replace("_", " "): size for name, size in in_post.items()}
    return {role.name: {"in_post": wte.get(role.name, 0.0), "vacant": 0.0} for role in roles()}


def quiet(changes=None, *, staff=None, **top):
    """The quiet team with these changes, which have always held; paths as in a scenario. It begins on a Monday."""
    base = {"team.staff_wte": staff or staffed(social_worker=1.0), **QUIET, **(changes or {})}
    return load("cmht").with_(standing(base), **{"start": MONDAY, "weeks": 4, **top})


def populated(scenario, seed=1, warm_up_weeks=0, law=NO_LAW):
    """The World of the scenario's first team; its rows answer to `row.field`, compiled or not.

    law: from whom people start; by default from nobody, so that they belong nowhere yet.
    """
    world = populate(plan(scenario, scenario.teams[0], warm_up_weeks, law), seed)
    named = {
        name: rows.view(np.recarray)
        for name, rows in world._asdict().items()
        if getattr(rows, "dtype", None) and rows.dtype.names
    }
    return world._replace(**named)


def member(world, i, slot=0, place=None):
    """Let a person (row `i`) belong to a place, by default the first of the kind they like best."""
    person, p = world.people[i], world.params[0]
    row = int(world.kinds[person.interest_a, 0]) if place is None else place
    own = world.memberships[i * MEMBERSHIPS + slot]
    membership.join(person, own, world.places[row], row, Source.OWN, int(world.team[0].first_day), p)
    return row


def finish(world):
    """Run the world to its end; returns its OUTCOME row."""
    outcome = make(1, OUTCOME).view(np.recarray)
    simulate(world, outcome[0], np.zeros(1, np.int64))
    return outcome[0]


def live_through(world, days):
    """Run so many days."""
    for _ in range(days):
        run_day(world)


def row(dtype, **fields):
    """One row of zeros but for these fields; it answers to `row.field`."""
    made = make(1, dtype).view(np.recarray)
    for name, value in fields.items():
        made[name] = value
    return made[0]


DEFAULTS = values(TeamDescription())


def numbers(**changes):
    """The parameters of the rules at their defaults but for these, by the names that rules use."""
    return row(DTYPE, **(DEFAULTS | changes))
