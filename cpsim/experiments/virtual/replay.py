"""The study of 2021 team by team, beside what it reported of its teams."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cpsim.experiments.virtual.teams import IMPLEMENTATION, OFFERED, ON
from cpsim.observation.bands import MODERATE, fidelity_of_team
from cpsim.scenario.evidence import evidence

PUBLISHED = (  # what is counted, the row of the register that says what was reported
    ("implementation teams that trained their staff", "cp_teams_trained"),
    ("implementation teams with extra CP supervision", "cp_teams_supervised"),
    ("implementation teams with delivery in part (moderate band or above)", "cp_teams_partial"),
    ("share of the money offered that an implementation team spends", "cp_budget_used"),
    ("share of its people who had the materials explained (implementation arm)", "cp_materials_explained_share"),
    ("share who had help with connections (both arms)", "cp_supported_share"),
    ("share who say that something got better (both arms)", "cp_improved_share"),
)


def replay(teams: pd.DataFrame, delivery: str) -> pd.DataFrame:
    """A row a team: what it did, and means over trials of what it gave, with the middle 8 in 10 trials.

    spent_of_offer: GBP of the 1,000 that an implementation team is offered, in the same trials with the offer.
    """
    rows = with_band(teams[(teams["delivery"] == delivery) & (teams["effect"] == ON)])
    offered = _ours(teams[teams["delivery"] == OFFERED]).groupby("team")["spent"].mean()
    found = pd.DataFrame([_team(str(name), there) for name, there in rows.groupby("team", sort=False)])
    return found.assign(spent_of_offer=found["team"].map(offered).astype(float))


def with_band(teams: pd.DataFrame) -> pd.DataFrame:
    """With the fidelity that a team's band is read from, 0 where hardly anybody had any CP."""
    values = zip(teams["fidelity"], teams["could"], teams["begun"], strict=True)
    return teams.assign(band_fidelity=[fidelity_of_team(*each) for each in values])


def _team(name: str, rows: pd.DataFrame) -> dict[str, object]:
    first = rows.iloc[0]
    fidelity = rows["band_fidelity"]
    return {
        "team": name,
        "arm": first["arm"],
        "trained": bool(first["trained"]),
        "supervised": bool(first["supervised"]),
        "fidelity": float(fidelity.mean()),
        "fidelity_p10": float(fidelity.quantile(0.1)),
        "fidelity_p90": float(fidelity.quantile(0.9)),
        "in_part": float((fidelity >= MODERATE).mean()),
        "had_help": float(rows["had_help"].mean()),
        "explained": float(rows["explained"].mean()),
        "something_better": float(rows["something_better"].mean()),
    }


def beside_published(teams: pd.DataFrame, delivery: str) -> pd.DataFrame:
    """What the study reported of its teams, and the same from the trials: mean and the middle 8 in 10 trials."""
    rows = with_band(teams[(teams["delivery"] == delivery) & (teams["effect"] == ON)])
    offered = _ours(teams[teams["delivery"] == OFFERED]).groupby("trial")["spent"].mean()
    found = [_of_a_trial(there, offered.get(number)) for number, there in rows.groupby("trial", sort=False)]
    table = []
    for number, (label, row) in enumerate(PUBLISHED):
        values, known = np.array([each[number] for each in found]), evidence()[row]
        values = values[~np.isnan(values)]
        low, high = np.quantile(values, [0.1, 0.9]) if len(values) else (np.nan, np.nan)
        reported = {"reported": known.value, "reported_low": known.low, "reported_high": known.high}
        middle = float(values.mean()) if len(values) else np.nan
        table.append({"what": label, **reported, "found": middle, "p10": low, "p90": high})
    return pd.DataFrame(table)


def _of_a_trial(teams: pd.DataFrame, spent: float | None) -> tuple[float, ...]:
    ours = _ours(teams)
    return (
        float(ours["trained"].sum()),
        float(ours["supervised"].sum()),
        float((ours["band_fidelity"] >= MODERATE).sum()),
        np.nan if spent is None else spent / evidence()["cp_budget_offered"].value,
        _share(ours, "explained"),
        _share(teams, "had_help"),
        _share(teams, "something_better"),
    )


def _ours(teams: pd.DataFrame) -> pd.DataFrame:
    return teams[teams["arm"] == IMPLEMENTATION]


def _share(teams: pd.DataFrame, name: str) -> float:
    """Of people, not of teams."""
    known = teams[teams[name].notna()]
    return float(np.average(known[name], weights=known["people"])) if known["people"].sum() else np.nan
