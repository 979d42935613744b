"""Seat one visit on one date: a start, then a chair, a person and a doctor that hold it."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from engine.generate.draws import chance, pick
from engine.generate.masks import minutes_in, span
from engine.generate.occupancy import DayOccupancy
from engine.practice import Procedure
from engine.practice.pattern import DoctorTime, StageTime
from engine.schedule import PlacedSegment
from engine.units import to_clock

LEFT_JUSTIFIED_SHARE = 0.9
"""Share of visits that begin where the chair was just left: gaps elsewhere stay long."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a visit sits; `start`, `end` in minutes, without turnover."""

    procedure: Procedure
    stages: tuple[StageTime, ...]
    day: dt.date
    start: int
    chairs: tuple[str | None, ...]
    staff: tuple[str | None, ...]
    doctor: str | None
    doctor_starts: tuple[tuple[int, ...], ...]

    @property
    def end(self) -> int:
        """When the patient leaves."""
        return self.start + self.stages[-1].end

    @property
    def segments(self) -> tuple[PlacedSegment, ...]:
        """The pieces of the visit, doctor time apart."""
        pieces: list[PlacedSegment] = []
        for stage, chair, person, begins in zip(
            self.stages, self.chairs, self.staff, self.doctor_starts, strict=True
        ):
            borders = [self.start + stage.start]
            for piece, begin in zip(stage.doctor, begins, strict=True):
                borders += [begin, begin + piece.minutes]
            borders.append(self.start + stage.end)
            for at, (first, last) in enumerate(zip(borders, borders[1:], strict=False)):
                if first < last:
                    with_doctor = at % 2 == 1
                    pieces.append(
                        PlacedSegment(
                            stage=stage.index,
                            start=to_clock(first),
                            end=to_clock(last),
                            chair=chair,
                            doctor=self.doctor if with_doctor else None,
                            staff=person,
                            doctor_time=with_doctor,
                        )
                    )
        return tuple(pieces)


def seat_visit(
    occupancy: DayOccupancy,
    procedure: Procedure,
    stages: tuple[StageTime, ...],
    rng: np.random.Generator,
    within: int = -1,
) -> Seat | None:
    """Find a free seat whose start is in the mask `within`, and take it; None where there is none.

    Given a start, chair, person and doctor are independent of each other, because stages with
    different rooms have different people; so the starts of all three can be crossed as masks.
    """
    starts = occupancy.free_starts(stages, procedure) & within
    chairs = [_chair_options(occupancy, procedure, stage) for stage in stages]
    people = [_staff_options(occupancy, stage) for stage in stages]
    for options in (*chairs, *people):
        if options is not None:
            starts &= _any(options)
    needs_doctor = any(stage.doctor for stage in stages)
    doctors = {}
    if needs_doctor and starts:
        doctors = {d: occupancy.doctor_starts(stages, d) for d in occupancy.doctors}
        starts &= _any(doctors)
    if not starts:
        return None
    start = _choose_start(occupancy, procedure.procedure_class, chairs[0], starts, rng)
    doctor = pick(rng, [d for d, mask in doctors.items() if mask >> start & 1]) if doctors else None
    seat = Seat(
        procedure,
        stages,
        occupancy.day,
        start,
        tuple(_choose_chair(occupancy, procedure, c, start, s) for c, s in zip(chairs, stages, strict=True)),
        tuple(_choose_person(occupancy, p, start) for p in people),
        doctor,
        tuple(
            tuple(_doctor_start(occupancy, doctor, piece, start, rng) for piece in stage.doctor)
            for stage in stages
        ),
    )
    _hold(occupancy, seat, take=True)
    return seat


def unseat(occupancy: DayOccupancy, seat: Seat) -> None:
    """Give back all that a seat holds."""
    _hold(occupancy, seat, take=False)


def _hold(occupancy: DayOccupancy, seat: Seat, take: bool) -> None:
    for stage, chair, person, begins in zip(
        seat.stages, seat.chairs, seat.staff, seat.doctor_starts, strict=True
    ):
        minutes = span(seat.start + stage.start, seat.start + stage.busy_until)
        for table, key in ((occupancy.chair_free, chair), (occupancy.staff_free, person)):
            if key is not None:
                table[key] = table[key] & ~minutes if take else table[key] | minutes
        for piece, begin in zip(stage.doctor, begins, strict=True):
            assert seat.doctor is not None
            day = occupancy.doctors[seat.doctor]
            (day.take if take else day.give_back)(begin, piece.minutes)
    occupancy.book(seat.procedure, seat.start, seat.end, 1 if take else -1)


_Options = dict[str, int] | None
"""Visit starts by chair or person; None where the stage needs none."""


def _any(options: dict[str, int]) -> int:
    found = 0
    for mask in options.values():
        found |= mask
    return found


def _chair_options(occupancy: DayOccupancy, procedure: Procedure, stage: StageTime) -> _Options:
    if stage.chair_kind is None:
        return None
    masks = {
        chair.id: occupancy.chair_starts(stage, procedure, chair)
        for chair in occupancy.problem.practice.chairs
    }
    return {chair: mask for chair, mask in masks.items() if mask}


def _staff_options(occupancy: DayOccupancy, stage: StageTime) -> _Options:
    if stage.role is None:
        return None
    masks = {person: occupancy.staff_starts(stage, person) for person in occupancy.staff_free}
    return {person: mask for person, mask in masks.items() if mask}


def _choose_start(
    occupancy: DayOccupancy,
    procedure_class: str,
    chairs: _Options,
    starts: int,
    rng: np.random.Generator,
) -> int:
    if chairs is not None and chance(rng, LEFT_JUSTIFIED_SHARE):
        close = 0
        for chair, mask in chairs.items():
            close |= mask & occupancy.justified(procedure_class, chair)
        starts = starts & close or starts
    return pick(rng, minutes_in(starts))


def _choose_chair(
    occupancy: DayOccupancy, procedure: Procedure, options: _Options, start: int, stage: StageTime
) -> str | None:
    if options is None:
        return None
    own = occupancy.own_cells(procedure.procedure_class)
    at = start + stage.start
    seated = span(at, start + stage.end)

    def rank(chair: str) -> tuple[bool, bool, bool, str]:
        # Free time is good for every class, so a visit of a class with cells sits in those first.
        justified = occupancy.justified(procedure.procedure_class, chair) >> at & 1
        return (
            seated & ~own[chair] != 0,
            not justified,
            occupancy.problem.chairs[chair].overflow,
            chair,
        )

    return min((chair for chair, mask in options.items() if mask >> start & 1), key=rank)


def _choose_person(occupancy: DayOccupancy, options: _Options, start: int) -> str | None:
    if options is None:
        return None
    able = (person for person, mask in options.items() if mask >> start & 1)
    # The person with the fewest skills: the others are kept for what only they can do.
    return min(able, key=lambda person: (len(occupancy.problem.staff[person].skills), person))


def _doctor_start(
    occupancy: DayOccupancy,
    doctor: str | None,
    piece: DoctorTime,
    start: int,
    rng: np.random.Generator,
) -> int:
    assert doctor is not None
    begins = occupancy.doctors[doctor].starts(piece.minutes)
    grid = occupancy.problem.practice.grid_minutes
    late = range(0, piece.float_minutes + 1, grid)
    free = [start + piece.offset + later for later in late if begins >> (start + piece.offset + later) & 1]
    # Mostly as the pattern says; sometimes late, so that the float is exercised.
    return pick(rng, free) if chance(rng, 0.2) else free[0]
