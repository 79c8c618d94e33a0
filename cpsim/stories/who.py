"""Who somebody is and how they stand, in sentences, from their row; and what a story comes to in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cpsim.model.codes import HOUR, STAGE_LABELS, Stage
from cpsim.model.records import DELIVERED, MEMBERSHIPS, SEEN
from cpsim.outputs.words import listed, pounds
from cpsim.scenario.tables import kinds
from cpsim.stories import words
from cpsim.stories.connecting import gates_of
from cpsim.stories.future import Future
from cpsim.stories.happenings import ON_CASELOAD

MOST_NAMED = 4  # barriers named in the summary


def who_it_is(person: Any) -> Iterator[str]:
    """Home, severity, anxiety, income, interests, wish; what never changes."""
    km = (person["home_x"] ** 2 + person["home_y"] ** 2) ** 0.5
    transport = "has a car" if person["car"] else "has no car"
    bus = "a regular bus stops near" if person["near_bus"] else "no regular bus stops near"
    yield f"Lives {km:.1f} km from the team's base; {transport}; {bus}."
    severity = words.level(person["severity"], words.SEVERITY)
    anxiety = words.level(person["social_anxiety"], words.ANXIETY)
    yield f"Mental ill health is {severity}; is {anxiety}."
    interests = [kinds()[person["interest_a"]], kinds()[person["interest_b"]]]
    yield f"Has about £{person['spare_income']:.0f} a week to spare. Likes {interests[0]} best, then {interests[1]}."
    wish = words.level(person["wish"], words.WISH)
    stays = "somebody who stays for years" if person["long_stay"] else "somebody who is helped for some months"
    yield f"{wish[0].upper()}{wish[1:]}. To the team, {stays}."


def how_they_stand(future: Future, i: int) -> Iterator[str]:
    """Stage, co-ordinator, places, ties and scores on this day."""
    person = future.world.people[i]
    stage = Stage(int(person["stage"]))
    if stage not in ON_CASELOAD:
        yield f"{_stage(stage)}."
    else:
        k = int(person["coordinator"])
        seen = "seen today" if person["days_since_contact"] < 1 else f"last seen {_days(person)} ago"
        if person["days_since_contact"] >= future.day - person["joined_day"]:
            seen = "not seen yet"
        worker = f"care co-ordinator: {future.post(k)}" if k >= 0 else "no care co-ordinator"
        yield f"{_stage(stage)}; {worker}; {seen}."
    there = belongs_to(future, i)
    yield f"{_ties(person)}; {f'goes to {listed(there)}' if there else 'belongs to no local place'}."
    yield f"Access to social capital {person['capital']:.0f} of 27; wellbeing {person['wellbeing']:.0f} (14 to 70)."


def _stage(stage: Stage) -> str:
    return STAGE_LABELS[stage][0].upper() + STAGE_LABELS[stage][1:]


def _days(person: Any) -> str:
    return words.count(person["days_since_contact"], "day")


def _ties(person: Any) -> str:
    ties = person["ties"] + person["ties_new"]
    return (
        f"About {words.count(ties, 'family member, friend or neighbour', 'family, friends and neighbours')} to turn to"
    )


def belongs_to(future: Future, i: int) -> list[str]:
    """Places the person belongs to now."""
    rows = future.world.memberships["place"][i * MEMBERSHIPS : (i + 1) * MEMBERSHIPS]
    return [words.a_place(future.kind_of(int(row))) for row in rows if row >= 0]


def in_the_end(future: Future, i: int) -> Iterator[str]:
    """What the weeks reported came to."""
    person = future.world.people[i]
    days = {stage: int(person[field]) for stage, field in _DAYS.items()}
    if not any(days[stage] for stage in ON_CASELOAD):
        yield "Was never on the caseload in these weeks."
        return
    spent = [f"{words.count(number, 'day')} {STAGE_LABELS[stage]}" for stage, number in days.items() if number]
    yield f"{listed(spent)[0].upper()}{listed(spent)[1:]}."
    yield _of_contacts(person)
    yield from _of_windows(future.world.windows[i])
    yield _of_cp(person)
    yield _of_places(future, i)
    capital = f"{person['capital_before']:.0f} then, {person['capital']:.0f} now (of 27)"
    wellbeing = f"{person['wellbeing_before']:.0f} then, {person['wellbeing']:.0f} now (14 to 70)"
    yield f"Access to social capital {capital}; wellbeing {wellbeing}."


_DAYS = {
    Stage.WAITING: "days_waiting",
    Stage.CRISIS: "days_in_crisis",
    Stage.STABILISING: "days_stabilising",
    Stage.RECOVERY: "days_in_recovery",
    Stage.HOSPITAL: "days_in_hospital",
}


def _of_contacts(person: Any) -> str:
    hours = f"{person['contact_minutes'] / HOUR:.0f} hours together"
    seen = f"Seen {words.times(int(person['contacts_held']))}, {hours}; not seen as planned"
    missed, changed = (
        words.count(int(person["contacts_missed"]), "time"),
        words.count(int(person["worker_changes"]), "change"),
    )
    crises, admissions = words.count(int(person["crises"]), "crisis", "crises"), int(person["admissions"])
    admitted, reviews = words.count(admissions, "admission"), words.count(int(person["reviews_done"]), "review")
    return f"{seen} {missed}; {reviews}; {changed} of care co-ordinator; {crises}, {admitted}."


def _of_windows(bits: Any) -> Iterator[str]:
    """How many chances, how many used, and what stood in the way most often."""
    closed = [int(found) for found in bits if found]
    if not closed:
        return
    moved = sum(bool(found & DELIVERED) for found in closed)
    seen = sum(bool(found & SEEN) for found in closed)
    yield (
        f"{words.count(len(closed), 'chance')} for CP; in {seen} of them a contact could have carried it; "
        f"CP moved on in {moved}."
    )
    stops = Counter(gate for found in closed if not found & DELIVERED for gate in gates_of(found))
    most = [f"{words.barriers([gate])} ({number})" for gate, number in stops.most_common(MOST_NAMED)]
    if most:
        yield f"In the way most often: {'; '.join(most)}."


def _of_cp(person: Any) -> str:
    steps = int(person["steps_done"])
    if not person["cp_minutes"] and not steps:
        return "No CP took place."
    hours = f"{person['cp_minutes'] / HOUR:.1f} hours of CP in {words.count(int(person['cp_contacts']), 'contact')}"
    before = f" ({words.count(int(person['steps_done_before']), 'step')} before)" if person["steps_done_before"] else ""
    return f"{hours}; {steps} of five steps done{before}."


def _of_places(future: Future, i: int) -> str:
    person, there = future.world.people[i], belongs_to(future, i)
    joined = f"Joined {words.count(int(person['joined']), 'place')}; goes to {listed(there) if there else 'none now'}"
    ties = words.count(int(person["ties_made"]), "person", "people")
    return f"{joined}; got to know {ties} there; paid {pounds(float(person['own_pocket']))} for it."
