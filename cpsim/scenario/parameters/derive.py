"""How a register's number becomes the model's, where the unit differs."""

WEEK = 7.0  # days


def days_between(contacts_a_week: float) -> float:
    """Days between contacts, from contacts a week."""
    return WEEK / contacts_a_week


def rest(share: float) -> float:
    """What a share leaves over."""
    return 1.0 - share
