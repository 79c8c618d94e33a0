"""Studies as questions that can be asked at every setting: what is compared, what is swept, ready-made plans, one sum.

Each takes what the study of that name takes, and says of the runs of a setting what that study says of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments import counterfactuals, same_money
from cpsim.experiments.across import Answer, Question
from cpsim.experiments.compare_tables import OUTCOMES, PAYERS, PEOPLE
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators.paired import standard_error
from cpsim.experiments.estimators.tipping import reached
from cpsim.experiments.levers import Bundle, Lever
from cpsim.experiments.outcomes import HEADLINES, OTHERS
from cpsim.experiments.over_set import WORLDS as WORLDS
from cpsim.experiments.plans import plans
from cpsim.experiments.sweep import Sweep, asked, design_of
from cpsim.experiments.sweep_tables import MEAN, cells
from cpsim.experiments.trials import AS_IS, Trials
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.scenario.load import Scenario, load
from cpsim.scenario.wording import plain

FEW = 30  # settings, of studies of many points
SHOWN = ("five_steps", "reach", "late_share", "cost_per_person")
OF_A_MEAN = 1.959964  # standard errors that a 95 % interval goes to either side
Runs = Sequence[pd.DataFrame]
Known = tuple[float, float]  # a number and its standard error


def known(values: np.ndarray) -> Known:
    """Mean and its error of what is known in each world."""
    values = values[~np.isnan(values)]
    return (float(values.mean()), standard_error(values)) if len(values) else (np.nan, np.nan)


def answer(numbers: Sequence[Known], **about: Any) -> Answer:
    """One number from what it is at each setting."""
    values, errors = np.array(numbers, float).reshape(-1, 2).T
    return Answer(values=values, errors=errors, **about)


def enough(worlds: int, option: str = "worlds") -> int:
    """Raise OptionError where a mean would have no error."""
    if worlds < 2:
        raise OptionError(f"{option}: {worlds} of a setting cannot tell settings from luck; write at least 2")
    return worlds


# ------------------------------------------------------------------------------------------------------- compare
def of_compare(
    scenarios: Sequence[Scenario | str | Path],
    worlds: int = WORLDS,
    seed: int = 1,
    *,
    names: Sequence[str] | None = None,
    weeks: int | None = None,
    command: str = "",
) -> Question:
    """Each plan against the first, as `cpsim.compare` has it."""
    chosen = plans(scenarios, names, weeks)
    points = [Point(plan.column, scenario=plan.scenario) for plan in chosen]
    first, *others = [plan.column for plan in chosen]
    design = Design.crossed(chosen[0].scenario, points, range(enough(worlds, "replications")), seed, OUTCOMES)

    def answers(runs: Runs) -> list[Answer]:
        return [
            _against(_tables(runs, outcome, len(points)), outcome, place, other, f"{other}, against {first}", "A")
            for outcome in dict.fromkeys((*PEOPLE, *OTHERS, *PAYERS))
            for place, other in enumerate(others, 1)
        ]

    return Question(
        study="compare",
        title=f"{words.listed([plan.name for plan in chosen[1:]])} against {chosen[0].name}",
        scenario=chosen[0].scenario,
        scenarios=[plan.scenario for plan in chosen],
        design=design,
        worlds=worlds,
        answers=answers,
        same="Within a setting every plan meets the same people with the same luck",
        command=command,
    )


def _tables(runs: Runs, outcome: str, points: int) -> list[np.ndarray]:
    """(points, worlds) of each setting."""
    return [each[outcome].to_numpy(float).reshape(points, -1) for each in runs]


def _against(tables: Sequence[np.ndarray], outcome: str, place: int, row: str, who: str, first: str) -> Answer:
    """The difference of one point from the first, inside each world."""
    measure = measures("outcomes")[outcome]
    return answer(
        [known(table[place] - table[0]) for table in tables],
        asks="difference",
        outcome=outcome,
        row=row,
        heading=f"{measure.label}: difference from {first}",
        says=f"{who}. {measure.label}",
        unit=measure.unit,
        shown=outcome in SHOWN,
    )


# --------------------------------------------------------------------------------------------------------- sweep
def of_sweep(
    scenario: Scenario | str | Path,
    vary: Any,
    targets: Any = (),
    worlds: int = WORLDS,
    seed: int = 1,
    *,
    command: str = "",
) -> Question:
    """Means at every value, and where targets are passed, as `cpsim.sweep` has them."""
    base, factors, wanted = asked(scenario, vary, targets)
    design = design_of(base, factors, wanted, enough(worlds, "replications"), seed)

    def answers(runs: Runs) -> list[Answer]:
        swept = [Sweep(base, factors, wanted, design.outputs, each, worlds, seed) for each in runs]
        return [*_passed(swept), *_shares(swept), *_means(swept)]

    return Question(
        study="sweep",
        title=f"{base.title}: {' and '.join(each.name for each in factors)}",
        scenario=base,
        scenarios=list({point.of(base).digest: point.of(base) for point in design.points}.values()),
        design=design,
        worlds=worlds,
        answers=answers,
        same="Within a setting every value meets the same people with the same luck",
        command=command,
        settings=FEW,
    )


def _called(found: Sweep, at: dict[str, Any]) -> str:
    """A cell: "caseload per WTE 20"."""
    return ", ".join(f"{each.name} {plain(at[each.path])}" for each in found.factors)


def _means(swept: Sequence[Sweep]) -> Iterator[Answer]:
    one = swept[0]
    shown = tuple(each.outcome for each in one.targets) or SHOWN[:2]
    for output in one.outputs:
        measure = measures("outcomes")[output]
        about: dict[str, Any] = {"asks": "mean", "outcome": output, "heading": measure.label, "unit": measure.unit}
        about |= {"signed": False, "shown": output in shown}
        home = [known(found.own(output)) for found in swept]
        yield answer(home, row="as it is", says=f"{measure.label}, the team as it is", **about)
        for place, at in cells(one):
            row, numbers = _called(one, at), [known(found.values(output)[place]) for found in swept]
            yield answer(numbers, row=row, says=f"{measure.label} at {row}", **about)


def _shares(swept: Sequence[Sweep]) -> Iterator[Answer]:
    """Of simulated worlds that reach a target."""
    one = swept[0]
    for wanted in one.targets:
        met = [reached(found.values(wanted.outcome), wanted.number, wanted.at_least) for found in swept]
        for place, at in cells(one):
            row = _called(one, at)
            yield answer(
                [known(np.asarray(each[place], float)) for each in met],
                asks="reached",
                outcome=wanted.outcome,
                row=row,
                heading=f"Simulated worlds in which {wanted.text}",
                says=f"Simulated worlds in which {wanted.text} at {row}",
                unit="share",
                signed=False,
            )


def _passed(swept: Sequence[Sweep]) -> Iterator[Answer]:
    """Where the mean passes a target, at those settings where it does."""
    if not swept[0].targets:
        return
    tables = [_alike(found.thresholds) for found in swept]
    texts = {each.text: each.outcome for each in swept[0].targets}
    labels = {each.path: each.name for each in swept[0].factors}
    before: list[Known] = []
    for number, row in enumerate(tables[0].to_dict("records")):
        rows = [table.iloc[number] for table in tables]
        numbers = [_place(each) for each in rows]
        other = f", {labels[row['other']]} {plain(row['other_value'])}" if row["other"] else ""
        side, what = f"seen from {row['side']}{other}", f"{labels[row['along']]} at which {row['target']} is passed"
        yield answer(
            numbers,
            asks=f"passed from {row['side']}",
            outcome=texts[row["target"]],
            row=side,
            heading=what,
            says=f"{what}, {side}",
            unit="",
            signed=False,
            shown=row["side"] == "below" or not np.array_equal(numbers, before, equal_nan=True),
            note=_elsewhere(rows),
        )
        before = numbers


def _elsewhere(rows: Sequence[pd.Series]) -> str:
    """Whether a target that is not passed is met everywhere or nowhere."""
    found = [str(row["reached"]) for row in rows if np.isnan(row["value"])]
    told = [f"At {number} it is met {where}." for where, number in Counter(found).most_common()]
    return " ".join(told)


def _alike(table: pd.DataFrame) -> pd.DataFrame:
    """Of the mean, without passages between the first and the last, of which settings have different numbers."""
    kept = table[(table["of"] == MEAN) & (table["from"] != "between")]
    return kept.rename(columns={"from": "side"}).reset_index(drop=True)


def _place(row: pd.Series) -> Known:
    return float(row["value"]), float(row["high"] - row["low"]) / 2 / OF_A_MEAN


# ----------------------------------------------------------------------------------------------- counterfactuals
def of_counterfactuals(
    scenario: Scenario | str | Path,
    worlds: int = WORLDS,
    *,
    weeks: Sequence[int] = counterfactuals.WEEKS,
    seed: int = 1,
    command: str = "",
) -> Question:
    """Each ready-made plan against the team as it is, as `cpsim.counterfactuals` has it."""
    horizons = counterfactuals.horizons(weeks, worlds)
    chosen = (scenario if isinstance(scenario, Scenario) else load(scenario)).with_(weeks=max(horizons))
    points = list(counterfactuals.points_of(chosen, horizons))
    made = counterfactuals.plans()

    def answers(runs: Runs) -> list[Answer]:
        found = []
        for outcome in HEADLINES:
            tables = [
                each[outcome].to_numpy(float).reshape(1 + len(made), len(horizons), -1).swapaxes(0, 1) for each in runs
            ]
            for place, horizon in enumerate(horizons):
                of_horizon = [table[place] for table in tables]
                for number, plan in enumerate(made, 1):
                    found.append(_of_plan(of_horizon, outcome, number, plan.label, horizon, horizon == max(horizons)))
        return found

    return Question(
        study="counterfactuals",
        title=f"What if? {chosen.title}",
        scenario=chosen,
        scenarios=[chosen, *(plan.of(chosen) for plan in made)],
        design=Design.crossed(chosen, points, range(worlds), seed, HEADLINES),
        worlds=worlds,
        answers=answers,
        same="Within a setting every plan meets the same people with the same luck, at every horizon",
        command=command,
        settings=FEW,
    )


def _of_plan(tables: Sequence[np.ndarray], outcome: str, number: int, label: str, weeks: int, shown: bool) -> Answer:
    after = f"after {words.one_of(weeks, 'week', 'weeks')}"
    who = f"{label[0].upper()}{label[1:]}, against the team as it is, {after}"
    found = _against(tables, outcome, number, label, who, f"the team as it is, {after}")
    return replace(found, asks=f"{found.asks} {after}", shown=found.shown and shown)


# ---------------------------------------------------------------------------------------------------- same money
def of_same_money(
    scenario: Scenario | str | Path,
    budget: float,
    worlds: int = WORLDS,
    *,
    levers: Sequence[str] = (),
    weeks: int | None = None,
    seed: int = 1,
    command: str = "",
) -> Question:
    """What a sum does on each lever, as `cpsim.same_money` has it; of each lever the same level at every setting."""
    chosen, options = same_money.choices(scenario, budget, worlds, levers, weeks)
    every = same_money.bundles(options)
    pairs = [(row, world) for row in range(len(every)) for world in range(worlds)]

    def trials() -> Trials:
        return Trials(chosen, every, same_money.NOTHING, (), seed)

    def answers(runs: Runs) -> list[Answer]:
        known_of = [trials() for _ in runs]
        for each, made in zip(known_of, runs, strict=True):
            each.learn(pairs, made)
        return _of_levers(known_of, options, every, worlds, budget)

    return Question(
        study="same_money",
        title=f"What would {words.pounds(budget)} a year do? {chosen.title}",
        scenario=chosen,
        scenarios=[chosen, *(chosen.with_(bundle.changes) for bundle in every[1:])],
        design=trials().design(pairs),
        worlds=worlds,
        answers=answers,
        same="Within a setting every lever meets the same people with the same luck; what the sum buys is found from "
        "the mean cost over settings, and is the same at each",
        command=command,
        settings=FEW,
    )


def _of_levers(
    trials: Sequence[Trials], options: Sequence[Lever], every: Sequence[Bundle], worlds: int, budget: float
) -> list[Answer]:
    """What the sum buys of each lever, from the mean cost over all settings; then what that brings at each."""
    rows, met = np.arange(len(every)), range(worlds)
    costs = [sum(each.cost_parts(rows, met).values(), np.zeros((len(rows), worlds))) for each in trials]
    mean = np.mean([cost.mean(axis=1) for cost in costs], axis=0)
    bought = [row for row, affordable in same_money.picked_of(options, mean, budget) if affordable]
    if not bought:
        raise OptionError(f"budget: {budget:g} a year buys nothing of these levers, at their mean cost over settings")
    found = [
        _against([_runs_of(each, outcome, row, met) for each in trials], outcome, 1, *_told(every[row]))
        for outcome in HEADLINES
        for row in bought
    ]
    spent = [
        answer(
            [known(cost[row]) for cost in costs],
            asks="cost",
            outcome="cost",
            row=every[row].words,
            heading="What it costs a year",
            says=f"{every[row].words}. Cost a year",
            unit="GBP/year",
            signed=False,
        )
        for row in bought
    ]
    return [*found, *spent]


def _told(bundle: Bundle) -> tuple[str, str, str]:
    return bundle.words, f"{bundle.words}, against the team as it is", "the team as it is"


def _runs_of(trials: Trials, outcome: str, row: int, worlds: range) -> np.ndarray:
    return trials.runs(np.array([AS_IS, row]), worlds)[outcome].to_numpy(float).reshape(2, len(worlds))
