"""The page of a run: `write(result, folder)` puts `report.html` and its pictures into a folder."""

from cpsim.report.page import html, write

__all__ = ["html", "write"]
