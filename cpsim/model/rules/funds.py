"""Money for Connecting People: a budget has to be arranged before it pays for anything.

Somebody has to find out what may be paid, agree it and release it; that takes hours, which come from a named lead's
time or from what is left of days that are not already too full. So a budget can stay unspent for want of time, or,
once arranged, because nothing called for it. Without a budget that is named, what the strategy says is simply paid.
[implementation_spend_effort_hours]
"""

from cpsim.model.rule import rule


@rule
def to_arrange(team, p):
    """Minutes still to be given to arranging."""
    return max(0.0, p.spend_effort_minutes - team.arranged) if p.budget > 0 else 0.0


@rule
def arrange(team, worker, p):
    """A practitioner who knows of CP gives spare minutes: of what is left of the day, the share by which the team's
    work falls short of its time. Returns minutes.
    """
    if not (worker.opened or worker.trained):
        return 0.0
    minutes = min(worker.minutes_left * max(0.0, 1.0 - team.pressure), to_arrange(team, p))
    worker.minutes_left -= minutes
    team.arranged += minutes
    return minutes


@rule
def lead_arranges(team, minutes, p):
    """A lead's time goes into arranging first."""
    team.arranged += min(minutes, to_arrange(team, p))


@rule
def arranged(team, p):
    """The part of the budget that can be spent by now, GBP."""
    return p.budget * min(1.0, team.arranged / p.spend_effort_minutes)


@rule
def left(team, p):
    """What can be spent now, GBP."""
    return max(0.0, arranged(team, p) - team.spent)


@rule
def pay_for_visits(team, p):
    """Do funds pay for taking part at present?"""
    return 1 if not p.budget_limited or (left(team, p) > 0 and not p.budget_buys_training) else 0


@rule
def pay(team, wanted, p):
    """Funds pay what is wanted as far as they last. Returns GBP."""
    if not p.budget_limited:
        return wanted
    paid = min(wanted, left(team, p))
    team.spent += paid
    return paid


@rule
def could_be_trained(worker):
    """Somebody in post who has opened the materials and has no training yet, nor in the diary."""
    return worker.filled and worker.opened and not worker.trained and worker.training_left <= 0


@rule
def buy_training(team, worker, p):
    """A day of training is bought for the practitioner if the budget reaches so far; it is billed on the day."""
    price = p.training_day_cost * worker.wte
    if left(team, p) < price:
        return False
    team.spent += price
    worker.training_left = 1.0
    return True
