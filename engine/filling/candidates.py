"""The starts at which a visit fits, the one that a coordinator would take first."""

from collections.abc import Iterator
from datetime import date
from heapq import heappop, heappush

from engine.filling.occupancy import Occupancy
from engine.filling.visit_price import VisitPrice
from engine.practice import Visit

Candidate = tuple[date, int]
"""A date and a start in minutes of the day."""


def first_fits(occupancy: Occupancy, visit: Visit) -> Iterator[Candidate]:
    """The earliest first."""
    for day in occupancy.horizon.dates:
        for start in occupancy.feasible_starts(visit, day):
            yield day, int(start)


def best_fits(occupancy: Occupancy, visit: Visit, price: VisitPrice) -> Iterator[Candidate]:
    """The least personal cost first; of equals the tightest in its chair, then the earliest.

    Dates are looked at in the order of their cheapest hour, and only as far as they may matter.
    """
    waiting = [
        (least, day)
        for day in occupancy.horizon.dates
        if (least := price.least(visit, day)) is not None
    ]
    found: list[tuple[int, int, date, int]] = []
    for least, day in sorted(waiting):
        while found and found[0][0] < least:
            yield found[0][2:]
            heappop(found)
        starts = occupancy.feasible_starts(visit, day)
        gaps, prices = occupancy.tightness(visit, day, starts), price.at(visit, day, starts)
        for start, gap, cost in zip(starts, gaps, prices, strict=True):
            heappush(found, (int(cost), int(gap), day, int(start)))
    while found:
        yield heappop(found)[2:]
