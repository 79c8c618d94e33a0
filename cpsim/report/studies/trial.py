"""Sections of the page of virtual trials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpsim.experiments.estimators.analyses import PRIMARY
from cpsim.experiments.virtual import telling, telling_lost
from cpsim.experiments.virtual.replay import beside_published
from cpsim.experiments.virtual.tables import lines, of
from cpsim.experiments.virtual.telling_numbers import in_100, number, share_with_error, world
from cpsim.observation.instruments import SCORES
from cpsim.plots.picture import Grid
from cpsim.plots.studies.trial import contrast_table
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.trial import Trial

NOT_MODELLED = (
    "Not here: contamination by staff who move between arms, the effect of being observed.",
    "The trial knows every contact and day in hospital without error; a study asks people.",
    "Losses to follow-up were set so that about as many are left as in the study; who they are comes out.",
    "What a study reports of its people is what they answer. What CP did to a person is known only in here.",
)
HOW_LOST = (
    "Imputation takes those lost to be like the followed of their arm and team with the same baseline; no study can "
    "know whether they are. The shift moves those lost of the implementation arm alone, up or down, until the analysis "
    "with them imputed says the other thing than the primary one. Only in here is it known how far they are in truth."
)


def sections(found: Trial) -> list[Section | None]:
    """In the order of the page."""
    return [
        Section("found", "What trials find", words=[_who(found)], pictures=["distribution"], tables=[_measures(found)]),
        Section(
            "missing",
            "Where the effect goes",
            words=[telling.missing_effect(found)],
            pictures=["decomposition"],
            folded=[_all_steps(found)],
        ),
        Section(
            "power",
            "What could be seen, and by which analysis",
            words=[telling.error_answer(found)],
            pictures=["rejection"],
            folded=[_designs(found)],
        ),
        _lost(found),
        _fidelity(found),
        _replay(found),
        Section("left-out", "What was not modelled", lists=[("Bear in mind", NOT_MODELLED)]),
    ]


def _who(found: Trial) -> str:
    rows = of(found.frames["delivered"], delivery=found.own, effect="on")
    mean = {name: rows[name].mean() for name in ("recruited", "interviewed", "followed", "asked")}
    share = 100 * rows["recruiting_share"].mean()
    return (
        f"A trial recruits {mean['recruited']:.0f} people, interviews {mean['interviewed']:.0f} and sees "
        f"{mean['followed']:.0f} again after {found.design.followup_weeks:g} weeks. Asking {mean['asked']:.0f} people "
        f"takes {number(share)} of 100 hours of care co-ordinators in the weeks of recruiting; in these runs it does."
    )


def _measures(found: Trial) -> tuple[str, Grid]:
    rows = []
    for row in lines(of(found.operating, delivery=found.own, effect="on", analysis=PRIMARY)):
        off = of(found.operating, delivery=found.own, effect="off", measure=row.measure, analysis=PRIMARY).iloc[0]
        shown = of(found.frames["trials"], delivery=found.own, effect="on", measure=row.measure)["difference"]
        low, high = shown.quantile([0.1, 0.9])
        cells = number(row.difference), f"{number(low)} to {number(high)}", share_with_error(row)
        rows.append((telling.NAMES[row.measure], *cells, number(off["detectable"])))
    title = f"Implementation less comparison, {world(found.own, 'on')}, by team means"
    return title, Grid(("measure", "mean", "8 in 10 trials", "see a difference", "detectable"), tuple(rows))


def _all_steps(found: Trial) -> tuple[str, Grid]:
    rows = tuple(
        (
            f"{telling.NAMES[row.measure]}: {row.step}",
            number(row.value),
            f"{number(row.low)} to {number(row.high)}" if row.low == row.low else "",
        )
        for row in lines(found.decomposition)
    )
    return "Every step for every score", Grid(("step", "value", "simulation error (95 %)"), rows)


def _designs(found: Trial) -> tuple[str, Grid]:
    rows = tuple(
        (
            f"{row.effect}: {number(row.points)} points",
            str(row.teams),
            f"{row.people_followed_a_team:.0f}",
            in_100(row.power),
            f"{row.teams_needed:.0f}" if row.teams_needed == row.teams_needed else f"more than {telling.MOST_TEAMS:,}",
        )
        for row in lines(found.designs)
    )
    title = "Studies of other sizes, worked out from the spread of these trials (not simulated)"
    headings = ("effect on RG-UK", "teams", "people followed a team", "would see it", "teams for 80 of 100")
    return title, Grid(headings, rows)


def _lost(found: Trial) -> Section | None:
    """Nothing where nobody was lost."""
    said = telling_lost.lost_answer(found)
    if not said:
        return None
    rows = tuple(
        (
            telling.NAMES[row.measure],
            number(row.difference),
            number(row.imputed),
            number(row.nobody_lost) if row.measure in SCORES else "",
            in_100(row.same_conclusion),
            telling_lost.shift(row),
            number(row.lost_differ) if row.measure in SCORES else "",
        )
        for row in lines(found.lost)
    )
    headings = (
        "measure",
        "as followed",
        "imputed",
        "nobody lost",
        "same conclusion",
        "shift, up or down, that changes it (8 in 10 trials)",
        "shift in truth",
    )
    title = f"Difference of the arms by team means, {world(found.own, 'on')}; shifts are of those lost of one arm"
    return Section("lost", "Those lost to follow-up", words=[said, HOW_LOST], tables=[(title, Grid(headings, rows))])


def _fidelity(found: Trial) -> Section | None:
    if not len(contrast_table(found)):
        return None
    return Section("fidelity", "High and low fidelity", words=[telling.fidelity_answer(found)], pictures=["fidelity"])


def _replay(found: Trial) -> Section:
    rows = tuple(
        (
            row.team,
            "yes" if row.trained else "no",
            "yes" if row.supervised else "no",
            f"£{row.spent_of_offer:,.0f}" if row.spent_of_offer == row.spent_of_offer else "not offered",
            f"{number(row.fidelity)} ({number(row.fidelity_p10)} to {number(row.fidelity_p90)})",
            f"{100 * row.in_part:.0f}",
            f"{100 * row.had_help:.0f}",
            f"{100 * row.explained:.0f}",
        )
        for row in lines(found.replay)
    )
    headings = (
        "team",
        "trained",
        "supervised",
        "spent of £1,000 offered",
        "fidelity (8 in 10 trials)",
        "in part or more, of 100 trials",
        "had help, of 100 people",
        "materials explained",
    )
    title = f"Team by team, {world(found.own, 'on')}"
    tables = [(title, Grid(headings, rows))]
    if found.scenario.name == "study-2021":
        tables.append(_published(found))
    said = (
        "What teams did is put in as the study reported it; what came of it comes out. The study offered each "
        "implementation team £1,000 for training or consultancy and saw no use of it; what teams spend here is asked "
        "in the same trials with that offer."
    )
    return Section("replay", "The study team by team", words=[said], tables=tables)


def _published(found: Trial) -> tuple[str, Grid]:
    table = beside_published(found.frames["teams"], found.own)
    rows = tuple(
        (
            row.what,
            f"{row.reported:g}" + (f" ({row.reported_low:g} to {row.reported_high:g})" if _open(row) else ""),
            f"{number(row.found)} ({number(row.p10)} to {number(row.p90)})",
        )
        for row in lines(table)
    )
    return "Beside what the study reported", Grid(("", "reported (range of the register)", "trials (8 in 10)"), rows)


def _open(row: Any) -> bool:
    return bool(row.reported_low != row.reported_high)
