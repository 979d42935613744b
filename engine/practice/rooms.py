"""Chairs: what kind of place a visit occupies."""

from datetime import date
from enum import StrEnum

from engine.practice.base import ClockTime, External, Frozen, Id


class ChairKind(StrEnum):
    """The kinds of place in an orthodontic office."""

    CLINIC = "clinic"
    EXAM = "exam"
    RECORDS = "records"


class ChairBlock(Frozen):
    """A chair out of use on one date; without times, all day."""

    date: date
    start: ClockTime | None = None
    end: ClockTime | None = None


class Chair(Frozen):
    """One place. An overflow chair has no assistant of its own; it takes `overflow_classes`."""

    id: Id
    kind: ChairKind
    overflow: bool = False
    blocks: tuple[ChairBlock, ...] = ()
    external: External = ()
