"""`cpsim story`: what is typed, what is answered."""

import json

import pytest

pytestmark = pytest.mark.journey


def test_first_who_then_the_story(type_in):
    code, out, err = type_in("story", "third-sector", "--weeks", "12")
    assert (code, err) == (0, "")
    person = out.split("--person ")[1].split()[0]
    code, out, err = type_in("story", "third-sector", "--weeks", "12", "--person", person)
    assert (code, err) == (0, "")
    assert out.startswith(f"Person {person} of A third-sector team")
    assert "In these 12 weeks" in out


def test_a_day_of_a_practitioner(type_in):
    code, out, _ = type_in("story", "third-sector", "--weeks", "4", "--practitioner", 0, "--day", "2026-04-08")
    assert code == 0
    assert "Wednesday 8 April 2026" in out
    assert type_in("story", "third-sector", "--weeks", "4", "--practitioner", 0, "--day", "7")[1] == out


@pytest.mark.parametrize("words", [("--person", 3), ("--practitioner", 0), ()])
def test_for_a_program(type_in, words):
    code, out, _ = type_in("story", "third-sector", "--weeks", "4", "--json", *words)
    assert code == 0
    assert json.loads(out)


def test_other_numbers_tell_another_story(type_in):
    def told(*more):
        return type_in("story", "third-sector", "--weeks", "4", "--person", 0, *more)[1].splitlines()[2:]

    assert told() == told("--seed", 1, "--replication", 0)
    assert told("--seed", 2) != told() != told("--replication", 1)
    assert told("--set", "parameters.spare_income=90") != told()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--person", "100000"), "--person: 100000 is not possible; the people whom this team ever meets are 0 to "),
        (("--practitioner", "99"), "--practitioner: 99 is not possible; the posts of this team are 0 to "),
        (("--practitioner", "0", "--day", "400"), "--day: 400 is not possible; the days of this run, from 2026-04-01"),
        (("--practitioner", "0", "--day", "soon"), "--day: soon is not possible; write a date"),
        (("--person", "0", "--team", "1"), "--team: 1 is not possible"),
        (("--person", "0", "--day", "3"), "--day: give --practitioner with it"),
        (("--person", "0", "--practitioner", "3"), "--person and --practitioner: give one of the two"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(type_in, words, answer):
    code, out, err = type_in("story", "third-sector", "--weeks", "4", *words)
    assert (code, out) == (2, "")
    assert err.startswith(answer)
    assert len(err.splitlines()) == 1
