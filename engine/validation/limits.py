"""Daily limits that limit oddly."""

from collections.abc import Iterator

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.validation.codes import fault


def limit_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Daily limits without a number, or with the number 0."""
    for limit in problem.practice.limits:
        if limit.per_day is None and limit.at_once is None:
            yield fault(
                "limit-without-number",
                f"limit {limit.id}",
                "has neither a number a day nor a number at once",
                "give one of the two, or take the limit out",
            )
        if limit.per_day == 0 or limit.at_once == 0:
            yield fault(
                "limit-zero",
                f"limit {limit.id}",
                f"allows 0 visits of {', '.join(limit.procedures)}: none of them can be placed",
                "raise the limit if that is not meant",
            )
