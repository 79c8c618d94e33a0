"""Numbers as a planner reads them."""

import math

import pytest

from cpsim.outputs import words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (41.3, "41"),
        (9.96, "10"),
        (0.0632, "0.063"),
        (1234, "1,200"),
        (-6.25, "-6.2"),
        (0, "0"),
        (99.6, "100"),
        (math.nan, words.UNKNOWN),
    ],
)
def test_two_figures(value, text):
    assert words.two_figures(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5249, "£5,200"),
        (5250, "£5,300"),
        (12_600, "£13,000"),
        (41.4, "£41"),
        (0.4, "less than £1"),
        (0, "£0"),
        (-1520, "-£1,500"),
    ],
)
def test_pounds(value, text):
    assert words.pounds(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.094, "9"), (0.004, "fewer than 1"), (0, "0"), (0.997, "more than 99"), (1, "100"), (0.005, "1")],
)
def test_people_of_100(share, text):
    assert words.in_100(share) == text


@pytest.mark.parametrize("five", [0.0, 0.004, 0.005, 0.094, 0.505, 0.995, 1.0])
@pytest.mark.parametrize("part", [0.0, 0.33, 0.5, 1.0])
def test_parts_of_100_add_up(five, part):
    parts = words.of_100(five, part * (1 - five))
    assert sum(parts) == 100
    assert min(parts) >= 0
    assert parts[0] == words.nearest(100 * five)


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (0.051, 0.138, "share", "5 to 14"),
        (0.001, 0.021, "share", "0 to 2"),
        (0.094, 0.0941, "share", "9"),
        (-0.04, 0.81, "points of 0-27", "0.0 to 0.8"),
        (0.2, 1150, "GBP/person/year", "£0 to £1,200"),
        (3.6, 121, "people", "4 to 120"),
    ],
)
def test_ranges(low, high, unit, text):
    assert words.between(low, high, unit) == text


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("share", "in 100"),
        ("hours/week", "hours a week"),
        ("contacts/person/month", "contacts a person and month"),
        ("people/WTE", "people a WTE"),
        ("weeks", "weeks"),
    ],
)
def test_units(unit, text):
    assert words.unit_name(unit) == text


def test_lists():
    assert [words.listed(parts) for parts in (["a"], ["a", "b"], ["a", "b", "c"], [])] == [
        "a",
        "a and b",
        "a, b and c",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.031, "share", "+3.1"),
        (-340.0, "GBP/person/year", "-£340"),
        (0.4, "GBP", "£0"),
        (-0.012, "points of 0-27", "-0.012"),
        (0.0, "share", "none"),
        (float("nan"), "share", "not known"),
    ],
)
def test_a_difference(value, unit, said):
    assert words.difference(value, unit) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (0.022, 0.0581, "share", "+2.2 to +5.8"),
        (-1234.0, 90.0, "GBP", "-£1,200 to +£90"),
        (-0.2, 0.3, "GBP", "less than £1"),
        (0.0004, 0.017, "weeks", "+0.000 to +0.017"),
        (-0.00097, 0.0044, "", "-0.0010 to +0.0044"),
        (-0.0001, 0.0002, "", "less than 0.001"),
        (120.0, 1340.0, "minutes", "+120 to +1,340"),
        (0.0, 0.0, "share", ""),
        (float("nan"), 1.0, "share", ""),
    ],
)
def test_the_ends_of_a_difference(low, high, unit, said):
    assert words.differences(low, high, unit) == said
