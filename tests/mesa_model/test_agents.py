"""Agents are live views of their rows, and know each other."""

import copy
import pickle

import mesa
import numpy as np
import pytest

from cpsim.errors import UserError
from cpsim.mesa_model import CMHTModel, CommunityResource, Practitioner, ServiceUser, Stage, Team
from cpsim.mesa_model.rows import Row
from cpsim.model.records import PERSON, PLACE, PRACTITIONER, TEAM
from tests.mesa_model.walks import differences, small

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def model():
    walked = CMHTModel(small(), seed=2, skip_warm_up=True)
    while not any(practitioner.tasks for practitioner in walked.practitioners):
        walked.step()
    return walked


def test_an_attribute_is_the_row(model):
    person = model.user_at(0)
    before = person.days_since_contact
    person.days_since_contact += 3
    assert model.world.people["days_since_contact"][0] == before + 3
    model.world.people["days_since_contact"][0] = before
    assert person.days_since_contact == before
    assert type(person.days_since_contact) is int
    assert type(person.travel) is float


@pytest.mark.parametrize(
    ("kind", "fields", "renamed"),
    [
        (ServiceUser, PERSON, {"step": "cp_step"}),
        (Practitioner, PRACTITIONER, {}),
        (CommunityResource, PLACE, {"members": "member_count"}),
        (Team, TEAM, {}),
    ],
)
def test_every_field_is_an_attribute(model, kind, fields, renamed):
    agent = model.agents_by_type[kind][0]
    for name in fields.names:
        assert getattr(agent, renamed.get(name, name)) == agent.row[name]


def test_a_code_is_read_as_its_name(model):
    person = model.on_caseload[0]
    assert isinstance(person.stage, Stage)
    assert person.stage_label in ("in crisis", "stabilising", "in recovery", "in hospital")
    assert {user.stage_label for user in model.service_users} >= {"in recovery", "not yet referred"}


def test_a_fraction_is_not_cut_off(model):
    with pytest.raises(TypeError):
        model.user_at(0).days_since_contact = 2.5
    with pytest.raises(ValueError, match="Stage"):
        model.user_at(0).stage = Stage(77)


def test_a_field_cannot_hide_a_method():
    with pytest.raises(TypeError, match="give the field another name"):

        class Hidden(mesa.Agent, Row, fields=np.dtype([("step", "i8")])):
            pass


def test_no_agent_can_be_taken_out(model):
    with pytest.raises(UserError, match="stay for the whole run"):
        model.user_at(0).remove()


def test_relations_agree_from_both_sides(model):
    for practitioner in model.practitioners:
        assert len(practitioner.caseload_people) == practitioner.caseload
        assert all(person.co_ordinator is practitioner for person in practitioner.caseload_people)
    for resource in model.resources:
        assert len(resource.members) == resource.member_count
        assert all(resource in person.resources for person in resource.members)
    assert sum(len(person.resources) for person in model.service_users) == sum(model.resources.get("member_count")) > 0
    assert len(model.on_caseload) == model.caseload == model.team.caseload
    assert all(person.cp_practitioner is None or person.cp_worker >= 0 for person in model.service_users)


def test_labels(model):
    assert {practitioner.role_label for practitioner in model.practitioners} >= {"support worker", "link worker"}
    assert all(resource.kind_label for resource in model.resources)


def test_a_list_of_tasks_is_in_order_and_says_whom_it_is_about(model):
    lists = [practitioner.tasks for practitioner in model.practitioners]
    given = model.world.tasks["worker"][: model.team.tasks] >= 0  # the rest found nobody with time
    assert sum(map(len, lists)) == given.sum() > 0
    for practitioner, tasks in zip(model.practitioners, lists, strict=True):
        assert [task.rank for task in tasks] == sorted(task.rank for task in tasks)
        assert all(task.practitioner is practitioner for task in tasks)
        assert all(task.user in model.with_service for task in tasks)


def test_agent_sets_do_what_mesa_users_expect(model):
    people = model.agents_by_type[ServiceUser]
    assert people.agg("travel", max) == model.world.people["travel"].max()
    unwell = people.select(lambda user: user.stage == Stage.CRISIS)
    assert len(unwell) == model.in_crisis
    assert people.groupby("stage").count()[Stage.NOT_YET] == len(people) - model.world.team[0]["next_referral"]
    seen = []
    people.shuffle_do(lambda user: seen.append(user.index))
    assert sorted(seen) == list(range(len(people)))
    before = model.world.people["rebook_left"].copy()
    people.set("rebook_left", 4)
    assert (model.world.people["rebook_left"] == 4).all()
    model.world.people["rebook_left"] = before
    assert model.agent_types == [Team, CommunityResource, Practitioner, ServiceUser]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_goes_its_own_way_with_the_same_luck(model, copied):
    other, third = copied(model), copied(model)
    day = model.day
    other.step()
    third.step()
    assert (model.day, other.day) == (day, day + 1)
    assert differences(other.world, third.world) == []
    assert other.user_at(0).rows is other.world.people
