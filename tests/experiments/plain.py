"""A plain function in place of the model: outcomes of a run from the changes of its point and the luck of its world."""

import numpy as np
import pandas as pd

from cpsim.experiments.outcomes import known_outputs

PEOPLE = 280.0  # on the caseload
WORTH = {
    "strategy.training_days_per_person": lambda days: 0.15 * min(days, 1),
    "strategy.leadership": lambda who: 0.1 * (who == "named lead with time"),
    "policies.protected_cp_hours_per_week": lambda hours: 0.05 * min(hours, 4) / 2,
    "team.staff_wte.support worker.in_post": lambda wte: 0.06 * (wte - 1.5),
    "standing.parameters.wish_mean": lambda wish: 2 * (wish - 0.6),
}
BOOKED = {  # GBP a person and year
    "strategy.training_days_per_person": ("cost_training", lambda days: 25 * days),
    "strategy.leadership": ("cost_leadership", lambda who: 20.0 * (who == "named lead with time")),
}


def outcomes(changes, world):
    """The outcomes of one run that anybody asks for; reach has luck that all variants of a world share."""
    luck = np.random.default_rng(world).normal(0, 0.05)
    found = dict.fromkeys(known_outputs(), 0.0)
    found["caseload"] = PEOPLE
    found["reach"] = 0.2 + luck + sum(worth(changes[path]) for path, worth in WORTH.items() if path in changes)
    for path, (name, pounds) in BOOKED.items():
        found[name] = pounds(changes.get(path, 0))
    hours = changes.get("policies.protected_cp_hours_per_week", 0)
    found["crises_per_person_year"] = 0.5 + 0.02 * hours + np.random.default_rng((world, 1)).normal(0, 0.02)
    found["pressure"] = 1.2
    return found


def run_design(design, **how):
    """As `execute.run_design`."""
    rows = [
        {"run": run, "point": design.points[point].name, "world": world, "seed": design.seed, "failed": ""}
        | {name: outcomes(dict(design.points[point].changes.items()), world)[name] for name in design.outputs}
        for run, (point, world) in enumerate(zip(design.point.tolist(), design.world.tolist(), strict=True))
    ]
    return pd.DataFrame(rows)


def in_place_of_the_model(monkeypatch):
    for place in ("trials", "discover", "plan_unknown"):
        monkeypatch.setattr(f"cpsim.experiments.{place}.run_design", run_design)
