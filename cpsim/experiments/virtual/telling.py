"""The answers of a virtual trial in words, and the table of other designs that one of them rests on."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.analyses import PRIMARY
from cpsim.experiments.estimators.power import assurance, design_power, power, teams_needed
from cpsim.experiments.virtual import tables
from cpsim.experiments.virtual.read import SOME, THIRD
from cpsim.experiments.virtual.replay import beside_published
from cpsim.experiments.virtual.tables import lines, of
from cpsim.experiments.virtual.teams import ALIKE, FULL, OBSERVED, OFF, ON
from cpsim.experiments.virtual.telling_lost import imputed_error, lost_answer
from cpsim.experiments.virtual.telling_numbers import in_100, number, share_with_error, world
from cpsim.scenario.evidence import evidence

if TYPE_CHECKING:
    from cpsim.experiments.trial import Trial

WIDTH = 80
MAIN = "rguk"  # the measure that words are about
MOST_TEAMS = 1_000
ENOUGH = 200  # trials
NAMES = {
    "rguk": "social capital (RG-UK, 0-27)",
    "wemwbs": "wellbeing (WEMWBS, 14-70)",
    "qpr15": "recovery (QPR-15, 0-60)",
    "self_rated_health": "self-rated health (0-100)",
    "inclusion": "feeling included (0-100)",
    "goal_met": "a social goal met",
    "had_help": "had help with connections",
    "cost": "cost of services and implementation (GBP, half a year up to the second interview)",
}
ABOUT = (
    "Analyses are of whoever was interviewed twice, as in the study, unless said. Cost and meetings are of the half "
    "year up to the second interview. Recruiting takes practitioners' minutes in its weeks."
)
CONTACT = "contact"


# ---------------------------------------------------------------- sizes worth seeing


def residual_sd(found: Trial) -> float:
    """RG-UK points: the spread of people that their baseline leaves."""
    between, within, _ = tables.variances(found.frames["trials"], MAIN, found.own)
    return math.sqrt(max(between, 0.0) + within)


def pilots_size(found: Trial) -> float:
    """Points of RG-UK that the pilot's difference comes to among these people."""
    return evidence()["cp_pilot_effect_d"].value * residual_sd(found)


def effects_elsewhere(found: Trial, count: int = 41) -> np.ndarray:
    """Points of RG-UK that personal social support did in other studies: its interval, as a normal distribution."""
    from scipy.special import ndtri

    row = evidence()["outcome_social_support_personal_g"]
    error = (row.high - row.low) / (2 * 1.96)
    places = (np.arange(count) + 0.5) / count
    return (row.value + error * ndtri(places)) * evidence()["outcome_rguk_sd"].value


def null_rows(found: Trial) -> pd.DataFrame:
    """The trials in which there is nothing to find, on the main measure."""
    return of(found.frames["trials"], delivery=found.own, effect=OFF, measure=MAIN)


def power_at(found: Trial, effect: float) -> float:
    """Share of these trials that would see so many points of RG-UK."""
    value, error, df = tables.noise_of(null_rows(found))
    return power(value - np.nanmean(value), error, df, effect).value


def assured(found: Trial) -> float:
    """Power averaged over the sizes that other studies leave open."""
    return assurance(*tables.noise_of(null_rows(found)), effects=effects_elsewhere(found))


def designs(found: Trial) -> pd.DataFrame:
    """Studies of other sizes: power on RG-UK for CP as delivered, delivered fully, and of the pilot's size.

    Worked out from the spread of teams and of people in these trials (t test of team means), not simulated.
    """
    between, within, people = tables.variances(found.frames["trials"], MAIN, found.own)
    steps = step_values(found)
    sizes = {
        "CP as delivered": steps.get(tables.AS_DELIVERED, math.nan),
        "CP delivered fully": steps.get(tables.DELIVERED_FULLY, math.nan),
        "the pilot's size": pilots_size(found),
    }
    own = len(found.scenario.arms)
    return pd.DataFrame(
        [
            {
                "effect": name,
                "points": points,
                "teams": teams,
                "people_followed_a_team": round(followed, 1),
                "power": design_power(points, between, within, teams, followed),
                "teams_needed": teams_needed(points, between, within, followed, MOST_TEAMS),
            }
            for name, points in sizes.items()
            if math.isfinite(points)
            for teams in dict.fromkeys((own, 2 * own, 4 * own, 8 * own))
            for followed in (people, 2 * people)
        ]
    )


