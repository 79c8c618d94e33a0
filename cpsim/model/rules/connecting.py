"""Connecting People: a contact moves the five steps on.

(1) explore existing connections, (2) explore new opportunities, (3) agree an action plan and source support,
(4) address barriers, (5) review progress. A step has standard minutes; one that has had half of them, at a mean
quality of a half, counts as done. After a gap the first minutes go into picking up the thread.
[implementation_full_dose_minutes, implementation_step4_share, implementation_recap_minutes,
implementation_step_done_share, implementation_step_done_quality, outcome_goal_reached_cp]
"""

from cpsim.model.codes import BARRIERS, QUALITY_PARTS, STEPS
from cpsim.model.records import WINDOW_DAYS
from cpsim.model.rule import rule


@rule
def standard_minutes(step, p):
    """Minutes that a step takes when it is done in full."""
    return p.step_4_minutes if step == BARRIERS else p.step_minutes


@rule
def recap(person, p):
    """Minutes to pick up the thread: none at the very first contact, then by the days gone by, all of them after
    four weeks.
    """
    if person.step == 0:
        return 0.0
    return p.recap_minutes * min(1.0, person.days_since_cp / WINDOW_DAYS)


@rule
def quality(person, worker, step, in_touch):
    """How well CP is done (0-1): the mean of skill, attitude and relationship; at the steps that touch the community
    (2 and 4) also of the team's knowledge of local groups, `in_touch`.
    """
    parts = worker.skill + worker.can_do + person.relationship
    if step & 1 == 0:
        return (parts + in_touch) / (QUALITY_PARTS + 1)
    return parts / QUALITY_PARTS


@rule
def minutes_at(person, step):
    """Minutes so far at a step."""
    if step == 1:
        return person.minutes_1
    if step == 1 + 1:
        return person.minutes_2
    if step == STEPS - 1 - 1:
        return person.minutes_3
    return person.minutes_4 if step == BARRIERS else person.minutes_5


@rule
def quality_at(person, step):
    """Minutes x quality so far at a step."""
    if step == 1:
        return person.quality_1
    if step == 1 + 1:
        return person.quality_2
    if step == STEPS - 1 - 1:
        return person.quality_3
    return person.quality_4 if step == BARRIERS else person.quality_5


@rule
def add(person, step, minutes, how_well):
    """Enter minutes at a step."""
    if step == 1:
        person.minutes_1 += minutes
        person.quality_1 += minutes * how_well
    elif step == 1 + 1:
        person.minutes_2 += minutes
        person.quality_2 += minutes * how_well
    elif step == STEPS - 1 - 1:
        person.minutes_3 += minutes
        person.quality_3 += minutes * how_well
    elif step == BARRIERS:
        person.minutes_4 += minutes
        person.quality_4 += minutes * how_well
    else:
        person.minutes_5 += minutes
        person.quality_5 += minutes * how_well


@rule
def is_done(person, step, p):
    """Has the step had its share of minutes, at its quality?"""
    minutes = minutes_at(person, step)
    return minutes >= p.step_done_share * standard_minutes(step, p) and quality_at(person, step) >= (
        p.step_done_quality * minutes
    )


@rule
def count_done(person, p):
    """Number of steps done."""
    done = 0
    for step in range(1, STEPS + 1):
        if is_done(person, step, p):
            done += 1
    return done


@rule
def dose(person, p):
    """Dose x quality (0-1), mean over the five steps: the person's fidelity."""
    whole = 0.0
    for step in range(1, STEPS + 1):
        whole += min(1.0, quality_at(person, step) / standard_minutes(step, p))
    return whole / STEPS


@rule
def spend(person, worker, minutes, p):
    """Minutes of a contact have been used for CP, whether they moved it on or not; practice makes skilled."""
    person.step = max(1, person.step)
    person.days_since_cp = 0
    person.cp_contacts += 1
    person.cp_minutes += minutes
    person.asked = 1
    worker.adopted = 1
    worker.skill += p.skill_gain * (1.0 - worker.skill)
    worker.clarity += p.skill_gain * (1.0 - worker.clarity)


@rule
def work(person, worker, minutes, in_touch, p):
    """Minutes move the step in hand on. Returns the step they went to; the next contact goes on from there.

    in_touch: the team's knowledge of local groups, 0-1.
    """
    step = max(1, person.step)
    person.step = step
    add(person, step, minutes, quality(person, worker, step, in_touch))
    person.window_minutes += minutes
    if minutes_at(person, step) >= standard_minutes(step, p):
        finish(person, step, p)
    return step


@rule
def finish(person, step, p):
    """A step is worked through. Steps 1 and 3 renew ties that had fallen away; a goal agreed at step 3 may be reached
    by step 5.
    """
    person.steps_done = count_done(person, p)
    person.step = step + 1
    if (step == 1 or step == STEPS - 1 - 1) and is_done(person, step, p):
        renewed = person.ties_fallen * p.ties_renewed * p.cp_effect
        person.ties_fallen -= renewed
        person.ties += renewed
        person.ties_usual += renewed
        renew(person, renewed, p)
    if step == STEPS - 1 - 1 and is_done(person, step, p):
        person.goal_set = 1
    if step == STEPS and person.goal_set and is_done(person, step, p):
        person.goal_reached |= person.goal_luck < p.goal_reached_cp * p.cp_effect


@rule
def renew(person, renewed, p):
    """Ties that had fallen away are renewed, friends more than family, for it is they who fall away."""
    person.ties_renewed += renewed
    person.ties_family += renewed * p.fallen_family_share
    person.ties_friends += renewed * p.fallen_friends_share
    person.ties_neighbours += renewed * (1.0 - p.fallen_family_share - p.fallen_friends_share)
