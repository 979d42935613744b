"""Bookings that need a doctor in two places.

Doctor time that may come late is a clash only where no order within the floats avoids it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from engine.practice import DoctorRuleKind, Problem
from engine.practice.pattern import DoctorTime
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, overlap_minutes
from engine.validation.book import Booked, span_text
from engine.validation.codes import fault
from engine.validation.dates import day_text
from engine.validation.head_counts import shortages


def doctor_clashes(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    """Clashes of one date, counted as the practice counts doctor time."""
    if problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT:
        yield from _doctor_twice(problem, day, book)
        yield from _doctors_short(problem, day, book)
    else:
        yield from _units_short(problem, day, book)


def _doctor_pieces(book: list[Booked]) -> Iterator[tuple[Booked, DoctorTime]]:
    return ((booked, piece) for booked in book for stage in booked.stages for piece in stage.doctor)


def _doctor_twice(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    """Pairs that need the same doctor, and neither order fits within the floats."""
    only = problem.doctors[0].id if len(problem.doctors) == 1 else None
    claims: dict[str, list[tuple[Booked, DoctorTime]]] = defaultdict(list)
    for booked, piece in _doctor_pieces(book):
        doctor = booked.booking.visit.required_doctor or only
        if doctor is not None:
            claims[doctor].append((booked, piece))
    for doctor, held in claims.items():
        ordered = sorted(held, key=lambda claim: (claim[0].start + claim[1].offset, claim[0].id))
        for index, (first, early) in enumerate(ordered):
            for second, late in ordered[index + 1 :]:
                if first is not second and not (
                    _in_order(first, early, second, late) or _in_order(second, late, first, early)
                ):
                    yield fault(
                        "book-doctor-twice",
                        second.where,
                        f"needs {doctor} {_piece_text(second, late)} on {day_text(day)}, and "
                        f"booking '{first.id}' {_piece_text(first, early)}",
                        "move one of the two",
                    )


def _in_order(first: Booked, early: DoctorTime, second: Booked, late: DoctorTime) -> bool:
    """True where the first piece can be over before the second has to begin."""
    soonest_end = first.start + early.offset + early.minutes
    return soonest_end <= second.start + late.offset + late.float_minutes


def _piece_text(booked: Booked, piece: DoctorTime) -> str:
    begin = booked.start + piece.offset
    late = f" or up to {piece.float_minutes} min later" if piece.float_minutes else ""
    return span_text((begin, begin + piece.minutes)) + late


def _doctors_short(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    """Several doctors: minutes at which more of them are certainly busy than present."""
    if len(problem.doctors) < 2:
        return
    claims = []
    for booked, piece in _doctor_pieces(book):
        latest = booked.start + piece.offset + piece.float_minutes
        soonest_end = booked.start + piece.offset + piece.minutes
        if latest < soonest_end:
            claims.append(((latest, soonest_end), booked))
    for span, names, last, present in shortages(problem, day, claims, list(problem.doctors)):
        yield fault(
            "book-doctor-twice",
            f"booking {last}",
            f"{span_text(span)} on {day_text(day)}: {len(names)} bookings ({', '.join(names)}) "
            f"need a doctor, {present} present",
            "move one of them",
        )


def _units_short(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    rule, grid = problem.practice.doctor_rule, problem.practice.grid_minutes
    most = rule.units * rule.unit_minutes * len(problem.doctors)
    pieces = list(_doctor_pieces(book))
    for begin in range(0, MINUTES_PER_DAY, rule.slot_minutes):
        slot = (begin, begin + rule.slot_minutes)
        needed: dict[str, int] = defaultdict(int)
        for booked, piece in pieces:
            first = booked.start + piece.offset
            least = min(
                overlap_minutes((first + late, first + late + piece.minutes), slot)
                for late in range(0, piece.float_minutes + 1, grid)
            )
            if least:
                needed[booked.id] += least
        if problem.doctors and sum(needed.values()) > most:
            yield fault(
                "book-doctor-twice",
                f"booking {list(needed)[-1]}",
                f"{span_text(slot)} on {day_text(day)}: bookings {', '.join(needed)} need "
                f"{sum(needed.values())} doctor min, the slot has {most}",
                "move one of them",
            )
