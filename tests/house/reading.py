"""How house tests read the code: as syntax trees and as text, never by importing it."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cpsim"
MODEL = PACKAGE / "model"
RULES = MODEL / "rules"
LEFT_BY_TOOLS = {".git", ".venv", "runs", "build", "dist", "scratch", "__pycache__", ".hypothesis"}


def sources(*places):
    """All Python files of these files and folders, sorted; it is a failure when there are none."""
    found = sorted({file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))})
    assert found, f"nothing to read in {', '.join(map(name, places))}"
    return found


@cache
def tree(path):
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def nodes(path, kind):
    return (node for node in ast.walk(tree(path)) if isinstance(node, kind))


def name(path):
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def at(path, node):
    return f"{name(path)}:{node.lineno}"


def attributes_of(variable, *places):
    """Every `variable.name` in these places: name -> where it is written."""
    found = {}
    for path in sources(*places):
        for node in nodes(path, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id == variable:
                found.setdefault(node.attr, []).append(at(path, node))
    return found


def strings(path):
    """(line, text) of every string written in a Python file, docstrings too."""
    return [(node.lineno, node.value) for node in nodes(path, ast.Constant) if isinstance(node.value, str)]


def texts():
    """(path, text) of every text file that a clone would hold."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.is_file() and not LEFT_BY_TOOLS.intersection(inside) and not re.search(r"_cache$", inside[0]):
            try:
                yield path, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a picture or a table
