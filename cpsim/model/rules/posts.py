"""Posts: people in post leave, vacant posts are filled, and every newcomer is somebody else.

The wait for a new practitioner follows from the vacancies that the team says are usual for it, so that they stay what
they are: share vacant = leaving rate x time to fill / (1 + leaving rate x time to fill). Posts that a change
brings are advertised on the day it begins. [workforce_turnover_mh_2016, workforce_time_to_recruit_days]
"""

from cpsim.model import draw
from cpsim.model.codes import Move, Purpose
from cpsim.model.rule import rule


@rule
def exists(worker, day):
    """Is the post established on this day?"""
    return worker.opens <= day < worker.closes


@rule
def move(worker, day, phase, seed, p):
    """Let the person in post leave, or fill a vacant post. Returns SAME, LEFT or JOINED."""
    if not exists(worker, day):
        if worker.filled:
            worker.filled = 0
            return Move.LEFT
        return Move.SAME
    if worker.filled:
        worker.spell_left -= p.leave_post_hazard
    elif worker.recruiting > 1:
        worker.spell_left = 0.0
    elif worker.recruiting:
        worker.spell_left -= p.recruit_hazard
    else:
        worker.spell_left -= worker.fill_after if phase else worker.fill_before
    if worker.spell_left > 0:
        return Move.SAME
    worker.spells += 1
    begin_spell(worker, seed)
    if worker.filled:
        worker.filled = 0
        return Move.LEFT
    arrive(worker, seed, p)
    return Move.JOINED


@rule
def begin_spell(worker, seed):
    """The luck of how long somebody stays, or how long the post stays vacant."""
    worker.spell_left = draw.exponential(seed, Purpose.POST_SPELL, worker.id, worker.spells)


@rule
def arrive(worker, seed, p):
    """Somebody new takes up the post: attitude, threshold and habits are theirs, not the post's."""
    worker.filled = 1
    worker.recruiting = 0
    worker.sick_days = 0
    worker.trained = 0
    worker.training_left = 0.0
    worker.clarity = 0.0
    worker.skill = p.skill_untrained
    attitude, reluctance = draw.normals(seed, Purpose.PRACTITIONER, worker.id, worker.spells)
    worker.can_do = min(1.0, max(0.0, p.can_do + p.practitioner_spread * attitude))
    worker.threshold = p.threshold_spread * reluctance
    worker.opened = 1 if draw.uniform(seed, Purpose.MATERIALS, worker.id, worker.spells) < p.materials_opened else 0
