"""`cpsim plan SCENARIO --target ...`: what would it take?"""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from cpsim.cli.check import SCENARIO, SETS
from cpsim.cli.experiment_options import (
    AS_JSON,
    CLUSTER,
    STUDY_FORCE,
    STUDY_OUT,
    YES,
    ask_about_time,
    making_runs,
    save_and_tell,
    study_folder,
)
from cpsim.cli.run import SEED, WORKERS, whole_number
from cpsim.cli.typed import typed
from cpsim.errors import OptionError

TARGET = Annotated[
    str, typer.Option(metavar="OUTCOME>=VALUE", help="What is aimed at, such as five_steps>=0.3; several with 'and'.")
]
LEVERS = Annotated[
    list[str] | None,
    typer.Option(metavar="NAMES", help="Only these levers, or families of them, such as posts,training,leadership."),
]
FRESH = 400
CONFIDENCE = Annotated[float, typer.Option(help="In which share of simulated futures it is to be reached.")]
BUDGET = Annotated[
    str | None, typer.Option(metavar="POUNDS/year", help="The most it may cost a year, such as 150000/year.")
]
WITHIN = Annotated[
    str | None, typer.Option(metavar="WEEKS", help="By when, such as 78w; the scenario's weeks if not said.")
]
NO_WORSE = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COSTS",
        help="What may not get worse: crises, waits, late, reviews, pressure, turnover; with a margin of your own such "
        "as waits=2.",
    ),
]
HOW_MANY_FRESH = Annotated[int, whole_number(f"Futures on which bundles are estimated again; {FRESH} if not said.")]
SEARCH, AGAIN = 8, 40  # runs a bundle that a race takes, and bundles looked at again, both about


def plan(
    context: typer.Context,
    scenario: SCENARIO,
    target: TARGET,
    sets: SETS = None,
    confidence: CONFIDENCE = 0.8,
    budget: BUDGET = None,
    within: WITHIN = None,
    no_worse: NO_WORSE = None,
    levers: LEVERS = None,
    fresh: HOW_MANY_FRESH = FRESH,
    seed: SEED = 1,
    workers: WORKERS = None,
    cluster: CLUSTER = None,
    out: STUDY_OUT = None,
    force: STUDY_FORCE = False,
    yes: YES = False,
    as_json: AS_JSON = False,
) -> None:
    """Find the cheapest bundle of levers that reaches a target, within limits.

    \b
      cpsim plan cmht --target "five_steps>=0.3" --budget 150000/year --within 78w
      cpsim plan my-team.yaml --target "reach>=0.5" --no-worse crises,waits --levers training,posts
    """
    from cpsim.experiments import plan as study
    from cpsim.scenario.load import load

    chosen = load(scenario, sets or [])
    asked: dict[str, Any] = {"confidence": confidence, "budget": pounds(budget), "no_worse": listed(no_worse)}
    options = {**asked, "within": weeks(within), "levers": listed(levers)}
    with making_runs():
        study.question(target, **asked)
        longer, _, bundles = study.choices(chosen, options["within"], options["levers"])
    folder = study_folder(out, "plan", chosen, force)
    ask_about_time(SEARCH * len(bundles) + fresh * min(AGAIN, len(bundles)), longer, workers, yes)
    with making_runs() as progress:
        options |= {"folder": folder, "workers": workers, "cluster": cluster, "progress": progress}
        found = study.plan(chosen, target, **options, seed=seed, fresh=fresh, command=typed(context))
    save_and_tell(found, folder, as_json, force)


def listed(texts: list[str] | None) -> list[str]:
    """ "crises,waits" and repeated options as one list."""
    return [part.strip() for text in texts or [] for part in text.split(",") if part.strip()]


def pounds(text: str | None) -> float | None:
    """ "150000/year", "£150,000" or "150k" as a number. Raises OptionError."""
    if text is None:
        return None
    found = re.fullmatch(r"£?([\d,]+(?:\.\d+)?)(k?)\s*(?:/\s*year|a year)?", text.strip(), re.IGNORECASE)
    if not found:
        raise OptionError(f"--budget {text}: write pounds a year, such as 150000/year")
    return float(found[1].replace(",", "")) * (1000 if found[2] else 1)


def weeks(text: str | None) -> int | None:
    """ "78w", "18 months", "78" as weeks. Raises OptionError."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d+)\s*(w|weeks?|m|months?|y|years?)?", text.strip(), re.IGNORECASE)
    if not found:
        raise OptionError(f"--within {text}: write weeks, such as 78w, or months, such as 18m")
    each = {"m": 52 / 12, "y": 52.0}.get((found[2] or "w")[0].lower(), 1.0)
    return round(int(found[1]) * each)
