"""What a change of a plan means for patients: whom to call, and with what."""

import datetime as dt

from engine.practice import Problem
from engine.practice.base import Frozen
from engine.schedule import Schedule


class PatientCall(Frozen):
    """A call to a patient whose time cannot stay. `new` None: the visit has to leave the day.

    `offers`: two later times to read out, by the rule of the call list. `confirmed`: the patient
    had said yes to the old time.
    """

    visit: str
    patient: str
    procedure: str
    old: dt.datetime
    new: dt.datetime | None
    offers: tuple[dt.datetime, ...]
    confirmed: bool
    reason: str


class Repair(Frozen):
    """A repaired day. `schedule` None: none was found.

    `question`: the practice without those who are out, with the plan as its book; the schedule is
    checked against it. `fewest`: proven that no schedule of the day needs fewer calls;
    `at_least`: calls that are proven to be needed.
    """

    date: dt.date
    question: Problem
    schedule: Schedule | None
    calls: tuple[PatientCall, ...]
    at_least: int
    fewest: bool


class Move(Frozen):
    """A booking that gets another time. `counts` as so many moves, which cost `points`.

    `worth`: points that are lost when this move alone is taken back; None: not found.
    """

    visit: str
    patient: str
    old: dt.datetime
    new: dt.datetime
    notice_days: int
    confirmed: bool
    counts: int
    points: float
    worth: float | None
    reason: str


class Bought(Frozen):
    """A figure that the moves make so much smaller (negative: larger), in its unit."""

    kpi: str
    unit: str
    less: float


class MovePlan(Frozen):
    """A plan with few moves. `schedule` None: none was found.

    `question`: what was asked; the schedule is checked against it. `bought`: beside the plan with
    every booking in its place (what the longer search finds counts, too; the `worth` of a move is
    of the move alone); `overdue_weeks`: weeks past completion and after due dates together;
    `points` of the objective, the price of the moves taken off.
    """

    question: Problem
    schedule: Schedule | None
    moves: tuple[Move, ...]
    bought: tuple[Bought, ...]
    overdue_weeks: float
    points: float
