"""Who else could have served: a kept booking may go without only where nobody is free.

Staff and doctors of kept bookings are chosen by the fill, not by the book; a bad choice is
inherited only where no better one was left.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.checker.book import Book, Hold, Intervals
from engine.checker.spans import Span, first_gap
from engine.practice import DoctorRuleKind

HoldsOf = Mapping[tuple[str, dt.date], Sequence[Hold]]


def someone_free(
    candidates: Iterable[str],
    day: dt.date,
    spans: Sequence[Span],
    there: Callable[[str, dt.date], Intervals],
    holds_of: HoldsOf,
) -> str | None:
    """The first id that is there, and holds nothing else, in all of the spans; None if nobody."""
    for candidate in sorted(candidates):
        if any(first_gap(span, there(candidate, day)) is not None for span in spans):
            continue
        taken = holds_of.get((candidate, day), ())
        if not any(
            hold.start < end and start < hold.until for hold in taken for start, end in spans
        ):
            return candidate
    return None


def free_person(book: Book, hold: Hold) -> str | None:
    """Somebody of the stage's role and skill with nothing else to do until its turnover is done."""
    if hold.need is None:
        return None
    people = book.people_for(hold.need) - {hold.staff}
    span = (hold.start, hold.until)
    return someone_free(people, hold.entry.date, [span], book.present, book.holds_of_person)


def free_doctor(book: Book, hold: Hold) -> str | None:
    """A doctor, the required one if any, who is free in all doctor time of the visit."""
    required = hold.entry.visit.required_doctor
    fit = book.doctor_ids & {required} if required else book.doctor_ids
    spans, day = book.doctor_spans[hold.entry], hold.entry.date
    others = fit - {hold.doctor}
    if book.practice.doctor_rule.kind is DoctorRuleKind.EXACT:
        return someone_free(others, day, spans, book.present, book.holds_of_doctor)
    there = {who for who in others if someone_free([who], day, spans, book.present, {})}
    return next((who for who in sorted(there) if _units_left(book, who, day, spans)), None)


def _units_left(book: Book, doctor: str, day: dt.date, spans: Sequence[Span]) -> bool:
    """True where every slot of the spans has enough doctor minutes left for them."""
    rule = book.practice.doctor_rule
    size, most = rule.slot_minutes, rule.units * rule.unit_minutes
    taken = [(hold.start, hold.end) for hold in book.holds_of_doctor.get((doctor, day), ())]
    slots = {slot for start, end in spans for slot in range(start // size, -(-end // size))}
    return all(
        sum(max(0, min(end, (slot + 1) * size) - max(start, slot * size)) for start, end in held)
        <= most
        for held in ([*taken, *spans],)
        for slot in slots
    )


def free_chair(book: Book, hold: Hold) -> str | None:
    """A chair that may hold the stage and stands empty until its turnover is done."""
    if hold.need is None:
        return None
    overflow = hold.entry.procedure.procedure_class in book.practice.overflow_classes
    fit = {
        chair.id
        for chair in book.practice.chairs
        if chair.kind is hold.need.chair_kind and (overflow or not chair.overflow)
    }
    span = (hold.start, hold.until)
    return someone_free(fit, hold.entry.date, [span], book.usable, book.holds_of_chair)
