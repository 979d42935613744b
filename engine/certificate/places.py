"""Where a kind of visit can be at all on a date, and what that costs at given prices.

A kind is a procedure with a length. Kept here are the rules that look at one visit alone: opening
hours, start marks, times of the procedure, closures, supervision, rooms, cells, who is there. All
that one visit may do to another is left to the prices.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.certificate.book_demands import chairs_for, people_for
from engine.certificate.clock_rows import NEVER, Ints, Mask, lasts_until, penalty, summed
from engine.certificate.day_rows import DayRows, Rows
from engine.practice import WEEKDAYS, AllowedTime, Binds, Problem, Procedure, Supervision
from engine.practice.calendar import model_day_on
from engine.practice.pattern import DoctorTime, StageTime
from engine.practice.release import Acceptance, acceptance
from engine.units import to_minutes


@dataclass(frozen=True, slots=True)
class Choice:
    """Members of whom one is held over [begin, until): `extra` (members, starts) or NEVER."""

    rows: Ints
    begin: Ints
    until: Ints
    extra: Ints


@dataclass(frozen=True, slots=True)
class Places:
    """The starts of a kind on a date (minutes), with the choices of each.

    `doctor`: for each piece of doctor time the choices of its moment, members are all doctors.
    """

    starts: Ints
    chairs: tuple[Choice, ...]
    staff: tuple[Choice, ...]
    doctor: tuple[tuple[Choice, ...], ...]

    def seats(self, chair_sums: Ints, staff_sums: Ints) -> Ints:
        """For each start the cheapest chairs and people."""
        total = np.zeros(len(self.starts), dtype=np.int64)
        for choices, sums in ((self.chairs, chair_sums), (self.staff, staff_sums)):
            for choice in choices:
                total += _cost(choice, sums).min(axis=0)
        return np.minimum(total, NEVER)

    def doctors(self, sums: Ints) -> Ints:
        """For each doctor and start, all pieces of doctor time at their cheapest moments.

        Floats end before the next piece can begin, so each piece chooses for itself.
        """
        total = np.zeros((len(sums), len(self.starts)), dtype=np.int64)
        for moments in self.doctor:
            total += np.minimum.reduce([_cost(moment, sums) for moment in moments])
        return np.minimum(total, NEVER)


def _cost(choice: Choice, sums: Ints) -> Ints:
    held = sums[choice.rows]
    cost: Ints = held[:, choice.until] - held[:, choice.begin] + choice.extra
    return cost


def places_on(
    problem: Problem,
    rows: DayRows,
    procedure: Procedure,
    stages: tuple[StageTime, ...],
    off_template: int,
) -> Places | None:
    """The places of a kind on an open date; None where there is none.

    `off_template`: millipoints for a stage in a cell that takes its class by release or fallback.
    """
    starts = _clock_starts(problem, rows, procedure, stages)
    cells = _CellRows(problem, rows, procedure.procedure_class)
    for last in (False, True):
        chairs = [
            _chair_choice(problem, rows, cells, procedure, stage, starts, off_template)
            for stage in stages
            if stage.chair_kind is not None
        ]
        staff = [
            _choice(rows.staff, people_for(problem, stage), starts, stage.start, stage.busy_until)
            for stage in stages
            if stage.role is not None
        ]
        doctor = [
            _moments(problem, rows, time, starts) for stage in stages for time in stage.doctor
        ]
        if last:
            break
        possible = np.ones(len(starts), dtype=np.bool_)
        for choice in (*chairs, *staff):
            possible &= choice.extra.min(axis=0, initial=NEVER) < NEVER
        if doctor:
            together = np.zeros((len(rows.doctors.ids), len(starts)), dtype=np.int64)
            for moments in doctor:
                together += np.minimum.reduce([moment.extra for moment in moments])
            possible &= together.min(axis=0, initial=NEVER) < NEVER
        starts = starts[possible]
        if not len(starts):
            return None
    return Places(starts, tuple(chairs), tuple(staff), tuple(doctor))


def _clock_starts(
    problem: Problem, rows: DayRows, procedure: Procedure, stages: tuple[StageTime, ...]
) -> Ints:
    practice, length = problem.practice, stages[-1].end
    grid = practice.grid_minutes
    borders = [border for stage in stages for border in (stage.start, stage.end)]
    if any(border % grid for border in borders):
        return np.empty(0, dtype=np.int64)
    closing = {closure.date for closure in practice.closures}
    ahead = range(1, procedure.days_before_closure + 1)
    if any(rows.day + dt.timedelta(days=days) in closing for days in ahead):
        return np.empty(0, dtype=np.int64)
    starts = np.arange(0, 1440 - length + 1, practice.start_mark_minutes, dtype=np.int64)
    fine = (starts % grid == 0) & (rows.open_until[starts] >= starts + length)
    if procedure.supervision is Supervision.DIRECT:
        fine &= rows.office_until[starts] >= starts + length
    if procedure.allowed_times:
        weekday = WEEKDAYS[rows.day.weekday()]
        timely = np.zeros(len(starts), dtype=np.bool_)
        for window in procedure.allowed_times:
            if not window.weekdays or weekday in window.weekdays:
                timely |= _holds(window, starts, length)
        fine &= timely
    left: Ints = starts[fine]
    return left


def _holds(window: AllowedTime, starts: Ints, length: int) -> Mask:
    opens, closes = to_minutes(window.start), to_minutes(window.end)
    ends = starts + length
    if window.binds is Binds.START:
        return (opens <= starts) & (starts < closes)
    if window.binds is Binds.END:
        return (opens < ends) & (ends <= closes)
    return (opens <= starts) & (ends <= closes)


def _choice(members: Rows, fit: frozenset[str], starts: Ints, begin: int, until: int) -> Choice:
    rows = np.array([n for n, name in enumerate(members.ids) if name in fit], dtype=np.int64)
    last = np.minimum(starts + until, 1440)
    there = members.until[rows][:, starts + begin] >= starts + until
    return Choice(rows, starts + begin, last, penalty(there))


class _CellRows:
    """What the cells of a date say to a class, by chair: where they refuse it, where at a price."""

    def __init__(self, problem: Problem, rows: DayRows, wanted: str) -> None:
        shape = rows.chairs.there.shape
        kept, taking = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
        priced = np.zeros(shape, dtype=np.int64)
        template = model_day_on(problem.practice, rows.day)
        for cell in template.cells if template else ():
            how = acceptance(cell, wanted, rows.day, problem.as_of, problem.policy)
            span = slice(to_minutes(cell.start), to_minutes(cell.end))
            for column in cell.columns:
                row = rows.chairs.number(column)
                if row is None:
                    continue
                kept[row, span] = True
                taking[row, span] |= how is not None
                priced[row, span] += how in (Acceptance.FALLBACK, Acceptance.RELEASED)
        self.open_until = lasts_until(~kept | taking)
        self.priced = summed(priced)


def _chair_choice(
    problem: Problem,
    rows: DayRows,
    cells: _CellRows,
    procedure: Procedure,
    stage: StageTime,
    starts: Ints,
    off_template: int,
) -> Choice:
    fit = chairs_for(problem, procedure.code, stage)
    choice = _choice(rows.chairs, fit, starts, stage.start, stage.busy_until)
    begin, end = starts + stage.start, starts + stage.end
    taken = cells.open_until[choice.rows][:, begin] >= end
    priced = cells.priced[choice.rows]
    off = priced[:, end] > priced[:, begin]
    extra = choice.extra + penalty(taken) + np.where(off, off_template, 0)
    return Choice(choice.rows, choice.begin, choice.until, np.minimum(extra, NEVER))


def _moments(problem: Problem, rows: DayRows, time: DoctorTime, starts: Ints) -> tuple[Choice, ...]:
    grid = problem.practice.grid_minutes
    everybody = frozenset(rows.doctors.ids)
    return tuple(_offsets(rows, time, grid, starts, everybody))


def _offsets(
    rows: DayRows, time: DoctorTime, grid: int, starts: Ints, everybody: frozenset[str]
) -> Iterator[Choice]:
    """Moments on the grid only; a length off the grid is on none."""
    found = False
    for later in range(time.float_minutes + 1):
        begin = time.offset + later
        if begin % grid == 0 and time.minutes % grid == 0:
            found = True
            yield _choice(rows.doctors, everybody, starts, begin, begin + time.minutes)
    if not found:
        choice = _choice(rows.doctors, everybody, starts, time.offset, time.offset)
        yield Choice(choice.rows, choice.begin, choice.until, np.full_like(choice.extra, NEVER))
