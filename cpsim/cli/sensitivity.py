"""`cpsim sensitivity SCENARIO`: which uncertain numbers matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli import experiment_options as common
from cpsim.cli.check import SCENARIO, SETS
from cpsim.cli.run import SEED, WEEKS, WORKERS, chosen_scenario
from cpsim.cli.typed import typed

if TYPE_CHECKING:
    from cpsim.experiments.sensitivity import Asked
    from cpsim.scenario.load import Scenario

METHOD = Annotated[
    str,
    typer.Option(
        metavar="METHOD",
        help="auto: all of them, one after the other. morris: what is negligible. sobol: how much is due to each. "
        "groups: how much to each group. pawn: what moves the whole distribution. rbd-fast: first order from a plain "
        "sample. regional: what runs with a result have in common.",
    ),
]
SIZE = Annotated[str, typer.Option(metavar="SIZE", help="How much is run: quick, usual or full.")]
OUTPUT = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="OUTCOME", help="An outcome to look at; can be repeated. If not said, six."),
]
ONLY = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Vary only this number, or group of numbers; can be repeated."),
]
LEVERS = Annotated[bool, typer.Option("--levers", help="Vary what a team decides, too, within its usual limits.")]
SECOND = Annotated[bool, typer.Option("--second-order", help="Which pairs of the ten largest work together.")]
TARGET = Annotated[
    str | None,
    typer.Option(metavar="RESULT", help="For regional: look at runs with this, such as 'five_steps>=0.3'."),
]


def sensitivity(
    context: typer.Context,
    scenario: SCENARIO,
    sets: SETS = None,
    method: METHOD = "auto",
    size: SIZE = "usual",
    output: OUTPUT = None,
    only: ONLY = None,
    levers: LEVERS = False,
    second_order: SECOND = False,
    target: TARGET = None,
    weeks: WEEKS = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: common.STUDY_OUT = None,
    force: common.STUDY_FORCE = False,
    part: common.PART = None,
    cluster: common.CLUSTER = None,
    yes: common.YES = False,
    as_json: common.AS_JSON = False,
) -> None:
    """Find out which uncertain numbers the outcomes hang on, and how sure that is.

    \b
    Examples:
      cpsim sensitivity cmht
      cpsim sensitivity cmht --method morris --size full
      cpsim sensitivity cmht --method regional --target "five_steps>=0.3" --levers
    """
    from cpsim.experiments import sensitivity as question

    chosen = chosen_scenario(scenario, sets or [], weeks)
    options = _Options(method, size, output, only, levers, second_order, target)
    asked = _asked(chosen, seed, options)
    folder = common.study_folder(out, question.KIND, chosen, force)
    common.ask_about_seconds(asked.runs, asked.seconds(workers), yes)
    with common.making_runs() as progress:
        found = question.study(asked, question.Runs(folder, workers, part, cluster, progress))
    found.facts["command"] = typed(context)
    common.save_and_tell(found, folder, as_json, force)


def _asked(chosen: Scenario, seed: int, options: _Options) -> Asked:
    """All that was typed, checked. Raises OptionError with the dashes as typed."""
    from cpsim.errors import OptionError
    from cpsim.experiments import sensitivity as question

    common.prepared()  # its runs are timed next
    try:
        return question.Asked.of(chosen, seed=seed, **options.of_question(question.OUTPUTS))
    except OptionError as error:
        lines = [f"--{line.replace('outputs:', 'output:', 1)}" for line in str(error).splitlines()]
        raise OptionError("\n".join(lines)) from None


@dataclass(frozen=True)
class _Options:
    """What is asked of the scenario, as typed."""

    method: str
    size: str
    output: list[str] | None
    only: list[str] | None
    levers: bool
    second_order: bool
    target: str | None

    def of_question(self, usual: tuple[str, ...]) -> dict[str, Any]:
        """As the question takes them."""
        given = dict(vars(self))
        return given | {"outputs": given.pop("output") or usual, "only": self.only or ()}
