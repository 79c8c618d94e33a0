"""The sections of the page, one file each, in their order. Each has `section(result) -> Section | None`."""

NAMES = (
    "answer",
    "hours",
    "week",
    "weeks",
    "stages",
    "funnel",
    "delivery",
    "access",
    "outcomes",
    "costs",
    "teams",
    "rests_on",
    "left_out",
    "scenario",
    "numbers",
    "again",
)
