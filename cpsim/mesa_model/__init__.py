"""The model as Mesa agents: to look at, to teach with, to try another behaviour in plain Python.

The engine is for the many runs. Both call the same rules and give the same bits.
"""

from cpsim.mesa_model.agents import CommunityResource, Practitioner, ServiceUser, Task, Team
from cpsim.mesa_model.model import REPORTERS, CMHTModel
from cpsim.model.codes import Activity, Contact, Event, Gate, Mode, Stage, Use

__all__ = [
    "REPORTERS",
    "Activity",
    "CMHTModel",
    "CommunityResource",
    "Contact",
    "Event",
    "Gate",
    "Mode",
    "Practitioner",
    "ServiceUser",
    "Stage",
    "Task",
    "Team",
    "Use",
]
