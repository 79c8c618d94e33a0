"""The agents: each a live view of its row, whose methods are its part of the day.

A method calls the same compiled rule as the engine, so a subclass can replace one step of a day in plain Python and
leave the rest as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from mesa.agent import AgentSet

from cpsim.errors import UserError
from cpsim.mesa_model import doors
from cpsim.mesa_model.rows import Row
from cpsim.model import day
from cpsim.model.codes import STAGE_LABELS, Activity, Contact, Event, Mode, Payer, Stage
from cpsim.model.hours import arrivals, evening, living, morning, planning, windows, working
from cpsim.model.records import MEMBERSHIPS, PERSON, PLACE, PRACTITIONER, TASK, TEAM, World
from cpsim.scenario.tables import kinds, roles

if TYPE_CHECKING:
    from cpsim.mesa_model.model import CMHTModel


class RowAgent(mesa.Agent, Row):
    """A Mesa agent with a row in the World."""

    model: CMHTModel

    def __init__(self, model: CMHTModel, rows: np.ndarray, index: int) -> None:
        super().__init__(model)
        self.rows = rows
        self.index = index

    @property
    def world(self) -> World:
        """All rows of the model."""
        return self.model.world

    def remove(self) -> None:
        """Rows stay from the first day to the last, so no agent can be taken out."""
        raise UserError("agents of this model stay for the whole run: people who have left have another stage")


class ServiceUser(RowAgent, fields=PERSON, renamed={"step": "cp_step"}, codes={"stage": Stage}):
    """A person whom the team ever meets, from before the referral (stage NOT_YET) to after the discharge.

    `cp_step` is the step of Connecting People being worked on.
    """

    @property
    def stage_label(self) -> str:
        """The stage in plain words."""
        return STAGE_LABELS[self.stage]

    @property
    def is_on_caseload(self) -> bool:
        """Is the person on the team's caseload, in hospital or not?"""
        return bool(Stage.CRISIS <= self.row["stage"] <= Stage.HOSPITAL)

    @property
    def co_ordinator(self) -> Practitioner | None:
        """The care co-ordinator."""
        return self.model.practitioner_at(self.row["coordinator"])

    @property
    def cp_practitioner(self) -> Practitioner | None:
        """The practitioner who does CP with the person, or would."""
        return self.model.practitioner_at(self.row["cp_worker"])

    @property
    def resources(self) -> AgentSet:
        """Groups and places that the person belongs to."""
        first = self.index * MEMBERSHIPS
        rows = self.world.memberships["place"][first : first + MEMBERSHIPS]
        return self.model.chosen(self.model.resource_at, rows[rows >= 0])

    def live(self) -> int:
        """What today does to the person alone. Returns bits of Event: what it asks of others, seen to by `respond`."""
        events = self.pass_day()
        if events & Event.WEEK:
            events += self.pass_week() - Event.WEEK
        return events

    def pass_day(self) -> int:
        """A day: stage, leaving, relationship, what falls due. Returns bits of Event."""
        return doors.pass_day(self.world, self.index)

    def pass_week(self) -> int:
        """A week: memberships, ties, scores. Returns Event.TRIES when the person tries for a new connection."""
        return doors.pass_week(self.world, self.index)

    def respond(self, events: int) -> None:
        """See to what the person's day asks of others."""
        window, after = Event.WINDOW, Event.TRIES
        living.respond(self.world, self.index, events & ~(window | after))
        if events & Event.LEAVES:
            return
        if events & window:
            windows.close_window(self.world, self.index)
            self.open_window()
        if events & after:
            living.respond(self.world, self.index, events & after)

    def open_window(self) -> None:
        """A window of 28 days begins, if one does: a practitioner thinks about CP, and books visits or not."""
        row = windows.who_considers(self.world, self.index)
        thinks = self.model.practitioner_at(row)
        if thinks is not None:
            windows.begin_window(self.world, self.index, int(thinks.consider_cp(self)))


