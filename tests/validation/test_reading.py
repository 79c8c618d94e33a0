"""What patterns read from runs: by hand on made-up people, and against the account of a real run."""

import numpy as np
import pytest

from cpsim.model.codes import Gate, Stage
from cpsim.model.ledgers import GATE_TALLY, OUTCOME
from cpsim.model.records import PERSON, PRACTITIONER
from cpsim.validation import barriers, contact, effects, reading, teams
from cpsim.validation.lives import SPECS, Life, Spec, run_spec

pytestmark = pytest.mark.unit


def life(people=4, workers=1, weeks=4, **more):
    """A run in which nothing happened."""
    made = {
        "people": np.zeros(people, PERSON),
        "workers": np.zeros(workers, PRACTITIONER),
        "gates": np.zeros(len(Gate), GATE_TALLY),
        "outcome": np.zeros(1, OUTCOME)[0],
        "longest_gap": np.zeros(people),
        "spent": 0.0,
        **more,
    }
    made["people"]["id"] = range(people)
    empty = dict.fromkeys(("p", "places", "kinds", "weekly", "access", "minutes"))
    return Life(seed=1, weeks=weeks, day=weeks * 7 - 1, **{**empty, **made})


def test_who_could_take_up_is_the_headlines_own_count():
    (found,) = run_spec(SPECS["base"], 1, 3, lambda: None)
    assert reading.could_take_up(found).sum() == found.outcome["could_take_up"] > 100


def test_a_watched_run_lives_the_same_days():
    plain, watched = (run_spec(spec, 1, 3, lambda: None)[0] for spec in (Spec("cmht", 8), Spec("cmht", 8, {}, True)))
    assert plain.people["days_since_contact"].tobytes() == watched.people["days_since_contact"].tobytes()
    assert 1 < watched.longest_gap.max() < 20


def test_one_seed_gives_paired_runs():
    base, trained = (run_spec(SPECS[name], 1, 3, lambda: None)[0] for name in ("base", "trained"))
    assert np.array_equal(base.people["home_x"], trained.people["home_x"])
    assert not np.array_equal(base.people["cp_minutes"], trained.people["cp_minutes"])


def test_first_shares_are_of_what_was_blocked():
    made = life()
    made.gates["first_failing"][[Gate.CRISIS_WORK, Gate.NOT_CLEAR]] = 1, 3
    assert reading.first_share(made, reading.CAPACITY) == 0.25
    assert np.isnan(reading.first_share(life(), reading.CAPACITY))


def test_a_team_in_which_hardly_anybody_had_any_is_low():
    made = life(people=20)
    made.people["days_in_recovery"], made.people["wished"] = 28, 1
    made.people["cp_contacts"][:2] = 1
    made.outcome["fidelity"] = 0.7
    assert reading.fidelity_of_band(made) == 0.7
    made.people["cp_contacts"][1] = 0
    assert reading.fidelity_of_band(made) == 0.0


def test_p11_asks_people_who_were_well_all_month():
    made = life()
    made.people["days_in_recovery"] = 28, 28, 28, 10
    made.people["contacts_held"] = 2, 1, 0, 9
    assert contact._seen_often(made) == pytest.approx(1 / 3)


def test_p19_counts_practitioners_in_post():
    made = life(workers=3)
    made.workers["role"], made.workers["filled"], made.workers["adopted"] = 1, [1, 1, 0], [1, 0, 1]
    assert barriers._adoption(made, ["social worker"]) == 0.5


def test_p33_follows_those_with_a_crisis_in_the_first_weeks():
    early, late = life(3), life(4, weeks=52)
    early.people["crises"] = 1, 1, 0
    late.people["crises"] = 2, 1, 5, 7
    assert teams._crises_later(early, late) == 0.5


def test_p33_stays_of_those_who_are_out_again():
    made = life()
    made.people["admissions"], made.people["days_in_hospital"] = [1, 1, 1, 2], [10, 20, 99, 99]
    made.people["stage"] = [Stage.RECOVERY, Stage.RECOVERY, Stage.HOSPITAL, Stage.RECOVERY]
    assert teams._stays(made) == (15.0, 15.0)


def test_p34_compares_the_same_people_in_units_of_their_spread():
    helped, other = life(2), life(2)
    for made in (helped, other):
        made.people["days_in_recovery"], made.people["wished"] = 28, 1
    other.people["capital_before"] = other.people["capital"] = 4.0, 8.0  # a spread of 2
    helped.people["capital"] = 5.0, 9.0
    assert effects._effect(helped, other) == 0.5


def test_p35_counts_those_who_were_there_for_half_of_the_time():
    made = life()
    made.people["days_in_recovery"] = 14, 14, 14, 13
    made.people["cp_minutes"] = 181, 180, 0, 999
    assert effects._reached(made) == pytest.approx(1 / 3)
