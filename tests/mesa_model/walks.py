"""One team walked two ways, and whether both left the same bits."""

import hashlib
import sys

import numba

from cpsim.mesa_model import CMHTModel
from cpsim.model import draw
from cpsim.model.day import run_day
from cpsim.population.populate import plan, populate
from cpsim.scenario.load import load
from cpsim.scenario.tables import roles

WARM_UP = 26  # weeks, so that teams unlike the saved start take no four times as long
FEW_EXAMPLES = 2  # uncompiled, a day takes a thousand times as long


def small(weeks=4, times=1):
    """A team of four posts with about thirty people; CP has training, supervision and somebody who leads.

    times: so many times the posts, and with them the people.
    """
    posts = {"community psychiatric nurse": 1.0, "social worker": 0.5, "support worker": 0.5, "link worker": 0.5}
    changes = {
        "standing.team.staff_wte": {
            role.name: {"in_post": times * posts.get(role.name, 0.0), "vacant": 0.0} for role in roles()
        },
        "standing.team.caseload_per_wte": 20.0,
        "standing.place.population": 8_000.0,
        "strategy.training_days_per_person": 1.0,
        "strategy.supervision_every_weeks": 4.0,
        "strategy.leadership": "someone",
    }
    return load("cmht").with_(changes, weeks=weeks)


def engine_world(chosen, seed, replication=0, number=0, warm_up_weeks=WARM_UP):
    """The world that the engine would run: the same team, on the eve of its first day of warm-up."""
    teams = [team for team in chosen.teams for _ in range(team.copies)]
    return populate(plan(chosen, teams[number], warm_up_weeks), draw.world_seed(seed, replication, number))


def differences(one, other):
    """Every array and field that differs in any bit."""
    found = []
    for name, left, right in zip(one._fields, one, other, strict=True):
        if name != "seed" and left.tobytes() != right.tobytes():
            fields = [field for field in left.dtype.names or () if left[field].tobytes() != right[field].tobytes()]
            found += [f"{name}.{field}" for field in fields] or [name]
    return found


def first_difference(model, world):
    """Walk both, day by day, to the end of the run. Returns (day, what differs) of the first difference, or None."""
    while world.team[0]["day"] < model.day:
        run_day(world)
    while True:
        found = differences(world, model.world)
        if found:
            return model.day, found
        if not model.running:
            return None
        model.step()
        run_day(world)


def fingerprint(weeks, shipped=None):
    """Of both walks of a small team, or of a shipped scenario, over every array at the end: {walk: digest}."""
    chosen = load(shipped).with_(weeks=weeks) if shipped else small(weeks)
    model = CMHTModel(chosen, seed=3, warm_up_weeks=WARM_UP)
    model.run_model()
    world = engine_world(chosen, seed=3)
    while world.team[0]["day"] < model.day:
        run_day(world)
    digests = {}
    for name, each in {"Mesa": model.world, "engine": world}.items():
        digests[name] = hashlib.sha256(b"".join(array.tobytes() for array in each[1:])).hexdigest()
    return digests


if __name__ == "__main__":
    asked = {"weeks": 1, "shipped": sys.argv[1]} if sys.argv[1:] else {"weeks": 3}
    print(bool(numba.config.DISABLE_JIT), *fingerprint(**asked).values())
