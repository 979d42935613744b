"""People out, added, or trained for more."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from engine.practice import (
    WEEKDAYS,
    BlockKind,
    Horizon,
    Id,
    Practice,
    Problem,
    Role,
    Shift,
    StaffBlock,
    StaffMember,
)
from engine.practice.calendar import open_intervals
from engine.problems import PracticeProblem
from engine.units import to_clock
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, Times, taken, unknown, with_practice

People = Annotated[tuple[Id, ...], Field(min_length=1)]


class StaffOut(Times):
    """`staff` are out of the office."""

    kind: Literal["staff_out"]
    staff: People

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown people, dates, times."""
        yield from unknown("staff", self.staff, (*asked.problem.staff, *asked.staff), where)
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """Where each of them is."""
        return self.day_claims(asked, presence_of(self.staff))

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """A block of time away."""
        block = StaffBlock(
            kind=BlockKind.VACATION,
            staff=self.staff,
            dates=self.days(horizon),
            start=self.start,
            end=self.end,
        )
        return with_practice(problem, staff_blocks=(*problem.practice.staff_blocks, block))


class StaffAdded(Times):
    """One more person, `id`, on these dates: like somebody who is there, or with a `role`.

    `like`: role, skills, shifts and lunch of that person unless given here. Without it the shift is
    from `start` to `end`, else as long as the practice is open.
    """

    rank: ClassVar[int] = 1

    kind: Literal["staff_added"]
    id: Id
    role: Role | None = None
    skills: tuple[Id, ...] | None = None
    like: Id | None = None

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """An id in use, nobody to be like, no role, skills that nothing asks for, dates, times."""
        problem = asked.problem
        yield from taken("staff", self.id, problem.staff, where)
        if self.like is not None:
            yield from unknown("staff", (self.like,), tuple(problem.staff), where)
        elif self.role is None:
            yield fault(
                "no-role",
                where,
                f"adds '{self.id}' with neither role nor a person to be like",
                "give role, or like with the id of somebody",
            )
        yield from unknown("skill", self.skills or (), skills_of(problem.practice), where)
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The person, whenever that is: added once, and nothing else decided about it."""
        for day in self.days(asked.horizon):
            yield Claim(f"the presence of {self.id}", day)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """A member of the staff, with the model's lunch."""
        practice = problem.practice
        model = problem.staff.get(self.like) if self.like is not None else None
        role = self.role or (model.role if model is not None else Role.ASSISTANT)
        skills = self.skills if self.skills is not None else (model.skills if model else ())
        shifts = tuple(
            shift for day in self.days(horizon) for shift in self._shifts(practice, model, day)
        )
        person = StaffMember(id=self.id, role=role, skills=skills, shifts=shifts)
        blocks = tuple(
            block.model_copy(update={"staff": (*block.staff, self.id)})
            if block.kind is BlockKind.LUNCH and self.like in block.staff
            else block
            for block in practice.staff_blocks
        )
        return with_practice(problem, staff=(*practice.staff, person), staff_blocks=blocks)

    def _shifts(
        self, practice: Practice, model: StaffMember | None, day: dt.date
    ) -> Iterator[Shift]:
        if model is not None and self.start is None and self.end is None:
            yield from shifts_on(model, day)
            return
        hours = open_intervals(practice, day)
        if hours:
            yield Shift(
                date=day,
                start=self.start or to_clock(hours[0][0]),
                end=self.end or to_clock(hours[-1][1]),
            )


class SkillAdded(Change):
    """`staff` also have these `skills`."""

    kind: Literal["skill_added"]
    staff: People
    skills: Annotated[tuple[Id, ...], Field(min_length=1)]

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown people, and skills that nothing asks for."""
        yield from unknown("staff", self.staff, (*asked.problem.staff, *asked.staff), where)
        yield from unknown("skill", self.skills, skills_of(asked.problem.practice), where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """Each skill of each of them."""
        return (Claim(f"skill {s} of {who}") for who in self.staff for s in self.skills)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """The same people, with more skills."""
        people = tuple(
            person.model_copy(
                update={"skills": tuple(dict.fromkeys((*person.skills, *self.skills)))}
            )
            if person.id in self.staff
            else person
            for person in problem.practice.staff
        )
        return with_practice(problem, staff=people)


def presence_of(people: tuple[str, ...]) -> tuple[str, ...]:
    """What is claimed by whoever says where these people are."""
    return tuple(f"the presence of {person}" for person in people)


def skills_of(practice: Practice) -> tuple[str, ...]:
    """Skills that a stage asks for or somebody has."""
    stages = [stage for procedure in practice.procedures for stage in procedure.stages]
    asked = [stage.skill for stage in stages if stage.skill is not None]
    return tuple(dict.fromkeys((*asked, *(s for p in practice.staff for s in p.skills))))


def shifts_on(person: StaffMember, day: dt.date) -> tuple[Shift, ...]:
    """The shifts of a person on a date, written for that date: dated ones replace weekly ones."""
    dated = [shift for shift in person.shifts if shift.date == day]
    weekly = [shift for shift in person.shifts if shift.weekday is WEEKDAYS[day.weekday()]]
    return tuple(Shift(date=day, start=one.start, end=one.end) for one in dated or weekly)
