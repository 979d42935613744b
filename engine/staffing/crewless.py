"""Day types that nobody can work: an error, said before anything is planned."""

import datetime as dt
from collections.abc import Iterable, Iterator

from engine.practice import Cell, ModelDay, Problem
from engine.practice.calendar import model_day_on, present_intervals
from engine.problems import PracticeProblem
from engine.staffing.needs import able_for_class
from engine.units import overlaps, to_minutes


def crewless_cells(problem: Problem, dates: Iterable[dt.date]) -> Iterator[PracticeProblem]:
    """Cells of model days that nobody able is there for, in any minute, on any of these dates.

    And those that need a doctor while none is ever there.
    """
    on_dates: dict[str, list[dt.date]] = {}
    for day in dates:
        model_day = model_day_on(problem.practice, day)
        if model_day is not None:
            on_dates.setdefault(model_day.id, []).append(day)
    doctors = tuple(doctor.id for doctor in problem.doctors)
    for model_day in problem.practice.model_days:
        days = on_dates.get(model_day.id, [])
        for cell in model_day.cells if days else ():
            for column in cell.columns:
                chair = problem.chairs[column]
                able, needs_doctor = able_for_class(problem, cell.procedure_class, chair)
                people = tuple(who for who, _ in able)
                if not chair.overflow and not _there(problem, cell, people, days):
                    yield _fault(
                        "no-crew",
                        model_day,
                        cell,
                        column,
                        f"nobody who can serve class '{cell.procedure_class}' works then",
                    )
                elif needs_doctor and not _there(problem, cell, doctors, days):
                    yield _fault(
                        "no-doctor",
                        model_day,
                        cell,
                        column,
                        f"class '{cell.procedure_class}' needs a doctor, and none works then",
                    )


def _there(problem: Problem, cell: Cell, people: tuple[str, ...], days: list[dt.date]) -> bool:
    span = (to_minutes(cell.start), to_minutes(cell.end))
    return any(
        overlaps(present, span)
        for day in days
        for who in people
        for present in present_intervals(problem.practice, problem.staff[who], day)
    )


def _fault(code: str, model_day: ModelDay, cell: Cell, column: str, cause: str) -> PracticeProblem:
    where = f"cell {model_day.id}/{cell.id} on {column} {cell.start:%H:%M}-{cell.end:%H:%M}"
    remedy = "give somebody the shift and the skill, or take the column out of the model day"
    return PracticeProblem(code, where, cause, remedy)
