"""Procedures: what is done at a visit, by whom, where, and when the doctor comes in."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from engine.practice.base import ClockTime, External, Frozen, Id, Weekday
from engine.practice.people import Role
from engine.practice.rooms import ChairKind

Minutes = Annotated[int, Field(gt=0, le=720)]
"""A positive length in minutes."""


class SegmentKind(StrEnum):
    """Whose hands are needed."""

    ASSISTANT = "assistant"
    """The staff member of the stage alone."""
    DOCTOR = "doctor"
    """The doctor, together with the staff member of the stage (if it has one)."""


class Segment(Frozen):
    """A piece of a stage; doctor time may begin up to `float_minutes` after its nominal moment.

    While the doctor floats, the assistant goes on; the length of the visit does not change.
    """

    kind: SegmentKind
    minutes: Minutes
    float_minutes: Annotated[int, Field(ge=0, le=120)] = 0


class Stage(Frozen):
    """One room's part of a visit; stages follow each other without a pause.

    `chair_kind` None: no chair (a remote review). `role` None: nobody but the doctor.
    `turnover_minutes` follow the stage and occupy chair and staff member.
    """

    chair_kind: ChairKind | None
    role: Role | None
    skill: Id | None = None
    segments: Annotated[tuple[Segment, ...], Field(min_length=1)]
    turnover_minutes: Annotated[int, Field(ge=0, le=120)] = 0

    @property
    def minutes(self) -> int:
        """Length without turnover."""
        return sum(segment.minutes for segment in self.segments)


class Supervision(StrEnum):
    """Direct: a doctor is in the office during the whole visit. General: need not be."""

    DIRECT = "direct"
    GENERAL = "general"


class Purpose(StrEnum):
    """What the visit is for, where the engine treats kinds of visit differently."""

    EXAM = "exam"
    RECORDS = "records"
    CONFERENCE = "conference"
    START = "start"
    ACTIVE = "active"
    REPAIR = "repair"
    EMERGENCY = "emergency"
    DEBOND = "debond"
    RETENTION = "retention"
    OBSERVATION = "observation"


WITHOUT_TREATMENT = (Purpose.RETENTION, Purpose.OBSERVATION)
"""Of patients whose appliances are off, or not on yet: no treatment is under way."""


class Binds(StrEnum):
    """What of a visit an allowed time binds."""

    START = "start"
    END = "end"
    WHOLE = "whole"


class AllowedTime(Frozen):
    """A procedure may only be given inside [start, end) on these weekdays (none named = all).

    `binds` START: the visit begins inside; END: it ends at or before `end` and after `start`;
    WHOLE: it lies inside. Of several allowed times, one has to hold.
    """

    weekdays: tuple[Weekday, ...] = ()
    start: ClockTime
    end: ClockTime
    binds: Binds = Binds.START


class Procedure(Frozen):
    """A coded type of visit.

    `rebooking_days`: days until a missed or unplaced one is realistic. `days_before_closure`: not
    given in so many calendar days before a closure (bonds, new appliances).
    """

    code: Id
    title: str
    procedure_class: Id
    purpose: Purpose
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    supervision: Supervision = Supervision.DIRECT
    allowed_times: tuple[AllowedTime, ...] = ()
    rebooking_days: Annotated[int, Field(ge=1, le=365)] = 21
    days_before_closure: Annotated[int, Field(ge=0, le=14)] = 0
    external: External = ()

    @property
    def minutes(self) -> int:
        """Length of the visit without the last turnover."""
        return sum(stage.minutes for stage in self.stages)


class DailyLimit(Frozen):
    """At most `per_day` visits of these procedures a day, `at_once` under way (kits, scanner)."""

    id: Id
    procedures: Annotated[tuple[Id, ...], Field(min_length=1)]
    per_day: Annotated[int, Field(ge=0)] | None = None
    at_once: Annotated[int, Field(ge=0)] | None = None
