"""Starts at which every stage finds a chair and a person, and the visit a doctor."""

from collections.abc import Sequence

import numpy as np

from engine.filling.cell_map import CellMap
from engine.filling.day_book import DayBook
from engine.filling.lanes import Mask, Minutes
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.filling.start_sieve import StartSieve
from engine.practice import Visit
from engine.practice.pattern import StageTime


def keep_resources(
    sieve: StartSieve,
    book: DayBook,
    staffing: RoomsAndPeople,
    cells: CellMap | None,
    *,
    visit: Visit,
    stages: Sequence[StageTime],
) -> None:
    """Leave starts at which each stage, taken alone, can be served, and the doctor can come."""
    procedure_class = book.problem.procedures[visit.procedure].procedure_class
    for stage in stages:
        if stage.chair_kind is not None:
            rows = staffing.chair_rows(stage.chair_kind, procedure_class)
            sieve.keep("chair_kind", len(rows) > 0)
            sieve.keep("cells", in_cells(cells, rows, stage, sieve.starts).any(axis=0))
            sieve.keep(
                "chair_once", usable_chairs(book, cells, rows, stage, sieve.starts).any(axis=0)
            )
    for stage in stages:
        if stage.role is not None:
            rows = staffing.staff_rows(stage.role, stage.skill)
            length = stage.busy_until - stage.start
            begins = sieve.starts + stage.start
            sieve.keep("staff_once", book.staff.fits(rows, begins, length).any(axis=0))
    times = [time for stage in stages for time in stage.doctor]
    if times:
        served: Mask = np.zeros(len(sieve.starts), dtype=np.bool_)
        for row in staffing.doctor_rows(visit.required_doctor, None):
            served |= book.doctors.choices(row, times, sieve.starts) >= 0
        sieve.keep("required_doctor" if visit.required_doctor else "doctor_once", served)


def in_cells(cells: CellMap | None, rows: Minutes, stage: StageTime, starts: Minutes) -> Mask:
    """For each chair row and start: the stage lies in time that the class may use."""
    if cells is None:
        return np.ones((len(rows), len(starts)), dtype=np.bool_)
    grid = np.ix_(rows, starts + stage.start)
    inside: Mask = cells.accepted_until[grid] >= starts + stage.end
    return inside


def usable_chairs(
    book: DayBook, cells: CellMap | None, rows: Minutes, stage: StageTime, starts: Minutes
) -> Mask:
    """For each chair row and start: accepted by the cells and free until the turnover is done."""
    free = book.chairs.fits(rows, starts + stage.start, stage.busy_until - stage.start)
    return free & in_cells(cells, rows, stage, starts)


def tightest_gap(
    book: DayBook, cells: CellMap | None, rows: Minutes, stage: StageTime, starts: Minutes
) -> Minutes:
    """For each start: fewest free minutes left beside the stage in a usable chair."""
    gaps = book.chairs.gaps(rows, starts + stage.start, stage.busy_until - stage.start)
    usable = usable_chairs(book, cells, rows, stage, starts)
    least: Minutes = np.where(usable, gaps, np.iinfo(np.int32).max).min(axis=0)
    return least
