"""`cpsim schema`: the scenario format for editors."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema of scenario files.

    Editors complete and check a scenario with it while one types.

    Example: cpsim schema > scenario.schema.json
    """
    from cpsim.scenario.export import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
