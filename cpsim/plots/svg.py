"""Pictures as SVG: a file that stands by itself, and the same drawing for inside a page.

Drawn once. The page has title and caption as text of its own, so there the view ends where they begin.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from cpsim.plots.picture import WIDTH, Picture
from cpsim.plots.style import SETTINGS, house_style

POINTS = 72  # an inch
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
NOTHING_ABOUT_ITSELF = dict.fromkeys(("Creator", "Date", "Format", "Type"))
FAMILY = ", ".join([*(f"'{name}'" for name in SETTINGS["font.sans-serif"]), SETTINGS["font.family"]])
LOOK = re.compile(r'<(?:path|use) [^>]*?((?: clip-path="[^"]*")? style="[^"]*")/>')


@dataclass(frozen=True)
class Drawing:
    """The two forms of one drawing."""

    file: str
    inline: str


def drawing(picture: Picture) -> Drawing:
    """Draw a picture; the same picture gives the same bytes."""
    body = _body(picture)
    whole = POINTS * (picture.above + picture.height + picture.below)
    title, text = f"{picture.name}-title", f"{picture.name}-text"
    words = f'<title id="{title}">{escape(picture.title)}</title>\n<desc id="{text}">{escape(picture.alt)}</desc>'
    seen = f'role="img" aria-labelledby="{title} {text}" stroke-linejoin="round" font-family="{FAMILY}"'

    def svg(attributes: str, top: float, height: float) -> str:
        size = f'viewBox="0 {top:.1f} {POINTS * WIDTH:.1f} {height:.1f}"'
        return f"<svg {attributes}{size} {seen}>\n{words}\n{body}</svg>\n"

    return Drawing(
        file=f'<?xml version="1.0" encoding="utf-8"?>\n{svg(f"{NAMESPACES} ", 0, whole)}',
        inline=svg("", POINTS * picture.above, POINTS * picture.height).replace("xlink:href", "href"),
    )


def _body(picture: Picture) -> str:
    """What is inside matplotlib's svg element, without what it says about itself and ids that nothing refers to."""
    figure = picture.figure()
    file = io.StringIO()
    with house_style():
        import matplotlib

        # Ids are made from this word and the content: the same each time, and different in each picture of a page.
        matplotlib.rcParams["svg.hashsalt"] = f"cpsim {picture.name}"
        figure.savefig(file, format="svg", metadata=NOTHING_ABOUT_ITSELF)
    text = file.getvalue()
    text = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    used = dict.fromkeys(re.findall(r'(?:url\(#|href="#)([\w-]+)', text))
    text = re.sub(r' id="([\w.-]+)"', lambda found: found.group(0) if found.group(1) in used else "", text)
    return _once(_short(_numbered(text, list(used), picture.name)))


def _numbered(text: str, used: Sequence[str], name: str) -> str:
    """The ids in order of their use. Matplotlib makes them from positions, whose last digits may differ each time."""
    numbers = {old: f"{name}-{number}" for number, old in enumerate(used)}
    return re.sub(r'(url\(#|href="#| id=")([\w-]+)', lambda found: found.group(1) + numbers[found.group(2)], text)


def _short(text: str) -> str:
    """Places to a hundredth of a point, no turning by nothing, no indents: what nobody sees, and half of the bytes."""
    text = re.sub(r' transform="rotate\(-?0 [^"]*"', "", text)
    text = re.sub(r'(?<= )(?:d|x|y|width|height|transform)="[^"]*"', _rounded, text)
    text = text.replace(f"font-family: {FAMILY}; ", "")  # the whole drawing has it
    return _without_bare_groups(re.sub(r"\n\s*", "\n", text))


def _without_bare_groups(text: str) -> str:
    """Groups that say nothing go, and what was in them stands side by side."""
    made, bare = [], []
    for line in text.replace("<g/>\n", "").split("\n"):
        if re.match("<g[ >]", line):
            bare.append(line == "<g>")
        if not (bare[-1] if line == "<g>" else line == "</g>" and bare.pop()):
            made.append(line)
    return "\n".join(made)


def _rounded(found: re.Match[str]) -> str:
    if re.search("scale|matrix", found[0]):  # factors, not places
        return found[0]
    told = re.sub(r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), found[0])
    return re.sub(r'\s+(?="$)', "", told.replace("\n", " ")).replace("  ", " ")


def _once(text: str) -> str:
    """Marks side by side that look the same have their look said once, in a group; the same mark is drawn once.

    Not where they can be seen through: there two marks, or a group, look otherwise.
    """
    made = []
    for look, run in groupby(text.split("\n"), _look):
        lines = list(run)
        if not look or len(lines) == 1:
            made += lines
        else:
            made += [f"<g{look}>", *dict.fromkeys(line.replace(look, "") for line in lines), "</g>"]
    return "\n".join(made)


def _look(line: str) -> str:
    """Clip and style of a mark on a line of its own; "" for anything else."""
    found = LOOK.fullmatch(line)
    return found[1] if found and "opacity" not in found[1] else ""
