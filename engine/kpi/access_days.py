"""Days beyond the seven in which a new patient is to be seen or started."""

from engine.kpi.filled import Filled
from engine.kpi.personal import personal_sum


def quanta(filled: Filled) -> int:
    """Whole days."""
    return personal_sum(filled, "access_days")
