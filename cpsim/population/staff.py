"""Posts: the establishment of a team, before and after its changes, as rows.

A role's n-th post is the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cpsim.model.codes import Payer
from cpsim.model.records import NEVER, PRACTITIONER, make
from cpsim.scenario.schema import Posts, TeamDescription
from cpsim.scenario.tables import Role, roles

BLOCK = 1_000  # addresses of one role's posts
YEAR, MONTH = 365.25, 365.25 / 12
SMALLEST = 0.01  # WTE: less than this is no post
NONE = Posts()
OLD, NEW, MOVED = (
    0,
    1,
    2,
)  # a post that is there; one to be advertised; hours that somebody of a post that ends goes on with


def draft_staff(base: TeamDescription, changed: TeamDescription, change_day: int) -> np.ndarray:
    """PRACTITIONER rows of every post of either description; who is in them is drawn later, seed by seed."""
    drafted = [post for code, role in enumerate(roles()) for post in _posts(code, role, base, changed, change_day)]
    rows = make(len(drafted), PRACTITIONER)
    for row, post in zip(rows, drafted, strict=True):
        for name, value in post.items():
            row[name] = value
    return rows


def _posts(code: int, role: Role, base: TeamDescription, changed: TeamDescription, change_day: int) -> Iterator[dict]:
    before = base.team.staff_wte.get(role.name, NONE)
    after = changed.team.staff_wte.get(role.name, NONE)
    old_sizes = _split(_established(before))
    filled = _filled(old_sizes, before, base.team.vacancies == "usual")
    stays = [sum(old_sizes[: number + 1]) <= _established(after) + SMALLEST for number in range(len(old_sizes))]
    rest = _established(after) - sum(size for size, there in zip(old_sizes, stays, strict=True) if there)
    moves = NEW if all(stays) else MOVED
    posts = [(size, -NEVER, NEVER if there else change_day, OLD) for size, there in zip(old_sizes, stays, strict=True)]
    posts += [(size, change_day, NEVER, moves) for size in _split(rest)]
    rounds_before, rounds_after = rounds_of(before, base), rounds_of(after, changed)
    for number, (size, opens, closes, kind) in enumerate(posts):
        yield {
            **_of_role(role, base.team.setting == "third_sector", size),
            "id": code * BLOCK + number,
            "role": code,
            "opens": opens,
            "closes": closes,
            "filled_at_start": filled[number] if kind == OLD else 0.0,
            "recruiting": kind,
            "round_before": rounds_before.days,
            "round_after": rounds_after.days,
            "success_before": rounds_before.success,
            "success_after": rounds_after.success,
        }


def _established(posts: Posts) -> float:
    return posts.in_post + posts.vacant


def _split(wte: float) -> list[float]:
    """Full-time posts, and one part-time post for the rest."""
    whole = math.floor(wte + SMALLEST)
    rest = wte - whole
    return [1.0] * whole + ([rest] if rest >= SMALLEST else [])


def _filled(sizes: list[float], posts: Posts, usual: bool) -> list[float]:
    """Chance that each post is filled on the first day, so that the mean WTE in post is what it is said to be.

    Usual vacancies are now in this post and now in that one, as leaving and recruiting leave them in the long run.
    Vacancies that are just now so are whole posts; what is over of their hours is the chance that one more is vacant.
    """
    vacant = sum(sizes) - posts.in_post
    if usual:
        return [1.0 - vacant / max(sum(sizes), SMALLEST)] * len(sizes)
    filled = [1.0] * len(sizes)
    largest_first = sorted(range(len(sizes)), key=lambda n: (-sizes[n], -n))
    for number in largest_first:
        if sizes[number] <= vacant + SMALLEST:
            filled[number] = 0.0
            vacant -= sizes[number]
    one_more = next((number for number in largest_first if filled[number]), None)
    if one_more is not None and vacant > SMALLEST:
        filled[one_more] -= vacant / sizes[one_more]
    return filled


class Rounds(NamedTuple):
    """Recruitment to a role's posts: the mean days of a round, and the chance that it ends with a starter."""

    days: float
    success: float


def rounds_of(posts: Posts, description: TeamDescription) -> Rounds:
    """Rounds that keep the vacancies which are usual; those of the evidence where today's are just chance.

    Vacant / filled = leaving rate x time to fill, and time to fill = days of a round / chance that it succeeds.
    """
    p = description.parameters
    if description.team.vacancies == "just now":
        return Rounds(p.refill_days, p.round_success)
    if posts.vacant <= 0:
        return Rounds(1.0, 1.0)
    if posts.in_post <= 0 or p.leaving_per_year <= 0:
        return Rounds(p.refill_days, 0.0)
    to_fill = max(1.0, posts.vacant / posts.in_post * YEAR / p.leaving_per_year)
    days = min(p.refill_days, to_fill)
    return Rounds(days, days / to_fill)


def _of_role(role: Role, third_sector: bool, wte: float) -> dict[str, float]:
    coordinates = role.coordinates_third_sector if third_sector else role.coordinates_cmht
    return {
        "wte": wte,
        "coordinates": int(coordinates),
        "clinical": int(role.clinical or (third_sector and coordinates)),
        "helps": round(role.helps * wte),
        "contact_factor": role.contacts_a_month or 1.0,
        "orientation": role.orientation,
        "own_work": 0.0 if coordinates else role.own_work,
        "hour_cost": role.hour_cost,
        "payer": int(Payer[role.payer]),
    }
