"""Are two worlds, or two runs, the same to the bit?"""

import numpy as np

from cpsim.population.places import GENERATION, RESERVE

ROWS = ("people", "workers", "places", "memberships", "weekly")
TABLES = ("outcome", "weekly", "gates", "access", "minutes", "people")
PLACES = ("found_place", "window_place")  # of a person: rows of `places`
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
    """People with the addresses of their practitioners and places instead of row numbers, which differ when there are
    more posts, or groups that could be opened.
    """
    people = np.array(world.people)
    posts, places = np.append(world.workers["id"], -1), np.append(world.places["id"], -1)
    for name in POSTS:
        people[name] = posts[people[name]]
    for name in PLACES:
        people[name] = places[people[name]]
    return people


def by_place(world):
    """Memberships with the addresses of their places instead of row numbers."""
    memberships = np.array(world.memberships)
    memberships["place"] = np.append(world.places["id"], -1)[memberships["place"]]
    return memberships


def places_of_the_town(world):
    """Groups that are there without anybody's doing, in the order of their addresses, without row numbers."""
    places = np.array(world.places)
    places["next"] = 0
    return np.sort(places[places["id"] % GENERATION < RESERVE], order="id")
