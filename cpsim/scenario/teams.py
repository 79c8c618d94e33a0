"""Many teams, drawn from a declared population of English teams: size, caseload, vacancies, roles, place, crises.

`cpsim new england.yaml --teams 200` writes them as a scenario that can be read and changed. Each number is triangular
between the low and the high of its evidence row, most often its value; numbers are drawn independently of each other.
Team number n is the same however many are drawn.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from cpsim.errors import OptionError
from cpsim.scenario.evidence import evidence

MOST_TEAMS = 1_000  # a file of more would be too large to read back
MOST_SEED = 2**63 - 1
HEAD = """\
# {teams} community mental health teams, drawn from the declared team population. Written by
#   cpsim new {file} --teams {teams} --seed {seed}
# Each team differs in size, caseload, vacancies, mix of roles, place and crisis team; the evidence rows named below say
# how. What teams decide (materials sent, nothing else done) is the same for all, as in cmht.
schema: 1
title: {teams} English teams
question: How much does delivery differ between teams that are sent the same materials, and where is it least?
extends: cmht

because:
"""
REASONS = {
    "standing.team.caseload_per_wte": "drawn from teams_caseload",
    "standing.team.staff_wte": "teams_wte, teams_vacancy, teams_nurse_share, teams_social_worker_share, "
    "teams_support_share",
    "standing.place.kind": "teams_city_share and teams_rural_share; the others are towns",
    "standing.place.population": "people on the caseload times teams_residents",
    "standing.place.radius_km": "the kind's own row, such as teams_city_radius; speed and buses likewise",
    "standing.policies.crisis_team_share": "teams_crisis_share; nothing where there is no crisis team "
    "(teams_no_crisis_team)",
}


def teams_text(file: Path, teams: int, seed: int) -> str:
    """The scenario as text. Raises OptionError for numbers that make no sense."""
    mistakes = []
    if not 2 <= teams <= MOST_TEAMS:
        mistakes.append(f"--teams: {teams} is not possible; write a whole number from 2 to {MOST_TEAMS:,}")
    if not 0 <= seed <= MOST_SEED:
        mistakes.append(f"--seed: {seed} is not possible; write a whole number from 0 to {MOST_SEED:,}")
    if mistakes:
        raise OptionError("\n".join(mistakes))
    digits = len(str(teams))
    entries = (_entry(f"Team {number:0{digits}}", draw_team(seed, number)) for number in range(1, teams + 1))
    reasons = "".join(f"  {path}: {reason}\n" for path, reason in REASONS.items())
    return HEAD.format(teams=teams, file=file.name, seed=seed) + reasons + "\nteams:\n" + "".join(entries)


def draw_team(seed: int, number: int) -> dict[str, Any]:
    """Sections of one team, as a scenario has them under `standing:`."""
    luck = Random(f"{seed}-{number}")
    kind = _kind_of_place(luck.random())
    caseload = round(_drawn("teams_caseload", luck), 1)
    staff = _staff(luck)
    people = caseload * sum(posts["in_post"] + posts["vacant"] for posts in list(staff.values())[:3])
    return {
        "team": {"caseload_per_wte": caseload, "staff_wte": staff},
        "place": _place(kind, people, luck),
        "policies": {"crisis_team_share": _crisis_share(luck)},
    }


def _staff(luck: Random) -> dict[str, dict[str, float]]:
    """Posts by role, the three that co-ordinate care first; vacancies are shared out in proportion."""
    wte, vacant = _drawn("teams_wte", luck), _drawn("teams_vacancy", luck)
    nurses = wte * _drawn("teams_nurse_share", luck)
    social_workers = (wte - nurses) * _drawn("teams_social_worker_share", luck)
    established = {
        "community psychiatric nurse": nurses,
        "social worker": social_workers,
        "occupational therapist": wte - nurses - social_workers,
        "support worker": wte * _drawn("teams_support_share", luck),
    }
    return {
        role: {"in_post": round(size * (1 - vacant), 1), "vacant": round(size * vacant, 1)}
        for role, size in established.items()
    }


def _place(kind: str, people: float, luck: Random) -> dict[str, Any]:
    facts = places()[kind]
    return {
        "kind": kind,
        "population": round(people * _drawn("teams_residents", luck), -2),
        "settlements": int(facts["settlements"]),
        "radius_km": round(_drawn(facts["radius_km"], luck), 1),
        "speed_km_h": round(_drawn(facts["speed_km_h"], luck)),
        "bus_reach": round(_drawn(facts["bus_reach"], luck), 2),
        "no_car_share": float(facts["no_car"]),
    }


def _kind_of_place(luck: float) -> str:
    city, rural = evidence()["teams_city_share"].value, evidence()["teams_rural_share"].value
    if luck < city:
        return "city"
    return "rural" if luck < city + rural else "town"


def _crisis_share(luck: Random) -> float:
    alone = luck.random() < evidence()["teams_no_crisis_team"].value
    share = round(_drawn("teams_crisis_share", luck), 2)
    return 0.0 if alone else share


@cache
def places() -> dict[str, dict[str, str]]:
    """Kinds of place, and the evidence rows that each draws from."""
    with Path(__file__).with_name("team_places.csv").open(encoding="utf-8", newline="") as text:
        return {line["kind"]: line for line in csv.DictReader(text)}


def _drawn(row: str, luck: Random) -> float:
    """Triangular: from low to high, most often the value."""
    found = evidence()[row]
    point, width = luck.random(), found.high - found.low
    if point * width < found.value - found.low:
        return found.low + math.sqrt(point * width * (found.value - found.low))
    return found.high - math.sqrt((1 - point) * width * (found.high - found.value))


def _entry(name: str, sections: dict[str, Any]) -> str:
    lines = (f"      {section}: {_flow(values)}\n" for section, values in sections.items())
    return f"  - name: {name}\n    standing:\n{''.join(lines)}"


def _flow(value: Any) -> str:
    """YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def rows_drawn_from() -> Iterator[str]:
    """Ids of the evidence rows that describe the team population."""
    return (row for row in evidence() if row.startswith("teams_"))
