"""Which function computes which pattern, and from which runs (names of `lives.SPECS`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cpsim.validation import barriers, community, contact, effects, teams
from cpsim.validation.reading import Found, Lives


@dataclass(frozen=True)
class Check:
    """A pattern's function, which gives numbers by measure, and the runs that it reads."""

    read: Callable[[Lives], Found]
    runs: tuple[str, ...]


CHECKS: dict[str, Check] = {
    "P11": Check(contact.p11, ("base", "month")),
    "P12": Check(contact.p12, ("base",)),
    "P13": Check(contact.p13, ("seen 0.5", "seen 1", "seen 2", "seen 4")),
    "P15": Check(barriers.p15, ("base",)),
    "P16": Check(barriers.p16, ("base", "time", "time and engagement")),
    "P17": Check(barriers.p17, ("offered", "offered, half the pressure")),
    "P18": Check(barriers.p18, ("base", "trained")),
    "P19": Check(barriers.p19, ("base",)),
    "P20": Check(barriers.p20, ("base", "supervised", "led")),
    "P21": Check(community.p21, ("rural", "city", "rural, near", "rural, buses", "rural, cars", "city, cars")),
    "P22": Check(community.p22, ("base", "free but coffee")),
    "P23": Check(community.p23, ("base",)),
    "P24": Check(effects.p24, ("base", "third sector")),
    "P25": Check(effects.p25, ("full", "year")),
    "P30": Check(teams.p30, ("base", "rural")),
    "P31": Check(teams.p31, ("two years", "year")),
    "P32": Check(teams.p32, ("long", "long, 2017-18")),
    "P33": Check(teams.p33, ("month", "year", "two years", "at the cap", "watched")),
    "P34": Check(effects.p34, ("by protocol", "by protocol, no CP", "by protocol, no help")),
    "P35": Check(effects.p35, ("all trained", "link worker")),
}
