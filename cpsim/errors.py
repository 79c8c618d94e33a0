"""Everything that cpsim raises on purpose.

    CpsimError              1    something failed
    ├── UserError           2    your input: the message says where, what was wrong and what would be right
    │   ├── ScenarioError        a scenario file or --set: every mistake at once, one line each
    │   ├── OptionError          an option of a command, such as a negative seed
    │   └── FolderError          a folder that exists, cannot be written or is full
    ├── DeclarationError    1    our own mistake: a declared number does not fit its row of the evidence
    ├── Unfinished          0    a part of a study is done, others are not
    └── Stopped           130    Ctrl-C

The number is the exit code. `cpsim.cli.main` catches CpsimError once; nobody meets a traceback for bad input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CpsimError(Exception):
    """Something failed; the message is for the person at the keyboard."""

    exit_code = 1


class UserError(CpsimError):
    """Something in the input is wrong and can be put right by its author."""

    exit_code = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a scenario: where it stands, what is wrong, what would be right.

    `line` counts from 1; 0 means the file as a whole. `file` is "--set" for the command line.
    `path` is dotted ("team.staff_wte"), empty when the mistake belongs to no key.
    """

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


class ScenarioError(UserError):
    """One or more mistakes in a scenario; `problems` holds them in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class OptionError(UserError):
    """An option of a command that makes no sense, such as zero replications."""


class FolderError(UserError):
    """A folder that exists already, cannot be written, or is full."""


class DeclarationError(CpsimError):
    """A declared number that does not fit the evidence row that it names; raised at import."""


class Unfinished(CpsimError):
    """A part of a study did what it had to do, but its answer has to wait for other parts."""

    exit_code = 0


class Stopped(CpsimError):
    """The person pressed Ctrl-C; `result` holds what was finished by then, if anything."""

    exit_code = 130

    def __init__(self, message: str, result: object | None = None) -> None:
        self.result = result
        super().__init__(message)
