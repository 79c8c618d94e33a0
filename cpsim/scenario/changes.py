"""Changes written as dotted paths: `--set team.caseload_per_wte=25` and `scenario.with_({...})`.

They become a sheet like any file, so they are validated by the same declarations with the same messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cpsim.errors import Problem, ScenarioError
from cpsim.scenario.read_yaml import parse
from cpsim.scenario.sheet import SECTIONS, Path, Sheet
from cpsim.scenario.wording import quoted

OPTION = "--set"


def from_options(options: Sequence[str]) -> tuple[Sheet, list[Problem]]:
    """The sheet of `--set` options, each "path=value" with the value as in YAML."""
    pairs: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for option in options:
        path, sign, text = option.partition("=")
        if not sign or not path.strip():
            wanted = "write a path, '=' and a value: team.caseload_per_wte=25"
            problems.append(Problem(OPTION, 0, "", f"{quoted(option)}: {wanted}"))
            continue
        try:
            value, _, found = parse(text, OPTION)
        except ScenarioError as error:
            found, value = list(error.problems), None
        problems += [Problem(OPTION, 0, path.strip(), problem.message) for problem in found]
        if not found:
            pairs.append((path.strip(), value))
    sheet, unplaced = from_pairs(pairs, OPTION)
    return sheet, problems + unplaced


def from_changes(changes: Mapping[str, Any], top: Mapping[str, Any]) -> tuple[Sheet, list[Problem]]:
    """The sheet of `Scenario.with_`: dotted paths with values, and top-level keys such as weeks."""
    return from_pairs([*changes.items(), *top.items()], "with_")


def from_pairs(pairs: Iterable[tuple[str, Any]], shown: str) -> tuple[Sheet, list[Problem]]:
    """Nest dotted paths. A role's name may hold spaces, never a dot."""
    values: dict[str, Any] = {}
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    for text, value in pairs:
        path = tuple(part.strip() for part in text.split("."))
        message = _misplaced(path) or _put(values, path, value)
        if message:
            problems.append(Problem(shown, 0, text, message))
        lines.update({path[:end]: 0 for end in range(1, len(path) + 1)})
    return Sheet(shown, values, lines, dotted=True), problems


def _misplaced(path: Path) -> str:
    """What keeps a path from being set here, or nothing. Unknown names are left to the schema: it knows the nearest."""
    if path[0] in ("schema", "extends", "teams", "because"):
        return "can only be written in a scenario file"
    sections = path[1:] if path[0] == "standing" else path
    if len(sections) < 2 and (not sections or sections[0] in SECTIONS):
        return "give the path of a value inside it, such as team.caseload_per_wte"
    return ""


def _put(values: dict[str, Any], path: Path, value: Any) -> str:
    for key in path[:-1]:
        inner = values.setdefault(str(key), {})
        if not isinstance(inner, dict):
            return f"another option gives {'.'.join(map(str, path[: path.index(key) + 1]))} a value of its own"
        values = inner
    if path[-1] in values:
        return "is given twice"
    values[str(path[-1])] = value
    return ""
