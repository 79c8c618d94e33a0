"""Make the law of a team at rest anew: many long runs of the ordinary team with nothing done, and who is there then."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from cpsim.errors import ScenarioError
from cpsim.model import draw
from cpsim.model.codes import Stage
from cpsim.model.day import run_day
from cpsim.model.records import MEMBERSHIPS, World
from cpsim.model.rules import outcome
from cpsim.population.law import NO_LAW, SAVED, SAVED_PLACE, Law, base_digest, levels
from cpsim.population.populate import plan, populate
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import Scenario, load
from cpsim.scenario.schema import TeamDescription
from cpsim.scenario.sheet import always_so

ROOT = "cmht"  # whose base, the team before anything is done, the law is of
PEOPLE = 2_500  # kept
WEEKS_A_YEAR = 52
PROBE_WEEKS, PROBE_SEEDS = 156, (1, 2)  # of the runs that show which numbers change nothing
ON_CASELOAD = (Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY, Stage.HOSPITAL)
Told = Callable[[str], None]


def settle(years: int, replications: int, seed: int, tell: Told = lambda line: None) -> Law:
    """The law after so many years of so many teams. `tell` gets a line now and then."""
    scenario = undisturbed(load(ROOT))
    tell(f"{replications} teams live for {years} years")
    seeds = [draw.world_seed(seed, replication, 0) for replication in range(replications)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(lambda own: people_at_rest(scenario, own, years * WEEKS_A_YEAR), seeds))
        people, places = (np.concatenate(each) for each in zip(*found, strict=True))
        tell("each measured number is changed in turn, to see which of them matter before anything is done")
        no_matter = _no_matter(scenario, pool)
    kept = np.linspace(0, len(people) - 1, min(PEOPLE, len(people))).astype(np.int64)  # evenly over teams and rows
    people, places = people[kept], places.reshape(-1, MEMBERSHIPS)[kept]
    order = np.lexsort((-people["belongs"], people["long_stay"]))
    base = scenario.teams[0].base
    made = {
        "version": _version(),
        "scenario": ROOT,
        "seed": seed,
        "years": years,
        "replications": replications,
        "base": base_digest(base, no_matter),
        **levels(base),
        "no_matter": no_matter,
    }
    return Law(made, people[order], places[order].ravel())


def undisturbed(scenario: Scenario) -> Scenario:
    """The scenario's teams as they are, with nothing done: one week is reported, and all before it is warm-up."""
    teams = tuple(dataclasses.replace(team, changed=team.base) for team in scenario.teams)
    return dataclasses.replace(scenario.with_(weeks=1), teams=teams)


def people_at_rest(scenario: Scenario, seed: int, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """SAVED and SAVED_PLACE rows of everybody on the caseload of one team after so many weeks."""
    world = populate(plan(scenario, scenario.teams[0], weeks, NO_LAW), seed)
    while world.team[0]["day"] < -1:
        run_day(world)
    return saved(world)


def saved(world: World) -> tuple[np.ndarray, np.ndarray]:
    """SAVED and SAVED_PLACE rows of everybody who is on the caseload today."""
    today, p = world.team[0]["day"], world.params[0]
    there = np.flatnonzero(np.isin(world.people["stage"], ON_CASELOAD))
    rows, people = world.people[there], np.zeros(len(there), SAVED)
    for name in set(SAVED.names or ()) & set(rows.dtype.names or ()):
        people[name] = rows[name]
    people["days_here"] = today - rows["joined_day"]
    people["below"] = [outcome.wellbeing_target(row, p) for row in rows] - rows["wellbeing"]
    people["income_rank"] = -np.expm1(-rows["spare_income"] / p["spare_income"]) if p["spare_income"] > 0 else 0.0
    people["staffing"] = world.team[0]["in_post"] / world.team[0]["established"]
    own = world.memberships.reshape(-1, MEMBERSHIPS)[there]
    places = np.zeros(own.shape, SAVED_PLACE)
    belongs = own["place"] >= 0
    places["days"] = np.where(belongs, today - own["since"], -1)
    places["comfort"], places["attended"] = own["comfort"], own["attended"]
    people["belongs"] = belongs.sum(axis=1)
    return people, places.ravel()


def _no_matter(scenario: Scenario, pool: ThreadPoolExecutor) -> list[str]:
    """Paths of the measured numbers that leave people the same to the bit, at both ends of their ranges.

    What only CP reads, and what only the account reads: a study that varies these compares runs with one start.
    """

    def probe(changes: dict[str, Any]) -> bytes:
        changed = undisturbed(scenario.with_(changes))
        rows = [part for own in PROBE_SEEDS for part in people_at_rest(changed, own, PROBE_WEEKS)]
        return b"".join(part.tobytes() for part in rows)

    usual = probe({})

    def matters(path: str) -> bool:
        ends = {declarations()[path].low, declarations()[path].high} - {declarations()[path].value}
        try:
            return not ends or any(probe({path: end}) != usual for end in ends)
        except ScenarioError:
            return True

    paths = list(_measured())
    return [path for path, found in zip(paths, pool.map(matters, paths), strict=True) if not found]


def _measured() -> Iterator[str]:
    always = always_so(TeamDescription)
    for path, found in declarations().items():
        if found.kind == "measured" and path in always:
            yield path


def _version() -> str:
    try:
        return version("cpsim")
    except PackageNotFoundError:
        return "from source"
