"""Patients who had a time and have none now."""

from engine.kpi.filled import Filled


def quanta(filled: Filled) -> int:
    """Bookings displaced from the horizon."""
    return len(filled.schedule.displaced)
