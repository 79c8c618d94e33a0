"""The scenario in words, and why."""

from __future__ import annotations

from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section
from cpsim.scenario.describe import describe


def section(result: RunResult) -> Section:
    """What `cpsim check` says, but for what the page says elsewhere; and the author's reasons."""
    understood = describe(result.scenario)
    elsewhere = (understood.own_numbers, understood.beyond)
    parts = [(heading, sentences) for heading, sentences in understood.parts() if sentences not in elsewhere]
    reasons = [f"{path}: {reason}" for path, reason in result.scenario.because.items()]
    return Section(
        "scenario", "The scenario in words", lists=[*parts, *([("Why these values", reasons)] if reasons else [])]
    )
