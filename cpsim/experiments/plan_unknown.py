"""Does the answer hang on numbers that nobody knows? The bundle again, over the ranges that the evidence gives them.

Each draw takes every uncertain number from its range, in a world of its own: so the spread holds luck as well. It is a
second statement beside that of luck, never one range with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.factors import factors
from cpsim.experiments.sampling import filling

if TYPE_CHECKING:
    from cpsim.experiments.plan import Search

FROM = 2_000_000  # the first world that nothing else meets


def unknown(search: Search, row: int, draws: int) -> pd.DataFrame:
    """A row a draw: the first goal with nothing done and with the bundle, and whether the target is then reached."""
    trials = search.trials
    bundle, outcomes = trials.bundles[row], trials.target.outcomes
    varied = factors(trials.scenario)
    cube = filling(len(varied.varied), draws, trials.seed)
    changes = [dict(each.items()) for each in varied.changes(cube)]
    points = [Point(f"draw {number} as it is", each) for number, each in enumerate(changes)]
    points += [Point(f"draw {number} with it", {**each, **bundle.changes}) for number, each in enumerate(changes)]
    worlds = np.tile(np.arange(FROM, FROM + draws), 2)
    design = Design.listed(trials.scenario, points, np.arange(2 * draws), worlds, trials.seed, trials.outputs)
    runs = complete(run_design(design, **trials.how))
    trials.made += len(runs)
    before, after = runs.iloc[:draws], runs.iloc[draws:]
    name = outcomes[0]
    return pd.DataFrame(
        {
            "draw": np.arange(draws),
            "value_as_it_is": before[name].to_numpy(),
            "value": after[name].to_numpy(),
            "reaches": trials.target.met(after),
        }
    )
