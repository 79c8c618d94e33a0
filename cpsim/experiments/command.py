"""A command as one would type it again, for the manifest of a study and its page.

Everything that changes a number is in it: the scenario as it was named, its changes, each option that was given. Where
the runs lie, on how many threads and machines they are made, and how it is told changes none and is left out.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario


def command_line(command: str, arguments: Sequence[str], options: Mapping[str, Any]) -> str:
    """ "cpsim run cmht --weeks 26 --seed 1"; options that were not given are left out.

    options: by what is typed, such as "--weeks". A list is an option that is repeated, True one that takes no value.
    """
    parts = ["cpsim", command, *arguments]
    for option, value in options.items():
        for each in value if isinstance(value, (list, tuple)) else [value]:
            if each is True:
                parts.append(option)
            elif each is not None and each is not False:
                parts += [option, str(each)]
    return shlex.join(parts)


def asked_in_python(study: str, scenario: Scenario | str | Path, *others: str, **options: Any) -> str:
    """What to type for a study that was asked for in Python; "" where it cannot be typed.

    options: as a study takes them, names in a sequence being typed with commas. A scenario that was changed in Python
    has a name that says nothing of its changes; then no command is true of it.
    """
    named = _named(scenario)
    told = {f"--{name.replace('_', '-')}": _with_commas(value) for name, value in options.items()}
    return command_line(study, [named, *others], told) if named else ""


def _with_commas(value: Any) -> Any:
    return ",".join(value) or None if isinstance(value, (list, tuple)) else value


def _named(scenario: Scenario | str | Path) -> str:
    """The name or file by which a scenario is loaded, or "" when there is none."""
    from cpsim.scenario.load import load  # here, so that the command line starts at once
    from cpsim.scenario.source import shipped

    if isinstance(scenario, (str, Path)):
        return str(scenario)
    same = scenario.name in shipped() and load(scenario.name).digest == scenario.digest
    return scenario.name if same else ""
