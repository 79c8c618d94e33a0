"""Which file a name means: a scenario that comes with cpsim, or a file of the user's."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from cpsim.errors import Problem, ScenarioError
from cpsim.scenario.wording import nearest, quoted

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class Source:
    """A scenario file; `shown` is its name in messages."""

    name: str
    file: Path
    shown: str


def shipped() -> dict[str, Source]:
    """The scenarios that come with cpsim, by name."""
    package = Path(__file__).resolve().parent.parent
    folder = next((each for each in (package / "_scenarios", package.parent / "scenarios") if each.is_dir()), None)
    files = sorted(folder.glob("*.yaml"), key=lambda file: file.stem) if folder else []
    return {file.stem: Source(file.stem, file, file.name) for file in files}


def find(name_or_path: str | Path) -> Source:
    """The file for what a user typed. Raises ScenarioError when there is none, or two."""
    typed = str(name_or_path)
    as_name = isinstance(name_or_path, str) and not typed.endswith(ENDINGS) and Path(typed).name == typed
    known = shipped()
    own = _beside(Path(), typed) if as_name else Path(typed)
    if as_name and typed in known:
        return _one_of(known[typed], own, typed, Problem(typed, 0, "", ""))
    if own is not None and os.path.exists(own):  # os.path takes any text; methods of Path raise for some
        return Source(own.stem, own, str(own))
    hint = _hint(Path(typed).stem, known, Path(typed).parent)
    raise ScenarioError([Problem(quoted(typed), 0, "", f"no scenario or file of this name; {hint}")])


def find_parent(named: object, child: Source, line: int) -> Source:
    """The file for an `extends:` of `child`: a shipped name, else a file beside it."""
    problem = Problem(child.shown, line, "extends", "")
    if not isinstance(named, str) or not re.fullmatch(r"[\w][\w .-]*", named) or ".." in named:
        raise _error(problem, "give a shipped name or the name of a file beside this one, without a folder")
    known, own = shipped(), _beside(child.file.parent, named)
    if named in known:
        return _one_of(known[named], own, named, problem)
    if own is None:
        hint = _hint(named, known, child.file.parent)
        raise _error(problem, f"{named!r} is neither a shipped scenario nor a file beside this one; {hint}")
    return Source(own.stem, own, str(Path(child.shown).parent / own.name))


def _beside(folder: Path, name: str) -> Path | None:
    candidates = [folder / name] if name.endswith(ENDINGS) else [folder / f"{name}{ending}" for ending in ENDINGS]
    return next((file for file in candidates if os.path.isfile(file)), None)


def _one_of(ours: Source, own: Path | None, name: str, problem: Problem) -> Source:
    """The shipped scenario, unless a file of the user's has its name."""
    if own is None or own.resolve() == ours.file.resolve():
        return ours
    two = f"{name!r} means two things: the scenario that comes with cpsim and the file {own}"
    raise _error(problem, f"{two}; rename the file, or write {own.name!r} to mean it")


def _hint(name: str, known: dict[str, Source], folder: Path) -> str:
    beside = [file.stem for ending in ENDINGS for file in folder.glob(f"*{ending}")] if folder.is_dir() else []
    best = nearest(name, [*known, *beside])
    return f"did you mean {best!r}?" if best else "`cpsim scenarios` lists those that come with cpsim"


def _error(problem: Problem, message: str) -> ScenarioError:
    return ScenarioError([Problem(problem.file, problem.line, problem.path, message)])
