"""Weeks past the completion date, of patients who are already past it."""

from engine.kpi.filled import Filled
from engine.kpi.personal import personal_sum


def quanta(filled: Filled) -> int:
    """Thousandths of an expected week."""
    return personal_sum(filled, "late_weeks")
