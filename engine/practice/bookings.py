"""Bookings: visits that already have a time in the book."""

import datetime as dt
from enum import StrEnum

from engine.practice.base import ClockTime, External, Frozen, Id
from engine.practice.visits import Visit


class Confirmation(StrEnum):
    """What the patient has said."""

    UNCONFIRMED = "unconfirmed"
    REMINDED = "reminded"
    CONFIRMED = "confirmed"


class Booking(Frozen):
    """A visit with its date, start and chair in the book.

    Frozen unless `movable`. A kept booking keeps date and start; its chair may only change where
    the policy allows it and it is not `chair_locked`. A visit over several rooms has the chair of
    its first one.
    """

    visit: Visit
    date: dt.date
    start: ClockTime
    chair: Id | None
    movable: bool = False
    chair_locked: bool = False
    confirmation: Confirmation = Confirmation.UNCONFIRMED
    booked_on: dt.date | None = None
    external: External = ()
