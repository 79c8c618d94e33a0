"""A fake simulator: teams in which what stands in the way, and what taking it away brings, is known."""

import numpy as np
import pandas as pd

from cpsim.experiments import barriers as study
from cpsim.model.codes import Gate
from cpsim.outputs.run_result import RunResult
from cpsim.scenario.barriers import barriers
from tests.outputs import made_up

WINDOWS = 1000
NOISE = 0.004  # of an output in one world
OF_A_WORLD = 0.01  # what a world does to all coalitions


class Planted:
    """A team of which `value(gone)` is the share of chances in which CP moves on, and `failing` says what fails.

    `failing`: gate -> share of windows in which it fails, alone unless `several`.
    """

    def __init__(self, value, failing, several=()):
        self.value, self.failing, self.several = value, failing, several

    def put_in_place_of_the_model(self, monkeypatch):
        monkeypatch.setattr(study, "run_design", self.run_design)
        monkeypatch.setattr(study, "run", self.run)

    def run_design(self, design, **_):
        rng = np.random.default_rng(design.seed)
        of_world = rng.normal(0, OF_A_WORLD, int(design.world.max()) + 1)
        truth = np.array([self.value(set(point.without)) for point in design.points])
        found = pd.DataFrame({"point": design.point, "world": design.world, "failed": ""})
        for name in design.outputs:
            scale = 10_000 if name == "cost_per_person" else 1
            noise = of_world[design.world] + rng.normal(0, NOISE, len(design))
            found[name] = scale * (truth[design.point] + noise)
        return found

    def run(self, scenario, replications, seed=1, workers=None):
        gone = {gate for barrier in barriers().values() if barrier.label in told(scenario) for gate in barrier.gates}
        runs = [self.team_run(number, gone) for number in range(replications)]
        return RunResult.of(scenario, runs, seed=seed)

    def team_run(self, number, gone):
        run = made_up.team_run(number)
        rows = run.gates
        for name in rows.dtype.names:
            if name.split("_")[0] in ("first", "any", "only"):
                rows[name] = 0
        rows["windows"], rows["windows_seen"], rows["imputed"] = WINDOWS, WINDOWS - 300, 300
        for gate, share in self.failing.items():
            if gate not in gone:
                for name in ("any_failing", "any_failing_seen"):
                    rows[name][gate] = share * WINDOWS
                for name in ("first_failing", "only_failing"):
                    rows[name][gate] = 0 if gate in self.several else share * WINDOWS
        rows["delivered"] = WINDOWS - rows["first_failing"].sum()
        return run


def told(scenario):
    """What the title says has been taken away."""
    return scenario.title.partition("; barriers taken away: ")[2].split(", ")


def only_transport(monkeypatch):
    """Buses alone stand in the way: 60 of 100 chances."""
    planted = Planted(lambda gone: 0.9 if "transport" in gone else 0.3, {Gate.TRANSPORT: 0.6})
    planted.put_in_place_of_the_model(monkeypatch)


def an_early_gate_hides_a_late_one(monkeypatch):
    """Crisis work is met first and clears nothing; clarity stands behind it everywhere and opens the door."""

    def value(gone):
        return 0.1 + 0.5 * ("clarity" in gone) + 0.02 * ("crisis" in gone)

    planted = Planted(value, {Gate.CRISIS_WORK: 0.5, Gate.NOT_CLEAR: 0.6, Gate.MONEY: 0.01}, (Gate.NOT_CLEAR,))
    planted.put_in_place_of_the_model(monkeypatch)
