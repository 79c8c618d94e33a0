"""What a trial says: every comparison that is made of its people, as rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cpsim.experiments.estimators.analyses import PRIMARY, analyses
from cpsim.experiments.estimators.ancova import ancova
from cpsim.experiments.estimators.estimate import UNKNOWN, Difference
from cpsim.experiments.estimators.power import components
from cpsim.experiments.estimators.team_means import adjusted, team_means
from cpsim.experiments.virtual.lives import Key, Lived
from cpsim.experiments.virtual.lost import of_those_lost
from cpsim.experiments.virtual.teams import IMPLEMENTATION, OFF, OFFERED, ON
from cpsim.observation.instruments import SCORES

Row = dict[str, Any]
MEASURES = (*SCORES, "goal_met", "had_help", "cost")
CONTRASTED = ("rguk", "wemwbs", "cost")
THIRD, SOME, TEAMS = (
    "top third of fidelity against the bottom third",
    "some CP against none",
    "three teams of highest fidelity against the others",
)
MOST_FAITHFUL = 3  # teams


class People:
    """Everybody recruited in one world of one trial, teams after each other, an array a field.

    `arm`: 1 in the implementation arm. `team`, `trust`: numbers.
    """

    def __init__(self, lives: Sequence[Lived]) -> None:
        sizes = [len(lived.records["person"]) for lived in lives]
        trusts = list(dict.fromkeys(lived.group for lived in lives))
        self.fields = {name: np.concatenate([lived.records[name] for lived in lives]) for name in lives[0].records}
        self.team = np.repeat(np.arange(len(lives)), sizes)
        self.arm = np.repeat([float(lived.arm == IMPLEMENTATION) for lived in lives], sizes)
        self.trust = np.repeat([trusts.index(lived.group) for lived in lives], sizes)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.fields[name]

    def outcome(self, measure: str) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
        """After, before (None: nothing was asked then), and who has both."""
        before = self.fields.get(f"{measure}_before")
        after = self.fields.get(f"{measure}_after", self.fields.get(measure))
        assert after is not None
        there = self["followed"] & ~np.isnan(after)
        return (after, before, there) if before is None else (after, before, there & ~np.isnan(before))


def comparisons(people: People, seed: int, trial: int) -> list[Row]:
    """The arms compared on each measure: the primary analysis in full, the others by what they would have said.

    seed, trial: the address of the luck with which answers of those lost are imputed, the same in all worlds.
    """
    return [{"measure": measure, **_compared(people, measure, seed, trial)} for measure in MEASURES]


def _compared(people: People, measure: str, seed: int, trial: int) -> Row:
    after, before, there = people.outcome(measure)
    y, base = after[there], None if before is None else before[there]
    team, arm, trust = people.team[there], people.arm[there], people.trust[there]
    if len(np.unique(arm)) < 2 or len(y) < 6:
        return {"people": len(y), **told(UNKNOWN)}
    found = analyses(y, base, team, arm, trust)
    between, within = components(adjusted(y, base), team, arm)
    return {
        "people": len(y),
        **told(found[PRIMARY]),
        "mixed_difference": found["mixed, t"].value,
        **{p_name(name): each.p for name, each in found.items() if name != PRIMARY},
        "between": between,
        "within": within,
        **of_those_lost(people, measure, found[PRIMARY], seed, trial),
    }


def told(found: Difference) -> Row:
    """A difference as columns."""
    numbers = {"difference": found.value, "error": found.error, "df": found.df}
    return {**numbers, "low": found.low, "high": found.high, "p": found.p}


def p_name(analysis: str) -> str:
    """The column of an analysis's p value."""
    return "p" if analysis == PRIMARY else f"p_{analysis.replace(', ', '_').replace(' ', '_')}"


# ---------------------------------------------------------------- delivery


def delivery(lives: Sequence[Lived], people: People) -> Row:
    """Counts, and what the implementation arm was given; truths that no study sees among them."""
    ours, theirs = people.arm == 1, people.arm == 0
    seen = people["followed"]
    return {
        "recruited": len(people.arm),
        "interviewed": int(people["interviewed"].sum()),
        "followed": int(seen.sum()),
        "asked": sum(lived.asked for lived in lives),
        "recruiting_share": float(np.mean([lived.share for lived in lives])),
        "fidelity": _mean(people["true_fidelity"][ours & seen]),
        "fidelity_comparison": _mean(people["true_fidelity"][theirs & seen]),
        "some_cp": _mean(people["true_some_cp"][ours & seen]),
        "meetings_a_month": _mean(people["meetings_a_month"][ours & seen]),
        "had_help": _mean(people["had_help"][ours & seen]),
        "had_help_comparison": _mean(people["had_help"][theirs & seen]),
    }


