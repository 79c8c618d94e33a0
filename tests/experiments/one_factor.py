"""A simulator in place of the model, in which one uncertain number alone matters, beside luck of the world."""

import numpy as np
import pandas as pd

PLANTED = "parameters.relapse_per_year"
OUTPUTS = ("reach", "pressure")


def run(design, step="", planted=PLANTED, noise=1.0):
    """reach: the planted factor, curved, plus luck as large; pressure: the same, skewed."""
    values = np.array([point.changes.get(f"standing.{planted}", np.nan) for point in design.points], float)
    x = np.nan_to_num((values - 0.35) / 0.12)
    luck = np.random.default_rng(7).normal(size=int(design.world.max()) + 1)[design.world]
    reach = (x + 0.3 * x**2)[design.point] + noise * luck
    runs = pd.DataFrame({"run": np.arange(len(design)), "point": np.array(design.names)[design.point], "failed": ""})
    return runs.assign(reach=reach, pressure=np.exp(reach / 2))
