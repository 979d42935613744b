"""A doctor absent, and vacations that empty booked days."""

from collections.abc import Iterator
from typing import Literal

from engine.practice import BlockKind, Closure, Horizon, Id, Problem, StaffBlock
from engine.problems import PracticeProblem
from engine.what_if.asked import Asked, Claim
from engine.what_if.changes.change import Days, Times, unknown, with_practice
from engine.what_if.changes.dated_hours import HOURS
from engine.what_if.changes.staff import presence_of


class DoctorAbsent(Times):
    """An assistant-only day: no doctor, or not these `doctors`, sees patients.

    `in_office`: the doctor is in the building, so that visits under direct supervision go on.
    """

    kind: Literal["doctor_absent"]
    doctors: tuple[Id, ...] = ()
    in_office: bool = False

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Who is no doctor, dates, times."""
        known = [doctor.id for doctor in asked.problem.doctors]
        yield from unknown("doctor", self.doctors, known, where)
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """Where the doctors are."""
        return self.day_claims(asked, presence_of(self._who(asked.problem)))

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """A block of time away; inside the building it counts as admin time."""
        block = StaffBlock(
            kind=BlockKind.ADMIN if self.in_office else BlockKind.VACATION,
            staff=self._who(problem),
            dates=self.days(horizon),
            start=self.start,
            end=self.end,
        )
        return with_practice(problem, staff_blocks=(*problem.practice.staff_blocks, block))

    def _who(self, problem: Problem) -> tuple[str, ...]:
        return self.doctors or tuple(doctor.id for doctor in problem.doctors)


class Vacation(Days):
    """`staff` are on vacation, all day; nobody named: the office is closed."""

    kind: Literal["vacation"]
    staff: tuple[Id, ...] = ()

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown people, dates."""
        yield from unknown("staff", self.staff, (*asked.problem.staff, *asked.staff), where)
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """Where they are; for the whole office the patient hours."""
        whats = presence_of(self.staff) if self.staff else (HOURS,)
        return self.day_claims(asked, whats)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """A block of time away, or closures."""
        practice, days = problem.practice, self.days(horizon)
        if not self.staff:
            closed = tuple(Closure(date=day, reason="vacation") for day in days)
            return with_practice(problem, closures=(*practice.closures, *closed))
        block = StaffBlock(kind=BlockKind.VACATION, staff=self.staff, dates=days)
        return with_practice(problem, staff_blocks=(*practice.staff_blocks, block))
