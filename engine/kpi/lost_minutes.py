"""Chair and doctor minutes expected to be lost to no-shows, at slot prices where there are any."""

from engine.kpi.filled import Filled
from engine.kpi.personal import personal_sum


def quanta(filled: Filled) -> int:
    """Hundredths of a minute."""
    return personal_sum(filled, "lost_minutes")
