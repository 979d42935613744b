"""The release ladder by class, and what it opens when."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from engine.kpi.cell_use import ColumnCell, cell_span, column_cells
from engine.kpi.filled import Filled
from engine.practice import Problem, ReleaseStep
from engine.practice.release import has_come, ladder_of, moment_of
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step of the cells of a class on a model day; `step` None: those that are never released.

    `minutes`: of these cells on all their columns, in one day.
    """

    model_day: str
    procedure_class: str
    step: ReleaseStep | None
    cells: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A step coming into force for cells of a date at a moment. Minutes of chairs.

    `empty_minutes`: with nobody in the chair as the schedule stands: what the step would release.
    """

    moment: dt.datetime
    date: dt.date
    model_day: str
    procedure_class: str
    accepts: tuple[str, ...]
    cells: tuple[str, ...]
    cell_minutes: int
    empty_minutes: int
    has_come: bool


def ladder(problem: Problem) -> tuple[LadderStep, ...]:
    """Every step of every class, by model day, class and the earliest first."""
    minutes: dict[tuple[str, str, ReleaseStep | None], int] = defaultdict(int)
    cells: dict[tuple[str, str, ReleaseStep | None], list[str]] = defaultdict(list)
    for day in problem.practice.model_days:
        for cell in day.cells:
            start, end = cell_span(cell)
            steps: tuple[ReleaseStep | None, ...] = ladder_of(cell, problem.policy) or (None,)
            for step in steps:
                key = (day.id, cell.procedure_class, step)
                minutes[key] += (end - start) * len(cell.columns)
                cells[key].append(cell.id)
    order = {day.id: place for place, day in enumerate(problem.practice.model_days)}
    keys = sorted(minutes, key=lambda key: (order[key[0]], key[1], _earliest_first(key[2])))
    return tuple(LadderStep(*key, tuple(cells[key]), minutes[key]) for key in keys)


def _earliest_first(step: ReleaseStep | None) -> tuple[int, dt.time]:
    if step is None:
        return 1, dt.time()
    return -step.days_before, step.at or dt.time()


def openings(problem: Problem, schedule: Schedule) -> tuple[Opening, ...]:
    """What the ladder opens on the dates of a schedule, by moment, date and class."""
    groups: dict[tuple[dt.datetime, dt.date, str, str, tuple[str, ...]], list[ColumnCell]] = (
        defaultdict(list)
    )
    come: dict[tuple[dt.datetime, dt.date], bool] = {}
    for one in column_cells(Filled(problem, schedule)):
        for step in ladder_of(one.cell, problem.policy):
            moment = moment_of(step, one.date)
            come[moment, one.date] = has_come(step, one.date, problem.as_of)
            kept_for = one.cell.procedure_class
            groups[moment, one.date, one.model_day.id, kept_for, step.accepts].append(one)
    return tuple(
        Opening(
            *key,
            cells=tuple(dict.fromkeys(one.cell.id for one in groups[key])),
            cell_minutes=sum(one.minutes for one in groups[key]),
            empty_minutes=sum(one.empty_minutes for one in groups[key]),
            has_come=come[key[0], key[1]],
        )
        for key in sorted(groups)
    )