def step_values(found: Trial) -> dict[str, float]:
    """The decomposition of the main measure, by step."""
    rows = of(found.decomposition, measure=MAIN)
    return dict(zip(rows["step"], rows["value"], strict=True))


# ---------------------------------------------------------------- sentences


def headlines(found: Trial) -> list[str]:
    """The answers, each a paragraph."""
    told = [
        pilots_answer(found),
        missing_effect(found),
        *what_would(found),
        fidelity_answer(found),
        error_answer(found),
        lost_answer(found),
        few(found),
    ]
    return [each for each in told if each]


def few(found: Trial) -> str:
    """A warning where shares of trials say little."""
    if found.trials >= ENOUGH:
        return ""
    return f"A first look at {found.trials:,} trials: what they could see is rough below {ENOUGH}."


def pilots_answer(found: Trial) -> str:
    """Could this study have seen an effect of the pilot's size?"""
    size = pilots_size(found)
    if not math.isfinite(size):
        return ""
    seen, steps = power_at(found, size), step_values(found)
    could = "Probably" if seen >= 0.8 else "Perhaps" if seen >= 0.4 else "Probably not"
    return (
        f"Could this study have seen an effect of the pilot's size? {could}: had everybody in the implementation arm "
        f"gained what the pilot's high-fidelity people had over the others ({number(size)} points of RG-UK, 0-27), "
        f"{in_100(seen)} such studies would have seen it. The smallest difference that 8 of 10 would see is "
        f"{number(steps.get(tables.DETECTABLE, math.nan))} points."
    )


def missing_effect(found: Trial) -> str:
    """True effect, share delivered, what is found, chance to see it."""
    steps = step_values(found)
    if tables.DELIVERED_FULLY not in steps:
        return _as_delivered(found, steps)
    return (
        f"Where the effect goes: delivered fully, CP does {number(steps[tables.DELIVERED_FULLY])} points to a person "
        f"of the implementation arm; delivered as here, {number(steps[tables.AS_DELIVERED])}"
        f"{_share_of_it(steps[tables.SHARE])}. The comparison of the arms finds {number(steps[tables.ARMS])} on "
        f"average{_error(found, tables.ARMS)}, {number(steps[tables.WITHOUT])} when CP does nothing. "
        f"{in_100(steps[tables.SEEN])} trials see a difference; {in_100(steps[tables.SEEN_FULL])} would with full "
        f"delivery, and {in_100(steps[tables.SEEN_NOTHING])} see one when CP does nothing."
    )


def _error(found: Trial, step: str) -> str:
    row = of(of(found.decomposition, measure=MAIN), step=step).iloc[0]
    return f" (simulation error {number(row['low'])} to {number(row['high'])})"


def _share_of_it(share: float) -> str:
    return f" ({100 * share:.0f} % of that)" if math.isfinite(share) else ""


def _as_delivered(found: Trial, steps: dict[str, float]) -> str:
    return (
        f"Delivered so ({world(found.own, ON)}) CP does {number(steps[tables.AS_DELIVERED])} points of RG-UK to a "
        f"person of the implementation arm; the comparison of the arms finds {number(steps[tables.ARMS])} on average, "
        f"and {in_100(steps[tables.SEEN])} trials see a difference."
    )


def what_would(found: Trial) -> list[str]:
    """What teams, fidelity, contact and follow-up would it take?"""
    steps = step_values(found)
    parts = ["What would have seen it?"]
    own, full = steps.get(tables.AS_DELIVERED, math.nan), steps.get(tables.DELIVERED_FULLY, math.nan)
    between, within, people = tables.variances(found.frames["trials"], MAIN, found.own)
    for said, points in (("CP as delivered", own), ("CP delivered fully", full)):
        if math.isfinite(points):
            parts.append(f"Teams, for {said}: {_teams(points, between, within, people)}.")
    parts.append(_fidelity_needed(found, full, steps.get(tables.DETECTABLE, math.nan)))
    others = [name for name in found.deliveries if name not in (found.own, FULL)]
    parts += [_of_delivery(found, name) for name in others]
    parts += [_followup(found), _contact(found)]
    return [" ".join(part for part in parts if part)]


