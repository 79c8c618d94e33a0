"""A team as a queue, in SimPy: written from the model in words and not from the code it is held against (V29).

People are due for a contact so many days after the last; practitioners have so many minutes on weekdays and work
through their day contact by contact; what does not fit is put off. Crises come first and find whoever has time, then
assessments, then people stabilising, then planned contacts. Life goes on in continuous time, and so do referrals:
nothing here is a daily chance. Nothing feeds back: late contact brings no crisis on.

The words did not say three things, which the first comparison brought out; since then `docs/model.md` says them.
Crises and assessments are given out once, in the morning: minutes that a missed crisis visit sets free go to the
practitioner's own list. Who is newly taken on is due for a first contact that day, like somebody last seen a whole
interval before the day of the assessment.
Equals are taken by lot: who always takes the first gives one practitioner all assessments, and contacts are put off
a third less often.
"""

import math
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import simpy

RECOVERY, STABILISING, CRISIS, ASSESSMENT = "recovery", "stabilising", "crisis", "assessment"
OPENS = 0.99  # of a day: whatever happens on a day is known to those who plan it
MINUTE = 1e-6  # of a day, so that the working day ends before midnight
LOAD = {CRISIS: 6, STABILISING: 3, RECOVERY: 1}
NEVER = math.inf


@dataclass(frozen=True)
class Service:
    """What the team is. Minutes, days and chances; NEVER where a thing does not happen."""

    practitioners: int
    people: int = 0  # who stay
    day_minutes: float = 450
    contact_minutes: float = 56
    crisis_minutes: float = 75
    notes_minutes: float = 20
    interval: dict = field(default_factory=lambda: {RECOVERY: 28, STABILISING: 7, CRISIS: 2.8})
    missed: float = 0.0
    rebook_days: float = 7
    relapse_days: float = NEVER  # mean time in recovery; relapse while stabilising is twice as fast
    crisis_days: float = NEVER
    stabilising_days: float = NEVER
    referrals_a_day: float = 0.0
    accepted: float = 1.0
    assessment_minutes: float = 180
    sitting_minutes: float = 90
    stay_days: float = NEVER  # on the caseload
    cap: float = NEVER  # people


@dataclass(eq=False)
class Person:
    """Somebody on the caseload, waiting or being assessed."""

    referred: int = 0  # day
    owed: float = 0.0  # minutes of assessment
    stage: str = RECOVERY
    seen: float = -NEVER  # day of the last contact
    not_before: float = 0.0  # day on which a missed contact is tried again
    practitioner: int | None = None

    def due(self, service, today):
        return today - self.seen >= service.interval[self.stage] and today >= self.not_before


