"""KPIs that are sums of one number per visit, read off a table by date and hour."""

from engine.kpi.filled import Filled


def personal_sum(filled: Filled, kpi: str) -> int:
    """Quanta of `kpi` over all placements, plus the unplaced cost of visits without a time."""
    placed = sum(
        filled.costs.at(placement.visit, placement.date, placement.start.hour)[kpi]
        for placement in filled.schedule.placements
    )
    return placed + sum(filled.costs.unplaced(visit.id)[kpi] for visit in filled.without_time)
