"""What a booking pays in its place: for the people, doctors and rooms that it does not lack."""

import numpy as np

from engine.certificate.book_demands import BookedVisit, Demand, Lack
from engine.certificate.certificate import Priced
from engine.certificate.clock_rows import NEVER, Ints
from engine.certificate.day_prices import DayPrices
from engine.certificate.day_rows import DayRows, Rows
from engine.practice import Problem
from engine.units import to_minutes


def stay_cost(
    problem: Problem,
    rows: DayRows,
    prices: DayPrices,
    booked: BookedVisit,
    without: frozenset[Lack],
) -> int:
    """The least it can pay, millipoints; what it may go without, or nobody can give, is free.

    Doctor minutes count for the hour's load whoever gives them.
    """
    visit = booked.booking.visit
    start, length = to_minutes(booked.booking.start), booked.stages[-1].end
    clinic = sum(s.end - s.start for s in booked.stages if s.chair_kind == "clinic")
    cost = prices.of_visit(visit.procedure, clinic)
    under_way = prices.at_once.get(visit.procedure)
    if under_way is not None:
        cost += int(under_way[min(start + length, 1440)] - under_way[start])
    for demand in booked.demands:
        members, sums = rows.of(demand.of), prices.of(demand.of)
        least = NEVER
        if demand.key not in without:
            least = _cheapest(sums, _fit(members, demand), demand, members)
        if least == NEVER and demand.of is Priced.DOCTOR:
            least = _cheapest(prices.load[None, :], np.array([0]), demand)
        cost += least if least < NEVER else 0
    return cost


def _fit(members: Rows, demand: Demand) -> Ints:
    numbers = [n for n, name in enumerate(members.ids) if name in demand.fit]
    return np.array(numbers, dtype=np.int64)


def _cheapest(sums: Ints, fit: Ints, demand: Demand, members: Rows | None = None) -> int:
    """Over who fits, each piece at its cheapest minute within the float.

    A kept booking's doctor may come off the grid, so every minute counts.
    """
    total = np.zeros(len(fit), dtype=np.int64)
    for start, end, later in demand.spans:
        begins = np.minimum(np.arange(start, start + later + 1), 1440)
        ends = np.minimum(np.arange(end, end + later + 1), 1440)
        cost = sums[fit][:, ends] - sums[fit][:, begins]
        if members is not None:
            cost = np.where(members.until[fit][:, begins] >= ends, cost, NEVER)
        total += cost.min(axis=1)
    return int(np.minimum(total, NEVER).min(initial=NEVER))
