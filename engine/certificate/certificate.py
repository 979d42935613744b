"""What is written beside a schedule: whole prices and the bound that they prove."""

import datetime as dt
from enum import StrEnum

from engine.practice.base import Frozen


class Priced(StrEnum):
    """What a price stands for; in brackets, what its id names and what one price is paid for."""

    CHAIR = "chair"
    """(chair; each grid step that begins while a stage or its turnover holds the chair)"""
    STAFF = "staff"
    """(person; each grid step that begins while a stage or its turnover holds the person)"""
    DOCTOR = "doctor"
    """(doctor; each grid step that begins in doctor time. By units: each minute of doctor time,
    one price for a whole slot of the rule)"""
    QUOTA = "quota"
    """(procedure class; each visit of the class on the date)"""
    PER_DAY = "per_day"
    """(limit; each visit of its procedures on the date)"""
    AT_ONCE = "at_once"
    """(limit; each grid step that begins while a visit of its procedures is under way)"""
    DOCTOR_LOAD = "doctor_load"
    """(no id; each minute of doctor time, one price for a clock hour, at most the weight)"""
    DOCTOR_CHAIN = "doctor_chain"
    """(no id; each grid step that begins in doctor time inside the window that begins in the priced
    step; only where a doctor sees one patient at a time)"""
    UNEVEN_LOAD = "uneven_load"
    """(no id; each clinic chair minute of the date, at most the weight)"""
    MOVES = "moves"
    """(no id; each booking that is moved, one price for the first date of the certificate; only
    where the policy limits moves)"""
    HOUSEHOLD = "household"
    """(visit, `other` its household; a start in the step; may be below zero)"""
    ORDER = "order"
    """(visit, `other` the one that it follows or that follows it; a start in the step; may be
    below zero)"""


Step = tuple[int, int, int]
"""From minute, until minute of the day, price in whole millipoints."""


class PriceLine(Frozen):
    """The prices of one thing on one date, in order of the clock; where no step is, zero.

    Prices of a whole date (quota, per_day, uneven_load) have one step, from 0 to 1440.
    """

    of: Priced
    id: str = ""
    other: str = ""
    date: dt.date
    steps: tuple[Step, ...]


class Certificate(Frozen):
    """A bound for a question, the prices that prove it, and the schedule held against it.

    `without`: what bookings of the schedule go without (visit; `chair`, `staff` or `doctor`;
    stage), because the book clashes; the bound is about schedules that lack no more. `problem`,
    `schedule`: digests (SHA-256 of the JSON). Amounts in whole millipoints.
    """

    problem: str
    start: dt.date
    days: int
    schedule: str
    without: tuple[tuple[str, str, int], ...] = ()
    prices: tuple[PriceLine, ...] = ()
    bound_millipoints: int
    objective_millipoints: int
