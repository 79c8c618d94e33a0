"""Who gets it and who gains: by thirds of income and of social anxiety, and nearer or farther than the mean journey."""

from cpsim.model.changes import is_there
from cpsim.model.codes import STEPS
from cpsim.model.counted import mean_travel, share_of
from cpsim.model.rule import rule


@rule
def count_equity(w, out, p):
    """All five steps and the change in social capital, group by group."""
    travel = mean_travel(w)
    count_steps_by_group(w, out, travel, p)
    count_capital_by_group(w, out, travel, p)


@rule
def groups(person, travel, p):
    """Is the person poor, rich, calm, anxious, near, far? Six times yes or no."""
    return (
        person.spare_income < p.low_income,
        person.spare_income > p.high_income,
        person.social_anxiety < p.low_anxiety,
        person.social_anxiety > p.high_anxiety,
        person.travel <= travel,
        person.travel > travel,
    )


@rule
def count_steps_by_group(w, out, travel, p):
    """Who gets all five steps, of those who could take up CP."""
    all_poor, all_rich, all_calm, all_anxious, all_near, all_far = 0, 0, 0, 0, 0, 0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        if not person.could_take_up:
            continue
        done = person.steps_done == STEPS
        poor, rich, calm, anxious, near, far = groups(person, travel, p)
        all_poor += poor
        all_rich += rich
        all_calm += calm
        all_anxious += anxious
        all_near += near
        all_far += far
        out.five_steps_low_income += done and poor
        out.five_steps_high_income += done and rich
        out.five_steps_low_anxiety += done and calm
        out.five_steps_high_anxiety += done and anxious
        out.five_steps_near += done and near
        out.five_steps_far += done and far
    out.five_steps_low_income = share_of(out.five_steps_low_income, all_poor)
    out.five_steps_high_income = share_of(out.five_steps_high_income, all_rich)
    out.five_steps_low_anxiety = share_of(out.five_steps_low_anxiety, all_calm)
    out.five_steps_high_anxiety = share_of(out.five_steps_high_anxiety, all_anxious)
    out.five_steps_near = share_of(out.five_steps_near, all_near)
    out.five_steps_far = share_of(out.five_steps_far, all_far)


@rule
def count_capital_by_group(w, out, travel, p):
    """How access to social capital changed, of those on the caseload at the end."""
    all_poor, all_rich, all_calm, all_anxious, all_near, all_far = 0, 0, 0, 0, 0, 0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        if not is_there(person):
            continue
        gain = person.capital - person.capital_before
        poor, rich, calm, anxious, near, far = groups(person, travel, p)
        all_poor += poor
        all_rich += rich
        all_calm += calm
        all_anxious += anxious
        all_near += near
        all_far += far
        out.rguk_change_low_income += gain * poor
        out.rguk_change_high_income += gain * rich
        out.rguk_change_low_anxiety += gain * calm
        out.rguk_change_high_anxiety += gain * anxious
        out.rguk_change_near += gain * near
        out.rguk_change_far += gain * far
    out.rguk_change_low_income = share_of(out.rguk_change_low_income, all_poor)
    out.rguk_change_high_income = share_of(out.rguk_change_high_income, all_rich)
    out.rguk_change_low_anxiety = share_of(out.rguk_change_low_anxiety, all_calm)
    out.rguk_change_high_anxiety = share_of(out.rguk_change_high_anxiety, all_anxious)
    out.rguk_change_near = share_of(out.rguk_change_near, all_near)
    out.rguk_change_far = share_of(out.rguk_change_far, all_far)