class Practitioner(RowAgent, fields=PRACTITIONER, codes={"payer": Payer}):
    """A post of the team and whoever is in it."""

    @property
    def role_label(self) -> str:
        """The role in plain words."""
        return roles()[self.row["role"]].name

    @property
    def caseload_people(self) -> AgentSet:
        """People whose care co-ordinator this is."""
        people = self.world.people["coordinator"] == self.index
        return self.model.chosen(self.model.user_at, np.flatnonzero(people))

    @property
    def tasks(self) -> list[Task]:
        """Today's list, in its order."""
        found = []
        row = self.row["first_task"]
        while row >= 0:
            found.append(Task(self.model, int(row)))
            row = self.world.tasks["next"][row]
        return found

    def begin_day(self) -> None:
        """Who is in post, whether they are here, and what the day leaves for people."""
        morning.morning(self.world, self.index)

    def work(self) -> None:
        """Go through today's list."""
        for task in self.tasks:
            self.perform(task)
        self.planned = 0.0

    def perform(self, task: Task) -> None:
        """Do one task, as far as there is time."""
        if task.kind == Activity.ASSESSMENT:
            doors.assess(self.world, task.index)
        elif task.kind == Activity.REVIEW:
            doors.review(self.world, task.index)
        else:
            user = task.user
            ended, where, minutes, luck = self.meet(user, task)
            if ended == Contact.HELD and user.stage != Stage.CRISIS:
                used = self.use_spare_time(user, task, where, minutes, luck)
                if used:
                    working.follow_up(self.world, user.index, int(used))

    def meet(self, user: ServiceUser, task: Task) -> tuple[Contact, Mode, float, float]:
        """Try to hold the contact. Returns how it ended, where, its minutes, and the luck (0-1) of its agenda."""
        return doors.meet(self.world, task.index)

    def use_spare_time(self, user: ServiceUser, task: Task, where: Mode, minutes: float, luck: float) -> int:
        """Use the time that the contact's agenda leaves: CP, ordinary support or nothing. Returns bits of Use."""
        return doors.use_spare_time(self.world, task.index, Mode(where), float(minutes), float(luck))

    def consider_cp(self, user: ServiceUser) -> int:
        """Think about CP with the person as a window opens. Returns bits of the gates in the way, `1 << Gate.MONEY`."""
        return windows.consider_cp(self.world, user.index, self.index)


class CommunityResource(RowAgent, fields=PLACE, renamed={"members": "member_count"}):
    """A group, class or place of the town that people can join."""

    @property
    def kind_label(self) -> str:
        """The kind in plain words."""
        return kinds()[self.row["kind"]]

    @property
    def members(self) -> AgentSet:
        """Service users who belong to it."""
        rows = np.flatnonzero(self.world.memberships["place"] == self.index) // MEMBERSHIPS
        return self.model.chosen(self.model.user_at, rows)


class Team(RowAgent, fields=TEAM):
    """The team as a whole: its calendar, its shared work, its account."""

    def open_day(self) -> None:
        """The calendar moves on by a day."""
        day.open_day(self.world)

    def receive(self) -> None:
        """Referrals, people who come back, and allocation from the waiting list."""
        arrivals.receive(self.world)

    def plan(self) -> None:
        """Write everybody's list for today; shared work finds somebody with time."""
        planning.plan(self.world)

    def close_day(self) -> None:
        """Work with local groups, what is left over, pressure, the week's line."""
        evening.close_day(self.world)


class Task(Row, fields=TASK, codes={"kind": Activity}):
    """One line of a practitioner's list for today: not an agent, gone tomorrow."""

    def __init__(self, model: CMHTModel, index: int) -> None:
        self.model = model
        self.rows = model.world.tasks
        self.index = index

    @property
    def user(self) -> ServiceUser:
        """The person it is about."""
        return self.model.user_at(self.row["person"])

    @property
    def practitioner(self) -> Practitioner | None:
        """Whose list it is on."""
        return self.model.practitioner_at(self.row["worker"])
