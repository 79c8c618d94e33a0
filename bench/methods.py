"""What a sensitivity study costs, and what its estimators are worth against known answers.

python -m bench.methods [--quick]

Times are extrapolated, and say from how many runs: a study of 180,000 runs is hours. Run it on a machine at rest.
"""

import sys
import time

import numpy as np

import cpsim
from bench.measurements import Measurement
from cpsim.experiments import sampling
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators import morris, sobol_cross
from cpsim.experiments.estimators.problem import problem
from cpsim.experiments.execute import run_design
from cpsim.experiments.factors import factors

ASKED = {  # runs, and seconds asked for on two cores
    "Morris": (2_440, "at most 90"),
    "Sobol by group": (20_480, "at most 720"),
    "Sobol of 20 factors": (180_000, "measured or extrapolated"),
}
NAMES = ["x1", "x2", "x3", "dummy"]
TOTAL = np.array([0.5576, 0.4424, 0.2437, 0.0])  # Ishigami
VARIANCE = 13.8446


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def runs_of_a_study(quick):
    """Runs at points of all factors, beside as many of the scenario as it is."""
    scenario, n = cpsim.load("cmht"), 32 if quick else 160
    varied = factors(scenario)
    x = sampling.filling(len(varied.paths), n, 1)
    points = [Point(f"p{number}", changes) for number, changes in enumerate(varied.changes(x))]
    run_design(Design.crossed(scenario, [Point("base")], range(2)))  # compiled
    base = timed(lambda: run_design(Design.crossed(scenario, [Point("base")], range(n)))) / n
    away = timed(lambda: run_design(Design.listed(scenario, points, np.arange(n), np.arange(n)))) / n
    k = len(varied.paths)
    rows = [
        Measurement("a run at a point of the factors, of one of the base", away / base, "times", f"{k} factors"),
        Measurement("Morris of every factor, 40 trajectories", 40 * (k + 1), "runs", "2,440 with 60 factors"),
    ]
    rows += [
        Measurement(f"{name}, {runs:,} runs, extrapolated from {n}", runs * away, "s", asked)
        for name, (runs, asked) in ASKED.items()
    ]
    return rows


def analyses(quick):
    """Seconds that the analysis of a study takes, its runs being there."""
    n, k = (512, 12) if quick else (4_096, 22)
    names = [f"f{number}" for number in range(k)]
    y = np.random.default_rng(1).normal(size=(2, n * (k + 2)))
    cross = timed(lambda: sobol_cross.analyse(names, sobol_cross.split(y, k), 1))
    many = [f"f{number}" for number in range(157)]
    x = morris.plan(many, 40, 1)
    screened = timed(lambda: morris.analyse(many, x, x[:, 0] + 0.0, 1))
    return [
        Measurement(f"cross-replicate Sobol, {n:,} rows, {k} factors, 200 resamples", cross, "s", "an outcome"),
        Measurement("Morris, 157 factors, 40 trajectories", screened, "s", "an outcome"),
    ]


def worth(quick):
    """Ishigami with a dummy and noise as large as the signal, N = 2,048: error of total indices, and the dummy's."""
    from SALib.analyze import sobol

    plain, cross = [], []
    for seed in range(5 if quick else 60):
        x = sobol_cross.plan(NAMES, 2048, seed)
        z = np.pi * (2 * x - 1)
        mean = np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])
        y = mean + np.sqrt(VARIANCE) * np.random.default_rng(seed).normal(size=(2, len(x)))
        cross.append(sobol_cross.shares(sobol_cross.split(y, 4)).st)
        asked = problem(NAMES)
        plain.append(sobol.analyze(asked, y.mean(axis=0), calc_second_order=False, num_resamples=2, seed=1)["ST"])
    rows = []
    for name, found in (("SALib on the mean of two", plain), ("cross-replicate", cross)):
        error = float(np.sqrt(np.mean((np.array(found) - TOTAL) ** 2)))
        rows.append(Measurement(f"error of total indices in noise, {name}", error, "RMSE", "Ishigami, N = 2,048"))
        rows.append(Measurement(f"the dummy's total index, {name}", float(np.mean(found, axis=0)[3]), "", "0 is true"))
    return rows


METHODS = [runs_of_a_study, analyses, worth]


if __name__ == "__main__":
    for measure in METHODS:
        for row in measure("--quick" in sys.argv):
            print(f"{row.name}: {row.value:.3g} {row.unit}  {row.reference}", flush=True)
