"""A plain Mesa model of a community mental health team: contacts, stages and capacity only.

The reference for speed. It is written as a good Mesa user would write it: agents with Python attributes,
`self.random`, agents activated through AgentSets, a DataCollector. It knows nothing of cpsim, and leaves out what cpsim
has beyond this: place, travel, Connecting People, connections, outcomes, costs, ledgers.

    python -m bench.plain_mesa
"""

import time
from enum import Enum, auto
from functools import partial
from statistics import fmean

import mesa

MINUTES_A_DAY = 270  # of contact time, after meetings, records and travel
ABSENT = 0.15  # chance of leave or sickness on a working day


class Stage(Enum):
    CRISIS = auto()
    STABILISING = auto()
    RECOVERY = auto()


# Days between planned contacts, minutes of one, and the chance a day of moving on to the stage named.
INTERVAL = {Stage.CRISIS: 2, Stage.STABILISING: 7, Stage.RECOVERY: 21}
MINUTES = {Stage.CRISIS: 75, Stage.STABILISING: 60, Stage.RECOVERY: 60}
SETTLES = {Stage.CRISIS: (1 / 20, Stage.STABILISING), Stage.STABILISING: (1 / 60, Stage.RECOVERY)}
RELAPSE = {Stage.STABILISING: 1 / 200, Stage.RECOVERY: 1 / 500}
LATE_RELAPSE = 0.5  # how much more likely a relapse is when contact is an interval late
MISSED = 0.12  # chance that a person is not seen at a planned contact
LEAVES = 1 / 700  # chance a day of discharge from recovery; somebody new takes the place


class ServiceUser(mesa.Agent):
    """A person on the caseload."""

    def __init__(self, model, practitioner):
        super().__init__(model)
        self.practitioner = practitioner
        practitioner.caseload.append(self)
        self.severity = self.random.lognormvariate(0, 0.3)
        self.stage = self.random.choices(list(Stage), weights=[4, 16, 80])[0]
        self.days_since_contact = self.random.randrange(INTERVAL[self.stage])

    @property
    def days_late(self):
        return self.days_since_contact - INTERVAL[self.stage]

    def live(self):
        """A day: relapse, settle or stay."""
        self.days_since_contact += 1
        luck = self.random.random()
        if self.stage is not Stage.CRISIS:
            late = min(1.0, max(0.0, self.days_late / INTERVAL[self.stage]))
            relapse = RELAPSE[self.stage] * self.severity * (1 + LATE_RELAPSE * late)
            if luck < relapse:
                self.stage = Stage.CRISIS
                self.model.crises += 1
                return
            luck -= relapse
        if self.stage in SETTLES:
            chance, after = SETTLES[self.stage]
            if luck < chance:
                self.stage = after
        elif luck < LEAVES:
            self.leave()

    def leave(self):
        """Discharged; the next person from the list takes the place on the caseload."""
        self.practitioner.caseload.remove(self)
        self.remove()
        ServiceUser(self.model, min(self.model.practitioners, key=lambda worker: len(worker.caseload)))


class Practitioner(mesa.Agent):
    """A care co-ordinator with minutes in the day and people to see."""

    def __init__(self, model):
        super().__init__(model)
        self.caseload = []
        self.minutes_left = 0

    def work(self):
        """See whoever is due, people in crisis first, then the longest overdue, while there is time."""
        if self.random.random() < ABSENT:
            return
        self.minutes_left = MINUTES_A_DAY
        due = [person for person in self.caseload if person.days_late >= 0]
        due.sort(key=lambda person: (person.stage is not Stage.CRISIS, -person.days_late))
        for person in due:
            self.see(person)

    def see(self, person):
        minutes = MINUTES[person.stage]
        if self.minutes_left < minutes:
            self.model.put_off += 1
        elif person.stage is not Stage.CRISIS and self.random.random() < MISSED:
            self.model.not_seen += 1
        else:
            self.minutes_left -= minutes
            person.days_since_contact = 0
            self.model.held += 1


def number_in(model, stage):
    return sum(1 for person in model.agents_by_type[ServiceUser] if person.stage is stage)


def mean_days_since_contact(model):
    return model.agents_by_type[ServiceUser].agg("days_since_contact", fmean)


class PlainTeam(mesa.Model):
    """One team; a step is a calendar day."""

    def __init__(self, people=280, practitioners=10, seed=None):
        super().__init__(seed=seed)
        self.held = self.not_seen = self.put_off = self.crises = 0
        Practitioner.create_agents(self, practitioners)
        self.practitioners = self.agents_by_type[Practitioner]
        for number in range(people):
            ServiceUser(self, self.practitioners[number % practitioners])
        counts = {name: name for name in ("held", "not_seen", "put_off", "crises")}
        stages = {stage.name.lower(): partial(number_in, stage=stage) for stage in Stage}
        self.datacollector = mesa.DataCollector(counts | stages | {"days_since_contact": mean_days_since_contact})

    def step(self):
        self.agents_by_type[ServiceUser].shuffle_do("live")
        if self.steps % 7 not in (6, 0):  # Mesa counts steps from 1, a Monday
            self.practitioners.shuffle_do("work")
        self.datacollector.collect(self)


def seconds_per_person_day(people=280, practitioners=10, days=364, seed=1):
    """Seconds of one service-user-day, building the team not counted."""
    model = PlainTeam(people, practitioners, seed=seed)
    begun = time.perf_counter()
    for _ in range(days):
        model.step()
    return (time.perf_counter() - begun) / (people * days)


if __name__ == "__main__":
    print(f"{seconds_per_person_day() * 1e9:.0f} ns per service-user-day")
