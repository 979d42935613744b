"""What happened in a practice year, fact by fact; figures are counted from it afterwards."""

import datetime as dt
from dataclasses import dataclass, field

from engine.practice import Purpose
from engine.simulate.behaviour import Latent, Outcome
from engine.simulate.patients import Stage


@dataclass(frozen=True, slots=True)
class Attended:
    """A booked visit on its day. `by`, `chance_of_miss`: as in `Booked`."""

    day: dt.date
    visit: str
    patient: str
    purpose: Purpose
    minute: int
    attempt: int
    latent: Latent
    outcome: Outcome
    doctor_minutes: int
    by: str
    chance_of_miss: float | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """A treatment that ended with its debond."""

    day: dt.date
    patient: str
    started: dt.date
    original_ecd: dt.date
    current_ecd: dt.date


@dataclass(frozen=True, slots=True)
class Waited:
    """A new patient who was seen (`exam`) or started (`start`), after so many days."""

    day: dt.date
    patient: str
    what: str
    days: int


@dataclass(frozen=True, slots=True)
class DayRun:
    """A day as it ran, in minutes. `visits`: those who came; `wait`: the mean over them.

    `late_by` is held against the plan of all who were expected when the day began.
    """

    day: dt.date
    visits: int
    wait: float
    overtime: float
    late_by: float


@dataclass(frozen=True, slots=True)
class WeekState:
    """The practice at the end of a week: everybody in one stage, and who is past which date.

    `arrived`: all patients so far, those at the beginning included. `waiting`: visits without a
    time that may be given one. `asked`, `placed`: visits to place in the fill of this week, and
    how many got a time; `set_aside`: left out as faulty. `fell_back`: see `Chosen`.
    """

    week: int
    monday: dt.date
    arrived: int
    by_stage: dict[Stage, int]
    past_original: int
    past_current: int
    waiting: int
    booked: int
    asked: int = 0
    placed: int = 0
    set_aside: int = 0
    fell_back: bool = False
    seconds: float = 0.0


@dataclass
class Log:
    """Everything, in the order in which it happened.

    `unfinished`: the original dates of the treatments that are under way at the end.
    """

    arrivals: list[tuple[dt.date, str]] = field(default_factory=list)
    breakages: list[tuple[str, int, str]] = field(default_factory=list)
    attended: list[Attended] = field(default_factory=list)
    foreseen: int = 0
    completed: list[Completed] = field(default_factory=list)
    unfinished: list[dt.date] = field(default_factory=list)
    waited: list[Waited] = field(default_factory=list)
    days: list[DayRun] = field(default_factory=list)
    weeks: list[WeekState] = field(default_factory=list)
