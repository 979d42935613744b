"""Bookings beyond daily limits and quotas."""

import datetime as dt
from collections.abc import Iterator

from engine.practice import Problem
from engine.practice.calendar import model_day_on
from engine.problems import PracticeProblem
from engine.validation.book import Booked
from engine.validation.codes import fault
from engine.validation.dates import day_text
from engine.validation.head_counts import counts


def limit_clashes(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    """What the book of one date has too many of."""
    yield from _over_limits(problem, day, book)
    yield from _over_quotas(problem, day, book)


def _over_limits(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    for limit in problem.practice.limits:
        held = [booked for booked in book if booked.procedure.code in limit.procedures]
        if limit.per_day is not None and len(held) > limit.per_day:
            yield fault(
                "book-over-limit",
                f"limit {limit.id}",
                f"{day_text(day)} has {len(held)} bookings ({', '.join(b.id for b in held)}), "
                f"{limit.per_day} a day are allowed",
                "move one of them; no other visit of these procedures is added that day",
            )
        at_once = max(counts((booked.start, booked.end) for booked in held))
        if limit.at_once is not None and at_once > limit.at_once:
            yield fault(
                "book-over-limit",
                f"limit {limit.id}",
                f"{day_text(day)} has {at_once} bookings under way at once, {limit.at_once} are "
                "allowed",
                "move one of them",
            )


def _over_quotas(problem: Problem, day: dt.date, book: list[Booked]) -> Iterator[PracticeProblem]:
    model_day = model_day_on(problem.practice, day)
    if model_day is None:
        return
    for quota in model_day.quotas:
        held = [b.id for b in book if b.procedure.procedure_class == quota.procedure_class]
        if quota.at_most is not None and len(held) > quota.at_most:
            yield fault(
                "book-over-quota",
                f"model day {model_day.id}",
                f"{day_text(day)} has {len(held)} bookings of class '{quota.procedure_class}' "
                f"({', '.join(held)}), the model day takes {quota.at_most}",
                "move one of them; no other visit of the class is added that day",
            )
