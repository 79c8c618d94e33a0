"""What stops a connection: the access ledger, over attempts by CP, by ordinary support and by people themselves."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from cpsim.model.codes import SOURCE_LABELS, Source
from cpsim.outputs import ledgers, words
from cpsim.plots import ledger
from cpsim.plots.bars import key
from cpsim.plots.picture import Picture, caption

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

HEADING_SIGNS = 20
NAMES = {source.name.lower(): SOURCE_LABELS[source] for source in Source}


def picture(result: RunResult) -> Picture:
    """Each barrier to a connection by who prompted the attempt."""
    runs = result.runs
    table = ledger.table(ledgers.access(runs))
    counts = {source: ledgers.attempts(runs, source).mean for source in Source}
    table["heading"] = [_heading(NAMES[name], counts[Source[name.upper()]]) for name in table["source"].tolist()]
    joined = [
        f"{SOURCE_LABELS[source]} {words.in_100(ledgers.joined(runs, source).mean)}"
        for source in Source
        if counts[source] > 0
    ]
    return Picture(
        name="access",
        title=_title(table),
        caption=caption(
            result,
            f"Of 100 attempts at a connection these ended in joining: {', '.join(joined)}." if joined else "",
            "Attempts of a whole run, mean. Barriers come together, so the bars do not add up.",
        ),
        alt="Attempts of 100 stopped, by who prompted them. "
        + " ".join(f"{NAMES[str(name)]}: {ledger.told(part)}" for name, part in table.groupby("source", sort=False)),
        table=table,
        grid=ledger.grid(table, NAMES),
        draw=draw,
        height=3.0,
    )


def _heading(name: str, attempts: float) -> str:
    return f"{textwrap.fill(name, HEADING_SIGNS)}\n{words.two_figures(attempts)} attempts"


def _title(table: pd.DataFrame) -> str:
    known = table.dropna(subset="any_mean")
    if known.empty or not known["any_mean"].max():
        return "No attempt at a connection was stopped"
    mean = known.groupby("label", sort=False)["any_mean"].mean()
    return f"Attempts at a connection meet this most often: {mean.idxmax()}"


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """A panel a source, on one axis."""
    panels = figure.subplots(1, len(NAMES), sharex=True, sharey=True)
    for axes, (heading, part) in zip(panels, table.groupby("heading", sort=False), strict=True):
        entries = ledger.bars(axes, part)
        axes.set(title=heading, xlim=ledger.widest(table), xlabel="of 100 attempts")
    key(figure, entries, below=True)
