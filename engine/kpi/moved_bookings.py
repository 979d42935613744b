"""Bookings that get another time: each is a call and a favour asked."""

from engine.kpi.filled import Filled
from engine.yardsticks import move_count


def quanta(filled: Filled) -> int:
    """Bookings placed on another date or at another start than the book's, as much as each counts.

    A move counts once unless the policy's `move_costs` say more.
    """
    problem = filled.problem
    return sum(
        move_count(problem, problem.booking_of[placed.visit])
        for placed in filled.schedule.placements
        if filled.is_moved(placed)
    )
