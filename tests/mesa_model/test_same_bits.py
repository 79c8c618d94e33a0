"""Two ways to run one set of rules: the engine and Mesa, compiled or not, leave the same bits."""

import os
import subprocess
import sys

import numba
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cpsim
from cpsim.mesa_model import CMHTModel, Practitioner, ServiceUser, Team
from tests.house.reading import ROOT
from tests.invariants.scenarios import random_starts
from tests.mesa_model.walks import FEW_EXAMPLES, WARM_UP, engine_world, fingerprint, first_difference, small

pytestmark = pytest.mark.identity

EXAMPLES = settings(
    max_examples=FEW_EXAMPLES if numba.config.DISABLE_JIT else 50, suppress_health_check=list(HealthCheck)
)


@pytest.mark.rules
@EXAMPLES
@given(start=random_starts(most_weeks=6), skips=st.booleans())
def test_v7_engine_and_mesa_agree_every_day(start, skips):
    model = CMHTModel(start.scenario, seed=start.seed, skip_warm_up=skips, warm_up_weeks=WARM_UP)
    assert first_difference(model, engine_world(start.scenario, start.seed)) is None


@pytest.mark.parametrize("name", [name for name, _, _ in cpsim.shipped_scenarios()])
def test_v7_in_every_shipped_scenario(name):
    chosen = cpsim.load(name).with_(weeks=8)
    model = CMHTModel(chosen, seed=7, skip_warm_up=True)
    assert first_difference(model, engine_world(chosen, seed=7, warm_up_weeks=None)) is None


def test_v7_every_team_and_replication_ends_as_in_the_engine(tmp_path):
    file = tmp_path / "three.yaml"
    file.write_text(
        "schema: 1\ntitle: Three\nextends: small-caseloads\nweeks: 5\nteams: [{name: A}, {name: B, copies: 2}]"
    )
    chosen = cpsim.load(file)
    outcomes = cpsim.run(chosen, replications=2, seed=11).outcomes
    for number, name in enumerate(["A", "B 1", "B 2"]):
        model = CMHTModel(chosen, seed=11, replication=1, team=number)
        model.run_model()
        row = outcomes[(outcomes.team == name) & (outcomes.replication == 1)].iloc[0]
        assert [row[field] for field in model.outcome().dtype.names] == pytest.approx(
            list(model.outcome()), rel=0, abs=0, nan_ok=True
        )


def test_v8_compiled_and_plain_python_agree():
    done = subprocess.run(
        [sys.executable, "-m", "tests.mesa_model.walks"],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = set(fingerprint(weeks=3).values())
    assert len(here) == 1
    assert done.stdout.split() == ["True", *here, *here]


class SameUser(ServiceUser):
    def __init__(self, model, rows, index):
        super().__init__(model, rows, index)
        self.note = "an attribute of its own"

    def live(self):
        return super().live()


class SamePractitioner(Practitioner):
    def meet(self, user, task):
        ended, where, minutes, luck = super().meet(user, task)
        return ended, int(where), int(minutes) if minutes == int(minutes) else minutes, luck

    def consider_cp(self, user):
        return super().consider_cp(user) | 0


def test_a_subclass_that_changes_nothing_changes_nothing():
    model = CMHTModel(
        small(), seed=5, practitioner=SamePractitioner, service_user=SameUser, whole_team=Team, warm_up_weeks=WARM_UP
    )
    assert first_difference(model, engine_world(small(), seed=5)) is None


def test_shuffling_and_drawing_with_mesa_changes_nothing():
    model = CMHTModel(small(), seed=5, skip_warm_up=True, warm_up_weeks=WARM_UP)
    for agents in model.agents_by_type.values():
        agents.shuffle(inplace=True)
    model.on_caseload.shuffle_do(lambda user: model.random.random() + model.rng.random())
    assert first_difference(model, engine_world(small(), seed=5)) is None


class AMinuteLess(Practitioner):
    def begin_day(self):
        super().begin_day()
        if self.model.day == 0 and self.minutes_left > 0:  # a Wednesday
            self.minutes_left -= 1


def test_the_comparison_bites():
    model = CMHTModel(small(), seed=5, practitioner=AMinuteLess, skip_warm_up=True, warm_up_weeks=WARM_UP)
    day, found = first_difference(model, engine_world(small(), seed=5))
    assert day == 0
    assert "weekly.free" in found