def _teams(points: float, between: float, within: float, people: float) -> str:
    needed = teams_needed(points, between, within, people, MOST_TEAMS)
    if points <= 0 or needed is None:
        return f"more than {MOST_TEAMS:,} would be needed"
    return f"{needed} (with {people:.0f} people followed in each)"


def _fidelity_needed(found: Trial, full: float, detectable: float) -> str:
    rows = of(found.frames["delivered"], effect=ON)
    by_delivery = rows.groupby("delivery")["fidelity"].mean()
    if FULL not in by_delivery.index or not (full > 0 and math.isfinite(detectable)):
        return ""
    mean = f"{number(by_delivery[found.own])} as delivered, {number(by_delivery[FULL])} at the most"
    if detectable > full:
        return f"Fidelity: {mean} (mean, 0-1); even full delivery does less than this study can see in 8 of 10 trials."
    least = by_delivery[FULL] * detectable / full
    return f"Fidelity: {mean} (mean, 0-1); about {number(least)} would be needed, were the effect in proportion."


def _of_delivery(found: Trial, name: str) -> str:
    rows = of(found.operating, delivery=name, effect=ON, measure=MAIN, analysis=PRIMARY)
    given = of(found.frames["delivered"], delivery=name, effect=ON)
    return (
        f"Without the barrier{'s' if '+' in name else ''} {name.replace('+', ' and ')} fidelity is "
        f"{number(float(given['fidelity'].mean()))}, CP does {number(float(given[f'true_{MAIN}'].mean()))} points and "
        f"{in_100(float(rows['rejected'].iloc[0]))} trials see a difference."
    )


def _followup(found: Trial) -> str:
    """How long it is, and how to see another."""
    hint = "" if found.options["months"] else " To see longer follow-up, run with --months 12."
    return f"Follow-up: these trials end after {found.design.followup_weeks:g} weeks.{hint}"


def _contact(found: Trial) -> str:
    """How often people are met, and how to see more."""
    rows = of(found.frames["delivered"], delivery=found.own, effect=ON)
    asked = any(CONTACT in name.split("+") for name in found.deliveries)
    hint = "" if asked else f" To see more contact for CP, run with --delivery {OBSERVED},{CONTACT},{FULL}."
    meetings = number(float(rows["meetings_a_month"].mean()))
    return f"Contact: the implementation arm has {meetings} meetings a month before the second interview.{hint}"


def fidelity_answer(found: Trial) -> str:
    """What would comparing high with low fidelity find if CP did nothing?"""
    rows = found.fidelity_contrast
    if not len(rows):
        return ""
    told = [_contrast(row) for name in (THIRD, SOME) for row in _lines(rows, found.own, name)]
    return (
        "What would comparing high with low fidelity find if CP did nothing? "
        + (" ".join(told) or "Too few people had any CP to compare.")
        + " Only what is found beyond that is CP."
    )


def _lines(rows: pd.DataFrame, delivery: str, contrast: str) -> list[Any]:
    there = of(rows, delivery=delivery, contrast=contrast, measure=MAIN)
    return [row for row in lines(there) if row.trials]


def _contrast(row: Any) -> str:
    return (
        f"{row.contrast[0].upper()}{row.contrast[1:]}: {number(row.found_off)} points of RG-UK with CP doing nothing "
        f"({in_100(row.seen_off)} trials see a difference), {number(row.found)} with its effect, in the same trials."
    )


def error_answer(found: Trial) -> str:
    """Type I error, and assurance."""
    rows = of(found.operating, measure=MAIN, delivery=ALIKE, effect=ON).set_index("analysis")
    primary, people = rows.loc[PRIMARY], rows.loc["people"]
    said = (
        f"When both arms do the same, {share_with_error(primary)} trials find a difference by team means; taking "
        f"people as independent, {share_with_error(people)}{imputed_error(found)}. By chance alone it is to be 5."
        f"{_alike_teams(found)}"
    )
    if FULL in found.deliveries:
        full = of(found.operating, measure=MAIN, delivery=FULL, effect=OFF, analysis=PRIMARY).iloc[0]
        said += (
            f" With full delivery and CP's effect switched off it is {share_with_error(full)}: delivering it also "
            "brings contact and ordinary support."
        )
    sure = assured(found)
    return (
        f"{said}{_over_settings(found)} Over the sizes that studies elsewhere leave open (Beckers 2022), "
        f"{in_100(sure)} such trials would see an effect that reached everybody (assurance)."
    )


