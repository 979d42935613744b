"""What a single booking holds against hours, people and its own visit: kept and listed."""

from collections.abc import Iterator

from engine.practice.calendar import is_open
from engine.problems import PracticeProblem
from engine.units import to_minutes
from engine.validation.book import Booked, span_text
from engine.validation.codes import fault
from engine.validation.dates import day_text
from engine.validation.minute_masks import fitting
from engine.validation.possible_starts import DOCTOR, SUPERVISION, TIMES, PossibleStarts
from engine.validation.visits import window_text
from engine.validation.wording import person_text


def broken_rules(starts: PossibleStarts, booked: Booked) -> Iterator[PracticeProblem]:
    """All rules of time and people that the booking breaks on its date."""
    yield from _against_hours(starts, booked)
    yield from _against_people(starts, booked)
    yield from _against_visit(booked)


def _against_hours(starts: PossibleStarts, booked: Booked) -> Iterator[PracticeProblem]:
    day, span = booked.booking.date, (booked.start, booked.end)
    if not is_open(starts.practice, day):
        yield fault(
            "booking-closed-date",
            booked.where,
            f"is on {day_text(day)}, which is closed",
            "move it, or open the date",
        )
        return
    opened = starts.open(day)
    if not fitting(opened, span[1] - span[0]) >> span[0] & 1:
        yield fault(
            "booking-outside-hours",
            booked.where,
            f"{span_text(span)} on {day_text(day)} is outside patient hours",
            "move it, or open longer on that date",
        )


def _against_people(starts: PossibleStarts, booked: Booked) -> Iterator[PracticeProblem]:
    visit, day = booked.booking.visit, booked.booking.date
    if not is_open(starts.practice, day):
        return
    asked = (visit.procedure, visit.minutes, visit.required_doctor, day, starts.problem.as_of)
    missing = [need for need, mask in starts.by_need(*asked) if not mask >> booked.start & 1]
    span = f"{span_text((booked.start, booked.end))} on {day_text(day)}"
    for need in missing:
        if need == TIMES:
            yield fault(
                "booking-outside-times",
                booked.where,
                f"{span} is outside the allowed times of procedure '{visit.procedure}'",
                "move it, or widen the allowed times",
            )
        if need == SUPERVISION and starts.problem.doctors:
            yield fault(
                "booking-unsupervised",
                booked.where,
                f"{span}: no doctor is in the office for all of it",
                "move it, or add doctor hours",
            )
        if need == DOCTOR and starts.problem.doctors:
            yield fault(
                "booking-outside-shift",
                booked.where,
                f"{span}: {visit.required_doctor or 'no doctor'} is "
                f"{'not ' if visit.required_doctor else ''}there for its doctor time",
                "move it, or change the doctor's hours",
            )
        if need[0] == "staff" and starts.servers(booked.stages[need[1]], booked.procedure):
            stage = booked.stages[need[1]]
            yield fault(
                "booking-outside-shift",
                booked.where,
                f"{span}: it needs {person_text(stage.role, stage.skill)}, and none is there for "
                f"all of {span_text(booked.busy(stage))}, turnover included",
                "move it, or change shifts",
            )


def _against_visit(booked: Booked) -> Iterator[PracticeProblem]:
    visit, day = booked.booking.visit, booked.booking.date
    broken = []
    if visit.earliest is not None and day < visit.earliest:
        broken.append(f"is possible from {day_text(visit.earliest)} on")
    if visit.latest is not None and day > visit.latest:
        broken.append(f"had to be by {day_text(visit.latest)}")
    if visit.lab_ready is not None and day <= visit.lab_ready:
        broken.append(f"waits for a lab item until {day_text(visit.lab_ready)}")
    for clearance in visit.clearances:
        if not clearance.granted and (clearance.expected is None or day < clearance.expected):
            until = day_text(clearance.expected) if clearance.expected else "an unknown date"
            broken.append(f"waits for its {clearance.kind} clearance until {until}")
    if visit.availability and not any(
        window.on(day.weekday())
        and to_minutes(window.start) <= booked.start
        and booked.end <= to_minutes(window.end)
        for window in visit.availability
    ):
        available = "; ".join(window_text(window) for window in visit.availability)
        broken.append(f"the patient is available {available}")
    for reason in broken:
        yield fault(
            "booking-against-visit",
            booked.where,
            f"is at {span_text((booked.start, booked.end))} on {day_text(day)}, but {reason}",
            "move it, or correct what is known about the visit",
        )
