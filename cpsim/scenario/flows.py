"""Flow in, flow out and the size they keep: the arithmetic that ties referrals, stays and caseload together.

A team at rest takes on as many people as leave it. Two classes of people stay for months or for years; of those who
stay and leave alive, a share comes back. [flow_brief_share, flow_brief_stay_months, flow_secondary_stay_stable_smi]
"""

from __future__ import annotations

from dataclasses import dataclass

from cpsim.scenario.schema import TeamDescription, coordinating_wte

YEAR, MONTHS = 365.25, 12.0  # days; months in a year


@dataclass(frozen=True)
class Flows:
    """People a day and shares of a team at rest.

    new: newly taken on a day. returning: coming back a day. long_share: of the people on the caseload on a day, those
    who stay
    for years.
    """

    new: float
    returning: float
    long_share: float


def stays(description: TeamDescription) -> tuple[float, float, float]:
    """Mean days on the caseload of somebody helped briefly, of somebody who stays, and the chance that the latter
    comes back.
    """
    p = description.parameters
    lost, died = p.dropouts_per_year / YEAR, p.deaths_per_year / YEAR
    brief = 1 / (MONTHS / YEAR / p.brief_stay_months + lost + died)
    agreed = 1 / (p.long_stay_years * YEAR)
    long = 1 / (agreed + lost + died)
    alive = 1 - died * long
    return brief, long, p.return_share * alive


def at_rest(description: TeamDescription) -> Flows:
    """The flows that keep the team's usual caseload, or those that follow from the new people a month that were
    given.
    """
    given = description.team.new_people_per_month
    people = description.team.caseload_per_wte * coordinating_wte(description)
    new = people / days_per_new_person(description) if given is None else given * MONTHS / YEAR
    return _flows(description, new)


def days_per_new_person(description: TeamDescription) -> float:
    """Person-days on the caseload that one newly taken-on person brings in all, later returns with them."""
    share = description.parameters.brief_share
    brief, long, back = stays(description)
    return share * brief + (1 - share) * long / (1 - back)


def caseload_kept(description: TeamDescription, new_per_month: float) -> float:
    """The caseload that so many newly taken-on people a month would keep."""
    return new_per_month * MONTHS / YEAR * days_per_new_person(description)


def _flows(description: TeamDescription, new: float) -> Flows:
    share = description.parameters.brief_share
    brief, long, back = stays(description)
    spells = (1 - share) / (1 - back)  # long stays for each new person, later ones with the first
    whole = share * brief + spells * long
    return Flows(new, new * spells * back, spells * long / whole)
