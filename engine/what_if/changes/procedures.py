"""Procedures that take longer or shorter, or more or less of the doctor."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from engine.practice import Horizon, Id, Problem, Procedure, Segment, SegmentKind, Stage
from engine.practice.pattern import StageTime, pattern_of
from engine.problems import PracticeProblem
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, unknown, with_practice

BOOKED = "~booked"
"""Ends the code of what a procedure was, for bookings that keep what was booked."""

Codes = Annotated[tuple[Id, ...], Field(min_length=1)]


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
        """The length of each procedure."""
        return (Claim(f"the length of {code}") for code in self.procedures)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """New patterns; a visit of the old length follows the procedure."""
        grid = problem.practice.grid_minutes
        new = {
            code: _of_stages(problem.procedures[code], self.minutes, grid)
            for code in self.procedures
        }
        visits = tuple(
            visit.model_copy(update={"minutes": None})
            if visit.procedure in new
            and visit.minutes == problem.procedures[visit.procedure].minutes
            else visit
            for visit in problem.visits
        )
        changed = problem.model_copy(update={"visits": visits})
        return _with_procedures(changed, new, self.booked_too)


class DoctorTime(Change):
    """The doctor comes for `minutes` in visits of these `procedures`; their length stays.

    One number for each doctor segment, in order; 0: the doctor does not come. What the doctor gives
    up or takes is the assistant's time next to it, after it if there is any.
    """

    kind: Literal["doctor_time"]
    procedures: Codes
    minutes: Annotated[tuple[Annotated[int, Field(ge=0, le=240)], ...], Field(min_length=1)]
    booked_too: bool = False

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """Unknown procedures, another number of segments, no assistant's time to take it from."""
        problem, grid = asked.problem, asked.problem.practice.grid_minutes
        yield from unknown("procedure", self.procedures, tuple(problem.procedures), where)
        for code in self.procedures:
            procedure = problem.procedures.get(code)
            if procedure is None:
                continue
            old = _doctor_minutes(procedure)
            if len(old) != len(self.minutes):
                yield fault(
                    "doctor-segments",
                    where,
                    f"gives {len(self.minutes)} numbers, and '{code}' has {len(old)} doctor "
                    f"segments ({', '.join(map(str, old)) or 'none'} min)",
                    "give one number for each of them",
                )
            elif any(minutes % grid for minutes in self.minutes):
                yield fault("length", where, "is off the grid", f"give multiples of {grid} min")
            elif _given(procedure, self.minutes) is None:
                yield fault(
                    "doctor-time",
                    where,
                    f"'{code}' has no assistant's time beside the doctor's to give or take it",
                    "choose fewer minutes, or change the length first",
                )

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The doctor's part of each procedure."""
        return (Claim(f"the doctor time of {code}") for code in self.procedures)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """New patterns of the same length."""
        new = {}
        for code in self.procedures:
            procedure = problem.procedures[code]
            new[code] = _given(procedure, self.minutes) or procedure
        return _with_procedures(problem, new, self.booked_too)


def _with_procedures(problem: Problem, new: dict[str, Procedure], booked_too: bool) -> Problem:
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


def _doctor_minutes(procedure: Procedure) -> list[int]:
    segments = [segment for stage in procedure.stages for segment in stage.segments]
    return [one.minutes for one in segments if one.kind is SegmentKind.DOCTOR]


def _given(procedure: Procedure, minutes: tuple[int, ...]) -> Procedure | None:
    """The procedure with these doctor minutes; None where a stage cannot hold them."""
    wanted, stages = list(minutes), []
    for stage in procedure.stages:
        count = sum(one.kind is SegmentKind.DOCTOR for one in stage.segments)
        own, wanted = wanted[:count], wanted[count:]
        changed = _stage_given(stage, own)
        if changed is None:
            return None
        stages.append(changed)
    return procedure.model_copy(update={"stages": tuple(stages)})


def _stage_given(stage: Stage, wanted: list[int]) -> Stage | None:
    segments = list(stage.segments)
    places = [at for at, one in enumerate(segments) if one.kind is SegmentKind.DOCTOR]
    lengths = [one.minutes for one in segments]
    for place, minutes in zip(places, wanted, strict=True):
        more = minutes - lengths[place]
        beside = [
            at
            for at in (place + 1, place - 1)
            if 0 <= at < len(segments) and at not in places and lengths[at] >= more
        ]
        if more and not beside:
            return None
        if more:
            lengths[place], lengths[beside[0]] = minutes, lengths[beside[0]] - more
    left = [
        one.model_copy(update={"minutes": length})
        for one, length in zip(segments, lengths, strict=True)
        if length
    ]
    fitting = [
        one.model_copy(update={"float_minutes": min(one.float_minutes, _room_after(left, at))})
        for at, one in enumerate(left)
    ]
    return stage.model_copy(update={"segments": tuple(fitting)}) if fitting else None


def _room_after(segments: list[Segment], at: int) -> int:
    """Minutes by which the doctor can come later without running into more doctor time."""
    room = 0
    for one in segments[at + 1 :]:
        if one.kind is SegmentKind.DOCTOR:
            break
        room += one.minutes
    return room
