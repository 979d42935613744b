"""Ids that are allowed in JSON and cannot stand in a CSV cell."""

from collections.abc import Iterator

from engine.files.cell_values import id_fault
from engine.practice import Problem, Visit
from engine.problems import PracticeProblem


def unwritable(where: str, field: str, reason: str) -> PracticeProblem:
    """The problem of one id that cannot be written."""
    return PracticeProblem(
        "unwritable-id",
        where,
        f"its {field} cannot be written to a CSV file: {reason}",
        "give it another id, or write JSON instead",
    )


def unwritable_ids(problem: Problem) -> list[PracticeProblem]:
    """One problem for each place that holds such an id."""
    return [
        unwritable(where, field, reason)
        for where, field, text in _ids(problem)
        if (reason := id_fault(text)) is not None
    ]


def _ids(problem: Problem) -> Iterator[tuple[str, str, str]]:
    for model_day in problem.practice.model_days:
        for cell in model_day.cells:
            where = f"cell {model_day.id}/{cell.id}"
            yield where, "model day", model_day.id
            yield where, "id", cell.id
            yield where, "class", cell.procedure_class
            yield from ((where, "column", column) for column in cell.columns)
            yield from ((where, "fallback", fallback) for fallback in cell.fallbacks)
    for visit in problem.visits:
        yield from _of_visit(f"visit {visit.id}", visit)
    for booking in problem.bookings:
        where = f"booking {booking.visit.id}"
        yield from _of_visit(where, booking.visit)
        if booking.chair is not None:
            yield where, "column", booking.chair


def _of_visit(where: str, visit: Visit) -> Iterator[tuple[str, str, str]]:
    fields = (
        "id",
        "patient",
        "procedure",
        "household",
        "required_doctor",
        "preferred_doctor",
        "preferred_assistant",
    )
    for field in fields:
        text = getattr(visit, field)
        if text is not None:
            yield where, field, text
    yield from ((where, "follows", link.visit) for link in visit.follows)
