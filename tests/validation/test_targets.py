"""What is fitted to: each number can be traced, and nothing of a pattern for another use is ever read."""

import dataclasses
import math

import numpy as np
import pytest

from cpsim.errors import DeclarationError, OptionError
from cpsim.experiments.estimators.history import BOTH, CUT
from cpsim.validation import fitting, pilot, register, table, targets, trial
from cpsim.validation.lives import SPECS
from cpsim.validation.register import patterns

pytestmark = pytest.mark.unit

FITTED = targets.fitted()


class Forbidden:
    """A row that calibration has no business with: its use may be asked, nothing else."""

    def __init__(self, row):
        self._use = row.use

    @property
    def use(self):
        return self._use

    def __getattr__(self, name):
        raise AssertionError(f"calibration read {name} of a row for {self._use}")


def exploding(*anything):
    raise AssertionError("calibration read a whole pattern, parts of which are for validation")


@pytest.fixture
def guarded(monkeypatch):
    """Every row for another use, and every function that computes whole patterns, goes off when it is touched."""
    rows = tuple(row if row.use == targets.CALIBRATION else Forbidden(row) for row in patterns())
    monkeypatch.setattr(targets, "patterns", lambda: rows)
    monkeypatch.setattr(register, "patterns", lambda: rows)
    for module in (trial, pilot):
        for name in module.READ:
            monkeypatch.setitem(module.READ, name, exploding)
    for name, check in table.CHECKS.items():
        monkeypatch.setitem(table.CHECKS, name, dataclasses.replace(check, read=exploding))
        module, function = check.read.__module__, check.read.__name__
        monkeypatch.setattr(f"{module}.{function}", exploding)


def test_the_guard_bites(guarded):
    row = next(row for row in targets.patterns() if row.use == "VALIDATION")
    with pytest.raises(AssertionError, match="calibration read low of a row for VALIDATION"):
        row.low  # noqa: B018
    with pytest.raises(AssertionError, match="whole pattern"):
        table.CHECKS["P15"].read({})


def test_calibration_never_touches_a_pattern_for_another_use(guarded):
    """The whole path, with the real model, for one setting: targets, digest, runs, readings, rows for the page."""
    problem = fitting.problem()
    values = problem.evaluate({"standing.parameters.leaving_per_year": 0.15}, range(2), 1)
    assert values.shape == (2, len(problem.targets))
    assert np.isfinite(values).all()
    assert {"P3", "P10", "P26", "P30", "P34"} < set(problem.rows["id"])
    assert all(row.use == targets.CALIBRATION for row in targets.not_yet())


def test_every_reading_is_of_a_row_for_calibration():
    uses = {(row.id, row.measure): row.use for row in patterns()}
    assert {uses[key] for key in targets.READINGS} == {"CALIBRATION"}


def test_a_reading_of_another_row_is_refused(monkeypatch):
    monkeypatch.setitem(targets.READINGS, ("P15", "capacity first"), next(iter(targets.READINGS.values())))
    with pytest.raises(DeclarationError, match="is not a row for calibration"):
        targets.fitted()


def test_what_calibration_reads_is_what_validation_computes():
    """The same numbers, read from the same runs."""
    lives = {
        name: fitting.RUNNERS[name]([0, 1], 1, {}) for name in ("year", "two years", "month", "at the cap", "watched")
    }
    whole = table.CHECKS["P33"].read(lives)
    for (pattern, measure), reading in targets.READINGS.items():
        if pattern == "P33":
            assert reading.read(lives) == pytest.approx(whole[measure])


def test_runs_that_are_read_exist():
    assert {name for each in FITTED for name in each.reading.runs} <= set(fitting.RUNNERS)
    assert set(SPECS) <= set(fitting.RUNNERS)


def test_every_row_for_calibration_is_read():
    assert targets.not_yet() == []


@pytest.mark.parametrize("each", FITTED, ids=lambda each: each.target.name)
def test_errors_are_stated(each):
    target = each.target
    assert target.observation_sd > 0
    assert target.discrepancy_sd > 0
    assert each.because
    assert each.basis in ("source", "band", "ours")
    if each.basis == "band":
        width = CUT * math.hypot(target.observation_sd, target.discrepancy_sd)
        assert (target.observed - width, target.observed + width) == pytest.approx(
            (each.pattern.low, each.pattern.high)
        )
    elif target.side == BOTH and each.pattern.id != "P8":  # whose band is a share of trials, not a count
        assert each.pattern.low <= target.observed <= each.pattern.high


def test_binomial_errors_are_those_of_the_survey():
    """Of 3,379 people, by the register."""
    found = {each.pattern.measure: each.target for each in FITTED if each.pattern.id == "P31"}
    for target in found.values():
        share = target.observed
        assert target.observation_sd == pytest.approx(math.sqrt(share * (1 - share) / 3379), rel=0.02)


def test_the_digest_moves_with_what_is_fitted_to(monkeypatch):
    before = targets.patterns_digest()
    assert before == targets.patterns_digest()
    monkeypatch.setattr(targets, "fitted", lambda: FITTED[1:])
    assert targets.patterns_digest() != before


def test_what_a_spec_changes_goes_before_a_setting():
    """Without ordinary support stays without it, whatever the setting says."""
    (life,) = fitting.RUNNERS["by protocol, no help"]([0], 1, {"standing.parameters.ordinary_attempts": 0.2})
    assert life.p["ordinary_attempts"] == 0.0
    (life,) = fitting.RUNNERS["base"]([0], 1, {"standing.parameters.ordinary_attempts": 0.2})
    assert life.p["ordinary_attempts"] == 0.2


def test_only_measured_numbers_are_fitted():
    paths = fitting.fitted_factors().paths
    assert len(paths) > 100
    assert all(path.startswith("parameters.") or path == "switches.dummy" for path in paths)


def test_names_that_are_none():
    with pytest.raises(OptionError, match="P15 cannot be fitted to; these can: P3, P6"):
        fitting.problem(patterns=["P15"])
    with pytest.raises(OptionError, match="leaving_per_yer"):
        fitting.problem(only=["leaving_per_yer"])
