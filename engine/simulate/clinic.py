"""The practice as it stands at a moment: patients, the book, and the visits that wait."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace

from engine.practice import Practice, Problem, Purpose, Visit
from engine.schedule import Placement
from engine.simulate.behaviour import Behaviour, Latent, Occasion, Outcome, latent_of
from engine.simulate.care_path import Mix
from engine.simulate.log import Log
from engine.simulate.patients import Person, Stage
from engine.simulate.settings import YearSettings
from engine.simulate.streams import Streams
from engine.units import to_minutes


def monday_of(problem: Problem, week: int) -> dt.date:
    """Monday of a week of the year; week 0 is the one in which the question is asked."""
    today = problem.as_of.date()
    return today + dt.timedelta(days=7 * week - today.weekday())


@dataclass(slots=True)
class Waiting:
    """A visit without a time. `attempt` counts the times that it was missed or cancelled."""

    visit: Visit
    attempt: int = 0


@dataclass(slots=True)
class Booked:
    """A visit in the book. `by`: who gave it its time (given, checkout, desk, fill).

    `chance_of_miss`: as its week was filled (None: no fill has seen it at this time).
    """

    visit: Visit
    placement: Placement
    booked_on: dt.date
    by: str
    attempt: int = 0
    chance_of_miss: float | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A visit without a time of which it is known that it would not be kept on `day`."""

    visit: Visit
    attempt: int
    day: dt.date
    outcome: Outcome


@dataclass
class Clinic:
    """Everything that changes during the year, and what it is made of."""

    problem: Problem
    settings: YearSettings
    streams: Streams
    behaviour: Behaviour
    steps: dict[str, Mix]
    people: dict[str, Person] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    book: dict[str, Booked] = field(default_factory=dict)
    to_book: list[Visit] = field(default_factory=list)
    """Next visits of this week's patients, in the order in which they stand at the desk."""
    foreseen: dict[str, Foreseen] = field(default_factory=dict)
    """Visits that a policy with foresight has no time held for, until their day."""
    log: Log = field(default_factory=Log)
    _open: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Open visits by patient, in the order in which they came up."""

    @property
    def practice(self) -> Practice:
        """Rooms, people, hours, procedures."""
        return self.problem.practice

    def monday(self, week: int) -> dt.date:
        """Weeks count from that of `as_of`, which is week 0."""
        return monday_of(self.problem, week)

    def purpose(self, visit: Visit) -> Purpose:
        """What the visit is for."""
        return self.problem.procedures[visit.procedure].purpose

    def wait(self, visit: Visit, attempt: int = 0) -> None:
        """Put a visit on the list."""
        self.waiting[visit.id] = Waiting(visit, attempt)
        self._open[visit.patient][visit.id] = None

    def at_desk(self, visit: Visit | None) -> None:
        """The patient asks for the next time at checkout; None: there is no next visit."""
        if visit is None:
            return
        self.to_book.append(visit)
        self._open[visit.patient][visit.id] = None

    def enter(self, booked: Booked) -> None:
        """Write a visit into the book."""
        self.waiting.pop(booked.visit.id, None)
        self.book[booked.visit.id] = booked
        self._open[booked.visit.patient][booked.visit.id] = None

    def postpone(self, visit: str, earliest: dt.date) -> None:
        """A visit without a time may come from this date on."""
        update = {"earliest": earliest}
        if visit in self.waiting:
            waiting = self.waiting[visit]
            waiting.visit = waiting.visit.model_copy(update=update)
        elif visit in self.foreseen:
            known = self.foreseen[visit]
            later = known.visit.model_copy(update=update)
            self.foreseen[visit] = replace(known, visit=later)

    def take_out(self, visit: str) -> None:
        """Neither in the book nor on the list; whoever calls this puts it elsewhere."""
        self.waiting.pop(visit, None)
        self.book.pop(visit, None)
        self.foreseen.pop(visit, None)

    def close(self, visit: str, patient: str) -> None:
        """A visit is over, or nobody needs it any more."""
        self.take_out(visit)
        self.to_book = [other for other in self.to_book if other.id != visit]
        self._open[patient].pop(visit, None)

    def close_all(self, patient: str, but: tuple[Visit, ...] = ()) -> None:
        """Nobody needs the open visits of this patient any more, but for these."""
        for visit in self.open_visits(patient):
            if visit not in but:
                self.close(visit.id, patient)

    def open_visits(self, patient: str) -> tuple[Visit, ...]:
        """Visits of a patient that are booked, wait, are foreseen, or stand at the desk."""
        desk = {visit.id: visit for visit in self.to_book if visit.patient == patient}
        found = []
        for name in self._open[patient]:
            if name in self.book:
                found.append(self.book[name].visit)
            elif name in self.waiting:
                found.append(self.waiting[name].visit)
            elif name in self.foreseen:
                found.append(self.foreseen[name].visit)
            else:
                found.append(desk[name])
        return tuple(found)

    def is_open(self, patient: str, visit: str) -> bool:
        """True until the visit is over."""
        return visit in self._open[patient]

    def booked_on(self, day: dt.date) -> list[Booked]:
        """The book of a date, in the order of the day."""
        entries = [entry for entry in self.book.values() if entry.placement.date == day]
        return sorted(entries, key=lambda entry: (entry.placement.start, entry.visit.id))

    def outcome_at(
        self, visit: Visit, attempt: int, day: dt.date, minute: int, booked_on: dt.date
    ) -> tuple[Outcome, Latent]:
        """What becomes of this attempt at a visit if it has this time; the truth, kept secret."""
        person = self.people[visit.patient]
        # A plan outlives the debond, but months count only while the treatment is under way.
        plan = person.plan if person.stage is Stage.ACTIVE else None
        started = day if plan is None else plan.started
        occasion = Occasion(
            purpose=self.purpose(visit),
            age=person.age,
            account=person.account,
            months_in_treatment=(day - started).days / 30.4,
            lead_days=(day - booked_on).days,
            day=day,
            minute=minute,
        )
        latent = latent_of(self.streams, visit.id, attempt)
        return self.behaviour.outcome(person.frailty, occasion, latent), latent

    def outcome_of(self, booked: Booked) -> tuple[Outcome, Latent]:
        """What becomes of a visit in the book."""
        placed = booked.placement
        start = to_minutes(placed.start)
        return self.outcome_at(booked.visit, booked.attempt, placed.date, start, booked.booked_on)
