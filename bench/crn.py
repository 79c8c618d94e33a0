"""Common random numbers: how many times fewer runs a comparison needs because both sides meet the same people and luck.

The variance of a difference of independent runs over that of paired ones, for six headline contrasts. 1 means that
pairing brings nothing. A change of the code that lowers one by more than 30 % is a step back.

    python -m bench.crn [worlds]
"""

import sys

import numpy as np

import cpsim
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import run_design

WORLDS, QUICK_WORLDS = 200, 40
REPEATS = 400  # bootstrap samples of worlds
MORE = 1.25
CLEAR = {
    "strategy.training_days_per_person": 1,
    "strategy.supervision_every_weeks": 4,
}
PROTECTED = {"policies.when_the_day_is_full": "protected_time", "policies.protected_cp_hours_per_week": 4}


def more_staff(scenario):
    """A quarter more of every post."""
    posts = scenario.teams[0].base.team.staff_wte
    more = {role: {"in_post": MORE * each.in_post, "vacant": MORE * each.vacant} for role, each in posts.items()}
    return {"team.staff_wte": more}


def contrasts(scenario):
    """(outcome, what is changed, changes)."""
    relapse = scenario.teams[0].base.parameters.relapse_per_year
    return [
        ("reach", "a quarter more staff", more_staff(scenario)),
        ("reach", "protected time", PROTECTED),
        ("reach", "training and supervision", CLEAR),
        ("crisis_share_of_contact_time", "training and supervision", CLEAR),
        ("late_share", "protected time", PROTECTED),
        ("crises_per_person_year", "half the crises", {"parameters.relapse_per_year": relapse / 2}),
    ]


def reduction(before, after):
    """Variance of independent differences over that of paired ones."""
    return (np.var(before, ddof=1) + np.var(after, ddof=1)) / np.var(after - before, ddof=1)


def interval(before, after, seed=1):
    """95 % bootstrap interval of the reduction, over worlds."""
    generator = np.random.default_rng(seed)
    picks = generator.integers(0, len(before), (REPEATS, len(before)))
    return np.quantile([reduction(before[pick], after[pick]) for pick in picks], [0.025, 0.975])


def measured(worlds=WORLDS, name="cmht"):
    """(contrast, reduction, low, high) of each."""
    scenario = cpsim.load(name)
    asked = contrasts(scenario)
    changed = {what: changes for _, what, changes in asked}
    points = [Point("base"), *(Point(what, changes) for what, changes in changed.items())]
    outputs = tuple(dict.fromkeys(outcome for outcome, _, _ in asked))
    runs = run_design(Design.crossed(scenario, points, range(worlds), outputs=outputs))
    for outcome, what, _ in asked:
        before, after = (runs.loc[runs["point"] == point, outcome].to_numpy() for point in ("base", what))
        yield f"{outcome}: {what}", reduction(before, after), *interval(before, after)


if __name__ == "__main__":
    for contrast, times, low, high in measured(int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS):
        print(f"{contrast:<55} {times:5.1f}  ({low:.1f} to {high:.1f})")
