"""A researcher looks at the study of 2021 as its authors could: run, observe, compare the arms."""

import json

import pandas as pd
import pytest

from tests.journey.typing import cpsim

pytestmark = pytest.mark.journey


def test_from_check_to_records(tmp_path):
    assert "By arm: implementation (5 teams), comparison (5 teams)." in cpsim("check", "study-2021", folder=tmp_path)
    found = json.loads(cpsim("observe", "study-2021", "--out", "seen", "--json", folder=tmp_path))
    assert sum(arm["recruited"] for arm in found["counts"]) == 159
    answers = pd.read_csv(tmp_path / "seen" / "answers.csv")
    assert answers.groupby("group")["arm"].nunique().tolist() == [2] * 5
    told = {(row["arm"], row["measure"]): row["mean"] for row in found["summary"] if row["occasion"] == "follow-up"}
    assert told["comparison", "materials_remembered"] == 0 < told["implementation", "materials_remembered"] < 0.5
