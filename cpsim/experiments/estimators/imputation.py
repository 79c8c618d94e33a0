"""Those lost to follow-up, filled in many times: the primary analysis by multiple imputation, and with them shifted.

Answers of an arm are normal: a line through the baseline, an effect of each team, and the person. What the followed say
of these is drawn anew for every imputation (ratio of variances, variance, line, teams), then an answer for everybody
lost. Rubin's rules put the analyses of the filled-in data together, with the degrees of freedom of Barnard and Rubin
(Biometrika 1999, 86, 948-955). The effects of teams are random: as fixed ones they would make teams too unlike
(Andridge, Biometrical Journal 2011, 53, 57-74).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from cpsim.experiments.estimators.estimate import UNKNOWN, Difference, p_values
from cpsim.experiments.estimators.team_means import adjusted, team_means

IMPUTATIONS = 20
# Share of the variance that teams of an arm have in common, each as likely before anything is seen: five teams say
# little of it themselves, and where people are asked twice it is hardly ever above .2.
ICCS = (np.arange(20) + 0.5) / 100
RATIOS = ICCS / (1.0 - ICCS)
ALPHA = 0.05
STEPS = 400  # places looked at on either side of no shift


# ---------------------------------------------------------------- drawing the answers of those lost


def imputed(
    y: np.ndarray,
    baseline: np.ndarray | None,
    team: np.ndarray,
    arm: np.ndarray,
    luck: np.random.Generator,
    times: int = IMPUTATIONS,
) -> np.ndarray | None:
    """Everybody's answers, (people, times): as given, or drawn anew each time where y is NaN.

    None where an arm has too few followed to say what those lost would answer, or their baselines are all the same.
    The draws of a person are the same however many others are lost.
    """
    filled = np.repeat(y[:, None], times, axis=1)
    noise = luck.standard_normal(filled.shape)
    for value in np.unique(arm):
        there = np.flatnonzero(arm == value)
        teams, place = np.unique(team[there], return_inverse=True)
        chances, normal = luck.random((2, times)), luck.standard_normal((2 + len(teams), times))
        lost = np.isnan(y[there])
        if not lost.any():
            continue
        columns = np.column_stack([np.ones(len(there)), *([] if baseline is None else [baseline[there]])])
        seen = _Seen.of(columns[~lost], y[there][~lost], place[~lost], len(teams))
        if seen is None:
            return None
        line, own, spread = seen.drawn(chances, normal)
        filled[there[lost]] = columns[lost] @ line + own[place[lost]] + spread * noise[there[lost]]
    return filled


@dataclass(frozen=True)
class _Seen:
    """What the followed of one arm say, for each ratio of the variance of teams to that of people.

    line: (ratios, columns); root: of (X'V^-1X)^-1, so that root x root' is it; left: sum of squares. sums_x, sums_y,
    sizes: by team, 0 where nobody of it was followed.
    """

    line: np.ndarray
    root: np.ndarray
    left: np.ndarray
    weight: np.ndarray
    likely: np.ndarray
    sums_x: np.ndarray
    sums_y: np.ndarray
    free: int

    @classmethod
    def of(cls, x: np.ndarray, y: np.ndarray, place: np.ndarray, teams: int) -> _Seen | None:
        free = len(y) - x.shape[1]
        if free < 2 or np.linalg.matrix_rank(x) < x.shape[1]:
            return None
        sizes = np.bincount(place, minlength=teams)
        sums_x = np.column_stack([np.bincount(place, column, teams) for column in x.T])
        sums_y = np.bincount(place, y, teams)
        weight = RATIOS[:, None] / (1.0 + sizes * RATIOS[:, None])
        xx = x.T @ x - np.einsum("gt,ti,tj->gij", weight, sums_x, sums_x)
        xy = x.T @ y - (weight * sums_y) @ sums_x
        inverse = np.linalg.inv(xx)
        line = np.einsum("gij,gj->gi", inverse, xy)
        left = np.maximum(y @ y - weight @ sums_y**2 - np.einsum("gi,gi->g", line, xy), 1e-12)
        spread = np.log1p(sizes * RATIOS[:, None]).sum(axis=1) + np.linalg.slogdet(xx)[1]
        height = -0.5 * (spread + free * np.log(left))
        likely = np.cumsum(np.exp(height - height.max()))
        return cls(line, np.linalg.cholesky(inverse), left, weight, likely / likely[-1], sums_x, sums_y, free)

    def drawn(self, chances: np.ndarray, normal: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Lines (columns, times), effects of teams (teams, times) and spreads of people (times).

        chances: (2, times) in 0 to 1, for the ratio and the variance; normal: a row a column, then a row a team.
        """
        ratio = np.minimum(np.searchsorted(self.likely, chances[0]), len(RATIOS) - 1)
        spread = np.sqrt(self.left[ratio] / (2.0 * gammaincinv(self.free / 2.0, chances[1])))
        size = self.line.shape[1]
        line = self.line[ratio].T + spread * np.einsum("mij,jm->im", self.root[ratio], normal[:size])
        weight = self.weight[ratio].T
        own = weight * (self.sums_y[:, None] - self.sums_x @ line)
        return line, own + spread * np.sqrt(weight) * normal[-len(self.sums_y) :], spread


# ---------------------------------------------------------------- the analyses put together


def rubin(values: np.ndarray, variances: np.ndarray, df: float) -> Difference:
    """One estimate of those of several imputations; df: what each would have were nothing missing."""
    between = float(np.var(values, ddof=1))
    return _together(float(np.mean(values)), float(np.mean(variances)), between, len(values), df)


def _together(value: float, within: float, between: float, times: int, df: float) -> Difference:
    error, freedom = _pooled(np.array(within), between, times, df)
    return Difference(value, float(error), float(freedom))


def _pooled(within: np.ndarray, between: float, times: int, df: float) -> tuple[np.ndarray, np.ndarray]:
    """Standard error and degrees of freedom."""
    more = (1.0 + 1.0 / times) * between
    total = within + more
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0, more / total, 0.0)
        seen = (df + 1.0) / (df + 3.0) * df * (1.0 - share)
        freedom = 1.0 / (share**2 / (times - 1) + 1.0 / seen)
    return np.sqrt(total), freedom


