"""A run that follows from another one, and the part of a schedule that is to be kept."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, JsonValue

from api.wire.moments import LocalMoment
from api.wire.on_wire import OnWire
from api.wire.run import RunMetadata
from api.wire.submission import Limits, Tag
from engine.practice import Booking
from engine.practice.base import External, Frozen, Id
from engine.schedule import Schedule

_Ids = Annotated[tuple[Id, ...], Field(max_length=20_000)]


class ForkRequest(Frozen):
    """What is to be different. What is committed, or held for callers now, is booked in the input.

    `patch`: a merge patch of the parent's input (RFC 7396: P. Hoffman, J. Snell, "JSON Merge
    Patch", 2014; lists are replaced whole). `without`: visits and bookings that are gone; `visits`,
    `bookings`: added, or put in the place of those with the same id. `pins`: visits that keep the
    time they have in the parent's schedule. `max_moves`: at most so many of its other times may
    change. `warm_start`: begin from the parent's schedule, as far as it still holds.
    """

    patch: dict[str, JsonValue] = Field(default_factory=dict)
    without: _Ids = ()
    visits: tuple[dict[str, Any], ...] = ()
    bookings: tuple[dict[str, Any], ...] = ()
    pins: _Ids = ()
    max_moves: Annotated[int, Field(ge=0, le=20_000)] | None = None
    warm_start: bool = True
    limits: Limits | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()


class Refill(StrEnum):
    """Who fills what is left over."""

    BY_HAND = "by-hand"
    """As a coordinator would, at once."""
    ENGINE = "engine"
    """The same at once, and a run that starts from it."""


class AcceptRequest(Frozen):
    """Which visits of a schedule are accepted (None: all), and the book as it is now.

    `bookings`: the whole book, with what was committed here (None: as it was, with what is
    committed, and what is held for callers now). `as_of`: the practice's clock now. `limits` (None:
    those of this run), `tags` and `external` are those of the run that `refill` may ask for.
    """

    visits: _Ids | None = None
    bookings: tuple[Booking, ...] | None = None
    as_of: LocalMoment | None = None
    refill: Refill = Refill.BY_HAND
    limits: Limits | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()


class Accepted(OnWire):
    """What became of the accepted visits, by id, and a schedule around those that are valid.

    `valid`: can be booked at the time that the schedule gave. `stale`: waits no longer. `clashing`:
    the book has taken the time. `schedule`: the book of now, the valid ones, and the rest filled
    anew by hand; every rule is kept. `run`: of the engine, where it was asked for: in its question
    the valid ones are booked, and it starts from this schedule.
    """

    valid: tuple[str, ...]
    stale: tuple[str, ...]
    clashing: tuple[str, ...]
    schedule: Schedule
    run: RunMetadata | None = None
