"""Read a YAML file safely: text in, plain values and line numbers out.

A scenario may come from anybody. So: a small file, no aliases (a few of them can unfold into gigabytes),
no tags, little depth, no key twice; every mistake of the file is collected before anything is said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cpsim.errors import Problem, ScenarioError
from cpsim.scenario.sheet import Path, Sheet

LARGEST = 1_000_000  # bytes
DEEPEST = 50  # levels
MOST_PARTS = 100_000  # parser events: a second or two of reading
PLAIN_TAG = "tag:yaml.org,2002:"


def read_file(file: File, shown: str) -> tuple[Sheet, list[Problem]]:
    """Read one file; `shown` is its name in messages.

    Returns what could be understood and the mistakes met on the way. Raises ScenarioError when nothing can be
    understood: no such file, too large, binary, not YAML.
    """
    return read_text(_text(file, shown), shown)


def read_text(text: str, shown: str) -> tuple[Sheet, list[Problem]]:
    """The same for text that is already here."""
    value, lines, problems = parse(text, shown)
    if value is None and not problems:
        _refuse(shown, 0, "the file is empty; `cpsim new my-team.yaml` writes a start")
    if not isinstance(value, dict):
        _refuse(shown, 1, "expected keys such as 'title:' and 'team:', one to a line")
    return Sheet(shown, value, lines), problems


def parse(text: str, shown: str) -> tuple[Any, dict[Path, int], list[Problem]]:
    """Any YAML value as plain dict, list, str, int, float, bool, date or None, with the line of every path."""
    if "\0" in text:
        _refuse(shown, 0, "this is not a text file; a scenario is YAML in UTF-8")
    try:
        _scan(text, shown)
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        _not_yaml(error, shown)
    reader = _Reader(shown)
    value = reader.value(root, ()) if root is not None else None
    return value, reader.lines, reader.problems


def _text(file: File, shown: str) -> str:
    try:
        if file.is_dir():
            _refuse(shown, 0, "this is a folder; give a scenario file")
        if not file.is_file():
            _refuse(shown, 0, "this is not an ordinary file")
        if file.stat().st_size > LARGEST:
            _refuse(shown, 0, f"the file is larger than {LARGEST:,} bytes; a scenario has a few thousand")
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(shown, 0, "this is not text in UTF-8; save it again as UTF-8")
    except OSError as error:
        _refuse(shown, 0, f"the file cannot be read: {(error.strerror or 'unknown reason').lower()}")


def _scan(text: str, shown: str) -> None:
    """Refuse what would be dangerous to load, before loading it. Reading events needs neither memory nor recursion."""
    problems: list[Problem] = []
    depth = parts = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        kind, line, parts = type(event).__name__, event.start_mark.line + 1, parts + 1
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > DEEPEST + 2:  # the stream and the document are levels too
            _refuse(shown, line, f"more than {DEEPEST} levels of nesting; a scenario has about five")
        if parts > MOST_PARTS:
            _refuse(shown, line, f"more than {MOST_PARTS:,} keys and values; use 'copies:' for many equal teams")
        if getattr(event, "anchor", None):  # of the value, or of the alias that repeats it
            problems.append(Problem(shown, line, "", "'&' and '*' are not allowed; write the values out"))
        if kind == "DocumentStartEvent" and (event.version or event.tags):
            problems.append(Problem(shown, line, "", "remove the line that begins with '%'"))
    if problems:
        raise ScenarioError(problems)


class _Reader:
    """Walks the nodes of one file; keeps the line of each path and the mistakes."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._scalars = YAML(typ="safe", pure=True).constructor

    def value(self, node: Node, path: Path) -> Any:
        """A node as plain Python."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return {key: self.value(inner, (*path, key)) for key, inner in self._entries(node, path)}
        if isinstance(node, SequenceNode):
            return [self.value(inner, (*path, index)) for index, inner in enumerate(node.value)]
        return self._scalar(node, path)

    def _entries(self, node: MappingNode, path: Path) -> Iterator[tuple[str, Node]]:
        first_lines: dict[str, int] = {}
        for key_node, inner in node.value:
            line, key = key_node.start_mark.line + 1, key_node.value
            if not isinstance(key_node, ScalarNode) or key_node.tag != f"{PLAIN_TAG}str":
                self._problem(line, path, "a key must be a word, with ':' after it")
            elif key in first_lines:
                self._problem(line, (*path, key), f"is here twice; it stands in line {first_lines[key]} too")
            else:
                first_lines[key] = self.lines[(*path, key)] = line
                yield key, inner

    def _scalar(self, node: Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        if str(node.tag).removeprefix(PLAIN_TAG) not in ("str", "int", "float", "bool", "null", "timestamp"):
            self._problem(line, path, "tags ('!') are not allowed; write the plain value")
            return str(node.value)
        try:
            value = self._scalars.construct_object(node)
        except (ValueError, OverflowError):
            self._problem(line, path, f"{node.value[:40]!r} cannot be read as a number or a date")
            return None
        if isinstance(value, str) and not _readable(value):
            self._problem(line, path, "the text holds signs that cannot be shown; type it again")
        return value

    def _problem(self, line: int, path: Path, message: str) -> None:
        self.problems.append(Problem(self.shown, line, ".".join(map(str, path)), message))


def _readable(text: str) -> bool:
    """No control characters: a terminal would obey them."""
    return all(sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs") for sign in text)


HINTS = {  # what the parser says, and what helps
    "\\t": "a tab stands here; indent with spaces",
    "mapping values are not allowed": "a ':' too many, or a wrong indent; text that holds ':' needs quotes",
    "another document": "'---' begins a second document; one file is one scenario",
    "special characters": "the file holds signs that are not text",
    "quoted scalar found unexpected end": "a quote is opened here or above and not closed",
    "parsing a flow": "a '[' or '{' is opened here or above and not closed",
    "<block end>": "this line does not fit the indent of the lines above it, or more stands after a quote",
    "cannot start any token": "a value begins with a sign that has a meaning in YAML; put it in quotes",
}


def _not_yaml(error: YAMLError, shown: str) -> NoReturn:
    """Say in words what the parser met."""
    said, line = str(error).splitlines()[0], 0
    if isinstance(error, MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}".strip()
        line = error.problem_mark.line + 1 if error.problem_mark else 0
    _refuse(shown, line, next((hint for sign, hint in HINTS.items() if sign in said), f"this is not YAML: {said}"))


def _refuse(shown: str, line: int, message: str) -> NoReturn:
    raise ScenarioError([Problem(shown, line, "", message)])
