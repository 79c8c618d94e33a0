"""What is typed after --vary and --target."""

import pytest

import cpsim
from cpsim.errors import OptionError, ScenarioError
from cpsim.experiments.vary import check_factors, factor, target

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "path", "values"),
    [
        ("team.caseload_per_wte=15:45:10", "team.caseload_per_wte", (15, 25, 35, 45)),
        ("a.b = 0:1:0.25", "a.b", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("a.b=0:0.3:0.1", "a.b", (0.0, 0.1, 0.2, 0.3)),
        ("a.b=1:10:4", "a.b", (1, 5, 9)),
        ("a.b=30,10,20", "a.b", (10, 20, 30)),
        ("a.b=nobody,named lead with time", "a.b", ("nobody", "named lead with time")),
        ("a.b=true,false", "a.b", (True, False)),
    ],
)
def test_values(text, path, values):
    found = factor(text)
    assert (found.path, found.values) == (path, values)
    assert found.numeric == (type(values[0]) in (int, float))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("team.caseload_per_wte", "write a path"),
        ("=1,2", "write a path"),
        ("a.b=5", "at least two values"),
        ("a.b=5,5", "each once"),
        ("a.b=1:5:x", "lowest:highest:step"),
        ("a.b=5:1:1", "step must be above 0"),
        ("a.b=1:5:0", "write a path"),
        ("a.b=1:5:-1", "step must be above 0"),
        ("a.b=0:1000:1", "1,001 values; 200 is the most"),
        ("a.b={c: 1},2", "is not one value"),
        ("a.b=1,,2", "is not one value"),
    ],
)
def test_what_cannot_be_varied_is_refused(text, said):
    with pytest.raises(OptionError, match=said):
        factor(text)


def test_a_factor_has_a_name_a_unit_and_the_scenarios_own_value():
    caseload = factor("team.caseload_per_wte=15,20")
    assert (caseload.label, caseload.at(cpsim.load("cmht"))) == ("caseload per WTE (people per WTE)", 27)
    assert factor("standing.team.caseload_per_wte=15,20").at(cpsim.load("cmht")) == 27
    assert factor("weeks=26,52").at(cpsim.load("cmht")) == 52
    assert factor("no.such=1,2").at(cpsim.load("cmht")) is None


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["team.caselod_per_wte=15,20"], "--vary: team.caselod_per_wte: .*did you mean 'caseload_per_wte'"),
        (["team.caseload_per_wte=15:450:5"], "205 is outside 0 to 200"),
        (["strategy.leadership=nobody,somebody"], "'somebody': write 'nobody', 'someone' or"),
    ],
)
def test_mistakes_are_those_of_a_scenario_and_few(texts, said):
    with pytest.raises(ScenarioError, match=said) as found:
        check_factors(cpsim.load("cmht"), [factor(text) for text in texts])
    assert len(found.value.problems) <= 3


@pytest.mark.parametrize("count", [0, 3])
def test_one_or_two(count):
    with pytest.raises(OptionError, match=f"give one or two; {count} given"):
        check_factors(cpsim.load("cmht"), [factor(f"a{number}.b=1,2") for number in range(count)])


def test_twice_the_same():
    with pytest.raises(OptionError, match="is given twice"):
        check_factors(cpsim.load("cmht"), [factor("weeks=26,52"), factor("weeks=26,78")])


@pytest.mark.parametrize(
    ("text", "written", "told"),
    [
        ("five_steps>=0.3", "five_steps>=0.3", "all five steps for at least 30 in 100"),
        (" pressure <= 1 ", "pressure<=1", "pressure at most 1 work per hour"),
        ("reach≥0.125", "reach>=0.125", "at least one step for at least 12.5 in 100"),
    ],
)
def test_targets(text, written, told):
    found = target(text)
    assert (found.text, found.told) == (written, told)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("five_steps", "write an outcome, >= or <=, and a number"),
        ("five_steps=0.3", "write an outcome"),
        ("five_step>=0.3", "no outcome 'five_step'; did you mean 'five_steps'"),
        ("reach>=much", "'much' is not a number"),
    ],
)
def test_targets_that_are_none(text, said):
    with pytest.raises(OptionError, match=said):
        target(text)
