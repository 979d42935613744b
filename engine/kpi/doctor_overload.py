"""Hours in which the doctor is booked so full that patients wait."""

from engine.kpi.filled import Filled
from engine.units import overlap_minutes
from engine.yardsticks import doctor_limit_minutes

HOURS = range(24)


def quanta(filled: Filled) -> int:
    """Doctor minutes above the load limit, summed over clock hours."""
    return sum(
        max(0, demand - doctor_limit_minutes(filled.problem, day, hour))
        for day, spans in filled.doctor_minutes.items()
        for hour in HOURS
        if (demand := sum(overlap_minutes(span, (hour * 60, hour * 60 + 60)) for span in spans))
    )
