"""Chairs, people and a doctor for one visit at one start: who is taken first, and why.

Chairs: the class's own time before nobody's before other classes', regular before overflow, then
the tightest gap. People: the wished assistant, then who has least skills to spare, then who keeps
the column, then the tightest gap. Doctors: the wished one, then the order of the practice file;
of the floats the earliest.
"""

from collections.abc import Callable, Sequence

import numpy as np

from engine.filling.cell_map import CellMap
from engine.filling.day_book import DayBook
from engine.filling.doctor_lanes import floats_of
from engine.filling.lanes import Minutes
from engine.filling.make_placement import Seats
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.practice import Visit
from engine.practice.pattern import StageTime

NOON = 12 * 60
Hold = tuple[int, int, int]
"""A row of lanes, and minutes [start, end) on it."""


def find_seats(
    book: DayBook,
    staffing: RoomsAndPeople,
    cells: CellMap | None,
    *,
    visit: Visit,
    stages: Sequence[StageTime],
    start: int,
) -> Seats | None:
    """Seats for a visit at a start that suits the patient; None where something is taken."""
    chairs_for = _chair_finder(book, staffing, cells, visit, start)
    chairs = _assign(stages, [stage.chair_kind is not None for stage in stages], chairs_for)
    if chairs is None:
        return None
    chair_ids = tuple(None if row is None else book.chairs.ids[row] for row in chairs)

    def people_for(stage: StageTime) -> list[Hold]:
        return _people(
            book, staffing, visit, stage=stage, start=start, chair=chair_ids[stage.index]
        )

    people = _assign(stages, [stage.role is not None for stage in stages], people_for)
    if people is None:
        return None
    staff_ids = tuple(None if row is None else book.staff.ids[row] for row in people)
    times = [time for stage in stages for time in stage.doctor]
    if not times:
        return Seats(chair_ids, staff_ids, None, ())
    for row in staffing.doctor_rows(visit.required_doctor, visit.preferred_doctor):
        choice = int(book.doctors.choices(row, times, np.array([start]))[0])
        if choice >= 0:
            floats = floats_of(times, book.doctors.grid)[choice]
            return Seats(chair_ids, staff_ids, book.doctors.lanes.ids[row], floats)
    return None


def first_chairs(
    book: DayBook,
    staffing: RoomsAndPeople,
    cells: CellMap | None,
    *,
    visit: Visit,
    stages: Sequence[StageTime],
    start: int,
) -> tuple[str, ...]:
    """Chairs for the first stage that needs one with which the later stages find theirs, too."""
    chairs_for = _chair_finder(book, staffing, cells, visit, start)
    seated = [stage for stage in stages if stage.chair_kind is not None]
    if not seated:
        return ()
    first, *later = seated
    needed = [True] * len(later)
    if not later:
        return tuple(book.chairs.ids[row] for row, _, _ in chairs_for(first))
    return tuple(
        book.chairs.ids[hold[0]]
        for hold in chairs_for(first)
        if _assign(later, needed, chairs_for, (hold,)) is not None
    )


def could_sit(
    book: DayBook,
    staffing: RoomsAndPeople,
    cells: CellMap | None,
    *,
    visit: Visit,
    stages: Sequence[StageTime],
    start: int,
    chair: str,
) -> bool:
    """True where one stage finds that chair free, and the others find theirs beside it."""
    chairs_for = _chair_finder(book, staffing, cells, visit, start)
    seated = [stage for stage in stages if stage.chair_kind is not None]
    row, needed = book.chairs.row[chair], [True] * (len(seated) - 1)
    return any(
        hold[0] == row
        and _assign([*seated[:at], *seated[at + 1 :]], needed, chairs_for, (hold,)) is not None
        for at, stage in enumerate(seated)
        for hold in chairs_for(stage)
    )


def _assign(
    stages: Sequence[StageTime],
    needed: Sequence[bool],
    candidates: Callable[[StageTime], list[Hold]],
    taken: tuple[Hold, ...] = (),
) -> tuple[int | None, ...] | None:
    """A row for each stage that needs one, none of them twice at once; by trying in order."""
    if not stages:
        return ()
    stage, *later = stages
    if not needed[0]:
        rest = _assign(later, needed[1:], candidates, taken)
        return None if rest is None else (None, *rest)
    for hold in candidates(stage):
        row, begin, end = hold
        if any(row == other and begin < until and since < end for other, since, until in taken):
            continue
        rest = _assign(later, needed[1:], candidates, (*taken, hold))
        if rest is not None:
            return (row, *rest)
    return None


def _chair_finder(
    book: DayBook, staffing: RoomsAndPeople, cells: CellMap | None, visit: Visit, start: int
) -> Callable[[StageTime], list[Hold]]:
    """The free chairs for a stage of a visit that starts then, the best first."""
    procedure_class = book.problem.procedures[visit.procedure].procedure_class

    def chairs_for(stage: StageTime) -> list[Hold]:
        if stage.chair_kind is None:
            return []
        rows = staffing.chair_rows(stage.chair_kind, procedure_class)
        return _chairs(book, staffing, cells, rows, stage, start)

    return chairs_for


def _chairs(
    book: DayBook,
    staffing: RoomsAndPeople,
    cells: CellMap | None,
    rows: Minutes,
    stage: StageTime,
    start: int,
) -> list[Hold]:
    begin, end, until = start + stage.start, start + stage.end, start + stage.busy_until
    lanes = book.chairs
    fits = lanes.free_until[rows, begin] >= until
    if cells is not None:
        fits &= cells.accepted_until[rows, begin] >= end
    rows = rows[fits]
    whose = cells.whose(rows, begin, end) if cells is not None else np.zeros_like(rows)
    gaps = lanes.free_until[rows, begin] - lanes.free_since[rows, begin]
    order = np.lexsort((rows, gaps, staffing.overflow[rows], whose))
    return [(row, begin, until) for row in rows[order].tolist()]


def _people(
    book: DayBook,
    staffing: RoomsAndPeople,
    visit: Visit,
    *,
    stage: StageTime,
    start: int,
    chair: str | None,
) -> list[Hold]:
    if stage.role is None:
        return []
    begin, until = start + stage.start, start + stage.busy_until
    keeper = _keeper(book, chair, begin)
    found: list[tuple[bool, int, bool, int, int]] = []
    for row in staffing.staff_rows(stage.role, stage.skill):
        if book.staff.is_free(row, begin, until):
            name = book.staff.ids[row]
            gap = book.staff.gap(row, begin, until)
            wished = name == visit.preferred_assistant
            found.append((not wished, int(staffing.skills[row]), name != keeper, gap, int(row)))
    return [(row, begin, until) for *_, row in sorted(found)]


def _keeper(book: DayBook, chair: str | None, begin: int) -> str | None:
    """Who served last in that chair in the same half-day (before noon, or from noon on)."""
    if chair is None:
        return None
    earlier = [
        (since, name)
        for (_, since), name in book.sat[chair].items()
        if since < begin and (since < NOON) == (begin < NOON)
    ]
    return max(earlier)[1] if earlier else None