class Team:
    """One run. `counted` holds sums from the end of warm-up on."""

    def __init__(self, service, seed):
        self.service, self.luck, self.env = service, np.random.default_rng(seed), simpy.Environment()
        self.caseload, self.assessing, self.waiting, self.counted = [], [], [], Counter()
        for _ in range(service.people):
            stage = self.long_run_stage() if service.relapse_days < NEVER else RECOVERY
            self.allocate(Person(stage=stage, seen=-float(self.luck.integers(0, service.interval[stage]))))
        self.env.process(self.referrals())
        self.env.process(self.office())

    def run(self, days, warm_up):
        self.env.run(until=warm_up)
        self.counted.clear()
        self.env.run(until=warm_up + days)
        return self.counted

    @property
    def today(self):
        return int(self.env.now)

    # ------------------------------------------------------------ people's lives
    def after(self, mean):
        return self.env.timeout(self.luck.exponential(mean))

    def long_run_stage(self):
        """A stage at random, as often as people are in it: spells begun times their mean length.

        Stabilising ends in recovery or in another crisis, so there are several crises to one spell of recovery.
        """
        service = self.service
        settles, relapses = 1 / service.stabilising_days, 2 / service.relapse_days
        crises = (settles + relapses) / settles
        time = [service.relapse_days, crises * service.crisis_days, crises / (settles + relapses)]
        return str(self.luck.choice([RECOVERY, CRISIS, STABILISING], p=np.divide(time, sum(time))))

    def life(self, person):
        """Recovery, crisis, stabilising, recovery or another crisis; each stage as long as its exponential says."""
        service = self.service
        while True:
            if person.stage == RECOVERY:
                yield self.after(service.relapse_days)
                person.stage = CRISIS
            elif person.stage == CRISIS:
                yield self.after(service.crisis_days)
                person.stage = STABILISING
            else:
                settles, relapses = 1 / service.stabilising_days, 2 / service.relapse_days
                yield self.after(1 / (settles + relapses))
                person.stage = CRISIS if self.luck.random() < relapses / (settles + relapses) else RECOVERY
            if person.stage == CRISIS:
                self.counted["crises"] += 1
                person.not_before = 0.0

    def stay(self, person):
        """Nobody leaves in a crisis."""
        yield self.after(self.service.stay_days)
        while person.stage == CRISIS:
            yield self.after(self.service.stay_days)
        self.caseload.remove(person)

    def referrals(self):
        while self.service.referrals_a_day:
            yield self.after(1 / self.service.referrals_a_day)
            self.counted["referred"] += 1
            self.assessing.append(Person(referred=self.today, owed=self.service.assessment_minutes))

    # ------------------------------------------------------------ the office
    def office(self):
        """A working day: places are given, the lists are made, everybody works through theirs; the day is counted."""
        yield self.env.timeout(OPENS)
        while True:
            if self.today % 7 < 5:
                self.give_places()
                lists = self.morning_meeting()
                yield self.env.all_of([self.env.process(self.work(k, tasks)) for k, tasks in enumerate(lists)])
            self.count_the_day()
            yield self.env.timeout(self.today + 1 + OPENS - self.env.now)

    def give_places(self):
        """First come, first served."""
        while self.waiting and len(self.caseload) < self.service.cap:
            person = self.waiting.pop(0)
            self.counted["taken_on"] += 1
            self.counted["days_waited"] += self.today - person.referred
            person.seen = (
                self.today - 1 - math.ceil(self.service.interval[RECOVERY])
            )  # due at once, and late if put off
            self.allocate(person)

    def allocate(self, person):
        """The practitioner with the lightest load takes the next; people in crisis weigh more."""
        loads = [0.0] * self.service.practitioners
        for other in self.caseload:
            loads[other.practitioner] += LOAD[other.stage]
        person.practitioner = self.least(loads)
        self.caseload.append(person)
        if self.service.stay_days < NEVER:
            self.env.process(self.stay(person))
        if self.service.relapse_days < NEVER:
            self.env.process(self.life(person))

    def morning_meeting(self):
        """Everybody's list. Crises and assessments are shared out first, to people with the time for them.

        A crisis goes to the person's own practitioner where that can be.
        """
        service = self.service
        promised, lists = [0.0] * service.practitioners, [[] for _ in range(service.practitioners)]
        for person in self.by_urgency(CRISIS):
            k = person.practitioner
            if promised[k] + self.length(CRISIS) > service.day_minutes:
                k = self.least(promised)
            self.promise(person, CRISIS, self.length(CRISIS), k, promised, lists)
        for person in self.assessing:
            sitting = min(person.owed, service.sitting_minutes)
            self.promise(person, ASSESSMENT, sitting, self.least(promised), promised, lists)
        for stage in (STABILISING, RECOVERY):
            for person in self.by_urgency(stage):
                lists[person.practitioner].append((stage, person))
        return lists

    def by_urgency(self, stage):
        """People in this stage whose contact is due, the longest overdue first; equals by lot."""
        due = [person for person in self.caseload if person.stage == stage and person.due(self.service, self.today)]
        return sorted(due, key=lambda person: (person.seen, self.luck.random()))

    def least(self, loads):
        """Whose is least; equals by lot."""
        return min(range(len(loads)), key=lambda k: (loads[k], self.luck.random()))

    def promise(self, person, what, minutes, k, promised, lists):
        if promised[k] + minutes <= self.service.day_minutes:
            promised[k] += minutes
            lists[k].append((what, person))
        elif what != ASSESSMENT:
            self.counted["put_off"] += 1

    def work(self, k, tasks):
        """One practitioner's day: what no longer fits is put off, and something shorter may still fit."""
        left = self.service.day_minutes
        self.counted["minutes"] += left
        for what, person in tasks:
            spent = self.assess(person) if what == ASSESSMENT else self.meet(person, what, left)
            left -= spent
            self.counted["used"] += spent
            yield self.env.timeout(spent * MINUTE)

    def assess(self, person):
        """One sitting; at the end of the last the person is accepted or not. Returns minutes."""
        sitting = min(person.owed, self.service.sitting_minutes)
        person.owed -= sitting
        if person.owed <= 0:
            self.assessing.remove(person)
            if self.luck.random() < self.service.accepted:
                self.waiting.append(person)
        return sitting

    def meet(self, person, stage, left):
        """Is there time? Only then: is the person seen? Returns minutes; at the base a missed contact costs none."""
        if left < self.length(stage):
            self.counted["put_off"] += 1
            return 0.0
        if self.luck.random() < self.service.missed:
            self.counted["missed"] += 1
            person.not_before = self.today + (1 if stage == CRISIS else self.service.rebook_days)
            return 0.0
        self.counted[f"held_{stage}"] += 1
        person.seen = self.today
        return self.length(stage)

    def length(self, stage):
        face_to_face = self.service.crisis_minutes if stage == CRISIS else self.service.contact_minutes
        return face_to_face + self.service.notes_minutes

    def count_the_day(self):
        self.counted["days"] += 1
        self.counted["waiting"] += len(self.waiting) + len(self.assessing)
        for person in self.caseload:
            self.counted[f"days_{person.stage}"] += 1
            if person.stage == RECOVERY:
                self.counted["late"] += self.today - person.seen > self.service.interval[RECOVERY]
