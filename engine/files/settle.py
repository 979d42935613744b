"""From what the files say to a problem that can be filled: links, then the meaning of the whole."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from engine.files.links import settle_links
from engine.files.loaded import SetAside
from engine.files.origins import Origins
from engine.practice import Problem
from engine.problems import PracticeProblem, Severity
from engine.validation import problems_of


@dataclass(frozen=True, slots=True)
class Settled:
    """The problem that is left, what was found, and which objects were set aside for it."""

    problem: Problem
    problems: tuple[PracticeProblem, ...]
    set_aside: tuple[SetAside, ...]


def settle(problem: Problem, missing: Collection[str], origins: Origins) -> Settled:
    """Set aside what cannot be filled. `missing`: ids of visits whose rows could not be read.

    Problems keep their severity; where one is REFUSED, the caller refuses.
    """
    before = _labels(problem)
    problem, problems = settle_links(problem, missing, origins)
    found = problems_of(problem)
    faulty: set[str] = set()
    for one in found:
        if one.severity is Severity.SET_ASIDE:
            faulty.update(origins.labels_in(one.where)[:1])
    problems += [replace(one, where=origins.translate(one.where)) for one in found]
    kept = _without(problem, faulty)
    gone = {*missing, *(label.partition(" ")[2] for label in faulty)}
    problem, more = settle_links(kept, gone, origins)
    after = _labels(problem)
    aside = tuple(origins.of(label) for label in before if label not in after)
    return Settled(problem, tuple((*problems, *more)), aside)


def strictly(problems: Iterable[PracticeProblem]) -> tuple[PracticeProblem, ...]:
    """The same problems, those that set something aside now refusing the whole input."""
    return tuple(
        replace(one, severity=Severity.REFUSED) if one.severity is Severity.SET_ASIDE else one
        for one in problems
    )


def refuses(problems: Iterable[PracticeProblem]) -> bool:
    """True where one of them refuses the whole input."""
    return any(one.severity is Severity.REFUSED for one in problems)


def _labels(problem: Problem) -> dict[str, None]:
    return dict.fromkeys(
        (
            *(f"visit {visit.id}" for visit in problem.visits),
            *(f"booking {booking.visit.id}" for booking in problem.bookings),
            *(
                f"cell {model_day.id}/{cell.id}"
                for model_day in problem.practice.model_days
                for cell in model_day.cells
            ),
        )
    )


def _without(problem: Problem, faulty: set[str]) -> Problem:
    if not faulty:
        return problem
    model_days = tuple(
        model_day.model_copy(
            update={
                "cells": tuple(
                    cell
                    for cell in model_day.cells
                    if f"cell {model_day.id}/{cell.id}" not in faulty
                )
            }
        )
        for model_day in problem.practice.model_days
    )
    return problem.model_copy(
        update={
            "practice": problem.practice.model_copy(update={"model_days": model_days}),
            "visits": tuple(one for one in problem.visits if f"visit {one.id}" not in faulty),
            "bookings": tuple(
                one for one in problem.bookings if f"booking {one.visit.id}" not in faulty
            ),
        }
    )
