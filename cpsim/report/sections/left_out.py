"""What the model leaves out, which could change the answer."""

from __future__ import annotations

from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section

LEFT_OUT = (
    "Primary care, general hospitals, benefits, housing and families: neither their help nor their costs.",
    "Sex, age, ethnicity, disability: who gains and who does not can be read by income, anxiety and distance only.",
    "How a team learns over the years, and what happens after a push for CP ends: simply.",
    "What a study's interviews would see: scores here are states, not answers (cpsim observe shows the answers).",
    "Anything about a named person or team: this is a simulation, not a forecast.",
)


def section(result: RunResult) -> Section:
    """The same for every run, and said on every page."""
    said = (
        "This version has been checked against theory and against itself. cpsim validate holds it against what "
        "studies found: some of it is met and some is not. Six numbers were set by hand to "
        "two of them; nothing was fitted to your team's own figures."
    )
    return Section("left-out", "What is left out", words=[said], lists=[("Not modelled, or simply", LEFT_OUT)])
