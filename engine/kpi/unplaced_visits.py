"""Visits that got no time."""

from engine.kpi.filled import Filled


def quanta(filled: Filled) -> int:
    """Visits on the unplaced list (displaced bookings have a KPI of their own)."""
    return len(filled.schedule.unplaced)
