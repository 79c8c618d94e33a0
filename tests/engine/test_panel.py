"""The people panel: everybody on regular days, counts unbroken at day 0, and no trace in anything else."""

import numpy as np
import pytest

from cpsim.engine.panel import SO_FAR
from cpsim.engine.run import run
from cpsim.errors import OptionError, UserError
from cpsim.model.ledgers import PANEL
from cpsim.model.panel import note_counts
from cpsim.model.records import PERSON
from tests import tiny
from tests.randomness.same import TABLES, bits

BUSY = {
    "team.caseload_per_wte": 12,
    "parameters.relapse_per_year": 3,
    "parameters.hospital_chance": 0.3,
    "parameters.ordinary_attempts": 0.5,
    "parameters.own_attempts_per_month": 1,
    "policies.crisis_team_share": 0.5,
}


@pytest.fixture(scope="module")
def busy():
    return tiny.quiet(BUSY, weeks=6)


@pytest.mark.identity
@pytest.mark.rules
def test_a_panel_leaves_no_trace_in_the_run(busy):
    without, with_it = run(busy, 2, people=True).runs, run(busy, 2, people=True, panel_every_weeks=2).runs
    assert [name for name in TABLES if bits(getattr(without, name)) != bits(getattr(with_it, name))] == []
    assert without.panel is None


@pytest.mark.unit
@pytest.mark.rules
def test_panel_days_begin_half_a_year_before_and_end_with_the_run(busy):
    panel = run(busy, 1, panel_every_weeks=4).panel
    assert sorted(set(panel["week"])) == [-24, -20, -16, -12, -8, -4, 0, 4]
    assert not panel.duplicated(["week", "person"]).any()
    assert (panel.groupby("person")["week"].diff().dropna() == 4).all()


@pytest.mark.invariant
@pytest.mark.rules
def test_counts_go_on_at_day_0_and_end_as_the_people_do(busy):
    result = run(busy, 1, people=True, panel_every_weeks=2)
    panel, people = result.panel, result.people.set_index("id")
    for name in SO_FAR:
        assert (panel.groupby("person")[name].diff().dropna() >= 0).all(), name
    last = panel[panel["week"] == 6].set_index("person")
    eve = panel[panel["week"] == 0].set_index("person").reindex(last.index, fill_value=0)
    assert eve["contacts"].sum() > 0
    since = last["contacts"] - eve["contacts"]
    assert (since == people["contacts_held"].loc[last.index]).all()
    assert (last["bed_days"] - eve["bed_days"] == people["days_in_hospital"].loc[last.index]).all()
    assert (last["crisis_team_days"] - eve["crisis_team_days"] == people["days_held"].loc[last.index]).all()
    assert (last["capital"] == people["capital"].loc[last.index]).all()
    assert (last["memberships"] == [bin(kinds).count("1") for kinds in last["kinds"]]).mean() > 0.5


@pytest.mark.unit
@pytest.mark.rules
def test_what_counts_so_far_is_what_the_rule_notes():
    line, person = tiny.row(PANEL), tiny.row(PERSON)
    for name in PERSON.names:
        person[name] = 7
    note_counts(line, person, tiny.numbers())
    assert {name for name in PANEL.names if line[name]} == set(SO_FAR)


@pytest.mark.unit
@pytest.mark.rules
def test_later_replications_alone_are_the_same_as_with_the_first(busy):
    whole, last = run(busy, 3).runs, run(busy, 1, first_replication=2).runs
    assert last.replication.tolist() == [2]
    assert bits(whole.outcome[2]) == bits(last.outcome[0])
    assert np.array_equal(whole.seed[2:], last.seed)


@pytest.mark.unit
@pytest.mark.rules
def test_mistakes(busy):
    with pytest.raises(OptionError, match="panel_every_weeks: 0 is not possible; write a whole number from 1 to 52"):
        run(busy, 1, panel_every_weeks=0)
    with pytest.raises(OptionError, match="first_replication: -1 is not possible"):
        run(busy, 1, first_replication=-1)
    with pytest.raises(UserError, match="kept no panel; run it with panel_every_weeks=4"):
        _ = run(busy, 1).panel
