"""A trial's lives: shared up to day 0 and still those of a plain run; recruiting takes time."""

import numpy as np
import pytest

import cpsim
from cpsim.experiments.virtual import teams
from cpsim.experiments.virtual.lives import could_take_up, live_trial, recruiting_share
from cpsim.model.records import PRACTITIONER
from cpsim.observation.design import STUDY
from cpsim.observation.observe import observe

FREE = STUDY.model_copy(update={"recruiting_minutes": 0.0})
ON, OFF = ("observed", "on"), ("observed", "off")


@pytest.fixture(scope="module")
def study():
    whole = cpsim.load("study-2021")
    return teams.replace(whole, teams=whole.teams[:4])


@pytest.fixture(scope="module")
def lived(study):
    """Two worlds that share their days up to day 0."""
    return live_trial({ON: study, OFF: teams.without_effect(study)}, FREE, 5, 2)


@pytest.mark.identity
def test_the_records_are_what_observing_a_plain_run_gives(study, lived):
    run = cpsim.run(study, 1, 5, panel_every_weeks=2, people=True, first_replication=2)
    seen = observe(run, FREE)
    for number, team in enumerate(lived[ON]):
        people = seen.people[seen.people["team"] == team.team]
        assert people["person"].tolist() == team.records["person"].tolist()
        assert people["followed"].tolist() == team.records["followed"].tolist()
        later = seen.answers[(seen.answers["team"] == team.team) & (seen.answers["occasion"] == "follow-up")]
        there = team.records["followed"]
        for name, column in (("rguk", "rguk_after"), ("had_help", "had_help"), ("inclusion", "inclusion_after")):
            assert later[name].tolist() == team.records[column][there].tolist()
        outcome = run.runs.outcome[number]
        assert np.array_equal(
            [team.fidelity, team.could], [outcome["fidelity"], outcome["could_take_up"]], equal_nan=True
        )


@pytest.mark.identity
def test_a_world_lives_the_same_alone(study, lived):
    (alone,) = live_trial({OFF: teams.without_effect(study)}, FREE, 5, 2).values()
    for one, other in zip(alone, lived[OFF], strict=True):
        assert all(np.array_equal(one.records[name], other.records[name], equal_nan=True) for name in one.records)


@pytest.mark.unit
def test_costs_are_those_that_a_study_would_find(study, lived):
    seen = observe(cpsim.run(study, 1, 5, panel_every_weeks=2, first_replication=2), FREE)
    after = seen.service_use[(seen.service_use["period"] == "after")]
    ours = np.concatenate([team.records["cost_after"][team.records["followed"]] for team in lived[ON]])
    assert ours == pytest.approx((after["service_cost"] + after["implementation_cost"]).to_numpy())


@pytest.mark.unit
def test_both_worlds_have_the_same_people_and_cp_makes_the_difference(lived):
    gains = {"implementation": 0.0, "comparison": 0.0}
    for on, off in zip(lived[ON], lived[OFF], strict=True):
        assert np.array_equal(on.records["person"], off.records["person"])
        gains[on.arm] += float(np.abs(on.records["true_rguk"] - off.records["true_rguk"]).sum())
    assert gains["implementation"] > 0.0 == gains["comparison"]


@pytest.mark.unit
def test_recruiting_takes_the_share_that_it_takes(study):
    workers = np.zeros(3, PRACTITIONER)
    workers["coordinates"], workers["filled"], workers["wte"] = [1, 1, 0], [1, 0, 1], [1.0, 1.0, 1.0]
    asked = STUDY.people_per_team / STUDY.consent_share
    assert recruiting_share(workers, STUDY) == pytest.approx(asked * 45 / (37.5 * 60 * 6))
    assert recruiting_share(workers[1:], STUDY) == 0.0
    busy = live_trial({ON: study}, STUDY.model_copy(update={"recruiting_minutes": 480.0}), 5, 2)[ON]
    free = live_trial({ON: study}, FREE, 5, 2)[ON]
    assert [team.share for team in free] == [0.0] * 4
    assert all(0.05 < team.share < 0.3 for team in busy)
    met = [sum(np.nansum(team.records["meetings_a_month"]) for team in teams_) for teams_ in (busy, free)]
    assert met[0] != met[1]


@pytest.mark.unit
def test_who_could_take_up_is_the_headlines_own_count(study):
    run = cpsim.run(study, 1, 5, people=True)
    ends = np.cumsum(run.runs.persons)
    for number, end in enumerate(ends):
        people = run.runs.people[end - run.runs.persons[number] : end]
        assert could_take_up(people, study.weeks * 7).sum() == run.runs.outcome[number]["could_take_up"]
