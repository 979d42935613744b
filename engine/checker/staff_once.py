"""Everyone in one place, on shift, and skilled."""

from collections.abc import Iterator

from engine.checker.book import Book, Hold
from engine.checker.free import free_person
from engine.checker.report import Finding, finding
from engine.checker.spans import clashing, first_gap, span_text, spans_text
from engine.practice import Stage


def findings(book: Book) -> Iterator[Finding]:
    """People are busy until the turnover is done.

    The book names no people: a kept booking without a person, or with one who is away or elsewhere,
    is inherited only while nobody else is free for it. A wrong role or skill never is.
    """
    for hold in book.stage_holds:
        if hold.need is not None and hold.need.role is not None:
            yield from _one_stage(book, hold, hold.need)
    for (person, _), holds in book.holds_of_person.items():
        for first, second, minute in clashing(holds, lambda hold: hold.entry.kept):
            kept = first.entry.kept and second.entry.kept
            helper = (free_person(book, first) or free_person(book, second)) if kept else None
            found = f"{span_text(first)} and {span_text(second)}"
            yield finding(
                (first.entry, second.entry),
                minute,
                _with_helper(f"{person} serves {found}", helper),
                found,
                "one patient at a time, turnover included",
                inherited=helper is None,
            )


def _with_helper(text: str, helper: str | None) -> str:
    return f"{text}, although {helper} is free" if helper else text


def _one_stage(book: Book, hold: Hold, need: Stage) -> Iterator[Finding]:
    entry, wanted = hold.entry, f"{need.role} with skill {need.skill}" if need.skill else need.role
    if hold.staff is None:
        helper = free_person(book, hold)
        text = _with_helper(f"{span_text(hold)} has no {wanted}", helper)
        yield finding(
            (entry,), hold.start, text, "nobody", f"one {wanted}", inherited=helper is None
        )
        return
    person = book.problem.staff.get(hold.staff)
    if person is None:
        return
    if person.id not in book.people_for(need):
        skills = ", ".join(person.skills) or "no skill"
        found = f"{person.id}, {person.role} with {skills}"
        text = f"{span_text(hold)} needs {wanted}, but is served by {found}"
        yield finding((entry,), hold.start, text, found, f"one {wanted}", inherited=False)
    present = book.present(person.id, entry.date)
    gap = first_gap((hold.start, hold.until), present)
    if gap is not None:
        helper = free_person(book, hold) if entry.kept else None
        allowed = spans_text(present)
        text = f"{person.id} is away while serving {span_text(hold)}; there: {allowed}"
        text = _with_helper(text, helper)
        yield finding((entry,), gap, text, span_text(hold), allowed, inherited=helper is None)
