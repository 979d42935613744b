"""Faults of the dates to fill."""

from collections.abc import Iterator

from engine.practice import Horizon, Problem
from engine.practice.calendar import is_open
from engine.problems import PracticeProblem
from engine.validation.codes import fault
from engine.validation.dates import LONGEST_HORIZON_DAYS, day_text, is_sound


def span_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """An empty, endless, past or altogether closed horizon."""
    if horizon is None:
        return
    if not is_sound(horizon):
        yield fault(
            "horizon-length",
            "practice",
            f"the dates to fill are {horizon.days} days from {horizon.start} on",
            f"ask for 1 to {LONGEST_HORIZON_DAYS} days that end before the year 9999 does",
        )
        return
    today = problem.as_of.date()
    if horizon.start < today:
        yield fault(
            "horizon-in-the-past",
            "practice",
            f"the dates to fill begin on {day_text(horizon.start)}, now is {day_text(today)}",
            "nothing is placed before now; begin the horizon today or later",
        )
    has_hours = bool(problem.practice.hours)
    if has_hours and not any(is_open(problem.practice, day) for day in horizon.dates):
        last = horizon.dates[-1]
        yield fault(
            "horizon-without-open-date",
            "practice",
            f"no patient hours on any date from {day_text(horizon.start)} to {day_text(last)}",
            "choose other dates, or mend hours and closures",
        )