def _over_settings(found: Trial) -> str:
    """Power of the model's own effect over settings of its parameters; each trial has one of them."""
    settings = found.options.get("ensemble") or ()
    if not settings:
        return ""
    seen = in_100(step_values(found)[tables.SEEN])
    return (
        f" Over {min(len(settings), found.trials)} settings that are not ruled out, one a trial, {seen} trials see CP "
        "as delivered."
    )


def _alike_teams(found: Trial) -> str:
    """The intraclass correlation that makes people of a team less than independent."""
    between, within, _ = tables.variances(found.frames["trials"], MAIN, found.own)
    share = max(between, 0.0) / (max(between, 0.0) + within)
    if not math.isfinite(share):
        return ""
    return f" Of the spread that baselines leave, {number(100 * share)} % lies between teams (ICC)."


def in_words(found: Trial) -> str:
    """Everything, at most 80 columns wide."""
    delivered = of(found.frames["delivered"], delivery=found.own, effect=ON)
    counts = [f"{delivered[name].mean():.0f} {name}" for name in ("recruited", "interviewed", "followed")]
    drawn = "teams as written" if found.options["as_written"] else "teams, people and luck drawn anew in each"
    head = (
        f"{found.trials:,} simulated trials of {len(found.scenario.arms)} teams, {drawn}; a trial's people: "
        f"{', '.join(counts)} after {found.design.followup_weeks:g} weeks. Differences: implementation less "
        "comparison, adjusted for baseline, compared by team means. Numbers in brackets: simulation error."
    )
    parts = [
        textwrap.fill(found.title, WIDTH),
        textwrap.fill(head, WIDTH),
        *(textwrap.fill(each, WIDTH) for each in headlines(found)),
    ]
    return "\n\n".join([*parts, table(found), textwrap.fill(ABOUT, WIDTH)])


def table(found: Trial) -> str:
    """A line a measure: what is found, how many trials of 100 see a difference, and what 8 of 10 would see."""
    told = [f"{'':<35}{'found':>9}{'8 in 10 trials':>17}{'of 100':>7}{'detectable':>12}"]
    detectable = of(found.operating, delivery=found.own, effect=OFF, analysis=PRIMARY).set_index("measure")
    for row in lines(of(found.operating, delivery=found.own, effect=ON, analysis=PRIMARY)):
        values = of(found.frames["trials"], delivery=found.own, effect=ON, measure=row.measure)["difference"]
        low, high = values.quantile([0.1, 0.9])
        least = number(float(detectable.loc[row.measure, "detectable"]))
        label = NAMES[row.measure].split(" (")[0].split(" and ")[0]
        span, seen = f"{number(low)} to {number(high)}", in_100_short(row.rejected)
        told.append(f"{label:<35}{number(row.difference):>9}{span:>17}{seen:>7}{least:>12}")
    return "\n".join(told)


def replayed(found: Trial) -> str:
    """The replay as two tables."""
    first_table = [f"{'':<26}{'trained':>8}{'superv.':>8}{'spent':>7}{'fidelity':>10}{'had help':>10}{'explained':>11}"]
    for row in lines(found.replay):
        marks = f"{'yes' if row.trained else 'no':>8}{'yes' if row.supervised else 'no':>8}"
        shares = f"{number(row.fidelity):>10}{in_100_short(row.had_help):>10}{in_100_short(row.explained):>11}"
        first_table.append(f"{row.team[:25]:<26}{marks}{_pounds(row.spent_of_offer):>7}{shares}")
    told = [f"{'':<50}{'reported':>10}{'found':>8}  8 in 10"]
    for row in lines(beside_published(found.frames["teams"], found.own)):
        first, *rest = textwrap.wrap(row.what, 49)
        told.append(f"{first:<50}{row.reported:>10g}{number(row.found):>8}  {number(row.p10)} to {number(row.p90)}")
        told += rest
    about = (
        "Shares of 100 people; means over trials. Spent: GBP of the 1,000 offered to implementation teams. Fidelity "
        "0-1, 0 where hardly anybody had any CP."
    )
    return "\n".join([*first_table, "", *told, "", textwrap.fill(about, WIDTH)])


def _pounds(spent: float) -> str:
    return f"{spent:,.0f}" if math.isfinite(spent) else "-"


def in_100_short(share: float) -> str:
    """People of 100, as a cell."""
    return f"{100 * share:.0f}" if math.isfinite(share) else "-"
