"""Procedures that take longer or shorter."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from engine.practice import Horizon, Problem, Procedure, Segment, SegmentKind, Visit
from engine.practice.pattern import StageTime, pattern_of
from engine.problems import PracticeProblem
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, unknown
from engine.what_if.changes.new_procedures import PATTERN, Codes, with_procedures


class ProcedureLength(Change):
    """Visits of these `procedures` take `minutes`, their segments scaled as for an own length.

    A visit with another length of its own keeps it. `booked_too`: bookings change as well; else
    they stay as they were booked.
    """

    kind: Literal["procedure_length"]
    procedures: Codes
    minutes: Annotated[int, Field(gt=0, le=720)]
    booked_too: bool = False

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown procedures, lengths that cannot hold the segments or are off the grid."""
        problem, grid = asked.problem, asked.problem.practice.grid_minutes
        yield from unknown("procedure", self.procedures, tuple(problem.procedures), where)
        for code in self.procedures:
            if code in problem.procedures:
                segments = sum(len(s.segments) for s in problem.procedures[code].stages)
                if self.minutes % grid or self.minutes < segments * grid:
                    yield fault(
                        "length",
                        where,
                        f"{self.minutes} min cannot hold the {segments} segments of '{code}' in "
                        f"whole steps of {grid} min",
                        f"give a multiple of {grid} min, at least {segments * grid}",
                    )

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The pattern of each procedure."""
        return (Claim(f"{PATTERN} {code}") for code in self.procedures)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """New patterns; a visit of the old length follows the procedure."""
        grid = problem.practice.grid_minutes
        new = {
            code: _of_stages(problem.procedures[code], self.minutes, grid)
            for code in self.procedures
        }
        visits = tuple(self._following(visit, problem) for visit in problem.visits)
        changed = problem.model_copy(update={"visits": visits})
        if self.booked_too:
            bookings = tuple(
                booking.model_copy(update={"visit": self._following(booking.visit, problem)})
                for booking in problem.bookings
            )
            changed = changed.model_copy(update={"bookings": bookings})
        return with_procedures(changed, new, self.booked_too)

    def _following(self, visit: Visit, problem: Problem) -> Visit:
        """The visit; one that says the old length no longer says any."""
        if visit.procedure not in self.procedures:
            return visit
        usual = visit.minutes == problem.procedures[visit.procedure].minutes
        return visit.model_copy(update={"minutes": None}) if usual else visit


def _of_stages(procedure: Procedure, minutes: int, grid: int) -> Procedure:
    """The procedure at another length."""
    stages = tuple(
        stage.model_copy(update={"segments": tuple(_segments(time))})
        for stage, time in zip(procedure.stages, pattern_of(procedure, minutes, grid), strict=True)
    )
    return procedure.model_copy(update={"stages": stages})


def _segments(time: StageTime) -> Iterator[Segment]:
    now = time.start
    for piece in time.doctor:
        if piece.offset > now:
            yield Segment(kind=SegmentKind.ASSISTANT, minutes=piece.offset - now)
        yield Segment(
            kind=SegmentKind.DOCTOR, minutes=piece.minutes, float_minutes=piece.float_minutes
        )
        now = piece.offset + piece.minutes
    if now < time.end:
        yield Segment(kind=SegmentKind.ASSISTANT, minutes=time.end - now)
