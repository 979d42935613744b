"""Days after the due date, over all visits."""

from engine.kpi.filled import Filled
from engine.kpi.personal import personal_sum


def quanta(filled: Filled) -> int:
    """Whole days."""
    return personal_sum(filled, "overdue_days")
