"""Clashes within the book: two bookings that need the same chair, doctor, person or patient.

They are kept and listed: a coordinator decides, not a program.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from engine.practice import Horizon, Problem, Role
from engine.problems import PracticeProblem
from engine.validation.book import Booked, book_of, is_looked_at, span_text
from engine.validation.book_doctors import doctor_clashes
from engine.validation.book_limits import limit_clashes
from engine.validation.codes import fault
from engine.validation.dates import day_text
from engine.validation.head_counts import Claim, shortages
from engine.validation.wording import person_text


def clashes(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """All clashes, date by date."""
    by_date: dict[dt.date, list[Booked]] = defaultdict(list)
    for booked in book_of(problem):
        if is_looked_at(problem, booked.booking.date, horizon):
            by_date[booked.booking.date].append(booked)
    for day in sorted(by_date):
        book = by_date[day]
        yield from _chair_twice(problem, day, book)
        yield from _patient_twice(day, book)
        yield from doctor_clashes(problem, day, book)
        yield from _staff_short(problem, day, book)
        yield from limit_clashes(problem, day, book)


def _pairs(claims: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Overlapping claims of different bookings, the earlier one first."""
    ordered = sorted(claims, key=lambda claim: (claim[0], claim[1].id))
    for index, first in enumerate(ordered):
        for second in ordered[index + 1 :]:
            if second[0][0] >= first[0][1]:
                break
            if first[1] is not second[1]:
                yield first, second


def _chair_twice(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for booked in book:
        chair = problem.chairs.get(booked.booking.chair or "")
        for stage in booked.chair_stages:
            if chair is not None and stage.chair_kind is chair.kind:
                claims[chair.id].append((booked.busy(stage), booked))
    for chair_id, held in claims.items():
        for (one, first), (other, second) in _pairs(held):
            yield fault(
                "book-chair-twice",
                second.where,
                f"is in chair '{chair_id}' {span_text(other)} on {day_text(day)}, where booking "
                f"'{first.id}' is {span_text(one)}, turnover included",
                "seat one of them elsewhere, or move it",
            )


def _patient_twice(day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for booked in book:
        claims[booked.booking.visit.patient].append(((booked.start, booked.end), booked))
    for patient, held in claims.items():
        for (one, first), (other, second) in _pairs(held):
            yield fault(
                "book-patient-twice",
                second.where,
                f"of patient '{patient}' {span_text(other)} on {day_text(day)} overlaps booking "
                f"'{first.id}' {span_text(one)}",
                "move one of the two",
            )


def _staff_short(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    """Minutes at which more stages need a role (and skill) than people of it are present."""
    stages = [
        (booked.procedure.stages[time.index], booked.busy(time), booked)
        for booked in book
        for time in booked.stages
        if time.role is not None
    ]
    groups: set[tuple[Role | None, str | None]] = {(stage.role, None) for stage, _, _ in stages}
    groups |= {(stage.role, stage.skill) for stage, _, _ in stages}
    for role, skill in sorted(groups, key=lambda group: (str(group[0]), group[1] or "")):
        asking = [
            (stage, span, booked)
            for stage, span, booked in stages
            if stage.role is role and skill in (None, stage.skill)
        ]
        people = [
            person
            for person in problem.practice.staff
            if person.role is role and (skill is None or skill in person.skills)
        ]
        claims = [(span, booked) for _, span, booked in asking]
        for span, names, last, present in shortages(problem, day, claims, people):
            yield fault(
                "book-short-of-staff",
                f"booking {last}",
                f"{span_text(span)} on {day_text(day)}: {len(names)} bookings ({', '.join(names)}) "
                f"need {person_text(role, skill)}, {present} present",
                "move one of them, or add a person",
            )
