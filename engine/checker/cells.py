"""Visits sit in cells of the model day: of their class, released or fallback-listed for it."""

import datetime as dt
from collections.abc import Iterator

from engine.checker.book import Book, Hold
from engine.checker.report import Finding, finding
from engine.checker.spans import Span, first_gap, spans_text
from engine.practice import Cell, ModelDay
from engine.practice.calendar import model_day_on
from engine.practice.release import acceptance
from engine.units import to_minutes


def _takes(book: Book, cell: Cell, hold: Hold) -> bool:
    """The release ladder reaches back before the first date there is only on absurd dates."""
    day, wanted = hold.entry.date, hold.entry.procedure.procedure_class
    try:
        taken = acceptance(cell, wanted, day, book.problem.as_of, book.problem.policy)
    except OverflowError:
        return False
    return taken is not None


def _span(cell: Cell) -> Span:
    return to_minutes(cell.start), to_minutes(cell.end)


def findings(book: Book) -> Iterator[Finding]:
    """Turnover may reach into any cell. Not applied to kept bookings, nor without a model day."""
    model_days: dict[dt.date, ModelDay | None] = {}
    columns: dict[tuple[str, str], list[Cell]] = {}
    for hold in book.stage_holds:
        day = hold.entry.date
        if hold.entry.kept or hold.chair is None:
            continue
        if day not in model_days:
            model_days[day] = model_day_on(book.practice, day)
        model_day = model_days[day]
        if model_day is None:
            continue
        key = (model_day.id, hold.chair)
        if key not in columns:
            columns[key] = [cell for cell in model_day.cells if hold.chair in cell.columns]
        crossed = [
            cell
            for cell in columns[key]
            if to_minutes(cell.start) < hold.end and hold.start < to_minutes(cell.end)
        ]
        taking = [_span(cell) for cell in crossed if _takes(book, cell, hold)]
        for cell in crossed:
            start, end = _span(cell)
            shared = (max(start, hold.start), min(end, hold.end))
            minute = first_gap(shared, taking)
            if minute is not None:
                yield _finding(hold, cell, minute)


def _finding(hold: Hold, cell: Cell, minute: int) -> Finding:
    wanted = hold.entry.procedure.procedure_class
    kept_for = f"{cell.id} {spans_text([_span(cell)])}, kept for {cell.procedure_class}"
    lies = spans_text([(hold.start, hold.end)])
    text = f"{hold.entry.id} ({wanted}, {lies}) lies on chair {hold.chair} in cell {kept_for}"
    allowed = ", ".join((cell.procedure_class, *cell.fallbacks))
    return finding((hold.entry,), minute, text, wanted, allowed)
