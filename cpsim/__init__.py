"""cpsim: an agent-based simulation of community mental health teams and Connecting People.

    import cpsim
    result = cpsim.run(cpsim.load("cmht"), replications=100, seed=1)
    print(result.in_words())

Names are loaded when first used, so that `import cpsim` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpsim.comparison.twins import Twins as Twins
    from cpsim.comparison.twins import twins as twins
    from cpsim.engine.run import run as run
    from cpsim.errors import CpsimError as CpsimError
    from cpsim.errors import UserError as UserError
    from cpsim.experiments.across import across as across
    from cpsim.experiments.barriers import barriers as barriers
    from cpsim.experiments.compare import compare as compare
    from cpsim.experiments.counterfactuals import counterfactuals as counterfactuals
    from cpsim.experiments.difference import difference as difference
    from cpsim.experiments.discover import discover as discover
    from cpsim.experiments.over_set import over_set as over_set
    from cpsim.experiments.pilot import pilot as pilot
    from cpsim.experiments.plan import plan as plan
    from cpsim.experiments.same_money import same_money as same_money
    from cpsim.experiments.sensitivity import sensitivity as sensitivity
    from cpsim.experiments.structure import structure as structure
    from cpsim.experiments.sweep import sweep as sweep
    from cpsim.experiments.trial import trial as trial
    from cpsim.experiments.uncertainty import uncertainty as uncertainty
    from cpsim.mesa_model.model import CMHTModel as CMHTModel
    from cpsim.observation.observe import observe as observe
    from cpsim.observation.observe import run_study as run_study
    from cpsim.outputs.run_result import RunResult as RunResult
    from cpsim.scenario.load import Scenario as Scenario
    from cpsim.scenario.load import from_document as from_document
    from cpsim.scenario.load import load as load
    from cpsim.scenario.load import shipped_scenarios as shipped_scenarios
    from cpsim.stories.day_sheet import day_sheet as day_sheet
    from cpsim.stories.story import story as story
    from cpsim.stories.telling import telling_people as telling_people
    from cpsim.validation.fitting import calibrate as calibrate

_HOMES = {
    "run": "cpsim.engine.run",
    "twins": "cpsim.comparison.twins",
    "Twins": "cpsim.comparison.twins",
    "across": "cpsim.experiments.across",
    "compare": "cpsim.experiments.compare",
    "sweep": "cpsim.experiments.sweep",
    "structure": "cpsim.experiments.structure",
    "difference": "cpsim.experiments.difference",
    "counterfactuals": "cpsim.experiments.counterfactuals",
    "same_money": "cpsim.experiments.same_money",
    "barriers": "cpsim.experiments.barriers",
    "observe": "cpsim.observation.observe",
    "run_study": "cpsim.observation.observe",
    "sensitivity": "cpsim.experiments.sensitivity",
    "discover": "cpsim.experiments.discover",
    "plan": "cpsim.experiments.plan",
    "load": "cpsim.scenario.load",
    "from_document": "cpsim.scenario.load",
    "shipped_scenarios": "cpsim.scenario.load",
    "Scenario": "cpsim.scenario.load",
    "RunResult": "cpsim.outputs.run_result",
    "calibrate": "cpsim.validation.fitting",
    "over_set": "cpsim.experiments.over_set",
    "trial": "cpsim.experiments.trial",
    "pilot": "cpsim.experiments.pilot",
    "story": "cpsim.stories.story",
    "day_sheet": "cpsim.stories.day_sheet",
    "telling_people": "cpsim.stories.telling",
    "uncertainty": "cpsim.experiments.uncertainty",
    "CMHTModel": "cpsim.mesa_model.model",
    "CpsimError": "cpsim.errors",
    "UserError": "cpsim.errors",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cpsim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