@dataclass(frozen=True)
class Shifted:
    """The primary analysis by multiple imputation, as it is and with those lost of one arm moved by any number.

    slope: of the estimate, a point of shift. within: coefficients of the mean variance, a polynomial of the shift.
    """

    value: float
    slope: float
    within: tuple[float, float, float]
    between: float
    times: int
    df: float

    @property
    def unmoved(self) -> Difference:
        """Those lost as imputed."""
        return self.at(0.0)

    def at(self, shift: float) -> Difference:
        """Those lost of the implementation arm so many points from where they were imputed."""
        one, two, three = self.within
        within = one + two * shift + three * shift**2
        return _together(self.value + self.slope * shift, within, self.between, self.times, self.df)

    def p(self, shifts: np.ndarray) -> np.ndarray:
        """Two-sided p value of each shift."""
        within = np.polynomial.polynomial.polyval(shifts, self.within)
        error, df = _pooled(within, self.between, self.times, self.df)
        return p_values(self.value + self.slope * shifts, error, df)

    def tips_at(self, found: bool, reach: float) -> float:
        """The least shift, up or down, with which the analysis says the other thing; infinity: none within reach.

        found: does the analysis of whoever was followed find a difference? To within reach / 400.
        """
        sizes = np.linspace(0.0, reach, STEPS + 1)
        other = [(self.p(sign * sizes) < ALPHA) != found for sign in (1.0, -1.0)]
        first = [int(each.argmax()) if each.any() else STEPS + 1 for each in other]
        if min(first) > STEPS:
            return math.inf
        return float(sizes[first[0]] if first[0] <= first[1] else -sizes[first[1]])


def team_means_imputed(
    filled: np.ndarray, lost: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray
) -> Shifted | None:
    """Team means of the filled-in data. filled: as from `imputed`; None when an arm has no team, or there are three.

    lost: who was filled in; a shift moves those of them in the implementation arm.
    """
    moved = (lost & (arm == 1)).astype(float)
    teams, place, sizes_of = np.unique(team, return_inverse=True, return_counts=True)
    belongs = (np.arange(len(teams))[:, None] == place) / sizes_of[:, None]
    means = belongs @ adjusted(np.column_stack([filled, moved]), baseline)
    first = np.array([arm[team == each][0] for each in teams], bool)
    sizes, df = (int(first.sum()), int((~first).sum())), len(teams) - 2
    if min(sizes) == 0 or df < 1:
        return None
    gaps = means[first].mean(axis=0) - means[~first].mean(axis=0)
    away = means - np.where(first[:, None], means[first].mean(axis=0), means[~first].mean(axis=0))
    scale = (1.0 / sizes[0] + 1.0 / sizes[1]) / df
    own, shift = away[:, :-1], away[:, -1:]
    products = ((own**2).sum(axis=0), 2.0 * (own * shift).sum(axis=0), (shift**2).sum(axis=0))
    within = tuple(float(scale * each.mean()) for each in products)
    values = gaps[:-1]
    between = float(values.var(ddof=1)) if lost.any() else 0.0
    return Shifted(
        float(values.mean()), float(gaps[-1]), (within[0], within[1], within[2]), between, len(values), float(df)
    )


def multiple(
    y: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray, luck: np.random.Generator
) -> Difference:
    """The primary analysis by multiple imputation; with nobody lost, the primary analysis itself."""
    lost = np.isnan(y)
    if not lost.any():
        return team_means(y, baseline, team, arm)
    filled = imputed(y, baseline, team, arm, luck)
    shifted = None if filled is None else team_means_imputed(filled, lost, baseline, team, arm)
    return UNKNOWN if shifted is None else shifted.unmoved
