"""Every code that a row can hold, with the plain words a person reads for it.

Codes are public: append, never renumber. Each class has its labels beside it, in one place.
"""

from enum import IntEnum


class Stage(IntEnum):
    """Where a person is with the service this day."""

    NOT_YET = 0
    WAITING = 1
    CRISIS = 2
    STABILISING = 3
    RECOVERY = 4
    HOSPITAL = 5
    DISCHARGED = 6
    DROPPED_OUT = 7
    DIED = 8
    NOT_ACCEPTED = 9


STAGE_LABELS = {
    Stage.NOT_YET: "not yet referred",
    Stage.WAITING: "waiting",
    Stage.CRISIS: "in crisis",
    Stage.STABILISING: "stabilising",
    Stage.RECOVERY: "in recovery",
    Stage.HOSPITAL: "in hospital",
    Stage.DISCHARGED: "discharged",
    Stage.DROPPED_OUT: "lost contact",
    Stage.DIED: "died",
    Stage.NOT_ACCEPTED: "assessed, not taken on",
}


class Gate(IntEnum):
    """What can stop Connecting People in a window, in display order (the order makes "first", nothing else)."""

    CRISIS_WORK = 0
    ABSENCE = 1
    CASELOAD = 2
    TOO_UNWELL = 3
    NOT_WANTED = 4
    NO_TIME_LEFT = 5
    NOT_CLEAR = 6
    NOT_PRIORITY = 7
    DOSE = 8
    ANXIETY = 9
    NOT_KNOWN = 10
    NOT_OPEN = 11
    TRANSPORT = 12
    MONEY = 13


GATE_LABELS = {
    Gate.CRISIS_WORK: "crisis work took the time",
    Gate.ABSENCE: "vacant post or absence not covered",
    Gate.CASELOAD: "caseload too high",
    Gate.TOO_UNWELL: "too unwell",
    Gate.NOT_WANTED: "not wanted just now",
    Gate.NO_TIME_LEFT: "no time left in the contact",
    Gate.NOT_CLEAR: "no clear picture of CP",
    Gate.NOT_PRIORITY: "not a priority here",
    Gate.DOSE: "seen too seldom to get anywhere",
    Gate.ANXIETY: "social anxiety",
    Gate.NOT_KNOWN: "no known local place",
    Gate.NOT_OPEN: "nothing open, of interest, with room",
    Gate.TRANSPORT: "no transport",
    Gate.MONEY: "cannot afford it",
}


class Activity(IntEnum):
    """What a practitioner's paid minutes go to; together they fill the day exactly."""

    ABSENT = 0
    MEETINGS = 1
    RECORDS = 2
    DUTY = 3
    CRISIS = 4
    ASSESSMENT = 5
    STABILISING = 6
    ROUTINE = 7
    REVIEW = 8
    CP_VISIT = 9
    TRAVEL = 10
    NOTES = 11
    ENGAGEMENT = 12
    CP_LEARNING = 13
    LEFT_OVER = 14
    OWN_WORK = 15
    INDUCTION = 16
    CP_LEADING = 17
    CP_SUPERVISION = 18
    CP_FUNDS = 19


ACTIVITY_LABELS = {
    Activity.ABSENT: "leave and sickness",
    Activity.MEETINGS: "meetings and supervision",
    Activity.RECORDS: "records and administration",
    Activity.DUTY: "duty rota",
    Activity.CRISIS: "crisis contacts",
    Activity.ASSESSMENT: "assessments",
    Activity.STABILISING: "contacts with people stabilising",
    Activity.ROUTINE: "planned contacts with people in recovery",
    Activity.REVIEW: "reviews",
    Activity.CP_VISIT: "visits for CP",
    Activity.TRAVEL: "travel",
    Activity.NOTES: "notes after contacts",
    Activity.ENGAGEMENT: "work with local groups",
    Activity.CP_LEARNING: "CP training",
    Activity.LEFT_OVER: "left over",
    Activity.OWN_WORK: "own clinics, practical support or management",
    Activity.INDUCTION: "new staff settling in",
    Activity.CP_LEADING: "leading on CP",
    Activity.CP_SUPERVISION: "CP supervision",
    Activity.CP_FUNDS: "arranging what funds pay for",
}


class Move(IntEnum):
    """What happened to a post this day."""

    SAME = 0
    LEFT = 1
    JOINED = 2
    REPLACED = 3  # a starter takes over from agency cover
    COVER_CAME = 4
    COVER_LEFT = 5


class Contact(IntEnum):
    """How a planned contact ended."""

    NO_TIME = 0
    NOT_SEEN = 1
    HELD = 2


