"""A plain function in place of the model: outcomes of a run from the changes of its point and the luck of its world."""

from functools import cache

import numpy as np
import pandas as pd

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


@cache
def luck(world):
    """What all variants of a world share: of reach, of crises."""
    stream = np.random.default_rng(world)
    return stream.normal(0, 0.05), stream.normal(0, 0.02)


def outcomes(changes):
    """The outcomes of a variant without its luck; all others are nothing."""
    hours = changes.get("policies.protected_cp_hours_per_week", 0)
    found = {"caseload": PEOPLE, "pressure": 1.2, "crises_per_person_year": 0.5 + 0.02 * hours}
    found["reach"] = 0.2 + sum(worth(changes[path]) for path, worth in WORTH.items() if path in changes)
    return found | {name: pounds(changes.get(path, 0)) for path, (name, pounds) in BOOKED.items()}


def run_design(design, **how):
    """As `execute.run_design`."""
    variants = [outcomes(dict(point.changes.items())) for point in design.points]
    lucky = np.array([luck(world) for world in design.world.tolist()]).reshape(-1, 2)
    columns = {
        name: np.array([variant.get(name, 0.0) for variant in variants])[design.point] for name in design.outputs
    }
    for name, more in zip(("reach", "crises_per_person_year"), lucky.T, strict=True):
        if name in columns:
            columns[name] = columns[name] + more
    names = np.array(design.names)[design.point]
    return pd.DataFrame({"point": names, "world": design.world, "failed": "", **columns})


def in_place_of_the_model(monkeypatch):
    for place in ("trials", "discover", "plan_unknown"):
        monkeypatch.setattr(f"cpsim.experiments.{place}.run_design", run_design)
