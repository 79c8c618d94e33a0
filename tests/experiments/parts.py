"""A fake simulator for differences: two teams in which what each part brings is known."""

import numpy as np
import pandas as pd

from cpsim.experiments import difference as study
from cpsim.experiments.coalitions import NOBODY, TOGETHER

NOISE = 0.004  # of an output in one world
OF_A_WORLD = 0.01  # what a world does to all combinations
SCALE = {"cost_per_person": -10_000, "crises_per_person_year": -1}  # what is better is less


def planted(monkeypatch, value):
    """`value(parts)` is the share with all five steps when these parts are as in B."""

    def run_design(design, **_):
        rng = np.random.default_rng(design.seed)
        of_world = rng.normal(0, OF_A_WORLD, int(design.world.max()) + 1)
        parts = [set() if point.name == NOBODY else set(point.name.split(TOGETHER)) for point in design.points]
        truth = np.array([value(each) for each in parts])
        made = pd.DataFrame({"point": design.point, "world": design.world, "failed": ""})
        for name in design.outputs:
            noise = of_world[design.world] + rng.normal(0, NOISE, len(design))
            made[name] = SCALE.get(name, 1) * (truth[design.point] + noise)
        return made

    monkeypatch.setattr(study, "run_design", run_design)


def visits_and_agenda_together(parts):
    """Visits bring 10 of 100 alone; with a free agenda 20 more come; nothing else does anything."""
    return 0.05 + 0.1 * ("visits" in parts) + 0.2 * ({"visits", "agenda"} <= parts)
