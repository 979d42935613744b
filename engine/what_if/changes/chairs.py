"""A chair more, or chairs out of use."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from engine.practice import Booking, Chair, ChairBlock, ChairKind, Horizon, Id, Practice, Problem
from engine.problems import PracticeProblem
from engine.units import overlaps, to_minutes
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Times, taken, unknown, with_practice
from engine.yardsticks import stages_of


class ChairAdded(Times):
    """One more chair, `id`, on these dates and times.

    `like`: of the same kind, and a column of the same cells. Without it the chair has a
    `chair_kind` and no cells, so that it takes every class.
    """

    rank: ClassVar[int] = 1

    kind: Literal["chair_added"]
    id: Id
    like: Id | None = None
    chair_kind: ChairKind | None = None
    overflow: bool | None = None

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """An id in use, no chair to be like, no kind, dates, times."""
        chairs = asked.problem.chairs
        yield from taken("chair", self.id, chairs, where)
        if self.like is not None:
            yield from unknown("chair", (self.like,), tuple(chairs), where)
        elif self.chair_kind is None:
            yield fault(
                "no-kind",
                where,
                f"adds chair '{self.id}' with neither kind nor a chair to be like",
                "give chair_kind, or like with the id of a chair",
            )
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The chair, whenever that is."""
        for day in self.days(asked.horizon):
            yield Claim(f"chair {self.id}", day)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """The chair, blocked at all other times of the dates, in the cells of its model."""
        model = problem.chairs.get(self.like) if self.like is not None else None
        own = (self.chair_kind, model.kind if model else None)
        there = set(self.days(horizon))
        blocks = [
            block
            for day in horizon.dates
            for block in (self._around(day) if day in there else (ChairBlock(date=day),))
        ]
        chair = Chair(
            id=self.id,
            kind=next((kind for kind in own if kind is not None), ChairKind.CLINIC),
            overflow=self.overflow if self.overflow is not None else bool(model and model.overflow),
            blocks=tuple(blocks),
        )
        practice = problem.practice if model is None else _in_cells(problem.practice, self)
        return with_practice(
            problem, chairs=(*practice.chairs, chair), model_days=practice.model_days
        )

    def _around(self, day: dt.date) -> Iterator[ChairBlock]:
        if self.start is not None:
            yield ChairBlock(date=day, end=self.start)
        if self.end is not None:
            yield ChairBlock(date=day, start=self.end)


class ChairClosed(Times):
    """`chairs` are out of use. Their bookings keep their times and sit elsewhere if they can."""

    kind: Literal["chair_closed"]
    chairs: Annotated[tuple[Id, ...], Field(min_length=1)]

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown chairs, dates, times."""
        yield from unknown("chair", self.chairs, (*asked.problem.chairs, *asked.chairs), where)
        yield from self.day_faults(asked, where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """Each chair."""
        return self.day_claims(asked, tuple(f"chair {chair}" for chair in self.chairs))

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """Blocks of the chairs; what is booked in them is without a chair."""
        days = self.days(horizon)
        start, end = self.start, self.end
        blocks = tuple(ChairBlock(date=day, start=start, end=end) for day in days)
        chairs = tuple(
            chair.model_copy(update={"blocks": (*chair.blocks, *blocks)})
            if chair.id in self.chairs
            else chair
            for chair in problem.practice.chairs
        )
        bookings = tuple(
            booking.model_copy(update={"chair": None, "chair_locked": False})
            if booking.chair in self.chairs
            and booking.date in days
            and self._holds(problem, booking)
            else booking
            for booking in problem.bookings
        )
        changed = with_practice(problem, chairs=chairs)
        return changed.model_copy(update={"bookings": bookings})

    def _holds(self, problem: Problem, booking: Booking) -> bool:
        """Whether the booking is in its chair while that is out of use."""
        seated = [s for s in stages_of(problem, booking.visit) if s.chair_kind is not None]
        begin = to_minutes(booking.start)
        return bool(seated) and overlaps(
            (begin + seated[0].start, begin + seated[0].busy_until), self.span()
        )


def _in_cells(practice: Practice, added: ChairAdded) -> Practice:
    """The practice with the new chair as a column of its model's cells."""
    model_days = tuple(
        model_day.model_copy(
            update={
                "cells": tuple(
                    cell.model_copy(update={"columns": (*cell.columns, added.id)})
                    if added.like in cell.columns
                    else cell
                    for cell in model_day.cells
                )
            }
        )
        for model_day in practice.model_days
    )
    return practice.model_copy(update={"model_days": model_days})
