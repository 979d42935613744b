"""The doctor the patient must see gives all of the doctor time."""

from collections.abc import Iterator

from engine.checker.book import Book
from engine.checker.free import free_doctor
from engine.checker.report import Finding, finding
from engine.checker.spans import span_text


def findings(book: Book) -> Iterator[Finding]:
    """Doctor time that nobody gives is a matter of `doctor_once`.

    The book names no doctor: for a kept booking it is inherited only while the required doctor is
    not free.
    """
    for hold in book.doctor_holds:
        required = hold.entry.visit.required_doctor
        if required is None or hold.doctor is None or hold.doctor == required:
            continue
        text = f"{span_text(hold)} must see doctor {required}, but sees {hold.doctor}"
        free = free_doctor(book, hold) if hold.entry.kept else None
        yield finding(
            (hold.entry,), hold.start, text, hold.doctor, required, inherited=free is None
        )
