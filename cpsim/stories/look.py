"""One look at what belongs to one person: copies of their rows, so that two looks can be compared."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cpsim.model.records import MEMBERSHIPS, World


class Look(NamedTuple):
    """The rows of one person at one moment, and the accounts that tell what came of an attempt or a contact.

    person: PERSON. places: MEMBERSHIP, a row each. access: ACCESS_TALLY by source and gate. minutes: by role and
    activity.
    """

    person: Any
    places: np.ndarray
    access: np.ndarray
    minutes: np.ndarray

    def same(self, other: Look) -> bool:
        """Has nothing of the person's own changed between the two?"""
        pairs = (self.person, other.person), (self.places, other.places), (self.access, other.access)
        return all(one.tobytes() == two.tobytes() for one, two in pairs)

    @classmethod
    def at(cls, w: World, i: int) -> Look:
        """Look at person `i` now."""
        belongs = w.memberships[i * MEMBERSHIPS : (i + 1) * MEMBERSHIPS]
        return cls(w.people[i].copy(), belongs.copy(), w.access.copy(), w.minutes.copy())


class Seen(NamedTuple):
    """A part of a day, looked at before and after. row: the person's."""

    before: Look
    after: Look
    row: int

    def rose(self, field: str) -> float:
        """By how much a number of the person rose."""
        return self.after.person[field] - self.before.person[field]

    def was(self, field: str) -> Any:
        """A field of the person before."""
        return self.before.person[field].item()

    def now(self, field: str) -> Any:
        """A field of the person after."""
        return self.after.person[field].item()

    def turned(self, field: str) -> bool:
        """Did a yes/no field become yes?"""
        return bool(self.after.person[field] and not self.before.person[field])

    def spent(self, role: int, activity: int) -> float:
        """Minutes that a role spent on an activity."""
        return float(self.after.minutes[role, activity] - self.before.minutes[role, activity])
