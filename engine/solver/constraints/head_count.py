"""Head count for rule `book_kept`: where a kept booking goes without, new visits fit the rest."""

import numpy as np

from engine.practice import Role
from engine.solver.kinds import kind_key
from engine.solver.model import Lack, Model
from engine.solver.program import Ints
from engine.solver.uses import lacking_intervals
from engine.units import Interval, to_minutes

_Intervals = tuple[Ints, Ints, Ints]
"""First minutes, last minutes (not included) and columns."""


def _present(model: Model, day: int, role: Role, skill: str | None, minute: int) -> int:
    windows = model.days[day].present
    return sum(
        any(low <= minute < high for low, high in windows[person.id])
        for person in model.problem.practice.staff
        if person.role is role and (skill is None or skill in person.skills)
    )


def guard_staff(model: Model, day: int) -> None:
    """While a stage lacks its person: new stages of the role <= people less kept stages.

    If even the skilled people are fewer than kept stages need, no new stage of the role begins.
    Stricter than the head count of the rule by whom it counts, and never looser.
    """
    for lack, low, high in lacking_intervals(model, day, "staff"):
        stage = model.kinds[kind_key(model.kept[lack[0]].visit)].stages[lack[2]]
        if stage.role is None:
            continue
        new = _new_stages(model, day, stage.role)
        for minute in _moments(model, low, high):
            need = _kept_stages(model, day, stage.role, None, minute)
            there = _present(model, day, stage.role, None, minute)
            free = max(0, there - need)
            if stage.skill is not None:
                skilled = _kept_stages(model, day, stage.role, stage.skill, minute)
                if skilled > _present(model, day, stage.role, stage.skill, minute):
                    free = 0
            _cap(model, lack, _during(new, minute), free, there)


def _new_stages(model: Model, day: int, role: Role) -> _Intervals:
    parts = [np.empty((3, 0), dtype=np.int64)]
    for place, (key, number) in enumerate(model.starts):
        here = model.counts.of(place)
        minute, column = model.counts.minute[here], model.counts.column[here]
        parts += [
            np.stack((minute + stage.start, minute + stage.busy_until, column))
            for stage in model.kinds[key].stages
            if number == day and stage.role is role
        ]
    start, end, column = np.concatenate(parts, axis=1)
    return start, end, column


def _during(intervals: _Intervals, minute: int) -> Ints:
    """Columns of the intervals that hold this minute."""
    start, end, column = intervals
    return column[(start <= minute) & (minute < end)]


def _cap(model: Model, lack: Lack, new: Ints, free: int, there: int) -> None:
    """new <= free while the booking stays and goes without, else new <= there.

    Where several skills or doctors meet, or another booking of the clash might leave, the head
    count of the rule lets more in than this: whoever is there at all, but not all of them.
    """
    model.stricter = model.stricter or (len(new) > 0 and free < there)
    keep = model.keep_column[lack[0]]
    if model.program.lower[keep] == 1 or free >= there:
        model.program.row("book_kept", new, upper=free)
    else:
        factors = [1] * len(new) + [there - free]
        model.program.row("book_kept", np.append(new, keep), factors, upper=there)


def guard_doctors(model: Model, day: int) -> None:
    """While a booking lacks its doctor: new doctor time <= doctors less kept doctor time."""
    lacking = lacking_intervals(model, day, "doctor")
    if not lacking:
        return
    new = np.array(
        [
            (start.minute + offset, start.minute + offset + time.minutes, start.column)
            for (_, number), starts in model.starts.items()
            if number == day
            for start in starts
            for time, offset in zip(start.kind.doctor, start.doctor_offsets, strict=True)
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    intervals = (new[:, 0], new[:, 1], new[:, 2])
    for lack, low, high in lacking:
        for minute in _moments(model, low, high):
            need = sum(s <= minute < e for s, e in _kept_doctor_spans(model, day))
            there = _present(model, day, Role.DOCTOR, None, minute)
            _cap(model, lack, _during(intervals, minute), max(0, there - need), there)


def _moments(model: Model, low: int, high: int) -> range:
    step = model.problem.practice.grid_minutes
    return range(low - low % step, high, step)


def _kept_stages(model: Model, day: int, role: Role, skill: str | None, minute: int) -> int:
    count = 0
    for booking in model.kept.values():
        if model.day_number[booking.date] == day:
            start = to_minutes(booking.start)
            for stage in model.kinds[kind_key(booking.visit)].stages:
                fits = stage.role is role and (skill is None or stage.skill == skill)
                count += fits and start + stage.start <= minute < start + stage.busy_until
    return count


def _kept_doctor_spans(model: Model, day: int) -> list[Interval]:
    """Doctor time of kept bookings, widened by its float: it may be anywhere inside."""
    spans: list[Interval] = []
    for booking in model.kept.values():
        if model.day_number[booking.date] == day:
            start = to_minutes(booking.start)
            for time in model.kinds[kind_key(booking.visit)].doctor:
                begin = start + time.offset
                spans.append((begin, begin + time.minutes + time.float_minutes))
    return spans
