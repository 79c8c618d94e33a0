"""`cpsim story SCENARIO`: one person's time with the team, one practitioner's day, or who is worth following."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.check import SCENARIO, SETS
from cpsim.cli.run import COMPILING, SEED, WEEKS, chosen_scenario, whole_number
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario
    from cpsim.stories.telling import Telling

PERSON = Annotated[int | None, whole_number("Follow this person, numbered from 0.")]
PRACTITIONER = Annotated[int | None, whole_number("Show a day of this practitioner, numbered from 0.")]
DAY = Annotated[
    str | None, typer.Option(metavar="DAY", help="With --practitioner: a date such as 2026-05-12, or days from 0.")
]
FUTURE = Annotated[int, whole_number("Which simulated future; the first is 0.")]
TEAM = Annotated[int, whole_number("Which team of the scenario; the first is 0.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: the same as data.")]


def story(
    scenario: SCENARIO,
    sets: SETS = None,
    person: PERSON = None,
    practitioner: PRACTITIONER = None,
    day: DAY = None,
    seed: SEED = 1,
    replication: FUTURE = 0,
    team: TEAM = 0,
    weeks: WEEKS = None,
    as_json: AS_JSON = False,
) -> None:
    """Follow one simulated person through one simulated future, in plain words.

    Without --person it lists some people worth following. With --practitioner it shows a day's list.

    \b
    Examples:
      cpsim story cmht
      cpsim story cmht --person 12
      cpsim story cmht --practitioner 3 --day 2026-05-12
    """
    if person is not None and practitioner is not None:
        raise OptionError("--person and --practitioner: give one of the two")
    if day is not None and practitioner is None:
        raise OptionError("--day: give --practitioner with it; a person's story is of the whole time")
    chosen = chosen_scenario(scenario, sets or [], weeks)
    _say_if_compiling()
    which = {"seed": seed, "replication": replication, "team": team}
    try:
        text, data = _told(chosen, person, practitioner, day, which)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_json else text)


def _told(
    chosen: Scenario, person: int | None, practitioner: int | None, day: str | None, which: dict[str, int]
) -> tuple[str, Any]:
    """The answer as text and as data."""
    import cpsim

    if practitioner is not None:
        sheet = cpsim.day_sheet(chosen, practitioner, _day(day or "0"), **which)
        return sheet.text, sheet.as_dict()
    if person is not None:
        told = cpsim.story(chosen, person, **which)
        return told.text, told.as_dict()
    found = cpsim.telling_people(chosen, **which)
    return _listed(chosen, found, which), [each._asdict() for each in found]


def _say_if_compiling() -> None:
    from cpsim.model.rule import is_compiled

    if not is_compiled():
        typer.echo(COMPILING, err=True)


def _day(text: str) -> int | datetime.date:
    try:
        return int(text) if text.lstrip("-").isdigit() else datetime.date.fromisoformat(text)
    except ValueError:
        raise OptionError(
            f"day: {text} is not possible; write a date such as 2026-05-12, or a number of days"
        ) from None


def _listed(chosen: Scenario, found: list[Telling], which: dict[str, int]) -> str:
    """People worth following, and how."""
    from cpsim.outputs.telling import NOBODY_REAL

    rows = [f"  --person {each.person:<5} {each.what}" for each in found]
    said = "".join(f" --{name} {number}" for name, number in which.items() if number != (name == "seed"))
    head = f"People worth following in this future of {chosen.title}:"
    more = f"Follow one with `cpsim story {chosen.name}{said} --person N`; everybody from 0 on has a story."
    return "\n\n".join([head, "\n".join(rows), more, NOBODY_REAL])
