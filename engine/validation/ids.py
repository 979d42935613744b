"""Duplicate ids."""

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.validation.codes import fault


def _repeated(ids: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((id_, count) for id_, count in Counter(ids).items() if count > 1)


def duplicate_ids(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Every id that stands for more than one thing of its kind."""
    practice = problem.practice
    kinds = (
        ("chair", (chair.id for chair in practice.chairs)),
        ("staff", (person.id for person in practice.staff)),
        ("procedure", (procedure.code for procedure in practice.procedures)),
        ("limit", (limit.id for limit in practice.limits)),
        ("model-day", (model_day.id for model_day in practice.model_days)),
    )
    for kind, ids in kinds:
        for id_, count in _repeated(ids):
            words = kind.replace("-", " ")
            yield fault(
                f"duplicate-{kind}",
                f"{words} {id_}",
                f"{count} entries have the id '{id_}'",
                "give each its own id",
            )
    for model_day in practice.model_days:
        for id_, count in _repeated(cell.id for cell in model_day.cells):
            yield fault(
                "duplicate-cell",
                f"cell {model_day.id}/{id_}",
                f"{count} cells of model day '{model_day.id}' have the id '{id_}'",
                "give each cell of a model day its own id",
            )
    yield from _duplicate_visits(problem)


def _duplicate_visits(problem: Problem) -> Iterator[PracticeProblem]:
    booked = {booking.visit.id for booking in problem.bookings}
    for id_, count in _repeated(visit.id for visit in problem.visits):
        yield fault(
            "duplicate-visit",
            f"visit {id_}",
            f"{count} visits to place have the id '{id_}'; the first one counts",
            "give each visit its own id",
        )
    for id_ in dict.fromkeys(visit.id for visit in problem.visits):
        if id_ in booked:
            yield fault(
                "duplicate-visit",
                f"visit {id_}",
                f"visit '{id_}' is to be placed and is booked already; the booking counts",
                "take it off one of the two lists",
            )
    for id_, count in _repeated(booking.visit.id for booking in problem.bookings):
        yield fault(
            "duplicate-booking",
            f"booking {id_}",
            f"{count} bookings have the visit id '{id_}'; the first one counts",
            "give each booking a visit id of its own",
        )
