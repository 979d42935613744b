"""The doctor is never in two places; or, by units, has at most so many minutes in a slot."""

from collections import defaultdict
from collections.abc import Iterator

from engine.checker.book import Book, Entry, Hold
from engine.checker.free import free_doctor
from engine.checker.report import Finding, finding
from engine.checker.spans import clashing, first_gap, span_text, spans_text
from engine.practice import DoctorRuleKind
from engine.units import clock_text


def findings(book: Book) -> Iterator[Finding]:
    """Doctor time has no turnover: the doctor may go from chair to chair in the same minute.

    As with staff, a kept booking without a doctor is inherited only while no doctor is free.
    """
    exact = book.practice.doctor_rule.kind is DoctorRuleKind.EXACT
    for hold in book.doctor_holds:
        yield from _one_piece(book, hold)
    for (doctor, _), holds in book.holds_of_doctor.items():
        if exact:
            yield from _two_places(book, doctor, holds)
        else:
            yield from _too_many_minutes(book, doctor, holds)


def _one_piece(book: Book, hold: Hold) -> Iterator[Finding]:
    entry = hold.entry
    if hold.doctor is None:
        helper = free_doctor(book, hold) if entry.kept else None
        text = f"{span_text(hold)} has no doctor"
        text = f"{text}, although {helper} is free" if helper else text
        yield finding((entry,), hold.start, text, "nobody", "one doctor", inherited=helper is None)
        return
    person = book.problem.staff.get(hold.doctor)
    if person is None:
        return
    if person.id not in book.doctor_ids:
        text = f"{span_text(hold)} has {person.id}, {person.role}, in doctor time"
        yield finding((entry,), hold.start, text, person.id, "a doctor", inherited=False)
    present = book.present(person.id, entry.date)
    gap = first_gap((hold.start, hold.end), present)
    if gap is not None:
        allowed = spans_text(present)
        text = f"doctor {person.id} is away in doctor time of {span_text(hold)}; there: {allowed}"
        helper = free_doctor(book, hold) if entry.kept else None
        text = f"{text}; {helper} is free" if helper else text
        yield finding((entry,), gap, text, span_text(hold), allowed, inherited=helper is None)


def _two_places(book: Book, doctor: str, holds: list[Hold]) -> Iterator[Finding]:
    for first, second, minute in clashing(holds, lambda hold: hold.entry.kept):
        kept = first.entry.kept and second.entry.kept
        helper = (free_doctor(book, first) or free_doctor(book, second)) if kept else None
        found = f"{span_text(first)} and {span_text(second)}"
        text = f"doctor {doctor} is with {found}"
        text = f"{text}, although {helper} is free" if helper else text
        yield finding(
            (first.entry, second.entry),
            minute,
            text,
            found,
            "one patient at a time",
            inherited=helper is None,
        )


def _too_many_minutes(book: Book, doctor: str, holds: list[Hold]) -> Iterator[Finding]:
    rule = book.practice.doctor_rule
    size, most = rule.slot_minutes, rule.units * rule.unit_minutes
    minutes: dict[int, int] = defaultdict(int)
    parties: dict[int, list[Entry]] = defaultdict(list)
    for hold in sorted(holds, key=lambda held: held.start):
        for slot in range(hold.start // size, -(-hold.end // size)):
            shared = min(hold.end, (slot + 1) * size) - max(hold.start, slot * size)
            minutes[slot] += shared
            parties[slot].append(hold.entry)
    for slot, total in sorted(minutes.items()):
        if total > most:
            begin, end = slot * size, (slot + 1) * size
            text = f"doctor {doctor} has {total} min of doctor time in the slot"
            text = f"{text} {clock_text(begin)}-{clock_text(end)}"
            yield finding(parties[slot], begin, text, f"{total} min", f"at most {most} min")
