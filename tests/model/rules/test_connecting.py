import pytest

from cpsim.model.codes import STEPS
from cpsim.model.records import PERSON, PRACTITIONER
from cpsim.model.rules import connecting
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(step_minutes=60.0, step_4_minutes=120.0, step_done_share=0.5, step_done_quality=0.5, recap_minutes=10.0)
P.skill_gain, P.ties_renewed, P.cp_effect = 0.1, 0.5, 1.0


def partly(**minutes):
    """Minutes by step, at a quality of a half: `s1=30` are 30 minutes at step 1."""
    fields = {f"minutes_{name[1]}": float(value) for name, value in minutes.items()}
    return row(PERSON, **fields, **{name.replace("minutes", "quality"): value / 2 for name, value in fields.items()})


def test_the_fourth_step_has_minutes_of_its_own():
    assert [connecting.standard_minutes(step, P) for step in range(1, STEPS + 1)] == [60, 60, 60, 120, 60]


@pytest.mark.parametrize(("step", "days", "minutes"), [(0, 99, 0), (1, 0, 0), (1, 14, 5), (3, 28, 10), (3, 90, 10)])
def test_picking_up_the_thread_takes_longer_after_a_longer_gap(step, days, minutes):
    assert connecting.recap(row(PERSON, step=step, days_since_cp=days), P) == minutes


@pytest.mark.parametrize(("step", "mean"), [(1, 0.6), (2, 0.55), (3, 0.6), (4, 0.55), (5, 0.6)])
def test_quality_is_the_mean_of_three_and_in_the_community_of_four(step, mean):
    person, worker = row(PERSON, relationship=0.3), row(PRACTITIONER, skill=0.6, can_do=0.9)
    assert connecting.quality(person, worker, step, 0.4) == pytest.approx(mean)


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_minutes_are_entered_at_their_step_and_nowhere_else(step):
    person = row(PERSON)
    connecting.add(person, step, 20.0, 0.25)
    connecting.add(person, step, 10.0, 0.5)
    for other in range(1, STEPS + 1):
        assert connecting.minutes_at(person, other) == (30 if other == step else 0)
        assert connecting.quality_at(person, other) == (10 if other == step else 0)


@pytest.mark.parametrize(
    ("minutes", "quality", "done"),
    [(30, 15, True), (29.9, 29, False), (30, 14.9, False), (200, 100, True), (0, 0, False)],
)
def test_a_step_is_done_at_half_its_minutes_and_half_its_quality(minutes, quality, done):
    person = row(PERSON, minutes_2=float(minutes), quality_2=float(quality))
    assert bool(connecting.is_done(person, 2, P)) is done
    assert connecting.count_done(person, P) == done


def test_the_fourth_step_needs_half_of_its_own_minutes():
    assert not connecting.is_done(partly(s4=59), 4, P)
    assert connecting.is_done(partly(s4=60), 4, P)
    assert connecting.count_done(partly(s1=30, s2=30, s3=30, s4=60, s5=29), P) == 4


def test_fidelity_is_dose_times_quality_over_five_steps():
    """Step 1 in full at a quality of a half, step 4 over-full, nothing else: (0.5 + 1 + 0 + 0 + 0) / 5."""
    assert connecting.dose(partly(s1=60, s4=400), P) == pytest.approx((0.5 + 1.0) / 5)


def test_a_contact_goes_to_the_step_in_hand():
    person, worker = (
        row(PERSON, relationship=0.4, days_since_cp=30),
        row(PRACTITIONER, skill=0.4, can_do=0.7, clarity=0.5),
    )
    assert connecting.work(person, worker, 25.0, 0.2, P) == 1
    connecting.spend(person, worker, 25.0, P)
    assert (person.step, person.minutes_1, person.quality_1) == (1, 25, pytest.approx(12.5))
    assert (person.days_since_cp, person.cp_contacts, person.cp_minutes, person.window_minutes, person.asked) == (
        0,
        1,
        25,
        25,
        1,
    )
    assert (worker.adopted, worker.skill, worker.clarity) == (1, pytest.approx(0.46), pytest.approx(0.55))


