"""Are two worlds, or two runs, the same to the bit?"""

import numpy as np

ROWS = ("people", "workers", "places", "memberships", "weekly")
TABLES = ("outcome", "weekly", "gates", "access", "minutes", "people")
POSTS = ("coordinator", "last_coordinator", "cp_worker")  # of a person: rows of `workers`


def bits(rows):
    """Values as bytes, so that not-a-number equals itself and 0.0 is not -0.0."""
    return np.ascontiguousarray(rows).tobytes()


def differing(one, other):
    """Names of the tables in which two TeamRuns differ."""
    return [name for name in TABLES if bits(getattr(one, name)) != bits(getattr(other, name))]


def run_key(run):
    return run.team_index, run.replication


def by_post(world):
    """People with the addresses of their practitioners in place of row numbers, which differ when posts are added."""
    people = np.array(world.people)
    numbers = np.append(world.workers["id"], -1)
    for name in POSTS:
        people[name] = numbers[people[name]]
    return people
