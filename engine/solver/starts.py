"""Count columns: every admissible start of every kind, and the fixed starts of kept bookings."""

from engine.practice import Booking
from engine.practice.pattern import StageTime
from engine.solver.constraints import (
    before_closure,
    chair_once,
    doctor_once,
    opening_hours,
    procedure_times,
    required_doctor,
    staff_once,
    start_marks,
    supervision,
)
from engine.solver.kinds import Kind, kind_key
from engine.solver.model import Model, Slot, Start, UseKey
from engine.solver.uses import feed
from engine.units import to_minutes

START_RULES = (opening_hours, procedure_times, before_closure, supervision)
"""Rules that bind where a kind may start, whoever the patient is."""

_Use = tuple[Slot, str, int, int, tuple[tuple[int, int], ...]]
"""What for, family, start, end, classes that can serve it."""


def open_starts(model: Model, kind: Kind, most: int) -> None:
    """Columns for every start of a kind on every date; `most` items can take one."""
    names = required_doctor.names_for(model, kind)
    for day in range(len(model.days)):
        columns: list[Start] = []
        for minute in _start_minutes(model, kind, day):
            uses = _stage_uses(model, kind, day, minute)
            if uses is None or any(_is_full(model, day, use) for use in uses):
                continue
            for offsets in kind.doctor_options:
                for doctor in names:
                    moments = _doctor_uses(model, kind, day, minute, offsets, doctor)
                    if moments is None or any(_is_full(model, day, use) for use in moments):
                        continue
                    column = model.program.column(0, most, day=day, minute=minute)
                    fed = [
                        (slot, feed(model, family, day, start, end, allowed, column))
                        for slot, family, start, end, allowed in (*uses, *moments)
                    ]
                    columns.append(Start(column, kind, day, minute, offsets, doctor, fed))
        model.starts[(kind.key, day)] = columns


def open_kept_starts(model: Model, booking: Booking) -> None:
    """The place of a booking in the book: its start is fixed, its doctor moments may float."""
    visit, day = booking.visit, model.day_number[booking.date]
    kind, minute = model.kinds[kind_key(visit)], to_minutes(booking.start)
    stays = model.use_slack or not booking.movable
    keep = model.program.column(1 if stays else 0, 1, day=day, minute=minute)
    model.kept[visit.id], model.keep_column[visit.id] = booking, keep
    lacks_doctor = (visit.id, "doctor", 0) in model.lacking
    doctor = visit.required_doctor
    names = (doctor,) if doctor and len(model.problem.doctors) > 1 else _kept_names(model, kind)
    choices = [
        (offsets, name, moments)
        for offsets in kind.doctor_options
        for name in names
        if (moments := _doctor_uses(model, kind, day, minute, offsets, name)) is not None
    ]
    if lacks_doctor or not choices:
        nominal = kind.doctor_options[0]
        unserved = [] if lacks_doctor else _unserved(kind, minute)
        choices = [(nominal, None, unserved)]
    stages = _feed_kept_stages(model, booking, kind, day, minute, keep)
    starts: list[Start] = []
    for offsets, name, moments in choices:
        column = keep if len(choices) == 1 else model.program.column(0, 1, day=day, minute=minute)
        lack = (visit.id, "doctor", 0)
        fed = [
            (slot, feed(model, family, day, start, end, allowed, column, lack))
            for slot, family, start, end, allowed in moments
        ]
        starts.append(Start(column, kind, day, minute, offsets, name, stages + fed))
    if len(choices) > 1:
        model.program.equal_sums("book_kept", [start.column for start in starts], [keep])
    model.kept_starts[visit.id] = starts


def _feed_kept_stages(
    model: Model, booking: Booking, kind: Kind, day: int, minute: int, keep: int
) -> list[tuple[Slot, UseKey]]:
    visit = booking.visit
    fed: list[tuple[Slot, UseKey]] = []
    first_chair = next((s.index for s in kind.stages if s.chair_kind is not None), None)
    for stage in kind.stages:
        begin, until = minute + stage.start, minute + stage.busy_until
        in_book_chair = visit.id in model.locked and stage.index == first_chair
        lack = (visit.id, "chair", stage.index)
        if stage.chair_kind is not None and not in_book_chair and lack not in model.lacking:
            chairs = chair_once.options_kept(model, day, kind, minute, stage, booking)
            family = f"chair:{stage.chair_kind}"
            key = feed(model, family, day, begin, until, chairs, keep, lack)
            fed.append((("chair", stage.index), key))
        lack = (visit.id, "staff", stage.index)
        if stage.role is not None and lack not in model.lacking:
            people = staff_once.options(model, day, minute, stage)
            key = feed(model, f"staff:{stage.role}", day, begin, until, people, keep, lack)
            fed.append((("staff", stage.index), key))
    return fed


def _kept_names(model: Model, kind: Kind) -> tuple[str | None, ...]:
    if required_doctor.must_be_named(model.problem, kind):
        return tuple(doctor.id for doctor in model.problem.doctors)
    return (None,)


def _unserved(kind: Kind, minute: int) -> list[_Use]:
    """Doctor time that no doctor is there for: nothing can serve it, so it shows as lacking."""
    return [
        (("doctor", index), "doctor", begin, begin + time.minutes, ())
        for index, time in enumerate(kind.doctor)
        for begin in (minute + time.offset,)
    ]


def _is_full(model: Model, day: int, use: _Use) -> bool:
    _, family, start, end, _ = use
    full = model.full.get((family, day), ())
    return any(low < end and start < high for low, high in full)


def _start_minutes(model: Model, kind: Kind, day: int) -> list[int]:
    facts = model.days[day]
    windows = [rule.start_windows(model.problem, facts, kind) for rule in START_RULES]
    return [
        minute
        for minute in start_marks.start_minutes(facts)
        if all(any(low <= minute < high for low, high in rule) for rule in windows)
    ]


def _stage_uses(model: Model, kind: Kind, day: int, minute: int) -> list[_Use] | None:
    uses: list[_Use] = []
    for stage in kind.stages:
        uses_of_stage = _one_stage(model, kind, day, minute, stage)
        if uses_of_stage is None:
            return None
        uses += uses_of_stage
    return uses


def _one_stage(
    model: Model, kind: Kind, day: int, minute: int, stage: StageTime
) -> list[_Use] | None:
    begin, until = minute + stage.start, minute + stage.busy_until
    uses: list[_Use] = []
    if stage.chair_kind is not None:
        chairs = chair_once.options(model, day, kind, minute, stage)
        if not chairs:
            return None
        slot = ("chair", stage.index)
        uses.append((slot, f"chair:{stage.chair_kind}", begin, until, chairs))
    if stage.role is not None:
        people = staff_once.options(model, day, minute, stage)
        if not people:
            return None
        uses.append((("staff", stage.index), f"staff:{stage.role}", begin, until, people))
    return uses


def _doctor_uses(
    model: Model,
    kind: Kind,
    day: int,
    minute: int,
    offsets: tuple[int, ...],
    doctor: str | None,
) -> list[_Use] | None:
    uses: list[_Use] = []
    for index, (time, offset) in enumerate(zip(kind.doctor, offsets, strict=True)):
        begin = minute + offset
        doctors = doctor_once.options(model, day, begin, begin + time.minutes, doctor)
        if not doctors:
            return None
        uses.append((("doctor", index), "doctor", begin, begin + time.minutes, doctors))
    return uses
