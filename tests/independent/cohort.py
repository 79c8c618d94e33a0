"""A Markov cohort of stages, by hand: what a table of chances says of a caseload that nothing feeds back on (V30, V53).

Chances from the numbers of a scenario as a reader would take them: a mean of T days is a chance of 1/T a day, competing
ways out share by their hazards. People differ in severity, so the cohort is made of strata, each with its own chance of
a crisis. A step other than a day is the same table for that step.
"""

import numpy as np
from scipy.stats import norm

RECOVERY, CRISIS, STABILISING, HOSPITAL = range(4)
STRATA = 400
SEVERITIES = norm.ppf((np.arange(STRATA) + 0.5) / STRATA)  # means of equal slices of what people differ by
YEAR = 365.25


def chances(numbers, severity, step=1.0):
    """From (row) to (column) in a step of so many days, for one severity."""
    relapse = numbers["relapse_per_year"] / YEAR * step * numbers["severity_hr"] ** severity
    admitted, leave = numbers["hospital_chance"], step / numbers["crisis_days"]
    settle, again = -np.log1p(-step / numbers["stabilising_days"]), numbers["stabilising_relapse"] * relapse
    out = -np.expm1(-settle - again)
    table = np.zeros((4, 4))
    table[RECOVERY, CRISIS] = -np.expm1(-relapse)
    table[CRISIS, HOSPITAL], table[CRISIS, STABILISING] = admitted * leave, (1 - admitted) * leave
    table[STABILISING, RECOVERY], table[STABILISING, CRISIS] = out * np.array([settle, again]) / (settle + again)
    table[HOSPITAL, STABILISING] = step / numbers["hospital_days"]
    return table + np.diag(1 - table.sum(axis=1))


def course(numbers, days, step=1.0):
    """A cohort that begins in recovery: shares of the stages after each step, and crises and admissions begun in it."""
    tables = np.array([chances(numbers, severity, step) for severity in SEVERITIES])
    now = np.zeros((STRATA, 4))
    now[:, RECOVERY] = 1
    shares, crises, admissions = [], [], []
    for _ in range(round(days / step)):
        moves = now[:, :, None] * tables
        crises.append(moves[:, [RECOVERY, STABILISING], CRISIS].sum(axis=1).mean())
        admissions.append(moves[:, CRISIS, HOSPITAL].mean())
        now = moves.sum(axis=1)
        shares.append(now.mean(axis=0))
    return np.array(shares), np.array(crises), np.array(admissions)