CONTACT_LABELS = {Contact.NO_TIME: "put off for lack of time", Contact.NOT_SEEN: "not seen", Contact.HELD: "held"}


class Mode(IntEnum):
    """Where a contact takes place."""

    BASE = 0
    VISIT = 1
    PHONE = 2


MODE_LABELS = {Mode.BASE: "at the team base", Mode.VISIT: "a visit", Mode.PHONE: "by phone or video"}


class Source(IntEnum):
    """Who or what prompted an attempt at a connection."""

    CP = 0
    ORDINARY = 1
    OWN = 2


SOURCE_LABELS = {
    Source.CP: "Connecting People",
    Source.ORDINARY: "ordinary support",
    Source.OWN: "the person's own initiative",
}


class Payer(IntEnum):
    """Who pays."""

    TRUST = 0
    LOCAL_AUTHORITY = 1
    VOLUNTARY = 2
    IMPLEMENTATION = 3
    OWN_POCKET = 4


PAYER_LABELS = {
    Payer.TRUST: "mental health trust",
    Payer.LOCAL_AUTHORITY: "local authority",
    Payer.VOLUNTARY: "voluntary sector",
    Payer.IMPLEMENTATION: "putting CP into practice",
    Payer.OWN_POCKET: "people's own pockets",
}


class Purpose(IntEnum):
    """What a random draw is for. One purpose, one place in the code; append only, never renumber."""

    HOME = 1
    TRAITS = 2
    CLASS_OF_STAY = 3
    INTERESTS = 4
    STARTING_SCORES = 5
    STARTING_TIES = 6
    STARTING_STAGE = 7
    REFERRAL_DAY = 8
    REFERRAL_OUTCOME = 9
    PLACE = 10
    PLACE_TERMS = 11
    PRACTITIONER = 12
    POST_SPELL = 13
    SICKNESS = 14
    LEAVE = 15
    STAGE_SPELL = 16
    STAGE_EXIT = 17
    CRISIS_HELD_BY = 18
    CASELOAD_EXIT = 19
    RETURN = 20
    TRANSFER = 21
    CONTACT = 22
    CONTACT_LENGTH = 23
    WINDOW_PERSON = 24
    WINDOW_PLACES = 25
    ORDINARY_ATTEMPT = 26
    ORDINARY_PLACES = 27
    OWN_ATTEMPT = 28
    OWN_PLACES = 29
    ATTENDANCE = 30
    SETTLEMENT = 31
    TEAM = 32
    IMPUTED_CONTACT = 33
    MATERIALS = 34
    EXPLAINING = 35
    WAITING_SPELL = 36
    CLASS_OF_REFERRAL = 37
    BELONGING = 38
    NETWORK = 39
    RECRUITMENT = 40
    AGENCY = 41
    READ_OUTS = 42
    GOAL = 43
    PLACE_LIFE = 44
    PLACE_FILLS = 45
    PLACE_WON = 46
    STARTING_LIKE = 48
    STARTING_POST = 49
    SEARCH = 50
    AFTER_THE_RUN = 60  # people are asked once more, for a pattern


ROLES = 8  # rows of roles.csv; the order there is the code of a role
KINDS = 7  # rows of resources.csv
STEPS = 5
DAYS_A_WEEK, WORKING_DAYS = 7, 5
HOUR = 60.0  # minutes
BARRIERS = 4  # the step at which barriers are addressed and visits accompanied
QUALITY_PARTS = 3  # skill, attitude, relationship; at the steps that touch the community also knowledge of groups
RGUK_TOP = 27.0  # the scales' own ends
WEMWBS_BOTTOM, WEMWBS_TOP = 14.0, 70.0
QPR_TOP, HEALTH_TOP, INCLUSION_TOP = 60.0, 100.0, 100.0


class Event(IntEnum):
    """What a person's day asks of others; bits, so that a day can bring several."""

    CHANGED = 1
    LEAVES = 2
    UNCOVERED = 4
    TRANSFERRED = 8
    WINDOW = 16
    WEEK = 32
    TRIES = 64


class Due(IntEnum):
    """What is due with a person today; bits."""

    CONTACT = 1
    REVIEW = 2
    CP_VISIT = 4
    ASSESSMENT = 8


class Win(IntEnum):
    """What work with local groups wins, in turn."""

    GROUP = 0
    PLACES = 1
    WAIVER = 2


WINS = len(Win)


class Use(IntEnum):
    """What came of the spare time of a contact; bits."""

    JOINS = 1
    FINISHED = 2
    SUPPORTED = 4
    SEARCHES = 8
    MOVES_ON = 16
