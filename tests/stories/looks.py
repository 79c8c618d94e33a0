"""Made-up looks: a person before and after, with only what a test is about."""

import datetime
from types import SimpleNamespace

import numpy as np

from cpsim.model.codes import ROLES, Activity, Gate, Source
from cpsim.model.ledgers import ACCESS_TALLY
from cpsim.model.records import MEMBERSHIP, MEMBERSHIPS, PERSON, PLACE, PRACTITIONER, TASK, TEAM, make
from cpsim.stories.look import Look, Seen
from cpsim.stories.walk import Part
from tests.tiny import numbers


def look(belongs=(), spent=None, tried=None, **fields):
    """A look at somebody without anything but these fields, memberships, minutes by activity and attempts."""
    person = make(1, PERSON)
    for name, value in {"coordinator": 0, "cp_worker": -1, "stage": 4, **fields}.items():
        person[name] = value
    places = make(MEMBERSHIPS, MEMBERSHIP)
    places["place"] = -1
    for slot, (place, attended) in enumerate(belongs):
        places[slot]["place"], places[slot]["attended"] = place, attended
    access, minutes = make((len(Source), len(Gate)), ACCESS_TALLY), np.zeros((ROLES, len(Activity)))
    for source, gates in (tried or {}).items():
        access[source]["attempts"] += 1
        access[source]["any_failing"][list(gates)] += 1
    for activity, number in (spent or {}).items():
        minutes[0, activity] = number
    return Look(person[0], places, access, minutes)


def future(kind=Activity.ROUTINE, present=True, windows=None, day=30):
    """A future of two posts and one place, on this day, with one task of this kind."""
    world = SimpleNamespace(
        team=make(1, TEAM), workers=make(2, PRACTITIONER), tasks=make(1, TASK), places=make(1, PLACE), windows=windows
    )
    world.tasks["kind"] = kind
    world.workers["present"] = present
    return SimpleNamespace(
        world=world,
        day=day,
        numbers=numbers(),
        post=lambda k: ("nurse 1", "nurse 2")[k],
        kind_of=lambda place: "education",
        date=lambda number: datetime.date(2026, 4, 1) + datetime.timedelta(days=number),
    )


def told(topic, before, after, part="task", team=None):
    """Kinds of what a topic finds between two looks."""
    return dict(topic(Seen(before, after, 0), Part(part, 0, 0), team or future()))
