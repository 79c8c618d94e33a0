"""Which coalitions should meet which worlds: the standard error of each way at the same number of runs.

    python -m bench.coalitions [WORLDS]     1,024 coalitions x 8 common worlds if not said; some minutes

Every way is worked out from one table in which every coalition met the same few worlds: variances over worlds of each
value (for worlds of its own) and of each weighted sum (for common worlds) are all that is needed.
"""

import sys
import time

import numpy as np

import cpsim
from cpsim.experiments import coalitions
from cpsim.experiments.design import Design
from cpsim.experiments.estimators import shapley as game
from cpsim.experiments.execute import run_design

ASKED = 40  # worlds a coalition for which errors are printed
OUTPUTS = ("delivered", "reach", "five_steps")


def table(scenario, found, worlds):
    """(worlds, coalitions) an output, every coalition in the same worlds."""
    made = run_design(Design.crossed(scenario, coalitions.points(found), range(worlds), outputs=OUTPUTS))
    return {name: made[name].to_numpy().reshape(-1, worlds).T for name in OUTPUTS}


def ways(found):
    """Name -> (coalitions with common worlds, their share of all runs)."""
    every = np.arange(2 ** len(found))
    ends = coalitions._ends(len(found), [])
    with_blocks = coalitions._ends(len(found), list(found.owners.values()))
    return {
        "worlds of their own": (every[:0], 0.0),
        "common worlds": (every, 1.0),
        "ends common, as many": (ends, len(ends) / len(every)),
        "ends common, a quarter of runs": (ends, 0.25),
        "ends and blocks common, a third": (with_blocks, 1 / 3),
    }


def error(values, weights, common, share):
    """Root mean square standard error of these sums with ASKED worlds a coalition."""
    runs = ASKED * values.shape[1]
    own = np.setdiff1d(np.arange(values.shape[1]), common)
    variance = np.zeros(len(weights))
    if len(common):
        sums = values[:, common] @ weights[:, common].T
        variance += sums.var(axis=0, ddof=1) * len(common) / (share * runs)
    if len(own):
        variance += weights[:, own] ** 2 @ values[:, own].var(axis=0, ddof=1) * len(own) / ((1 - share) * runs)
    return np.sqrt(variance.mean())


def main(worlds=8):
    scenario = cpsim.load("cmht")
    found = coalitions.players(scenario)
    began = time.perf_counter()
    values = table(scenario, found, worlds)
    count, blocks = len(found), list(found.owners.values())
    asked = {
        "Shapley": game.shapley_weights(count),
        "Owen": game.owen_weights(count, blocks),
        "blocks": game.block_weights(count, blocks),
        "pairs": game.interaction_weights(count),
        "alone": game.alone_weights(count),
    }
    print(f"{worlds * 2**count:,} runs in {time.perf_counter() - began:.0f} s; errors at {ASKED} worlds a coalition")
    for output in OUTPUTS:
        print(f"{output:<34}" + "".join(f"{name:>10}" for name in asked))
        for name, (common, share) in ways(found).items():
            errors = [error(values[output], weights, common, share) for weights in asked.values()]
            print(f"  {name:<32}" + "".join(f"{each:>10.5f}" for each in errors))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
