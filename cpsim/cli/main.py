"""The command `cpsim`: its commands, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cpsim.cli import stopping
from cpsim.cli.barriers import barriers
from cpsim.cli.calibrate import calibrate
from cpsim.cli.check import check
from cpsim.cli.compare import compare
from cpsim.cli.counterfactuals import counterfactuals
from cpsim.cli.difference import difference
from cpsim.cli.discover import discover
from cpsim.cli.evidence import evidence
from cpsim.cli.new import new
from cpsim.cli.observe import observe
from cpsim.cli.parameters import parameters
from cpsim.cli.plan import plan
from cpsim.cli.reproduce import reproduce
from cpsim.cli.run import run
from cpsim.cli.same_money import same_money
from cpsim.cli.scenarios import scenarios
from cpsim.cli.schema import schema
from cpsim.cli.sensitivity import sensitivity
from cpsim.cli.settle import settle
from cpsim.cli.status import status
from cpsim.cli.story import story
from cpsim.cli.structure import structure
from cpsim.cli.sweep import sweep
from cpsim.cli.trial import trial
from cpsim.cli.uncertainty import uncertainty
from cpsim.cli.validate import validate
from cpsim.errors import CpsimError

EXAMPLES = """\b
Examples:
  cpsim run cmht                     a plausible English team, and a page about it
  cpsim new my-team.yaml             a start for your own team
  cpsim check my-team.yaml           what was understood, before anything runs
  cpsim run my-team.yaml --set team.caseload_per_wte=25
  cpsim barriers my-team.yaml        what blocks delivery, and what would unblock it
  cpsim observe study-2021           what a study would have seen
  cpsim story cmht                   people worth following, and one person's year
  cpsim parameters travel            numbers that have to do with travel
  cpsim evidence travel              where these numbers come from
  cpsim validate                     the model beside what was found in real teams

Exit codes: 0 done, 1 failed, 2 something to put right in your input, 130 stopped."""

app = typer.Typer(
    name="cpsim",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain text: quick to show, and read aloud as it stands
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXAMPLES,
)
COMMANDS = (
    *(run, story, observe),
    *(compare, sweep, barriers, difference, counterfactuals, same_money),
    *(sensitivity, structure, discover, plan, uncertainty, trial, calibrate, status),
    *(scenarios, new, check, parameters, evidence, reproduce, schema, settle, validate),
)
for command in COMMANDS:
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"cpsim {version('cpsim')}")
        except PackageNotFoundError:
            typer.echo("cpsim (from source, not installed)")
        raise typer.Exit


@app.callback()
def cpsim(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Simulate a community mental health team and see what its capacity does to Connecting People."""


def main() -> None:
    """Run the command line; end the process with 0, 1, 2 or 130."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a sign shows '?', it does not stop us
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="cpsim")
    except CpsimError as error:
        typer.echo(str(error), err=True)
        stopping.end(error.exit_code)
    except OSError as error:
        if error.filename is not None:
            raise  # not the stream that we answer to
        typer.echo(f"The answer could not be shown: {(error.strerror or str(error)).lower()}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python tries again on leaving, and complains
        sys.exit(CpsimError.exit_code)
