"""The tables of `uncertainty`: components, consequences, plane, acceptability, what knowing a number would be worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.experiments.estimators.acceptability import (
    LOWER_RATE,
    REFERENCE_RATE,
    Curve,
    Resampled,
    acceptability,
    cloud_of,
    discount_at,
    discounted_years,
    resampled,
)
from cpsim.experiments.estimators.evppi import DUMMY, evppi, perfect
from cpsim.experiments.estimators.two_levels import (
    Components,
    components,
    group_means,
    half_width,
    steadied,
    within_covariance,
)
from cpsim.experiments.outcomes import OTHERS
from cpsim.outputs.measures import measures
from cpsim.scenario.declare import declarations

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.uncertainty import Asked
    from cpsim.experiments.vectors import Vectors

PEOPLE = (
    *("five_steps", "some_steps", "reach", "fidelity", "cp_minutes_per_person"),
    *("rguk_change", "wemwbs_change", "qpr_change", "health_change", "inclusion_change", "goal_reached"),
)
PAYERS = ("cost_trust", "cost_local_authority", "cost_voluntary", "cost_implementation", "cost_own_pocket")
COST = "cost_per_person"
OUTPUTS = (*PEOPLE, *OTHERS, *PAYERS, COST)
# Perspectives are sums of payers. No other public body is modelled, so the public sector's is the first of these.
NHS = "cost_nhs_and_social_services"
PERSPECTIVES = {NHS: ("cost_trust", "cost_local_authority", "cost_implementation")}
LABELS = {NHS: "NHS and social services", COST: "All payers"}
SUBJECTS = {"people": PEOPLE, "others": OTHERS, "payer": PAYERS, "perspective": (NHS, COST)}
DIFFERENCE = "difference"
ALIKE = 0.05  # of all vectors: prices whose shares differ by less are as hard as each other
STEPS = 101  # prices along the curve
LEAST_TOP, MOST_TOP = 100.0, 1_000_000.0  # pounds a point: ends that a curve found from runs may have
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Layout:
    """Numbers by outcome, (scenarios, runs); `vector`, `world`: of each run, the same for every scenario."""

    asked: Asked
    vector: np.ndarray
    world: np.ndarray
    values: Mapping[str, np.ndarray]

    @classmethod
    def of(cls, asked: Asked, runs: pd.DataFrame) -> Layout:
        """From the rows of the design, which come scenario by scenario."""
        count = len(asked.scenarios)
        each = len(runs) // count
        values = {name: runs[name].to_numpy(float).reshape(count, each) for name in asked.design().outputs}
        values |= {name: np.sum([values[payer] for payer in payers], axis=0) for name, payers in PERSPECTIVES.items()}
        world = runs["world"].to_numpy()[:each]
        return cls(asked, world // asked.worlds, world, values)

    def difference(self, name: str) -> np.ndarray:
        """Second less first, run by run."""
        first, second = self.values[name]
        return second - first

    def incremental(self, rate: float = REFERENCE_RATE) -> np.ndarray:
        """(runs, 2): effect and cost of the second beside the first, pounds a person over all weeks, discounted."""
        weeks = self.asked.scenarios[0].weeks
        effect = self.difference(self.asked.effect) * discount_at(weeks, rate)
        return np.stack([effect, self.difference(COST) * discounted_years(weeks, rate)], axis=1)

    def cloud(self, rate: float = REFERENCE_RATE) -> np.ndarray:
        """(vectors, 2): the same by vector, what luck adds to their spread taken out."""
        return cloud_of(self.blocks(rate))

    def blocks(self, rate: float = REFERENCE_RATE) -> np.ndarray:
        """(vectors, worlds, 2): the same run by run; every vector has its worlds side by side."""
        return self.incremental(rate).reshape(-1, self.asked.worlds, 2)

    @cached_property
    def again(self) -> Resampled:
        """What making all runs again could move, at the reference rate."""
        return resampled(self.blocks(), self.prices, self.asked.seed)

    @property
    def rates(self) -> tuple[float, ...]:
        """Discount rates that make a difference: within a year none does."""
        weeks = self.asked.scenarios[0].weeks
        return (REFERENCE_RATE, LOWER_RATE) if discount_at(weeks, REFERENCE_RATE) < 1 else (REFERENCE_RATE,)

    @cached_property
    def prices(self) -> np.ndarray:
        """Willingness to pay, pounds a point of the effect, from 0 to twice where the choice turns."""
        top = self.asked.pay_up_to
        if top is None:
            effect, cost = self.incremental().mean(axis=0)
            turns = 2 * abs(cost / effect) if effect else LEAST_TOP
            top = _round_up(min(max(turns, LEAST_TOP), MOST_TOP))
        return np.linspace(0.0, top, STEPS)


def _known() -> Mapping[str, Any]:
    return measures("outcomes")


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in ROUND if step * power >= value * (1 - 1e-9)))


def label_of(name: str) -> str:
    """How an outcome, payer or perspective is called."""
    return LABELS.get(name) or _known()[name].label


def unit_of(name: str) -> str:
    """Its unit."""
    return _known()[COST if name in PERSPECTIVES else name].unit


def _rows(layout: Layout) -> Iterator[tuple[str, str, np.ndarray]]:
    """(which scenario or the difference, outcome, values)."""
    names = [scenario.name for scenario in layout.asked.scenarios]
    if len(set(names)) < len(names):
        names = [f"{name} ({letter})" for name, letter in zip(names, "AB", strict=True)]
    for outcome, values in layout.values.items():
        yield from ((name, outcome, line) for name, line in zip(names, values, strict=True))
        if len(values) > 1:
            yield DIFFERENCE, outcome, layout.difference(outcome)


def components_table(layout: Layout) -> pd.DataFrame:
    """One row each; empty cells where too few runs have the number to tell luck from parameters."""
    import pandas as pd

    rows = []
    for which, outcome, values in _rows(layout):
        told = {"scenario": which, "output": outcome, "label": label_of(outcome), "unit": unit_of(outcome)}
        rows.append(told | _components(values, layout.vector))
    return pd.DataFrame(rows)


def _components(values: np.ndarray, vector: np.ndarray) -> dict[str, float]:
    try:
        return asdict(components(values, vector))
    except ValueError:
        return dict.fromkeys((each.name for each in fields(Components)), float("nan"))


def consequences(layout: Layout, table: pd.DataFrame) -> pd.DataFrame:
    """A row an outcome, by subject: means, and for the difference (or the one scenario) its three uncertainties."""
    import pandas as pd

    by = {(row["scenario"], row["output"]): row for row in table.to_dict("records")}
    names = list(dict.fromkeys(table["scenario"]))
    rows = []
    for subject, outcomes in SUBJECTS.items():
        for outcome in outcomes:
            about = by[names[-1], outcome]
            means = {f"mean_{letter}": by[name, outcome]["mean"] for letter, name in zip("ab", names[:2], strict=False)}
            higher = {"higher_in": _higher(layout, outcome), "difference": about["mean"]} if len(names) > 1 else {}
            spans = ("error", "luck_p10", "luck_p90", "parameter_p10", "parameter_p90")
            head = {"subject": subject, "output": outcome, "label": about["label"], "unit": about["unit"]}
            rows.append(head | means | higher | {name: about[name] for name in spans})
    return pd.DataFrame(rows)


def _higher(layout: Layout, outcome: str) -> float:
    """Share of vectors in which the second scenario has more of it, luck taken out; alike counts half."""
    values = layout.difference(outcome)
    if not np.isfinite(values).all():
        return float("nan")
    noise = within_covariance(values[:, None], layout.vector) / layout.asked.worlds
    means = steadied(group_means(values[:, None], layout.vector), noise)[:, 0]
    return float(np.heaviside(means, 0.5).mean())


def plane(layout: Layout) -> pd.DataFrame:
    """Points of the plane, at the reference rate of discount."""
    import pandas as pd

    cloud, runs = layout.cloud(), layout.incremental()
    vectors = pd.DataFrame({"point": "parameters", "vector": np.unique(layout.vector), "world": -1})
    teams = pd.DataFrame({"point": "team", "vector": layout.vector, "world": layout.world})
    points = [vectors.assign(effect=cloud[:, 0], cost=cloud[:, 1]), teams.assign(effect=runs[:, 0], cost=runs[:, 1])]
    return pd.concat(points, ignore_index=True)


def acceptability_table(layout: Layout) -> pd.DataFrame:
    """A row a price (and a rate of discount, where it matters).

    `second_low`, `second_high`: ends of the share if all runs were made again. `error`: by how much that could move the
    expected net benefit; `settled`: is it farther from 0?
    """
    import pandas as pd

    tables = []
    for rate in layout.rates:
        curve = _curve(layout, rate)
        effect, cost = group_means(layout.incremental(rate), layout.vector).T
        error = half_width(layout.prices[:, None] * effect - cost)
        low, high = (layout.again if rate == REFERENCE_RATE else _again(layout, rate)).second
        names = {"pay": curve.pay, "second": curve.second, "second_low": low, "second_high": high}
        names |= {"net": curve.net, "error": error}
        more = {"settled": np.abs(curve.net) > error, "best": curve.best, "frontier": curve.frontier}
        tables.append(pd.DataFrame({"rate": rate, **names, **more}))
    return pd.concat(tables, ignore_index=True)


def _curve(layout: Layout, rate: float = REFERENCE_RATE) -> Curve:
    effect, cost = layout.cloud(rate).T
    return acceptability(effect, cost, layout.prices)


def _again(layout: Layout, rate: float) -> Resampled:
    return resampled(layout.blocks(rate), layout.prices, layout.asked.seed)


def hardest_price(layout: Layout) -> float:
    """The price at which the two are hardest to tell apart; the highest of such, since at 0 little is at stake."""
    decided = np.abs(_curve(layout).second - 0.5)
    return float(layout.prices[np.flatnonzero(decided <= decided.min() + ALIKE)[-1]])


def can_value() -> bool:
    """Is scikit-learn here?"""
    return find_spec("sklearn") is not None


def evppi_table(layout: Layout) -> pd.DataFrame:
    """A row a number, worth most first, the dummy among them; pounds a person at the hardest price."""
    import pandas as pd

    price = hardest_price(layout)
    vectors, (effect, cost) = layout.asked.vectors, group_means(layout.incremental(), layout.vector).T
    found = evppi(list(vectors.paths), vectors.values, price * effect - cost, seed=layout.asked.seed)
    steady = layout.cloud()
    table = pd.DataFrame([_about(path) for path in found.names])
    table["worth"], table["explained"], table["above_floor"] = found.value, found.explained, found.above
    table["floor"], table["pay"] = found.floor, price
    table["all_known"] = perfect(price * steady[:, 0] - steady[:, 1])
    return table.sort_values("worth", ascending=False, kind="stable", ignore_index=True)


def _about(path: str) -> dict[str, str]:
    found = declarations().get(path)
    if found is None or found.evidence is None:
        return {"parameter": path, "about": f"{DUMMY}: wired to nothing", "evidence": "", "confidence": ""}
    row = found.evidence
    return {"parameter": path, "about": found.about, "evidence": row.id, "confidence": row.confidence}


def vectors_table(vectors: Vectors) -> pd.DataFrame:
    """A row a vector, a column a number."""
    import pandas as pd

    return pd.DataFrame(vectors.values, columns=list(vectors.paths)).rename_axis("vector").reset_index()
