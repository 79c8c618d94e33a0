"""A command as one would type it again, for the manifest and the page.

It is read from what was typed, not listed by each command, so an option that is new is never forgotten.
"""

from __future__ import annotations

from typing import Any

import typer

from cpsim.experiments.command import command_line

# They say where, on what and how it is told; no number hangs on them.
CHANGE_NOTHING = {"workers", "out", "force", "part", "cluster", "yes", "as_json", "replay"}


def typed(context: typer.Context, **instead: Any) -> str:
    """ "cpsim compare cmht protected-time --replications 100 --seed 1": all that changes a number.

    instead: by the name of a parameter, what was found for it where nothing, or something less plain, was typed.
    """
    told = {**context.params, **instead}
    arguments: list[str] = []
    options: dict[str, Any] = {}
    for each in context.command.params:
        value = told.get(each.name or "")
        if each.param_type_name == "argument":
            arguments += [str(part) for part in (value if isinstance(value, (list, tuple)) else [value]) if part]
        elif each.name not in CHANGE_NOTHING:
            options[each.opts[0]] = value
    return command_line(context.command.name or "", arguments, options)
