"""The sentences."""

import datetime
import string

import pytest

from cpsim.stories import words

pytestmark = pytest.mark.unit


def test_every_sentence_is_one():
    for kind, text in words.SENTENCES.items():
        assert text[-1] in ".}", kind
        assert text[0].isupper() or text[0] == "{", kind


def test_a_sentence_begins_with_a_capital():
    facts = {"worker": "social worker 2"}
    assert words.sentence("review", facts) == "Social worker 2 reviewed the care plan."


def test_counting():
    assert [words.count(n, "day") for n in (0, 1, 12)] == ["0 days", "1 day", "12 days"]
    assert words.count(2, "crisis", "crises") == "2 crises"
    assert [words.times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]


def test_dates():
    assert words.date(datetime.date(2026, 4, 2)) == "2 April 2026"
    assert words.short_date(datetime.date(2026, 4, 2)) == "Thu  2 Apr"


@pytest.mark.parametrize("scale", [words.SEVERITY, words.ANXIETY, words.WISH])
def test_every_level_has_words(scale):
    ends = [most for most, _ in scale]
    assert ends == sorted(ends)
    assert words.level(0.0, scale)
    assert words.level(0.999, scale)


def test_templates_name_only_facts_in_plain_words():
    named = {field for text in words.SENTENCES.values() for _, field, _, _ in string.Formatter().parse(text) if field}
    assert named <= {
        *("days", "held", "worker", "where", "minutes", "why", "came", "what", "cause", "again", "step", "name"),
        *("well", "span", "gates", "imputed", "who", "result", "place", "places", "times"),
    }
