"""Where a visit could start on a date if it were alone in the book, need by need.

Each need of a visit is a set of start minutes (bit masks, see `minute_masks`). A need nobody can
meet is an empty set; needs that can be met one by one, but never together, have an empty
intersection. Bookings, quotas and limits are not looked at: this is about what can ever be.
"""

import datetime as dt
from functools import lru_cache

from engine.practice import (
    WEEKDAYS,
    Binds,
    Chair,
    Practice,
    Problem,
    Procedure,
    Supervision,
    Visit,
)
from engine.practice.calendar import (
    in_office_intervals,
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.practice.pattern import StageTime, pattern_of
from engine.practice.release import acceptance
from engine.units import to_minutes
from engine.validation.minute_masks import ALL_DAY, fitting, mask_of, multiples, starts_for
from engine.validation.procedures import serves

Need = tuple[str, int]
"""What has to be met, and for which stage (0 where it is for the whole visit)."""

HOURS: Need = ("hours", 0)
TIMES: Need = ("times", 0)
SUPERVISION: Need = ("supervision", 0)
DOCTOR: Need = ("doctor", 0)
AVAILABILITY: Need = ("availability", 0)


class PossibleStarts:
    """Start masks by need, for the visits of one problem; remembered by date and length."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.marks = multiples(problem.practice.start_mark_minutes)
        self.by_need = lru_cache(maxsize=None)(self._by_need)
        self.open = lru_cache(maxsize=None)(self._open)
        self.present = lru_cache(maxsize=None)(self._present)
        self.accepting = lru_cache(maxsize=None)(self._accepting)

    @property
    def practice(self) -> Practice:
        """The practice."""
        return self.problem.practice

    def pattern(self, procedure: Procedure, minutes: int | None) -> tuple[StageTime, ...]:
        """The stages of a visit of this length."""
        return pattern_of(procedure, minutes, self.practice.grid_minutes)

    def _open(self, day: dt.date) -> int:
        return mask_of(open_intervals(self.practice, day))

    def _present(self, person_id: str, day: dt.date) -> int:
        person = self.problem.staff[person_id]
        return mask_of(present_intervals(self.practice, person, day))

    def servers(self, stage: StageTime, procedure: Procedure) -> list[str]:
        """The people who can serve a stage."""
        wanted = procedure.stages[stage.index]
        return [p.id for p in self.practice.staff if serves(p.role, p.skills, wanted)]

    def chairs(self, stage: StageTime, procedure: Procedure) -> list[Chair]:
        """The chairs that can hold a stage."""
        takes_overflow = procedure.procedure_class in self.practice.overflow_classes
        return [
            chair
            for chair in self.practice.chairs
            if chair.kind is stage.chair_kind and (takes_overflow or not chair.overflow)
        ]

    def _accepting(self, chair_id: str, klass: str, day: dt.date, now: dt.datetime) -> int:
        """Minutes of a column that take the class: in an accepting cell, or in no cell."""
        model_day = model_day_on(self.practice, day)
        if model_day is None:
            return ALL_DAY
        cells = [cell for cell in model_day.cells if chair_id in cell.columns]
        spans = {cell.id: (to_minutes(cell.start), to_minutes(cell.end)) for cell in cells}
        takes = [
            spans[cell.id]
            for cell in cells
            if acceptance(cell, klass, day, now, self.problem.policy) is not None
        ]
        return (ALL_DAY & ~mask_of(spans.values())) | mask_of(takes)

    @staticmethod
    def moment(day: dt.date, now: dt.datetime | None) -> dt.datetime:
        """When cells are looked at: now, or late on their own date, with all releases come."""
        return now if now is not None else dt.datetime.combine(day, dt.time(23, 59))

    def alone(self, visit: Visit, day: dt.date, now: dt.datetime) -> dict[Need, int]:
        """Starts on marks by need. `now` decides which cells are released."""
        needs = dict(self.by_need(visit.procedure, visit.minutes, visit.required_doctor, day, now))
        if visit.availability:
            length = self.pattern(self.problem.procedures[visit.procedure], visit.minutes)[-1].end
            needs[AVAILABILITY] = 0
            for window in visit.availability:
                if window.on(day.weekday()):
                    span = (to_minutes(window.start), to_minutes(window.end))
                    needs[AVAILABILITY] |= fitting(mask_of([span]), length)
        return needs

    def _by_need(
        self, code: str, minutes: int | None, doctor: str | None, day: dt.date, now: dt.datetime
    ) -> tuple[tuple[Need, int], ...]:
        procedure = self.problem.procedures[code]
        stages = self.pattern(procedure, minutes)
        length = stages[-1].end
        needs: dict[Need, int] = {HOURS: self.marks & fitting(self.open(day), length)}
        if day == self.problem.as_of.date():
            clock = self.problem.as_of
            begun = clock.hour * 60 + clock.minute + bool(clock.second or clock.microsecond)
            needs[HOURS] &= ALL_DAY << begun
        if procedure.allowed_times:
            needs[TIMES] = _allowed(procedure, length, day)
        if procedure.supervision is Supervision.DIRECT:
            inside = 0
            for person in self.problem.doctors:
                inside |= mask_of(in_office_intervals(self.practice, person, day))
            needs[SUPERVISION] = fitting(inside, length)
        for stage in stages:
            needs |= self._stage(stage, procedure, day, now)
        if any(stage.doctor for stage in stages):
            needs[DOCTOR] = self._doctors(stages, doctor, day)
        return tuple(needs.items())

    def _stage(
        self, stage: StageTime, procedure: Procedure, day: dt.date, now: dt.datetime
    ) -> dict[Need, int]:
        needs: dict[Need, int] = {}
        if stage.role is not None:
            needs["staff", stage.index] = 0
            for id_ in self.servers(stage, procedure):
                starts = starts_for(self.present(id_, day), stage.start, stage.busy_until)
                needs["staff", stage.index] |= starts
        if stage.chair_kind is not None:
            needs["chair", stage.index] = needs["cell", stage.index] = 0
            for chair in self.chairs(stage, procedure):
                usable = mask_of(usable_intervals(self.practice, chair, day))
                free = starts_for(usable, stage.start, stage.busy_until)
                takes = self.accepting(chair.id, procedure.procedure_class, day, now)
                needs["chair", stage.index] |= free
                needs["cell", stage.index] |= free & starts_for(takes, stage.start, stage.end)
        return needs

    def _doctors(self, stages: tuple[StageTime, ...], doctor: str | None, day: dt.date) -> int:
        found = 0
        for person in self.problem.doctors:
            if doctor is None or person.id == doctor:
                present = self.present(person.id, day)
                starts = ALL_DAY
                for piece in (piece for stage in stages for piece in stage.doctor):
                    here = 0
                    for late in range(0, piece.float_minutes + 1, self.practice.grid_minutes):
                        begin = piece.offset + late
                        here |= starts_for(present, begin, begin + piece.minutes)
                    starts &= here
                found |= starts
        return found


def _allowed(procedure: Procedure, length: int, day: dt.date) -> int:
    """Starts that one of the allowed times of that weekday permits; none applies: no start."""
    starts = 0
    for allowed in procedure.allowed_times:
        if not allowed.weekdays or WEEKDAYS[day.weekday()] in allowed.weekdays:
            first, last = to_minutes(allowed.start), to_minutes(allowed.end)
            if allowed.binds is Binds.START:
                starts |= mask_of([(first, last)])
            elif allowed.binds is Binds.END:
                starts |= mask_of([(first - length + 1, last - length + 1)])
            else:
                starts |= fitting(mask_of([(first, last)]), length)
    return starts
