"""What a scenario costs beyond the objective of its fill: visits left out, calls, lost bookings.

The fill knows neither that a called booking once had another time, nor the visits that no date can
take any more.
"""

from collections.abc import Sequence

from engine.kpi import measure, objective_points
from engine.practice import Horizon
from engine.result import KpiValue
from engine.schedule import Schedule, Unplaced
from engine.weights import MILLIPOINTS
from engine.what_if.prepare import Prepared
from engine.yardsticks import move_count, prices_of, weights_of


def with_more(kpis: Sequence[KpiValue], *additions: Sequence[KpiValue]) -> tuple[KpiValue, ...]:
    """The KPIs of a fill with what has to be added to them."""
    for more in filter(None, additions):
        kpis = tuple(
            kpi.model_copy(
                update={
                    "quanta": kpi.quanta + other.quanta,
                    "value": kpi.value + other.value,
                    "points": kpi.points + other.points,
                }
            )
            for kpi, other in zip(kpis, more, strict=True)
        )
    return tuple(kpis)


def kpis_left_out(prepared: Prepared, horizon: Horizon) -> tuple[KpiValue, ...]:
    """Of visits that no date can take any more: each counts as without a time."""
    if not prepared.impossible:
        return ()
    alone = prepared.problem.model_copy(
        update={"visits": prepared.impossible, "bookings": (), "external": ()}
    )
    nobody = Schedule(
        start=horizon.start,
        days=horizon.days,
        unplaced=tuple(Unplaced(visit=v.id, reason="impossible") for v in prepared.impossible),
    )
    return measure(alone, nobody)


def kpis_of_calls(prepared: Prepared, schedule: Schedule) -> tuple[KpiValue, ...]:
    """What the fill does not count: everybody called is moved, or has lost a booked time.

    A call counts as the fill counts a move of that booking; what the fill has counted for moving it
    once more is taken off, since the patient is called once.
    """
    if not prepared.called:
        return ()
    problem, lost = prepared.problem, len(without_time(prepared, schedule))
    moved = (old for visit, old in prepared.called.items() if visit in schedule.placement_of)
    again = (prepared.booked[visit] for visit in moved_again(prepared, schedule))
    moves = sum(move_count(problem, one) for one in moved)
    counted = sum(move_count(problem, one) for one in again)
    displaced = sum(visit in prepared.booked for visit in without_time(prepared, schedule))
    more = {
        "moved_bookings": moves - counted,
        "displaced_bookings": lost - displaced,
        "unplaced_visits": displaced - lost,
    }
    return tuple(
        KpiValue(
            kpi=weight.kpi,
            quanta=more.get(weight.kpi, 0),
            value=more.get(weight.kpi, 0) * weight.quantum,
            unit=weight.unit_name,
            points=more.get(weight.kpi, 0) * weight.millipoints_per_quantum / MILLIPOINTS,
        )
        for weight in weights_of(prepared.problem).values()
    )


def without_time(prepared: Prepared, schedule: Schedule) -> tuple[str, ...]:
    """Called bookings that have lost their time."""
    return tuple(visit for visit in prepared.called if visit not in schedule.placement_of)


def moved_again(prepared: Prepared, schedule: Schedule) -> tuple[str, ...]:
    """Called bookings that the fill has given another time than the first new one."""
    return tuple(
        visit
        for visit, booking in prepared.booked.items()
        if (placed := schedule.placement_of.get(visit)) is not None
        and (placed.date, placed.start) != (booking.date, booking.start)
    )


def least_points(prepared: Prepared, horizon: Horizon) -> float:
    """No schedule adds less than this: with it a bound of the fill bounds the scenario.

    It may be below zero: a booking called at long notice counts for one move, and if its first new
    time is at short notice and the fill moves it on, the fill has counted more for that.
    """
    problem, move, lost = prepared.problem, *_prices(prepared)
    least = 0
    for visit, old in prepared.called.items():
        called = move * move_count(problem, old)
        new = prepared.booked.get(visit)
        if new is not None:  # it keeps the new time, moves on, or the fill counts it as lost
            least += min(0, called - move * move_count(problem, new))
        else:
            least += lost if visit not in problem.all_visits else min(called, lost)
    return _left_out_points(prepared, horizon) + least / MILLIPOINTS


def usual_points(prepared: Prepared, horizon: Horizon) -> float:
    """What is added where whoever has a first new time is called once, and keeps a time.

    Who found none even alone counts as lost. It bounds nothing: screening ranks by it.
    """
    problem, move, lost = prepared.problem, *_prices(prepared)
    usual = sum(
        lost
        if visit in prepared.without or visit not in problem.all_visits
        else move * move_count(problem, old)
        for visit, old in prepared.called.items()
    )
    return _left_out_points(prepared, horizon) + usual / MILLIPOINTS


def _prices(prepared: Prepared) -> tuple[int, int]:
    """Millipoints of a move, and of a lost booked time above a visit without one."""
    prices = prices_of(prepared.problem)
    return prices["moved_bookings"], prices["displaced_bookings"] - prices["unplaced_visits"]


def _left_out_points(prepared: Prepared, horizon: Horizon) -> float:
    return objective_points(kpis_left_out(prepared, horizon))
