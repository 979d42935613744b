"""Model days: the template of a day type, cell by cell, with hold and release."""

from typing import Annotated

from pydantic import Field

from engine.practice.base import ClockTime, External, Frozen, Id

ANY_CLASS = "*"
"""In a release step: every class."""


class ReleaseStep(Frozen):
    """From `days_before` the date on (that day from `at` on), the cell also accepts `accepts`."""

    days_before: Annotated[int, Field(ge=0, le=365)]
    at: ClockTime | None = None
    accepts: Annotated[tuple[Id, ...], Field(min_length=1)]


class Cell(Frozen):
    """Time [start, end) on columns that accepts one procedure class.

    `fallbacks` are accepted at any time, at a price. `hold`: kept for what cannot be planned
    (emergencies); the ladder, own or else that of the class in the policy, opens it late.
    """

    id: Id
    procedure_class: Id
    columns: Annotated[tuple[Id, ...], Field(min_length=1)]
    start: ClockTime
    end: ClockTime
    hold: bool = False
    fallbacks: tuple[Id, ...] = ()
    release: tuple[ReleaseStep, ...] | None = None
    external: External = ()


class Quota(Frozen):
    """Visits of a class on such a day: `at_most` binds, `target` is what the design aims at."""

    procedure_class: Id
    at_most: Annotated[int, Field(ge=0)] | None = None
    target: Annotated[int, Field(ge=0)] | None = None


class ModelDay(Frozen):
    """The template of one day type."""

    id: Id
    title: str
    cells: tuple[Cell, ...] = ()
    quotas: tuple[Quota, ...] = ()
    external: External = ()
