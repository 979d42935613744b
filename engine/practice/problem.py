"""The question: a practice, what is to be placed, what is already booked, and what is preferred."""

import datetime as dt
from functools import cached_property

from pydantic import Field, field_validator

from engine.practice.base import External, Frozen
from engine.practice.bookings import Booking
from engine.practice.no_show_model import NoShowModel
from engine.practice.people import Role, StaffMember
from engine.practice.policy import Policy
from engine.practice.practice import Practice
from engine.practice.procedures import Procedure
from engine.practice.rooms import Chair
from engine.practice.slot_prices import SlotPrices
from engine.practice.visits import Visit


class Problem(Frozen):
    """Everything the engine is told. `as_of` is the practice's wall clock: the engine has none.

    `no_show_model`: fitted on the practice's own history; None: the literature at its base rate.
    `slot_prices`: what lost minutes are worth by weekday and hour; None: the same everywhere. Not
    written where there are none, so that questions without them keep their digests.
    """

    as_of: dt.datetime
    practice: Practice
    visits: tuple[Visit, ...] = ()
    bookings: tuple[Booking, ...] = ()
    policy: Policy = Policy()
    no_show_model: NoShowModel | None = None
    slot_prices: SlotPrices | None = Field(default=None, exclude_if=lambda value: value is None)
    external: External = ()

    @field_validator("as_of")
    @classmethod
    def _local_clock(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is not None:
            raise ValueError("as_of is local clock time of the practice, without an offset")
        return value

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """Procedures by code."""
        return {procedure.code: procedure for procedure in self.practice.procedures}

    @cached_property
    def chairs(self) -> dict[str, Chair]:
        """Chairs by id."""
        return {chair.id: chair for chair in self.practice.chairs}

    @cached_property
    def staff(self) -> dict[str, StaffMember]:
        """Staff by id, doctors included."""
        return {person.id: person for person in self.practice.staff}

    @cached_property
    def doctors(self) -> tuple[StaffMember, ...]:
        """The doctors, in the order of the practice file."""
        return tuple(person for person in self.practice.staff if person.role is Role.DOCTOR)

    @cached_property
    def all_visits(self) -> dict[str, Visit]:
        """Pending and booked visits by id."""
        booked = (booking.visit for booking in self.bookings)
        return {visit.id: visit for visit in (*self.visits, *booked)}

    @cached_property
    def booking_of(self) -> dict[str, Booking]:
        """Bookings by the id of their visit."""
        return {booking.visit.id: booking for booking in self.bookings}

    def visits_for(self, horizon: "Horizon") -> tuple[Visit, ...]:
        """Visits that may fall in these dates; those with a later earliest date wait unlisted."""
        return tuple(v for v in self.visits if v.earliest is None or v.earliest < horizon.end)

    @cached_property
    def bookings_of_patient(self) -> dict[str, tuple[Booking, ...]]:
        """Bookings by patient."""
        found: dict[str, list[Booking]] = {}
        for booking in self.bookings:
            found.setdefault(booking.visit.patient, []).append(booking)
        return {patient: tuple(bookings) for patient, bookings in found.items()}


class Horizon(Frozen):
    """The dates to fill: `days` calendar days from `start` on."""

    start: dt.date
    days: int

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The calendar dates, closed ones included."""
        return tuple(self.start + dt.timedelta(days=offset) for offset in range(self.days))

    @property
    def end(self) -> dt.date:
        """The first date after the horizon."""
        return self.start + dt.timedelta(days=self.days)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.start <= day < self.end
