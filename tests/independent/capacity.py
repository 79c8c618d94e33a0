"""The capacity table beside a calculation by hand.

`python -m tests.independent.capacity > docs/capacity.md` remakes it. The ordinary team with its care co-ordinators
alone and without CP, at six caseloads per WTE in post.
"""

from dataclasses import dataclass

import cpsim

PER_WTE = (15, 20, 25, 30, 35, 40)  # people per care-co-ordinating WTE in post
IN_POST = {"community psychiatric nurse": 5.0, "social worker": 2.5, "occupational therapist": 1.0}
VACANT = {"community psychiatric nurse": 1.0, "social worker": 0.5, "occupational therapist": 0.3}
A_MONTH = {"community psychiatric nurse": 1.25, "social worker": 0.75, "occupational therapist": 1.0}
OTHERS = ("support worker", "manager", "psychologist", "psychiatrist")
MONTH, RUNS = 365.25 / 12, 10
STAGES = ("recovery", "stabilising", "crisis")

TOP = """# Capacity, and the same by hand

How full is a co-ordinator's day at so many people per whole-time equivalent (WTE) in post? The ordinary team (`cmht`)
with its care co-ordinators alone and without Connecting People, {runs} simulated years of each; beside it (after the
slash) what a planner could work out on paper from the same numbers and the stages that people were found in. Remade by
`python -m tests.independent.capacity > docs/capacity.md`. One row by yourself, with the other roles left in:
`cpsim run cmht --set standing.team.caseload_per_wte=20.6` (people per *funded* WTE: 25 x 8.5 in post / 10.3 funded).

| people per WTE in post: asked | found | minutes used / by hand | contacts a person-month / by hand |\
 crisis share of contact time / by hand | days overdue | pressure |
| --- | --- | --- | --- | --- | --- | --- |
"""

BOTTOM = """

By hand: minutes of a contact with journey and notes x contacts that the intervals call for, by stage x the share of
people in it, with reviews and assessments, over 450 minutes less leave, sickness, meetings, records and duty.

Where the two differ by more than a tenth:
- **Contacts are fewer than the intervals call for, at any load.** By hand a contact is held on the day it is due. In
  the model it waits for a weekday and for a co-ordinator who is not away; one in eight is missed and, but for crises,
  tried again a week later. An interval of 7 days becomes 8 to 9, one of 2.8 becomes 3.5. Near the edge contacts are put
  off.
- **Minutes used are fewer** for the same reason; and a missed contact costs its journey alone, so the hour is used
  again. They do not reach 100 %: what is left of a day is shorter than a contact, and is left over.
- **By hand the day closes below 30 people per WTE** (with all that the intervals call for); the model never closes, it
  gets later: every contact that is put off delays the next one, so demand falls with what is delivered. Pressure
  counts what is called for, as the hand does.
- **The crisis share of contact time rises with the caseload** in the model alone: crises come first and planned
  contacts give way.
"""


@dataclass
class ByHand:
    """What the paper says: share of minutes called for, contacts a person-month, share of contact time in crises."""

    used: float
    contacts: float
    crisis_share: float


def said(per_wte):
    """`--set` of the scenario."""
    funded = sum(IN_POST.values()) + sum(VACANT.values())
    posts = {role: {"in_post": IN_POST[role], "vacant": VACANT[role]} for role in IN_POST}
    return {
        "standing.team.staff_wte": posts | {role: {"in_post": 0.0, "vacant": 0.0} for role in OTHERS},
        "standing.team.caseload_per_wte": per_wte * sum(IN_POST.values()) / funded,
        "strategy.materials": False,
        "strategy.community_engagement_hours_per_week": 0.0,
        "standing.strategy.community_engagement_hours_per_week": 0.0,
    }


def minutes_available(p):
    """Of a WTE in post on a calendar day, after leave, sickness, meetings, records and duty."""
    there = (1 - p.leave_days / 260) * (1 - p.sickness_share)
    return p.day_minutes * 5 / 7 * there * (1 - p.meetings_share - p.records_share - p.duty_share)


def by_hand(p, place, shares, held, per_wte, referred):
    """Standard minutes by stage times the stages found, over minutes available.

    held: share of crises with a crisis team. referred: people taken on a day and WTE.
    """
    travel = 2 * 0.3826 * 2 * place.radius_km * p.detour / place.speed_km_h * 60 * p.chaining  # of a square patch
    visits = 1 - p.base_share
    planned = p.phone_share * p.phone_minutes + (1 - p.phone_share) * (p.contact_minutes + visits * travel)
    minutes = {
        "recovery": planned + p.notes_minutes,
        "stabilising": planned + p.notes_minutes,
        "crisis": p.crisis_minutes + visits * travel + p.notes_minutes,
    }
    usual = sum(IN_POST[role] * A_MONTH[role] for role in IN_POST) / sum(IN_POST.values())
    a_day = {
        "recovery": usual / p.recovery_interval_days,
        "stabilising": 1 / p.stabilising_interval_days,
        "crisis": held / p.crisis_shared_interval_days + (1 - held) / p.crisis_interval_days,
    }
    contacts = {stage: shares[stage] * a_day[stage] for stage in STAGES}
    work = sum(contacts[stage] * minutes[stage] for stage in STAGES)
    work += (shares["recovery"] + shares["stabilising"]) * p.review_minutes / p.review_interval_days
    face = {"crisis": p.crisis_minutes, "recovery": p.contact_minutes, "stabilising": p.contact_minutes}
    phone = (1 - p.phone_share) + p.phone_share * p.phone_minutes / p.contact_minutes
    time = {stage: contacts[stage] * face[stage] * (1 if stage == "crisis" else phone) for stage in STAGES}
    assessed = referred / p.accept_share * p.assessment_minutes
    return ByHand(
        used=(per_wte * work + assessed) / minutes_available(p),
        contacts=sum(contacts.values()) * MONTH,
        crisis_share=time["crisis"] / sum(time.values()),
    )


def line(per_wte):
    """One line of the table."""
    chosen = cpsim.load("cmht").with_(said(per_wte))
    result = cpsim.run(chosen, replications=RUNS, seed=1)
    found, weeks = result.outcomes.mean(numeric_only=True), result.weekly
    weeks = weeks[weeks.week >= 0]
    used = 1 - weeks.free.sum() / weeks.available.sum()
    team = chosen.teams[0].base
    held = team.policies.crisis_team_share
    shares = {stage: found[f"share_in_{stage}" if stage != "stabilising" else "share_stabilising"] for stage in STAGES}
    people = found.caseload_per_in_post
    referred = weeks.taken_on.sum() / (7 * weeks.in_post.sum())
    hand = by_hand(team.parameters, team.place, shares, held, people, referred)
    cells = (
        f"{per_wte}",
        f"{people:.1f}",
        f"{used:.0%} / {hand.used:.0%}",
        f"{found.contacts_per_person_month:.2f} / {hand.contacts:.2f}",
        f"{found.crisis_share_of_contact_time:.0%} / {hand.crisis_share:.0%}",
        f"{found.late_share:.0%}",
        f"{found.pressure:.2f}",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(TOP.format(runs=RUNS) + "\n".join(line(per_wte) for per_wte in PER_WTE) + BOTTOM, end="")
