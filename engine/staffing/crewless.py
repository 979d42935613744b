"""Day types that nobody can work: an error, said before anything is planned.

Weekday by weekday, since people have their shifts by weekday. Somebody who is away on a date of the
month is a shortage of that date; columns that are too many together are told by `too_few_people`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from engine.practice import WEEKDAYS, Cell, Chair, ModelDay, Problem, Weekday
from engine.practice.calendar import model_day_on, present_intervals
from engine.problems import PracticeProblem
from engine.staffing.needs import able_for_class, always_needs_doctor
from engine.units import Interval, overlap_minutes, to_minutes


def dates_by_weekday(
    problem: Problem, dates: Iterable[dt.date]
) -> list[tuple[ModelDay, Weekday, list[dt.date]]]:
    """The dates of each model day, weekday by weekday, where it has any; in the practice's order.

    A date that has the model day of other weekdays for once is left out: what it lacks is its own.
    """
    choices = problem.practice.model_day_dates
    usual = {(one.model_day, one.weekday) for one in choices if one.weekday is not None}
    weekly = {model_day for model_day, _ in usual}
    found: dict[tuple[str, Weekday], list[dt.date]] = {}
    for day in dates:
        model_day, weekday = model_day_on(problem.practice, day), WEEKDAYS[day.weekday()]
        if model_day is None:
            continue
        if (model_day.id, weekday) in usual or model_day.id not in weekly:
            found.setdefault((model_day.id, weekday), []).append(day)
    return [
        (model_day, weekday, found[model_day.id, weekday])
        for model_day in problem.practice.model_days
        for weekday in WEEKDAYS
        if (model_day.id, weekday) in found
    ]


def crewless_cells(problem: Problem, dates: Iterable[dt.date]) -> Iterator[PracticeProblem]:
    """Cells of model days that nobody able is there for on a weekday, on any of these dates of it.

    `no-crew`: nobody is there as long as the shortest visit of the class. `no-doctor`: every
    procedure of the class needs a doctor, and none is ever there.
    """
    for model_day, weekday, days in dates_by_weekday(problem, dates):
        for cell in model_day.cells:
            for column in cell.columns:
                chair = problem.chairs[column]
                yield from _faults(problem, model_day, cell, chair, weekday, days)


def _faults(
    problem: Problem,
    model_day: ModelDay,
    cell: Cell,
    chair: Chair,
    weekday: Weekday,
    days: list[dt.date],
) -> Iterator[PracticeProblem]:
    doctors = tuple(doctor.id for doctor in problem.doctors)
    able, _ = able_for_class(problem, cell.procedure_class, chair)
    needs_doctor = always_needs_doctor(problem, cell.procedure_class, chair)
    people = tuple(who for who, _ in able)
    span = (to_minutes(cell.start), to_minutes(cell.end))
    least = min(span[1] - span[0], shortest_minutes(problem, cell, chair))
    where = f"cell {model_day.id}/{cell.id} on {chair.id} {weekday.value} "
    where += f"{cell.start:%H:%M}-{cell.end:%H:%M}"
    remedy = "give somebody the shift and the skill, or take the column out of the model day"
    name = f"class '{cell.procedure_class}'"
    if not chair.overflow and _longest(problem, people, days, span) < least:
        cause = f"nobody who can serve {name} works then for the {least} min of a visit"
        yield PracticeProblem("no-crew", where, cause, remedy)
    elif needs_doctor and not _longest(problem, doctors, days, span):
        cause = f"{name} needs a doctor, and none works then"
        yield PracticeProblem("no-doctor", where, cause, remedy)


def shortest_minutes(problem: Problem, cell: Cell, chair: Chair) -> int:
    """Minutes of the shortest stage of the class in such a room; 1 where it has none."""
    return min(
        (
            stage.minutes
            for procedure in problem.practice.procedures
            if procedure.procedure_class == cell.procedure_class
            for stage in procedure.stages
            if stage.chair_kind is chair.kind
        ),
        default=1,
    )


def _longest(problem: Problem, people: tuple[str, ...], days: list[dt.date], span: Interval) -> int:
    """Minutes in a row inside the span with the same one of these people, on the best of the dates.

    A stage has one person from beginning to end, so nobody is added to anybody else.
    """
    return max(
        (
            overlap_minutes(one, span)
            for day in days
            for who in people
            for one in present_intervals(problem.practice, problem.staff[who], day)
        ),
        default=0,
    )
