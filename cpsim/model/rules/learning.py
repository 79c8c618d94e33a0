"""What a practitioner knows of CP: clarity learnt from materials and training, fading unless it is kept up.

[implementation_clarity_untrained, implementation_clarity_trained, implementation_halflife_clarity]
"""

from cpsim.model.rule import rule


@rule
def start_training(worker, p):
    """The changes begin: training days are put into the diary."""
    worker.training_left = p.training_days_per_person


@rule
def week(worker, p):
    """A week goes by: materials give a little clarity, training fades towards that unless CP supervision keeps it
    up.
    """
    from_materials = p.clarity_untrained if p.materials and worker.opened else 0.0
    if worker.trained and p.supervision_every_weeks == 0:
        worker.clarity = from_materials + (worker.clarity - from_materials) * p.clarity_kept_a_week
    worker.clarity = max(worker.clarity, from_materials)
