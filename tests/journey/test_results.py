"""The kept results are what this version gives: a sample is remade."""

import json

import pandas as pd
import pytest

import cpsim
from results.make import ANSWER, KEPT, STUDIES

WORLDS = 60  # as in the command of the comparison


@pytest.mark.snapshot
@pytest.mark.parametrize("name", STUDIES)
def test_each_says_which_command_made_it(name):
    kept = KEPT / name
    assert (kept / ANSWER).read_text("utf-8").startswith(f"$ cpsim {STUDIES[name]}\n")
    manifest = json.loads((kept / "manifest.json").read_text("utf-8"))
    assert manifest["command"].split()[1] == STUDIES[name].split()[0]
    assert (kept / "report.html").stat().st_size > 10_000


@pytest.mark.snapshot
def test_a_sample_of_the_comparison_comes_out_again():
    paired = pd.read_csv(KEPT / "compare" / "paired.csv")
    result = cpsim.run("cmht", WORLDS, seed=1)
    for measure in ("reach", "cp_minutes_per_person", "pressure", "cost_per_person"):
        kept = paired.loc[paired["measure"] == measure, "first"].iloc[0]  # the mean of the plan that others are held to
        assert result.estimate(measure).mean == pytest.approx(kept, rel=1e-9), measure
