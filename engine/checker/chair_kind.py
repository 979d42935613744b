"""The right kind of room for each stage; overflow chairs for their classes only."""

from collections.abc import Iterator

from engine.checker.book import Book, Hold
from engine.checker.free import free_chair
from engine.checker.report import Finding, finding
from engine.practice import ChairKind


def findings(book: Book) -> Iterator[Finding]:
    """Inherited where a kept booking sits in the chair that the book gives it."""
    for hold in book.stage_holds:
        if hold.need is None or hold.need.chair_kind is None:
            continue
        if hold.chair is None:
            yield _without(book, hold, hold.need.chair_kind)
            continue
        chair = book.problem.chairs.get(hold.chair)
        if chair is None:
            continue
        entry, booked = hold.entry, book.chair_as_booked(hold)
        if chair.kind is not hold.need.chair_kind:
            text = f"{entry.id} stage {hold.stage} needs a {hold.need.chair_kind} chair"
            text = f"{text}, but {chair.id} is a {chair.kind} chair"
            allowed = f"a {hold.need.chair_kind} chair"
            yield finding((entry,), hold.start, text, chair.id, allowed, inherited=booked)
        taken = book.practice.overflow_classes
        if chair.overflow and entry.procedure.procedure_class not in taken:
            allowed = ", ".join(taken) or "no class"
            text = f"{entry.id} ({entry.procedure.procedure_class}) sits in overflow chair"
            text = f"{text} {chair.id}, which takes {allowed}"
            yield finding((entry,), hold.start, text, chair.id, allowed, inherited=booked)


def _without(book: Book, hold: Hold, kind: ChairKind) -> Finding:
    free = free_chair(book, hold)
    text = f"{hold.entry.id} stage {hold.stage} has no {kind} chair"
    return finding(
        (hold.entry,),
        hold.start,
        f"{text}, and {free} is free" if free else text,
        "no chair",
        f"a {kind} chair",
        inherited=free is None and not book.booked_stage(hold),
    )
