"""Comparisons of made-up results, whose differences are known."""

import string

from cpsim.experiments.compare import Comparison
from cpsim.experiments.plans import Plan
from tests.outputs import made_up


def comparison(*changes, replications=30, teams=("Moorland",), weeks=52):
    """A made-up team, and one plan for each of `changes`: outcome -> what is added to it in every world."""
    results = [made_up.result(replications, teams, weeks) for _ in range(1 + len(changes))]
    for result, added in zip(results[1:], changes, strict=True):
        for outcome, amount in added.items():
            result.runs.outcome[outcome] += amount
    names = ["usual", *(f"plan {number}" for number in range(1, len(results)))]
    plans = [Plan(*each) for each in zip(string.ascii_uppercase, names, [r.scenario for r in results], strict=False)]
    return Comparison(tuple(plans), tuple(results))
