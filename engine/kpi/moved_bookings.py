"""Bookings that get another time: each is a call and a favour asked."""

from engine.kpi.filled import Filled


def quanta(filled: Filled) -> int:
    """Bookings placed on another date or at another start than the book's."""
    return sum(filled.is_moved(placed) for placed in filled.schedule.placements)
