"""Procedures with new patterns, while bookings may keep what was booked."""

from typing import Annotated

from pydantic import Field

from engine.practice import Id, Problem, Procedure
from engine.what_if.changes.change import with_practice

BOOKED = "~booked"
"""Ends the code of what a procedure was, for bookings that keep what was booked."""

PATTERN = "the pattern of"
"""What is claimed by whoever changes a procedure: one change would not know the other's result."""

Codes = Annotated[tuple[Id, ...], Field(min_length=1)]


def with_procedures(problem: Problem, new: dict[str, Procedure], booked_too: bool) -> Problem:
    """The practice with new procedures; unless `booked_too`, bookings keep the old one's pattern.

    What they keep has a code of its own, and the limits of the old code.
    """
    practice = problem.practice
    procedures = [new.get(one.code, one) for one in practice.procedures]
    booked = {b.visit.procedure for b in problem.bookings} & set(new) if not booked_too else set()
    procedures += [
        one.model_copy(update={"code": one.code + BOOKED})
        for one in practice.procedures
        if one.code in booked and one.code + BOOKED not in problem.procedures
    ]
    limits = tuple(
        limit.model_copy(
            update={
                "procedures": (
                    *limit.procedures,
                    *(code + BOOKED for code in limit.procedures if code in booked),
                )
            }
        )
        for limit in practice.limits
    )
    bookings = tuple(
        booking.model_copy(
            update={
                "visit": booking.visit.model_copy(
                    update={"procedure": booking.visit.procedure + BOOKED}
                )
            }
        )
        if booking.visit.procedure in booked
        else booking
        for booking in problem.bookings
    )
    changed = with_practice(problem, procedures=tuple(procedures), limits=limits)
    return changed.model_copy(update={"bookings": bookings})
