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
def count_steps_by_group(w, out, travel, p):
    """Who gets all five steps, of those who could take up CP."""
    poor, rich, calm, anxious, near, far = 0, 0, 0, 0, 0, 0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        if not person.could_take_up:
            continue
        done = person.steps_done == STEPS
        poor += person.spare_income < p.low_income
        rich += person.spare_income > p.high_income
        calm += person.social_anxiety < p.low_anxiety
        anxious += person.social_anxiety > p.high_anxiety
        near += person.travel <= travel
        far += person.travel > travel
        out.five_steps_low_income += done and person.spare_income < p.low_income
        out.five_steps_high_income += done and person.spare_income > p.high_income
        out.five_steps_low_anxiety += done and person.social_anxiety < p.low_anxiety
        out.five_steps_high_anxiety += done and person.social_anxiety > p.high_anxiety
        out.five_steps_near += done and person.travel <= travel
        out.five_steps_far += done and person.travel > travel
    out.five_steps_low_income = share_of(out.five_steps_low_income, poor)
    out.five_steps_high_income = share_of(out.five_steps_high_income, rich)
    out.five_steps_low_anxiety = share_of(out.five_steps_low_anxiety, calm)
    out.five_steps_high_anxiety = share_of(out.five_steps_high_anxiety, anxious)
    out.five_steps_near = share_of(out.five_steps_near, near)
    out.five_steps_far = share_of(out.five_steps_far, far)


@rule
def count_capital_by_group(w, out, travel, p):
    """How access to social capital changed, of those on the caseload at the end."""
    poor, rich, calm, anxious, near, far = 0, 0, 0, 0, 0, 0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        if not is_there(person):
            continue
        gain = person.capital - person.capital_before
        poor += person.spare_income < p.low_income
        rich += person.spare_income > p.high_income
        calm += person.social_anxiety < p.low_anxiety
        anxious += person.social_anxiety > p.high_anxiety
        near += person.travel <= travel
        far += person.travel > travel
        out.rguk_change_low_income += gain * (person.spare_income < p.low_income)
        out.rguk_change_high_income += gain * (person.spare_income > p.high_income)
        out.rguk_change_low_anxiety += gain * (person.social_anxiety < p.low_anxiety)
        out.rguk_change_high_anxiety += gain * (person.social_anxiety > p.high_anxiety)
        out.rguk_change_near += gain * (person.travel <= travel)
        out.rguk_change_far += gain * (person.travel > travel)
    out.rguk_change_low_income = share_of(out.rguk_change_low_income, poor)
    out.rguk_change_high_income = share_of(out.rguk_change_high_income, rich)
    out.rguk_change_low_anxiety = share_of(out.rguk_change_low_anxiety, calm)
    out.rguk_change_high_anxiety = share_of(out.rguk_change_high_anxiety, anxious)
    out.rguk_change_near = share_of(out.rguk_change_near, near)
    out.rguk_change_far = share_of(out.rguk_change_far, far)
