"""Any valid team, small: a hypothesis strategy over everything that a scenario can say."""

import datetime
from dataclasses import dataclass
from functools import cached_property

import numba
from hypothesis import HealthCheck, Phase, example, given, reject, settings
from hypothesis import strategies as st

from cpsim.errors import ScenarioError
from cpsim.scenario.declare import declarations
from tests.invariants.worlds import LINK_WORKER, NURSE, ROLES, scenario, staff, world

# Uncompiled a day takes a thousand times as long: the first few worlds are the same ones, and none is made smaller.
SLOW = numba.config.DISABLE_JIT
EXAMPLES = settings(
    max_examples=2 if SLOW else 60,
    phases=[Phase.explicit, Phase.generate] if SLOW else tuple(Phase),
    suppress_health_check=list(HealthCheck),
)

WTE = st.sampled_from([1.0, 0.0, 2.0, 0.4, 0.0])
POSTS = st.fixed_dictionaries({"in_post": WTE, "vacant": st.sampled_from([0.0, 0.0, 0.5, 1.0])})
STAFF = st.fixed_dictionaries(dict.fromkeys(ROLES, POSTS))
LEFT_ALONE = ("team.staff_wte", "team.new_people_per_month", "team.caseload_per_wte", "place.population")


@dataclass
class Start:
    """What a random scenario says: short enough to read when a test fails."""

    name: str
    said: dict
    top: dict
    seed: int
    warm_up_weeks: int

    @cached_property
    def scenario(self):
        return scenario(self.name, self.said, **self.top)

    def world(self):
        """The team on the evening before its first day."""
        return world(self.scenario, self.seed, self.warm_up_weeks)


def values(declared):
    """Values that the declaration allows, its ends and those of its range among them."""
    if declared.choices:
        return st.sampled_from(declared.choices)
    if isinstance(declared.value, bool):
        return st.booleans()
    known = [number for number in (declared.value, declared.low, declared.high) if number is not None]
    ends = [*declared.limits, *known]
    low, high = min(ends[2:]), max(ends[2:])
    return st.sampled_from([float(end) for end in ends]) | st.floats(low, high)


def some(paths, most):
    """Some of these paths with a value each."""
    chosen = st.lists(st.sampled_from(paths), max_size=most, unique=True)
    return chosen.flatmap(lambda found: st.fixed_dictionaries({path: values(declarations()[path]) for path in found}))


def every(kind):
    return [path for path, found in declarations().items() if found.kind == kind and path not in LEFT_ALONE]


@st.composite
def random_starts(draw, most_weeks=12):
    """A valid scenario of one small team, and a seed."""
    weeks = draw(st.integers(1, most_weeks))
    said = {
        "standing.team.staff_wte": draw(STAFF),
        "standing.team.caseload_per_wte": draw(st.sampled_from([8.0, 20.0, 3.0, 12.0, 0.0])),
        "standing.team.new_people_per_month": draw(st.sampled_from([None, None, 0.0, 4.0])),
        "standing.place.population": draw(st.sampled_from([5_000.0, 20_000.0, 500.0])),
        **draw(some(every("policy"), 10)),
        **{f"standing.{path}": value for path, value in draw(some(every("policy"), 5)).items()},
        **draw(some(every("measured"), 10)),
    }
    if draw(st.booleans()):
        said["team.staff_wte"] = draw(STAFF)
    top = {
        "weeks": weeks,
        "from_week": draw(st.integers(0, weeks - 1)),
        "start": draw(st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 12, 31))),
    }
    name = draw(st.sampled_from(["cmht", "third-sector"]))
    seed, warm_up_weeks = draw(st.integers(0, 2**62)), draw(st.integers(0, 8))
    start = Start(name, said, top, seed, warm_up_weeks)
    try:
        assert start.scenario.weeks == weeks
    except ScenarioError:
        reject()  # numbers that cannot both be true
    return start


# Two worlds in which what is rare elsewhere happens all the time. Here: much CP, in protected time; staff who come and
# go; groups with one place; people at the top of the scales.
CROWDED = Start(
    "third-sector",
    {
        "standing.team.staff_wte": staff({LINK_WORKER: 1, "support worker": 0.5}, vacant={LINK_WORKER: 0.5}),
        "standing.team.caseload_per_wte": 8.0,
        "standing.place.population": 6_000.0,
        "standing.strategy.community_engagement_hours_per_week": 0.0,
        "strategy.community_engagement_hours_per_week": 0.0,
        "strategy.pay_fares": True,
        "policies.when_the_day_is_full": "protected_time",
        "policies.protected_cp_hours_per_week": 6.0,
        "policies.cp_visit_every_days": 3.0,
        "policies.accompanied_visits": 2.0,
        "place.bus_reach": 1.0,
        "parameters.leaving_per_year": 1.5,
        "parameters.training_starts_week": 0.0,
        "parameters.full_dose_minutes": 60.0,
        "parameters.clarity_trained": 1.0,
        "parameters.wish_mean": 0.98,
        "parameters.skill_gain": 0.2,
        "parameters.known_at_start": 1.0,
        "parameters.interest_match": 1.0,
        "parameters.places_a_week": 1.0,
        "parameters.places_taken": 0.0,
        "parameters.group_lifetime": 0.3,
        "parameters.attendance": 1.0,
        "parameters.ties_per_month": 4.0,
        "parameters.own_attempts_per_month": 4.0,
        "parameters.capital_mean": 26.0,
        "parameters.wellbeing_mean": 68.0,
    },
    {"weeks": 12},
    seed=6,
    warm_up_weeks=3,
)
# And here: everything is right for CP, people are seen once in two months, fall ill often, and do not stay.
SELDOM = Start(
    "cmht",
    {
        "standing.team.staff_wte": staff({NURSE: 1.4}, vacant={NURSE: 0.6}),
        "standing.team.caseload_per_wte": 6.0,
        "policies.cp_people_per_wte": 0.0,
        "strategy.training_days_per_person": 1.0,
        "strategy.supervision_every_weeks": 4.0,
        "strategy.leadership": "named lead with time",
        "parameters.training_starts_week": 0.0,
        "parameters.clarity_trained": 1.0,
        "parameters.wish_mean": 0.98,
        "parameters.recovery_interval_days": 60.0,
        "parameters.relapse_per_year": 2.0,
        "parameters.crisis_days": 8.0,
        "parameters.hospital_chance": 0.6,
        "parameters.deaths_per_year": 1.0,
        "parameters.dropouts_per_year": 1.0,
    },
    {"weeks": 12},
    seed=0,
    warm_up_weeks=3,
)


def in_any_world(most_weeks=12):
    """The test holds in both of these worlds and in random ones."""

    def over(test):
        return EXAMPLES(example(CROWDED)(example(SELDOM)(given(random_starts(most_weeks))(test))))

    return over
