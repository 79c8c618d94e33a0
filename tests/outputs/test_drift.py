"""What still moves before day 0: a straight line through a quarter, in SD, and how it is told."""

import csv
import dataclasses
import io
import re

import numpy as np
import pytest

from cpsim.outputs import drift
from cpsim.outputs.run_result import RunResult
from cpsim.outputs.starts import start_in_words, starts
from cpsim.outputs.summaries import drift_csv, summary_markdown
from cpsim.population.law import saved_law
from tests.outputs import made_up

pytestmark = pytest.mark.unit

RUNS = 40


def moving(measure=None, by=0.0, noise=1.0, runs=RUNS, weeks=made_up.WARM_UP):
    """Runs whose weeks are noise around 100, and one measure that rises by so much in the quarter before day 0."""
    rng, found = np.random.default_rng(3), []
    for replication in range(runs):
        run = made_up.team_run(replication, weeks=4)
        weekly = run.weekly[made_up.WARM_UP - weeks :].copy()
        for name in weekly.dtype.names[1:]:
            weekly[name] = 100 + noise * rng.standard_normal(len(weekly))
        if measure:
            weekly[measure] += by * weekly["week"] / drift.WEEKS
        found.append(dataclasses.replace(run, weekly=weekly))
    return RunResult.of(made_up.scenario(4, teams=made_up.described(["Moorland"])), found, seed=1)


def of(result, measure):
    return next(each for each in drift.before_day_0(result) if each.measure == measure)


def test_a_line_through_the_weeks_is_found_with_its_error():
    found = of(moving("pressure", by=3.0), "pressure")
    assert found.change == pytest.approx(3.0, abs=5 * found.error)
    assert found.size == pytest.approx(3.0, rel=0.25)  # the noise has an SD of 1
    noise_of_a_line = np.sqrt(12 / drift.WEEKS)
    assert found.error == pytest.approx(noise_of_a_line / np.sqrt(RUNS), rel=0.4)
    assert found.clear


def test_what_does_not_move_is_not_called_moving():
    assert drift.clear(moving()) == []


def test_the_caseload_is_told_as_a_share_and_scores_in_sd_between_people():
    result = moving("caseload", by=5.0)
    assert (of(result, "caseload").size, of(result, "caseload").margin) == (pytest.approx(0.05, rel=0.1), 0.03)
    sd = result.scenario.teams[0].base.parameters.wellbeing_sd
    assert of(moving("wellbeing", by=sd), "wellbeing").size == pytest.approx(1.0, rel=0.1)


def test_a_drift_must_pass_its_margin_beyond_doubt():
    just = dataclasses.replace(of(moving(), "pressure"), size=0.15, error=0.04)
    assert not just.clear
    assert dataclasses.replace(just, size=-0.2, error=0.02).clear
    assert not dataclasses.replace(just, error=float("nan")).clear


def test_weeks_of_the_report_are_left_out():
    result = moving()
    result.runs.weekly["pressure"][result.runs.weekly["week"] >= 0] = 1e6
    assert abs(of(result, "pressure").change) < 5


def test_it_is_said_in_one_sentence():
    result = moving("caseload", by=-5.0)
    assert "Not at rest on day 0" in start_in_words(result)
    assert re.search(r"people on the caseload down by [45]\.\d%", start_in_words(result))
    assert "nothing clearly drifted by more than 0.1 SD, nor the caseload by more than 3%" in start_in_words(moving())
    assert "One run cannot tell" in start_in_words(moving(runs=1))
    assert "too short to tell" in start_in_words(moving(weeks=6))
    assert start_in_words(result) in summary_markdown(result)


def test_how_each_team_started_is_told():
    result = moving()
    found = starts(result)
    fits = saved_law().fits(result.scenario.teams[0].base)
    expected = {"team": "Moorland", "warm_up_weeks": 26, "people": "as saved" if fits else "by formula"}
    assert found == [expected | {"law": saved_law().digest}]
    assert not fits, "the ordinary team has no staff by default"
    assert "this team differs from the team that the saved start was made with" in start_in_words(result)


def test_the_file_has_a_line_a_measure():
    result = moving("caseload", by=5.0)
    rows = list(csv.DictReader(io.StringIO(drift_csv(result))))
    assert [row["measure"] for row in rows] == [each.measure for each in drift.before_day_0(result)]
    assert {row["measure"] for row in rows if row["clear"]} == {"caseload"}
    assert result.drift().set_index("measure").loc["caseload", "clear"]