def truths(on: People, off: People) -> Row:
    """What CP did to each person of the implementation arm: with its effect less without, the same person.

    Of everybody interviewed at baseline, lost or not.
    """
    ours = (on.arm == 1) & on["interviewed"]
    return {f"true_{score}": _mean((on[f"true_{score}"] - off[f"true_{score}"])[ours]) for score in SCORES}


def _mean(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def teams(lives: Sequence[Lived]) -> list[Row]:
    """A row a team: what it did and what its people said."""
    return [
        {
            "team": lived.team,
            "group": lived.group,
            "arm": lived.arm,
            "trained": lived.trained,
            "supervised": lived.supervised,
            "spent": lived.spent,
            "fidelity": lived.fidelity,
            "could": lived.could,
            "begun": lived.begun,
            "people": int(lived.records["followed"].sum()),
            "had_help": _mean(lived.records["had_help"]),
            "explained": _mean(lived.records["materials_remembered"]),
            "something_better": _mean(lived.records["something_better"]),
        }
        for lived in lives
    ]


# ---------------------------------------------------------------- by fidelity


def contrasts(people: People) -> list[Row]:
    """People and teams of high fidelity against those of low, as a study without a control group would compare them."""
    return [
        {"contrast": name, "measure": measure, **told(_contrast(people, measure, name))}
        for name in (THIRD, SOME, TEAMS)
        for measure in CONTRASTED
    ]


def _contrast(people: People, measure: str, name: str) -> Difference:
    after, before, there = people.outcome(measure)
    high, known = GROUPS[name](people)
    there = there & known
    groups = high[there].astype(float)
    if before is None or min(groups.sum(), (1 - groups).sum()) < 2:
        return UNKNOWN
    if name == TEAMS:
        return team_means(after[there], before[there], people.team[there], groups)
    return ancova(after[there], before[there], groups)


def _by_third(people: People) -> tuple[np.ndarray, np.ndarray]:
    """The implementation arm's people followed up, in thirds of fidelity; not known while hardly any had some."""
    dose = people["true_fidelity"]
    there = np.flatnonzero((people.arm == 1) & people["followed"])
    ranked = there[np.argsort(dose[there], kind="stable")]
    third = len(ranked) // 3
    high, known = np.zeros(len(dose), bool), np.zeros(len(dose), bool)
    if third and dose[ranked[-third]] > dose[ranked[third - 1]]:
        high[ranked[-third:]] = True
        known[ranked[-third:]] = known[ranked[:third]] = True
    return high, known


def _some(people: People) -> tuple[np.ndarray, np.ndarray]:
    return people["true_some_cp"] > 0, people.arm == 1


def _by_team(people: People) -> tuple[np.ndarray, np.ndarray]:
    dose = np.array([_mean(people["true_fidelity"][people.team == team]) for team in range(people.team.max() + 1)])
    best = np.argsort(-np.nan_to_num(dose), kind="stable")[:MOST_FAITHFUL]
    best = best[np.nan_to_num(dose[best]) > 0]
    return np.isin(people.team, best), np.ones(len(people.team), bool)


GROUPS = {THIRD: _by_third, SOME: _some, TEAMS: _by_team}


# ---------------------------------------------------------------- a whole trial


def rows(trial: int, lived: Mapping[Key, Sequence[Lived]], seed: int) -> dict[str, list[Row]]:
    """Everything that is kept of one trial, by table. seed: of the study."""
    people = {key: People(lives) for key, lives in lived.items()}
    found: dict[str, list[Row]] = {"trials": [], "delivered": [], "teams": [], "contrasts": []}
    for (name, effect), lives in lived.items():
        here = people[name, effect]
        label = {"trial": trial, "delivery": name, "effect": effect}
        off = people.get((name, OFF))
        truth = truths(here, off) if effect == ON and off else dict.fromkeys((f"true_{s}" for s in SCORES), math.nan)
        if effect == ON:
            found["teams"] += [{**label, **row} for row in teams(lives)]
        if name == OFFERED:
            continue  # only what teams make of it is asked
        found["trials"] += [{**label, **row} for row in comparisons(here, seed, trial)]
        found["delivered"].append({**label, **delivery(lives, here), **truth})
        found["contrasts"] += [{**label, **row} for row in contrasts(here)]
    return found
