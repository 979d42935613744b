"""Head count for rule `book_kept`: where a kept booking goes without, new visits fit the rest."""

from collections.abc import Iterator

import numpy as np

from engine.practice import Booking, DoctorRuleKind, Role
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
    By whom it counts that is tighter than the head count of the rule, and never looser. Sure is
    that newcomers have whoever lacks the skill, and of the skilled what frozen bookings leave.
    """
    for lack, low, high in lacking_intervals(model, day, "staff"):
        stage = model.kinds[kind_key(model.kept[lack[0]].visit)].stages[lack[2]]
        if stage.role is None:
            continue
        role, skill = stage.role, stage.skill
        new = _new_stages(model, day, role)
        for minute in _moments(model, low, high):
            there, fit = (_present(model, day, role, which, minute) for which in (None, skill))
            free = there - _kept_stages(model, day, role, None, minute)
            skilled = fit - _kept_stages(model, day, role, skill, minute)
            frozen = fit - _kept_stages(model, day, role, skill, minute, with_it=lack[0])
            sure = there - fit + max(0, frozen)
            _cap(model, lack, _during(new, minute), 0 if skilled < 0 else free, sure, there)


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


def _cap(model: Model, lack: Lack, new: Ints, free: int, sure: int, there: int) -> None:
    """New ones at most `free` while the booking stays and goes without, else those there are.

    Where several skills or doctors meet, or another booking of the clash might leave, the rule
    lets more in: at most `sure`, and a bound may rest on that alone.
    """
    if not len(new):
        return
    _cap_at(model, lack, new, sure, there)
    if free < sure:
        _cap_at(model, lack, new, max(0, free), there)
        model.mark_strict()


def _cap_at(model: Model, lack: Lack, new: Ints, most: int, there: int) -> None:
    keep = model.keep_column[lack[0]]
    if model.program.lower[keep] == 1:
        model.program.row("book_kept", new, upper=most)
    elif most < there:
        factors = [1] * len(new) + [there - most]
        model.program.row("book_kept", np.append(new, keep), factors, upper=there)


def guard_doctors(model: Model, day: int) -> None:
    """While a booking lacks its doctor: new doctor time <= doctors less kept doctor time.

    Kept doctor time that floats may be elsewhere, so only what no float moves away is sure.
    """
    lacking = lacking_intervals(model, day, "doctor")
    exact = model.problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
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
            sure = there
            if exact and model.kept[lack[0]].visit.required_doctor is None:
                spans = _sure_doctor_spans(model, day, lack[0])
                sure = max(0, there - sum(s <= minute < e for s, e in spans))
            _cap(model, lack, _during(intervals, minute), there - need, sure, there)


def _moments(model: Model, low: int, high: int) -> range:
    step = model.problem.practice.grid_minutes
    return range(low - low % step, high, step)


def _kept_stages(
    model: Model, day: int, role: Role, skill: str | None, minute: int, with_it: str | None = None
) -> int:
    """Stages under way in the book; `with_it`: only of what stays wherever that booking stays."""
    count = 0
    for booking in _kept_on(model, day, with_it):
        start = to_minutes(booking.start)
        for stage in model.kinds[kind_key(booking.visit)].stages:
            fits = stage.role is role and (skill is None or stage.skill == skill)
            count += fits and start + stage.start <= minute < start + stage.busy_until
    return count


def _kept_doctor_spans(model: Model, day: int) -> list[Interval]:
    """Doctor time of kept bookings, widened by its float: it may be anywhere inside."""
    spans: list[Interval] = []
    for booking in _kept_on(model, day):
        for time in model.kinds[kind_key(booking.visit)].doctor:
            begin = to_minutes(booking.start) + time.offset
            spans.append((begin, begin + time.minutes + time.float_minutes))
    return spans


def _sure_doctor_spans(model: Model, day: int, with_it: str) -> list[Interval]:
    """Minutes of doctor time wherever the float puts it, of what stays where `with_it` stays."""
    spans: list[Interval] = []
    for booking in _kept_on(model, day, with_it):
        for time in model.kinds[kind_key(booking.visit)].doctor:
            begin = to_minutes(booking.start) + time.offset
            spans.append((begin + time.float_minutes, begin + time.minutes))
    return spans


def _kept_on(model: Model, day: int, with_it: str | None = None) -> Iterator[Booking]:
    """Bookings of a date; `with_it`: only those that stay wherever that one stays."""
    for visit, booking in model.kept.items():
        stays = visit == with_it or model.program.lower[model.keep_column[visit]] == 1
        if model.day_number[booking.date] == day and (stays or with_it is None):
            yield booking
