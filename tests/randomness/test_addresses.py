"""No two questions share an address: otherwise two decisions would have the same luck."""

import dataclasses
import json
import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from cpsim.population.populate import plan, populate
from cpsim.scenario.load import load, shipped_scenarios
from tests.house.reading import PACKAGE, ROOT, attributes_of, sources
from tests.tiny import quiet

# Asked again on purpose, with the same answer each time: where a settlement lies, whether this is a week of leave,
# whether an agency would cover this vacancy, how long a group lives, how full it is in a term, which group to ask first
# where something is won.
FACTS = {"SETTLEMENT", "LEAVE", "AGENCY", "PLACE_LIFE", "PLACE_FILLS", "PLACE_WON"}
ELSEWHERE = {"AFTER_THE_RUN"}  # asked by `cpsim validate` of people whose run is over
WORD = 1 << 32  # an agent's number goes into one word of the counter


@pytest.fixture(scope="module")
def asked():
    """Every address drawn in a run of a busy small team, uncompiled, so that each draw can be seen."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-m", "tests.randomness.asked"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [
        ((purpose, agent, event), times - in_vain) for purpose, agent, event, times, in_vain in json.loads(done.stdout)
    ]


@pytest.mark.invariant
def test_v03_each_address_is_used_once(asked):
    """A contact that finds no time keeps its luck for the next try; every other address is drawn once in a run."""
    again = {address: times for address, times in asked if times > 1 and address[0] not in FACTS}
    assert again == {}


@pytest.mark.invariant
def test_v03_the_run_asks_of_everything(asked):
    """No purpose escapes the test above: each that the code names was drawn, most of them many times."""
    drawn = Counter(purpose for (purpose, _, _), _ in asked)
    named = set(attributes_of("Purpose", *(path for path in sources(PACKAGE) if path.name != "codes.py")))
    assert named - ELSEWHERE == set(drawn)
    several_events = {purpose for (purpose, _, event), _ in asked if event > 1}
    assert {"WINDOW_PLACES", "OWN_PLACES", "ORDINARY_PLACES", "ATTENDANCE", "CONTACT", "STAGE_SPELL"} <= several_events


@pytest.mark.invariant
def test_v03_places_considered_are_numbered_without_gap_or_overlap(asked):
    """n + 1 questions for each attempt at a place: nerve, and n places (consider's arithmetic of events)."""
    questions = round(load("cmht").teams[0].base.parameters.places_considered) + 1
    for purpose in ("WINDOW_PLACES", "OWN_PLACES", "ORDINARY_PLACES"):
        of_person = {}
        for (named, agent, event), _ in asked:
            if named == purpose:
                of_person.setdefault(agent, []).append(event)
        assert max(map(len, of_person.values())) > questions, purpose  # somebody tried more than once
        for events in of_person.values():
            attempts = len(events) // questions
            assert sorted(events) == list(range(questions, questions * (attempts + 1)))


def addresses(world):
    """Agents' numbers, of each table by itself: purposes of one table are never drawn for another."""
    return {name: getattr(world, name)["id"] for name in ("people", "workers", "places")}


@pytest.mark.invariant
@pytest.mark.parametrize("name", [name for name, _, _ in shipped_scenarios()])
def test_v03_nobody_shares_a_number(name):
    """A year of each shipped scenario: all who ever come have numbers of their own, and within a word."""
    scenario = load(name)
    for team in scenario.teams:
        for numbers in addresses(populate(plan(scenario, team), 1)).values():
            assert len(np.unique(numbers)) == len(numbers)
            assert 0 <= numbers.min() <= numbers.max() < WORD


@pytest.mark.invariant
def test_v03_nobody_shares_a_number_in_the_largest_team_that_is_accepted():
    """As many referrals as the limits of a scenario let in: 400 people a month taken on, 1 in 20 of those referred."""
    scenario = quiet(
        {"team.new_people_per_month": 400, "parameters.accept_share": 0.05, "parameters.return_share": 0.9}
    )
    people = addresses(populate(plan(scenario, scenario.teams[0]), 1))["people"]
    assert len(people) > 30_000
    assert len(np.unique(people)) == len(people)
    assert people.max() < WORD


@pytest.mark.invariant
def test_v03_a_stream_of_referrals_ends_before_the_next_begins():
    """A stream of one a day has fewer people in the longest run than a stream has numbers."""
    scenario = quiet({"team.new_people_per_month": 400}, weeks=520)
    people = addresses(populate(plan(scenario, scenario.teams[0]), 1))["people"]
    longest = dataclasses.replace(plan(scenario, scenario.teams[0]), new=1.0)
    assert len(populate(longest, 1).people) < 5_000  # of the 100,000 numbers of a stream
    assert len(np.unique(people)) == len(people)