def test_a_step_that_is_full_gives_way_to_the_next():
    """35 + 25 = 60 minutes end step 1, at a mean quality above a half: done. The next contact goes to step 2."""
    person, worker = row(PERSON, relationship=0.8), row(PRACTITIONER, skill=0.4, can_do=0.7)
    assert [connecting.work(person, worker, minutes, 0.9, P) for minutes in (35.0, 25.0, 10.0)] == [1, 1, 2]
    assert (person.step, person.minutes_1, person.minutes_2, person.steps_done) == (2, 60, 10, 1)


def test_after_the_fifth_step_there_is_no_sixth():
    person, worker = row(PERSON, step=5, minutes_5=50.0), row(PRACTITIONER)
    assert connecting.work(person, worker, 10.0, 0.9, P) == 5
    assert person.step == STEPS + 1


@pytest.mark.parametrize(
    ("step", "quality", "effect", "renewed"),
    [
        (1, 0.9, 1.0, 2),
        (3, 0.9, 1.0, 2),
        (2, 0.9, 1.0, 0),
        (4, 0.9, 1.0, 0),
        (5, 0.9, 1.0, 0),
        (1, 0.4, 1.0, 0),
        (1, 0.9, 0.5, 1),
        (1, 0.9, 0.0, 0),
    ],
)
def test_steps_1_and_3_renew_ties_if_they_were_done_well(step, quality, effect, renewed):
    """Half of four ties that had fallen away; in the null world (effect 0) none."""
    p = P.copy()
    p.cp_effect = effect
    minutes = 120.0 if step == 4 else 60.0
    person = row(PERSON, ties_fallen=4.0, ties=10.0, ties_usual=10.0, step=step)
    connecting.add(person, step, minutes, quality)
    connecting.finish(person, step, p)
    assert (person.ties_fallen, person.ties, person.ties_usual) == (4 - renewed, 10 + renewed, 10 + renewed)
    assert person.step == step + 1


def test_renewed_ties_are_of_the_kinds_that_had_fallen_away():
    p = P.copy()
    p.fallen_family_share, p.fallen_friends_share = 0.25, 0.5
    person = row(PERSON, ties_family=3.0, ties_friends=1.0, ties_neighbours=2.0)
    connecting.renew(person, 2.0, p)
    assert (person.ties_family, person.ties_friends, person.ties_neighbours) == (3.5, 2.0, 2.5)
    assert person.ties_renewed == 2


@pytest.mark.parametrize(
    ("quality", "luck", "effect", "reached"),
    [
        (0.9, 0.5, 1.0, 1),
        (0.9, 0.7, 1.0, 0),
        (0.4, 0.5, 1.0, 0),
        (0.9, 0.25, 0.5, 1),
        (0.9, 0.5, 0.5, 0),
        (0.9, 0.0, 0.0, 0),
    ],
)
def test_a_goal_agreed_at_step_3_may_be_reached_by_step_5(quality, luck, effect, reached):
    """Six in ten are, of those agreed and reviewed well enough; in the null world (effect 0) none."""
    p = P.copy()
    p.cp_effect, p.goal_reached_cp = effect, 0.6
    person = row(PERSON, goal_luck=luck, step=3)
    for step in (3, 4, 5):
        connecting.add(person, step, 120.0, quality)
        connecting.finish(person, step, p)
        assert person.goal_reached == (reached if step == STEPS else 0)
    assert person.goal_set == (quality > 0.5)


def test_no_goal_is_reached_that_was_not_agreed():
    p = P.copy()
    p.cp_effect, p.goal_reached_cp = 1.0, 1.0
    person = row(PERSON, step=5)
    connecting.add(person, 5, 60.0, 0.9)
    connecting.finish(person, 5, p)
    assert (person.goal_set, person.goal_reached) == (0, 0)
