"""Procedures that take more or less of the doctor."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from engine.practice import Horizon, Problem, Procedure, Segment, SegmentKind, Stage
from engine.problems import PracticeProblem
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, unknown
from engine.what_if.changes.new_procedures import PATTERN, Codes, with_procedures


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
                    f"leave it out, give its new pattern in practice.toml, or take no more than "
                    f"the assistant has beside each ({', '.join(map(str, _rooms(procedure)))} min)",
                )

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """The pattern of each procedure."""
        return (Claim(f"{PATTERN} {code}") for code in self.procedures)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """New patterns of the same length."""
        new = {}
        for code in self.procedures:
            procedure = problem.procedures[code]
            new[code] = _given(procedure, self.minutes) or procedure
        return with_procedures(problem, new, self.booked_too)


def _doctor_minutes(procedure: Procedure) -> list[int]:
    segments = [segment for stage in procedure.stages for segment in stage.segments]
    return [one.minutes for one in segments if one.kind is SegmentKind.DOCTOR]


def _rooms(procedure: Procedure) -> list[int]:
    """Minutes that each doctor segment can take from the assistant's next to it."""
    rooms = []
    for stage in procedure.stages:
        own = [0 if s.kind is SegmentKind.DOCTOR else s.minutes for s in stage.segments]
        beside = [max(a, b) for a, b in zip((0, *own[:-1]), (*own[1:], 0), strict=True)]
        rooms += [room for room, mine in zip(beside, own, strict=True) if not mine]
    return rooms


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
