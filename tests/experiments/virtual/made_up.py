"""Made-up teams of a trial at its end: people with nothing behind them but what a test says."""

import numpy as np

from cpsim.experiments.virtual.lives import Lived
from cpsim.observation.instruments import SCORES

PEOPLE = 16
ZEROS = (
    *("role", "hard_to_meet", "goal_met", "had_help", "something_better", "materials_remembered"),
    *("cost_before", "cost_after", "true_fidelity", "true_some_cp", "true_explained", "true_connected"),
    *("true_new_ties", "true_old_ties"),
)


def team(number=0, people=PEOPLE, luck=None, arm=None, **more):
    """One team: the first of each pair implements. `more`: fields of its people, or of the team."""
    luck = luck or np.random.default_rng(number)
    records = {"person": np.arange(people), "interviewed": np.ones(people, bool), "followed": np.ones(people, bool)}
    records |= {name: np.zeros(people) for name in ZEROS}
    records |= {"true_kinds": np.zeros(people, np.int64), "meetings_a_month": np.ones(people)}
    for score in SCORES:
        before = luck.normal(13, 3, people)
        records |= {f"{score}_before": before, f"{score}_after": before + luck.normal(0, 2, people)}
        records |= {f"true_{score}": before.copy()}
    about = {"fidelity": 0.1, "could": 200, "begun": 100, "spent": 0.0, "trained": False, "supervised": False}
    for name, value in more.items():
        (about if name in about else records)[name] = (
            value if name in about else np.broadcast_to(value, people).astype(records[name].dtype).copy()
        )
    return Lived(
        team=f"team {number}",
        arm=arm or ("implementation" if number % 2 == 0 else "comparison"),
        group=f"trust {number // 2}",
        records=records,
        asked=27,
        share=0.01,
        **about,
    )


def trial(seed=0, ours=None, others=None, teams=10, **both):
    """Ten teams in five trusts. ours, others: fields of implementation and of comparison teams."""
    luck = np.random.default_rng(seed)
    arms = (ours or {}, others or {})
    return [team(number, luck=luck, **{**both, **arms[number % 2]}) for number in range(teams)]


def trials(count=10, **more):
    return [trial(seed, **more) for seed in range(count)]


def gained(lived, score, points):
    """The same team, its people so many points better at the second interview, in truth and by their answers."""
    for name in (f"{score}_after", f"true_{score}"):
        lived.records[name] = lived.records[name] + points
    return lived
