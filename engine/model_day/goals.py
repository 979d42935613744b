"""The goals of a practice, as a scheduling coordinator states them: frozen, complete, no dates.

Rates are by month or by patient day, shares are shares of one, lengths are minutes. Defaults and
their sources: starts a year, patient days and cases as in L. W. White, 'Key performance
indicators', Orthotown magazine; shares to and from observation and missed exams in 'Metrics for
orthodontic practice growth', gaidge.com; checks after the debond at about 1, 3, 6 and 12 months
and after 24 months in the retention contract of Ortho2 (form 3161); emergencies and broken
appointments a day in 'The Editor's Corner: It's About Time', Journal of Clinical Orthodontics
29(11), 1995, p. 679. The rest is a default of this project.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from engine.practice import ReleaseStep
from engine.practice.base import ClockTime, Frozen, Id, Weekday

Share = Annotated[float, Field(ge=0, le=1)]
"""A share of one."""
Rate = Annotated[float, Field(ge=0, le=1000)]
"""A number by month, by day or by patient."""


class Driver(StrEnum):
    """What the number of a procedure follows from; each is a number of visits a patient day."""

    EXAM = "exam"
    """Exam places, those for missed exams included."""
    START = "start"
    """Treatments that begin."""
    ADJUSTMENT = "adjustment"
    """Patients in treatment, seen at the interval."""
    DEBOND = "debond"
    """Treatments that end: as many as began, months of a case ago."""
    RETENTION = "retention"
    """Checks that the retention protocol asks for."""
    OBSERVATION = "observation"
    """Looks at patients under observation."""
    REPAIR = "repair"
    """Repairs known before the day."""
    EMERGENCY = "emergency"
    """Comfort visits that nobody knows before the day; their places are held."""
    DAY = "day"
    """So many a patient day, whatever the rest does."""


class Mix(Frozen):
    """`share` visits of a procedure for each one of its driver."""

    procedure: Id
    driver: Driver
    share: Annotated[float, Field(ge=0, le=20)]


class OtherDays(StrEnum):
    """What becomes of the days of a type's weekdays beyond those that the month is planned with."""

    SAME = "same"
    """They are such days, too: the calendar then has more places than the goals ask for."""
    FREE = "free"
    """Patients are seen without a model day: every time is open to every class."""
    CLOSED = "closed"
    """No patients are seen on them."""


class DayTypeGoal(Frozen):
    """A day type to design. `at_most_a_month`: no more such days, whatever the calendar allows.

    `other_days`: of days beyond those planned; beyond `at_most_a_month`, `same` means `free`.
    """

    id: Id
    title: str
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    at_least_a_month: Annotated[int, Field(ge=0, le=31)] = 0
    at_most_a_month: Annotated[int, Field(ge=0, le=31)] = 31
    other_days: OtherDays = OtherDays.SAME


class Band(Frozen):
    """Cells of a class lie in [start, end) only; beside what its procedures allow anyway."""

    procedure_class: Id
    start: ClockTime
    end: ClockTime


class Fallback(Frozen):
    """What a cell of the class takes at any time, at a price."""

    procedure_class: Id
    takes: Annotated[tuple[Id, ...], Field(min_length=1)]


class Holds(Frozen):
    """How many places are held for emergencies, and when they are given away.

    The number is that of a newsvendor: the fewest h with P(N <= h) >= cost_of_turning_away /
    (cost_of_turning_away + cost_of_an_empty_hold), N Poisson with the mean of a patient day (K. J.
    Arrow, T. Harris, J. Marschak, 'Optimal inventory policy', Econometrica 19(3), 1951). Only the
    ratio of the two counts. `morning_share`: of the holds, so many lie before noon. The first half
    of a day's holds, rounded down, opens as `early_release` says, the others on the day.
    """

    cost_of_turning_away: Annotated[float, Field(gt=0)] = 3.0
    cost_of_an_empty_hold: Annotated[float, Field(gt=0)] = 1.0
    morning_share: Share = 0.6
    early_release: ReleaseStep | None = None


class Goals(Frozen):
    """What the practice wants of an average month; everything but the starts has a default.

    `conversion`: exams kept, less those that go to observation, that become starts. `months_per_
    case` and `interval_weeks` give the visits of a case; with `visits_per_case` the interval
    follows from it instead. `retention_months`: checks, counted from the debond.
    `observation_interval_months`, `observation_months`: looks, and how long patients stay.
    `production_per_start`: what one start is worth; with it, `production_per_day` becomes starts.
    `covered_weeks`: the share of weeks in which the exam and start places are enough for those who
    come that week; 0 plans for the average week alone.
    `column_fill`, `doctor_load`: the shares of columns and of the doctor's time that are planned.
    `long_minutes`: a procedure from that length on is long; `most_long_at_once` for each doctor.
    """

    starts_per_month: Annotated[float, Field(gt=0, le=1000)]
    conversion: Annotated[float, Field(gt=0, le=1)] = 0.70
    observation_share: Annotated[float, Field(ge=0, lt=1)] = 0.20
    starts_from_observation: Share = 0.20
    exam_no_show: Annotated[float, Field(ge=0, lt=1)] = 0.10
    months_per_case: Annotated[float, Field(gt=0, le=60)] = 22.0
    interval_weeks: Annotated[float, Field(gt=0, le=26)] = 8.0
    visits_per_case: Annotated[float, Field(gt=0, le=100)] | None = None
    patient_days_per_month: Annotated[float, Field(gt=0, le=31)] = 13.75
    retention_months: tuple[Annotated[float, Field(gt=0, le=240)], ...] = (1.5, 3, 6, 12, 24)
    observation_interval_months: Annotated[float, Field(gt=0, le=24)] = 6.0
    observation_months: Annotated[float, Field(ge=0, le=240)] = 50.0
    repairs_per_day: Rate = 2.0
    emergencies_per_day: Rate = 2.0
    growth: Annotated[float, Field(ge=-0.5, le=2)] = 0.0
    production_per_day: Annotated[float, Field(ge=0)] | None = None
    production_per_start: Annotated[float, Field(gt=0)] | None = None
    covered_weeks: Annotated[float, Field(ge=0, le=0.999)] = 0.85
    column_fill: Annotated[float, Field(gt=0, le=1)] = 0.85
    doctor_load: Annotated[float, Field(gt=0, le=1)] = 0.85
    long_minutes: Annotated[int, Field(gt=0, le=240)] = 40
    most_long_at_once: Annotated[int, Field(ge=1, le=20)] = 3
    mix: tuple[Mix, ...] = ()
    day_types: tuple[DayTypeGoal, ...] = ()
    bands: tuple[Band, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    holds: Holds = Holds()
