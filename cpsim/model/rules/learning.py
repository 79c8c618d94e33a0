"""What a practitioner knows of CP: clarity learnt from materials and training, fading unless it is kept up.

[implementation_clarity_untrained, implementation_clarity_trained, implementation_halflife_clarity]
"""

import math

from cpsim.model.rule import rule


@rule
def open_materials(worker, p):
    """Whoever is in post opens the materials or does not: the odds rise with the role's social orientation, with CP
    supervision and with leadership, for which somebody asks after them.

    In a role of orientation 0.5, unsupervised and unled, the chance is that of the evidence row.
    [implementation_materials_opened_share, implementation_orientation_cpn, implementation_supervision_effect,
    implementation_leadership_effect]
    """
    drive = p.leadership_level * p.log_leadership_effect
    if p.supervision_every_weeks > 0:
        drive += p.log_supervision_effect
    opens = p.materials_opened * worker.orientation * math.exp(drive)
    leaves = (1.0 - p.materials_opened) * (1.0 - worker.orientation)
    if worker.opening_luck * (opens + leaves) < opens:
        worker.opened = 1


@rule
def book_training(worker, before, p):
    """The changes begin: training days beyond those of before are put into the diary."""
    worker.training_left += max(0.0, p.training_days_per_person - before.training_days_per_person)


@rule
def book_induction(worker, p):
    """Somebody new is trained like the others."""
    worker.training_left = p.training_days_per_person


@rule
def has_been_trained(worker, p):
    """The team has always trained its staff: whoever is there from the start knows CP."""
    if p.training_days_per_person > 0:
        become_trained(worker, p)


@rule
def become_trained(worker, p):
    """Training is complete: clarity and skill are at least those of trained staff."""
    worker.trained = 1
    worker.clarity = max(worker.clarity, p.clarity_trained)
    worker.skill = max(worker.skill, p.skill_trained)


@rule
def choose_lead(workers):
    """Row of whoever leads on CP where somebody does: of those in post, the one with most social orientation; -1.

    Agency cover does not lead.
    """
    found = -1
    for k in range(len(workers)):
        employed = workers[k].filled > workers[k].agency
        if employed and (found < 0 or is_keener(workers[k], workers[found])):
            found = k
    return found


@rule
def is_keener(one, other):
    """More social orientation; among equals the post with the smaller address, wherever its row is."""
    if one.orientation != other.orientation:
        return one.orientation > other.orientation
    return one.id < other.id


@rule
def week(worker, p):
    """A week goes by: materials give a little clarity, training fades towards that unless CP supervision keeps it
    up.
    """
    from_materials = p.clarity_untrained if p.materials and worker.opened else 0.0
    if worker.trained and p.supervision_every_weeks == 0:
        worker.clarity = from_materials + (worker.clarity - from_materials) * p.clarity_kept_a_week
    worker.clarity = max(worker.clarity, from_materials)
