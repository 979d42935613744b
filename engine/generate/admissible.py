"""Visit starts that are admissible before anybody is asked who serves: hours, times, quotas."""

from engine.generate.masks import any_of, run_starts, span
from engine.generate.occupancy import DayOccupancy
from engine.practice import WEEKDAYS, Binds, Procedure, Supervision
from engine.practice.pattern import StageTime
from engine.units import to_minutes


def admissible_starts(
    occupancy: DayOccupancy, stages: tuple[StageTime, ...], procedure: Procedure
) -> int:
    """Visit starts that hours, times of day, supervision, quotas and limits allow."""
    length = stages[-1].end
    if _full(occupancy, procedure):
        return 0
    starts = any_of(run_starts(mask, length) for mask in occupancy.open) & occupancy.marks
    if procedure.allowed_times:
        starts &= _allowed(occupancy, procedure, length)
    if procedure.supervision is Supervision.DIRECT:
        starts &= run_starts(occupancy.supervised, length)
    if occupancy.day == occupancy.problem.as_of.date():
        starts &= ~span(0, to_minutes(occupancy.problem.as_of.time()))
    for limit in occupancy.problem.practice.limits:
        if procedure.code in limit.procedures and limit.at_once is not None:
            busy = occupancy.under_way[limit.id]
            room = sum(1 << m for m in range(1440) if busy[m] < limit.at_once)
            starts &= run_starts(room, length)
    return starts


def _full(occupancy: DayOccupancy, procedure: Procedure) -> bool:
    most = occupancy.at_most.get(procedure.procedure_class)
    if most is not None and occupancy.of_class[procedure.procedure_class] >= most:
        return True
    return any(
        procedure.code in limit.procedures
        and limit.per_day is not None
        and occupancy.of_limit[limit.id] >= limit.per_day
        for limit in occupancy.problem.practice.limits
    )


def _allowed(occupancy: DayOccupancy, procedure: Procedure, length: int) -> int:
    starts = 0
    for rule in procedure.allowed_times:
        first, last = to_minutes(rule.start), to_minutes(rule.end)
        if rule.weekdays and WEEKDAYS[occupancy.day.weekday()] not in rule.weekdays:
            continue
        if rule.binds is Binds.START:
            starts |= span(first, last)
        elif rule.binds is Binds.END:
            starts |= span(first - length + 1, last - length + 1)
        else:
            starts |= span(first, last - length + 1)
    return starts
