"""`--ensemble SET` of a study: the study at every setting that calibration did not rule out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.experiment_options import ask_about_time, making_runs, save_and_tell, study_folder
from cpsim.cli.run import whole_number
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

if TYPE_CHECKING:
    from cpsim.experiments.across import Question

ENSEMBLE = Annotated[
    str | None,
    typer.Option(
        metavar="SET",
        help="Ask it at every setting that calibration did not rule out: a calibration's folder, a file, or `shipped`.",
    ),
]
SETTINGS = Annotated[
    int | None,
    whole_number("With --ensemble: how many of the set's settings, spread so that they stand for all of it."),
]


def asked_over_a_set(
    make: Callable[[str], Question],
    context: typer.Context,
    of_set: tuple[str | None, int | None],
    saving: tuple[Path | None, bool, bool, bool],
    running: dict[str, Any],
    **excluded: Any,
) -> bool:
    """Where a set is given, ask a study's question over it, and say that this was done.

    make: the question, from the command as it is typed again. of_set: --ensemble, --settings. saving: --out, --force,
    --yes, --json. running: workers, part, cluster. excluded: options that cannot be given beside a set, by name, with
    what was typed. Raises OptionError for these, and for --settings without a set.
    """
    ensemble, settings = of_set
    if ensemble is None:
        if settings is not None:
            raise OptionError("--settings: give --ensemble too; it says how many settings of that set are taken")
        return False
    wrong = [name for name, value in excluded.items() if value]
    if wrong:
        raise OptionError(f"--{wrong[0]} and --ensemble: give one of the two")
    if running.get("part") and saving[0] is None:
        raise OptionError("--part: give --out FOLDER too, where all parts keep their runs")
    _ask(
        partial(make, typed(context)),
        ensemble,
        settings,
        *saving,
        **running,
    )
    return True


def _ask(
    make: Callable[[], Question],
    ensemble: str,
    settings: int | None,
    out: Path | None,
    force: bool,
    yes: bool,
    as_json: bool,
    **running: Any,
) -> None:
    """Ask about the time, make the runs, save and tell."""
    from cpsim.experiments.across import across, at_every_setting, chosen_settings

    with making_runs():  # mistakes are told with their dashes
        question = make()
        chosen = chosen_settings(ensemble, settings, question.settings)
        runs = len(at_every_setting(question, chosen))
    folder = study_folder(out, "across", question.scenario, force)
    if not running.get("part"):
        ask_about_time(runs, question.scenario, running.get("workers"), yes)
    with making_runs() as progress:
        found = across(question, chosen, folder=folder, progress=progress, **running)
    save_and_tell(found, folder, as_json, force)
