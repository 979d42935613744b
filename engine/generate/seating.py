"""Seat one visit on one date: a start, then a chair, a person and a doctor that hold it."""

from dataclasses import dataclass

import numpy as np

from engine.generate.admissible import admissible_starts
from engine.generate.choices import (
    Options,
    chair_options,
    choose_chair,
    choose_doctor_start,
    choose_person,
    choose_start,
    staff_options,
)
from engine.generate.draws import pick
from engine.generate.masks import any_of, span
from engine.generate.occupancy import DayOccupancy
from engine.generate.seat import Seat
from engine.practice import Procedure
from engine.practice.pattern import StageTime


@dataclass(frozen=True, slots=True)
class Offer:
    """Visit starts that are free; for each stage those of its chairs and people, and of doctors."""

    starts: int
    chairs: tuple[Options, ...]
    people: tuple[Options, ...]
    doctors: Options


def offer_of(occupancy: DayOccupancy, procedure: Procedure, stages: tuple[StageTime, ...]) -> Offer:
    """What a date still offers a visit.

    Given a start, chair, person and doctor are independent of each other, because stages with
    different rooms have different people; so the starts of all three can be crossed as masks.
    """
    starts = admissible_starts(occupancy, stages, procedure)
    chairs = tuple(chair_options(occupancy, procedure, stage) for stage in stages)
    people = tuple(staff_options(occupancy, stage) for stage in stages)
    doctors: Options = None
    if any(stage.doctor for stage in stages):
        doctors = {doctor: occupancy.doctor_starts(stages, doctor) for doctor in occupancy.doctors}
    for options in (*chairs, *people, doctors):
        if options is not None:
            starts &= any_of(options.values())
    return Offer(starts, chairs, people, doctors)


def seat_visit(
    occupancy: DayOccupancy,
    procedure: Procedure,
    stages: tuple[StageTime, ...],
    rng: np.random.Generator,
    within: int = -1,
) -> Seat | None:
    """Find a free seat whose start is in the mask `within`, and take it; None if there is none."""
    offer = offer_of(occupancy, procedure, stages)
    starts = offer.starts & within
    if not starts:
        return None
    start = choose_start(occupancy, procedure.procedure_class, offer.chairs[0], starts, rng)
    free = [doctor for doctor, mask in (offer.doctors or {}).items() if mask >> start & 1]
    doctor = pick(rng, free) if free else None
    seat = Seat(
        procedure,
        stages,
        occupancy.day,
        start,
        tuple(
            choose_chair(occupancy, procedure, options, start, stage)
            for options, stage in zip(offer.chairs, stages, strict=True)
        ),
        tuple(choose_person(occupancy, options, start) for options in offer.people),
        doctor,
        tuple(
            tuple(choose_doctor_start(occupancy, doctor, time, start, rng) for time in stage.doctor)
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
