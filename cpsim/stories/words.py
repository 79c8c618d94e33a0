"""Every sentence of a story, in one place: plain British English, nobody's jargon.

A template is filled with the facts of a `Happening` of its name. Names of barriers, stages and kinds of place are the
labels of `cpsim.model.codes` and of resources.csv.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from cpsim.model.codes import GATE_LABELS, Activity, Gate, Mode, Source

STEPS = (
    "explore the connections there are",
    "explore new opportunities",
    "agree an action plan",
    "address what stands in the way",
    "review progress",
)

SENTENCES = {
    # the way in and out
    "referred": "Referred to the team.",
    "came back": "Referred to the team again, after having been discharged before.",
    "in crisis while waiting": "In crisis, or urgent, while waiting: goes to the front of the list.",
    "assessed": "The assessment is complete, after {days}.",
    "not taken on": "Assessed and not taken on: the referral is closed.",
    "taken on": "Taken on by the team, after {days} of waiting.",
    "discharged": "Discharged.",
    "lost contact": "Lost contact with the team, and is no longer on the caseload.",
    "died": "Died.",
    # stages
    "crisis": "A crisis begins; {held}.",
    "hospital": "Admitted to hospital.",
    "home": "Home from hospital, after {days}; now stabilising.",
    "stabilising": "The crisis has passed, after {days}; now stabilising.",
    "recovery": "In recovery again.",
    # the practitioner
    "worker left": "The care co-ordinator ({worker}) left the team; nobody has taken over yet.",
    "worker gone": "No longer has a care co-ordinator.",
    "worker given": "{worker} becomes the care co-ordinator.",
    "worker again": "{worker} becomes the care co-ordinator, after {days} without one.",
    "worker changed": "Given another care co-ordinator: {worker}.",
    # contacts
    "seen": "Seen {where} by {worker}, {minutes} minutes{why}.",
    "not seen": "{worker} {came}.",
    "put off": "{what} was due and nobody had time: {cause}{again}.",
    "put off away": "{what} was due and {worker} was away{again}.",
    "put off alone": "{what} was due and there was no care co-ordinator{again}.",
    "review": "{worker} reviewed the care plan.",
    "assessment": "{worker} gave {minutes} minutes to the assessment.",
    # Connecting People
    "raised": "{worker} takes up Connecting People (CP) with them.",
    "booked": "Visits for CP are booked with {worker}.",
    "unbooked": "The booked visits for CP come to an end.",
    "explained": "The CP materials were explained.",
    "looked": "CP: {minutes} minutes of looking for a way to a place, {places} looked at; none that suits yet.",
    "way found": "CP: {minutes} minutes of looking for a way to a place, {places} looked at; a way is found, and the "
    "looking of these weeks counts.",
    "cp": "CP: {minutes} minutes on step {step} ({name}).",
    "step worked through": "Step {step} is worked through{well}.",
    "window delivered": "Chance for CP, {span}: CP moved on.",
    "window stopped": "Chance for CP, {span}: nothing came of it. In the way: {gates}.{imputed}",
    "goal set": "A social goal is agreed.",
    "goal reached": "A social goal is reached.",
    # places and ties
    "tried": "{who}. {result}",
    "joined": "Joined {place}.",
    "first time": "Went there for the first time ({place}).",
    "tie": "Got to know somebody there.",
    "left place": "Stopped going to {place}; had been {times}.",
    "renewed": "Took up a connection again that had fallen away.",
}

TRIES = {
    Source.CP: "A place to go was looked for, as part of CP",
    Source.ORDINARY: "Part of the contact went into looking for a place to go, as support outside CP",
    Source.OWN: "Looked for a place to go, without help",
}
NOTHING_IN_THE_WAY = "Nothing stood in the way."
NO_ROOM_FOR_MORE = "Nothing stood in the way, but it came to nothing: a place too many, or one of theirs already."
IMPUTED = " (No contact could have carried CP: what stands last here is what it would have met.)"
WELL = {
    True: ", and counts as done",
    False: ", but not well enough to count as done",  # quality: skill, attitude and relationship
}
WHERE = {Mode.BASE: "at the team base", Mode.VISIT: "at home", Mode.PHONE: "by phone or video"}
WHY = {"CRISIS": ", in crisis", "CP_VISIT": ", a visit for CP"}
NOT_SEEN = {True: "called and found nobody in", False: "was expecting them, and they were not seen"}
TASKS = {
    Activity.CRISIS: "contact in crisis",
    Activity.ASSESSMENT: "assessment",
    Activity.STABILISING: "contact while stabilising",
    Activity.ROUTINE: "planned contact",
    Activity.REVIEW: "review of the care plan",
    Activity.CP_VISIT: "visit for CP",
}
NO_TIME = "no time for it today"
ABOUT_THE_DAY = {
    "weekend": "The team works from Monday to Friday.",
    "vacant": "The post is vacant.",
    "away": "Away today: leave or sickness.",
    "day off": "A part-time post, and today is not one of its days.",
    "at work": "At work today.",
}
DUE = {"contact": "A contact", "visit": "A visit for CP"}
CAUSES = {
    "put_off_crisis": GATE_LABELS[Gate.CRISIS_WORK],
    "put_off_absence": GATE_LABELS[Gate.ABSENCE],
    "put_off_caseload": GATE_LABELS[Gate.CASELOAD],
}
HELD = {True: "a crisis team looks after it with the team", False: "the team looks after it"}

# A number of standard deviations below which the words hold.
SEVERITY = (
    (-1.0, "much milder than most people's here"),
    (-0.4, "milder than most people's here"),
    (0.4, "about as severe as most people's here"),
    (1.0, "more severe than most people's here"),
    (math.inf, "much more severe than most people's here"),
)
ANXIETY = (
    (-1.0, "hardly shy of meeting people"),
    (-0.4, "less anxious with people than most here"),
    (0.4, "about as anxious with people as most here"),
    (1.0, "more anxious with people than most here"),
    (math.inf, "very anxious with people"),
)
WISH = (
    (0.2, "seldom wants more connection with others"),
    (0.45, "now and then wants more connection with others"),
    (0.7, "more often than not wants more connection with others"),
    (1.01, "nearly always wants more connection with others"),
)


def level(value: float, words: Sequence[tuple[float, str]]) -> str:
    """The words for a level of a trait."""
    return next(text for most, text in words if value < most)


def sentence(kind: str, facts: dict) -> str:
    """One sentence of the story."""
    text = SENTENCES[kind].format(**facts)
    return text[0].upper() + text[1:]


def barriers(gates: Sequence[int]) -> str:
    """Barriers by their labels, in display order."""
    return "; ".join(GATE_LABELS[Gate(gate)] for gate in gates)


def stood_in_the_way(gates: Sequence[int], joined: bool) -> str:
    """What came of an attempt at a connection."""
    if gates:
        return f"In the way: {barriers(gates)}."
    return NOTHING_IN_THE_WAY if joined else NO_ROOM_FOR_MORE


def count(number: float, one: str, many: str = "") -> str:
    """ "1 day", "12 days", "no day"."""
    whole = round(number)
    return f"{whole:,} {one if whole == 1 else many or one + 's'}"


def again(days: int, last: datetime.date) -> str:
    """On how many days the same was so."""
    return f", on {count(days, 'working day')} up to {last.day} {last:%B}" if days > 1 else ""


def times(number: int) -> str:
    """ "once", "3 times"."""
    return {0: "not once", 1: "once", 2: "twice"}.get(number, f"{number} times")


def date(day: datetime.date) -> str:
    """ "2 April 2026"."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: datetime.date) -> str:
    """ "Thu 2 Apr"."""
    return f"{day:%a} {day.day:>2} {day:%b}"


def span(first: datetime.date, last: datetime.date) -> str:
    """ "2 April to 29 April"."""
    return f"{first.day} {first:%B} to {last.day} {last:%B}"


def a_place(kind: str) -> str:
    """A place by its kind."""
    return f"a place for {kind}"
