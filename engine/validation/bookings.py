"""Single bookings: what cannot be laid out, and what the book holds against the practice's rules.

A booking is a promise to a patient. It is set aside only where nothing sensible can be kept;
everything else is kept and listed.
"""

from collections.abc import Iterator

from engine.practice import Booking, Horizon, Problem
from engine.practice.calendar import usable_intervals
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, clock_text, to_minutes
from engine.validation.book import Booked, book_of, is_looked_at, span_text
from engine.validation.booking_rules import broken_rules
from engine.validation.codes import fault
from engine.validation.dates import day_text
from engine.validation.minute_masks import fitting, mask_of
from engine.validation.possible_starts import PossibleStarts
from engine.validation.visits import fits_length


def booking_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of every booking, looked at alone."""
    starts = PossibleStarts(problem)
    for booking in problem.bookings:
        yield from _layout(problem, booking)
        yield from _dates(problem, booking)
    for booked in book_of(problem):
        yield from _chair(problem, booked)
        if is_looked_at(problem, booked.booking.date, horizon):
            yield from broken_rules(starts, booked)


def _layout(problem: Problem, booking: Booking) -> Iterator[PracticeProblem]:
    visit, where = booking.visit, f"booking {booking.visit.id}"
    procedure = problem.procedures.get(visit.procedure)
    if procedure is None:
        return
    grid, mark = problem.practice.grid_minutes, problem.practice.start_mark_minutes
    if not fits_length(problem, visit):
        count = sum(len(stage.segments) for stage in procedure.stages)
        yield fault(
            "booking-too-short",
            where,
            f"is {visit.minutes} min long; procedure '{procedure.code}' has {count} segments of at "
            f"least {grid} min each",
            "correct length or procedure; keep its time free until it is mended",
        )
        return
    start, length = to_minutes(booking.start), visit.minutes or procedure.minutes
    if start + length > MINUTES_PER_DAY:
        yield fault(
            "booking-past-midnight",
            where,
            f"starts at {clock_text(start)} and takes {length} min",
            "correct start or length",
        )
    if start % mark or (visit.minutes is not None and visit.minutes % grid):
        yield fault(
            "booking-off-grid",
            where,
            f"starts at {clock_text(start)} for {length} min; starts are every {mark} min, lengths "
            f"a multiple of {grid} min",
            "it is kept as it is; move it onto the marks when the patient is called",
        )


def _dates(problem: Problem, booking: Booking) -> Iterator[PracticeProblem]:
    where, today = f"booking {booking.visit.id}", problem.as_of.date()
    if booking.date < today:
        yield fault(
            "booking-in-the-past",
            where,
            f"is on {day_text(booking.date)}, now is {day_text(today)}",
            "it counts as done; take it out of the book once its outcome is entered",
        )
    if booking.booked_on is not None and booking.booked_on > booking.date:
        yield fault(
            "booked-after-date",
            where,
            f"was booked on {day_text(booking.booked_on)} for {day_text(booking.date)}",
            "correct one of the two dates; it counts as booked the same day",
        )
    treatment = booking.visit.treatment
    if treatment is not None and min(treatment.original_ecd, treatment.current_ecd) < (
        treatment.started
    ):
        yield fault(
            "booking-treatment-dates",
            where,
            f"treatment started on {treatment.started} and is to be completed on "
            f"{treatment.original_ecd} (now {treatment.current_ecd})",
            "correct the start or the completion date",
        )


def _chair(problem: Problem, booked: Booked) -> Iterator[PracticeProblem]:
    booking, needing = booked.booking, booked.chair_stages
    if booking.chair is None:
        if needing:
            yield fault(
                "booking-without-chair",
                booked.where,
                f"has no chair; procedure '{booked.procedure.code}' needs a "
                f"{needing[0].chair_kind} chair",
                "it is seated where there is room; name the chair if it matters",
            )
        return
    chair = problem.chairs.get(booking.chair)
    if chair is None:
        return
    if not needing:
        yield fault(
            "booking-chair-not-needed",
            booked.where,
            f"is in chair '{chair.id}'; procedure '{booked.procedure.code}' needs none",
            "the chair counts as free; drop it, or choose another procedure",
        )
        return
    kinds = dict.fromkeys(str(stage.chair_kind) for stage in needing)
    if chair.kind not in kinds:
        yield fault(
            "booking-wrong-chair-kind",
            booked.where,
            f"is in chair '{chair.id}' ({chair.kind}); procedure '{booked.procedure.code}' needs "
            f"{' and '.join(kinds)}",
            "seat it in a chair of the kind",
        )
    klass = booked.procedure.procedure_class
    if chair.overflow and klass not in problem.practice.overflow_classes:
        yield fault(
            "booking-in-overflow",
            booked.where,
            f"is in overflow chair '{chair.id}', which does not take class '{klass}'",
            "seat it in a column, or let overflow chairs take the class",
        )
    usable = mask_of(usable_intervals(problem.practice, chair, booking.date))
    for stage in needing:
        first, last = booked.busy(stage)
        if stage.chair_kind is chair.kind and not fitting(usable, last - first) >> first & 1:
            yield fault(
                "booking-chair-blocked",
                booked.where,
                f"is in chair '{chair.id}' {span_text((first, last))} on "
                f"{day_text(booking.date)}, which is blocked for part of it",
                "seat it in another chair, or unblock this one",
            )
