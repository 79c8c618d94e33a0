"""Small worlds whose results are kept in the repository, as CSV that a person can read."""

from pathlib import Path

import pandas as pd

import cpsim

HERE = Path(__file__).parent
WORLDS = {"cmht": {"weeks": 26}, "third-sector": {"weeks": 26}}
SEEDS = (1, 2, 3)


def kept_at(world):
    return HERE / f"{world}.csv"


def run(world):
    """One row a seed, one column a measure."""
    scenario = cpsim.load(world).with_(**WORLDS[world])
    runs = [
        cpsim.run(scenario, replications=1, seed=seed, workers=1).outcomes.assign(seed=seed).astype({"team": str})
        for seed in SEEDS
    ]
    return pd.concat(runs, ignore_index=True).set_index("seed").drop(columns="replication")


def kept(world):
    return pd.read_csv(kept_at(world), index_col="seed")
