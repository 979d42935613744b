"""Count columns: every admissible start of every kind, and the fixed starts of kept bookings."""

import numpy as np

from engine.practice import Booking
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
from engine.solver.model import Fed, Lack, Model, Slot, Start, UseKey
from engine.solver.program import Ints, as_ints
from engine.solver.serving import Allowed, Serving
from engine.solver.tables import Counts
from engine.solver.uses import use_of
from engine.units import MINUTES_PER_DAY, to_minutes

START_RULES = (opening_hours, procedure_times, before_closure, supervision)
"""Rules that bind where a kind may start, whoever the patient is."""

Names = tuple[str | None, ...]
"""Doctors by whom starts are told apart; None: any doctor."""

_Use = tuple[Slot, str, int, int, Allowed]
"""What for, family, start, end, classes that can serve it."""

_Need = tuple[Fed, int]
"""A use, what for, and its number."""

_Moment = tuple[str | None, tuple[Fed, ...], list[int]]
"""A doctor, or nobody by name, with the uses of the doctor time and their numbers."""


class StartOpener:
    """Opens the starts of every kind; what many starts have in common is looked up once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._moments: dict[tuple[int, int, int, Names], list[_Moment]] = {}
        self._given: dict[tuple[int, int, int, str | None], tuple[UseKey, int] | None] = {}
        self._serving = Serving(model)
        self._tables: list[tuple[Ints, Ints, Ints, Ints]] = []

    def open(self, kind: Kind, most: int) -> None:
        """Columns for every start of a kind on every date; `most` items can take one."""
        names = required_doctor.names_for(self._model, kind)
        for day in range(len(self._model.days)):
            self._open_day(kind, day, most, names)

    def close(self) -> None:
        """All starts as one table."""
        empty = np.empty(0, dtype=np.int64)
        parts = zip(*self._tables, strict=True) if self._tables else [[empty]] * 4
        column, place, minute, doctor = (np.concatenate(part) for part in parts)
        bounds = np.searchsorted(place, np.arange(len(self._model.starts) + 1))
        self._model.counts = Counts(column, place, minute, doctor, bounds)

    def _open_day(self, kind: Kind, day: int, most: int, names: Names) -> None:
        model = self._model
        first, place = model.program.size, len(model.starts)
        opened: list[Start] = []
        needed: list[int] = []
        for minute in _start_minutes(model, kind, day):
            uses = self._rooms_and_people(kind, day, minute)
            if uses is None:
                continue
            stages = [_register(model, day, use) for use in uses]
            fed = tuple([need for need, _ in stages])
            numbers = [number for _, number in stages]
            for offsets in kind.doctor_options:
                for doctor, at, given in self._moments_of(kind, day, minute, offsets, names):
                    column = first + len(opened)
                    opened.append(Start(column, kind, day, minute, offsets, doctor, fed, at))
                    needed += numbers
                    needed += given
        count = len(opened)
        minutes = np.array([start.minute for start in opened], dtype=np.int64)
        doctors = np.array([model.doctor_number[start.doctor] for start in opened], dtype=np.int64)
        model.program.columns(count, 0, most, day=day, minute=minutes)
        model.starts[(kind.key, day)] = opened
        columns = np.arange(first, first + count)
        self._tables.append((columns, np.full(count, place), minutes, doctors))
        if count:
            uses_each = len(needed) // count  # the same for all starts of a kind
            model.feeds.append((as_ints(needed), np.repeat(columns, uses_each)))

    def _moments_of(
        self, kind: Kind, day: int, minute: int, offsets: tuple[int, ...], names: Names
    ) -> list[_Moment]:
        """Who can give all of the doctor time at these moments."""
        if len(kind.doctor) != 1:
            spans = [(minute + o, t.minutes) for o, t in zip(offsets, kind.doctor, strict=True)]
            return self._served(day, spans, names)
        begin, minutes = minute + offsets[0], kind.doctor[0].minutes
        key = (day, begin, minutes, names)
        if key not in self._moments:
            self._moments[key] = self._served(day, [(begin, minutes)], names)
        return self._moments[key]

    def _served(self, day: int, spans: list[tuple[int, int]], names: Names) -> list[_Moment]:
        """Those of the names who can give every one of these spans (first minute, minutes)."""
        found: list[_Moment] = []
        for doctor in names:
            given = [self._given_by(day, begin, minutes, doctor) for begin, minutes in spans]
            uses = [use for use in given if use is not None]
            if len(uses) == len(spans):
                at = tuple([(("doctor", index), key) for index, (key, _) in enumerate(uses)])
                found.append((doctor, at, [number for _, number in uses]))
        return found

    def _given_by(
        self, day: int, begin: int, minutes: int, doctor: str | None
    ) -> tuple[UseKey, int] | None:
        """The use of this doctor time and its number; None where it cannot be given."""
        key = (day, begin, minutes, doctor)
        if key not in self._given:
            self._given[key] = None
            doctors = self._serving.doctors(day, begin, begin + minutes, doctor)
            use = (("doctor", 0), "doctor", begin, begin + minutes, doctors)
            if doctors and not _is_full(self._model, day, use):
                (_, used), number = _register(self._model, day, use)
                self._given[key] = (used, number)
        return self._given[key]

    def _rooms_and_people(self, kind: Kind, day: int, minute: int) -> list[_Use] | None:
        """The uses of the stages of a start; None where one cannot be served."""
        model = self._model
        uses: list[_Use] = []
        for stage in kind.stages:
            begin, until = minute + stage.start, minute + stage.busy_until
            if stage.chair_kind is not None:
                chairs = self._serving.chairs(day, kind, minute, stage)
                family = f"chair:{stage.chair_kind}"
                uses.append((("chair", stage.index), family, begin, until, chairs))
            if stage.role is not None:
                people = self._serving.people(day, minute, stage)
                uses.append((("staff", stage.index), f"staff:{stage.role}", begin, until, people))
        possible = all(use[4] and not _is_full(model, day, use) for use in uses)
        return uses if possible else None


def _register(model: Model, day: int, use: _Use) -> _Need:
    slot, family, start, end, allowed = use
    key, entry = use_of(model, family, day, start, end, allowed)
    return (slot, key), entry.number


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
        fed = tuple(_feed_kept(model, day, use, column, lack) for use in moments)
        starts.append(Start(column, kind, day, minute, offsets, name, stages, fed))
    if len(choices) > 1:
        model.program.equal_sums("book_kept", [start.column for start in starts], [keep])
    model.kept_starts[visit.id] = starts


def _feed_kept(model: Model, day: int, use: _Use, column: int, lack: Lack) -> Fed:
    slot, family, start, end, allowed = use
    key, entry = use_of(model, family, day, start, end, allowed)
    entry.owners.append((column, lack))
    return slot, key


def _feed_kept_stages(
    model: Model, booking: Booking, kind: Kind, day: int, minute: int, keep: int
) -> tuple[Fed, ...]:
    visit = booking.visit
    fed: list[Fed] = []
    first_chair = next((s.index for s in kind.stages if s.chair_kind is not None), None)
    for stage in kind.stages:
        begin, until = minute + stage.start, minute + stage.busy_until
        in_book_chair = visit.id in model.locked and stage.index == first_chair
        lack = (visit.id, "chair", stage.index)
        if stage.chair_kind is not None and not in_book_chair and lack not in model.lacking:
            chairs = chair_once.options_kept(model, day, kind, minute, stage, booking)
            use = (("chair", stage.index), f"chair:{stage.chair_kind}", begin, until, chairs)
            fed.append(_feed_kept(model, day, use, keep, lack))
        lack = (visit.id, "staff", stage.index)
        if stage.role is not None and lack not in model.lacking:
            people = staff_once.options(model, day, minute, stage)
            use = (("staff", stage.index), f"staff:{stage.role}", begin, until, people)
            fed.append(_feed_kept(model, day, use, keep, lack))
    return tuple(fed)


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
    if not model.full:
        return False
    _, family, start, end, _ = use
    full = model.full.get((family, day), ())
    return any(low < end and start < high for low, high in full)


def _start_minutes(model: Model, kind: Kind, day: int) -> list[int]:
    facts = model.days[day]
    minutes = list(start_marks.start_minutes(facts))
    for rule in START_RULES:
        windows = rule.start_windows(model.problem, facts, kind)
        if windows != ((0, MINUTES_PER_DAY),):
            minutes = [m for m in minutes if any(low <= m < high for low, high in windows)]
    return minutes


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
