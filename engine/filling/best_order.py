"""Serving jobs one after the other, and again with those first that went without.

After D. Joslin and D. Clements, 'Squeaky Wheel Optimization', Journal of Artificial Intelligence
Research 10 (1999) 353-373, doi 10.1613/jair.561.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

Choice = TypeVar("Choice")

ROUNDS = 12


def best_order(
    jobs: int, serve: Callable[[Sequence[int]], list[Choice | None]]
) -> list[Choice | None]:
    """Choices by job, of the round in which fewest went without (None), the first of equals.

    `serve` gets the jobs 0 .. jobs - 1 in an order and serves each if it still can.
    """
    order = list(range(jobs))
    best = serve(order)
    chosen = best
    for _ in range(ROUNDS):
        without = [job for job in order if chosen[job] is None]
        if not without:
            break
        order = without + [job for job in order if chosen[job] is not None]
        chosen = serve(order)
        if sum(one is None for one in chosen) < sum(one is None for one in best):
            best = chosen
    return best
