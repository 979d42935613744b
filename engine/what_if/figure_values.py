"""The figures of one solved scenario: every priced KPI, and what a coordinator asks beside them."""

from dataclasses import dataclass

from engine.kpi import figures, measure, objective_points
from engine.practice import Horizon
from engine.result import KpiValue, Result
from engine.schedule import Schedule, Unplaced
from engine.weights import MILLIPOINTS
from engine.what_if.prepare import Prepared
from engine.yardsticks import move_count, weights_of

OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure in its unit. `points`: None where it has no price. `wanted`: -1 less, 1 more."""

    value: float
    unit: str
    points: float | None
    wanted: int


def values_of(prepared: Prepared, horizon: Horizon, result: Result) -> dict[str, Value]:
    """Figures by name; empty where there is no schedule. The objective comes first."""
    schedule = result.schedule
    if schedule is None or result.objective is None:
        return {}
    kpis = _with(_with(result.kpis, _left_out(prepared, horizon)), _calls(prepared, schedule))
    points = objective_points(kpis)
    priced = {kpi.kpi: Value(kpi.value, kpi.unit, kpi.points, -1) for kpi in kpis}
    return {OBJECTIVE: Value(points, "points", points, -1)} | priced | _beside(prepared, schedule)


def left_out_points(prepared: Prepared, horizon: Horizon) -> float:
    """What visits cost that no date can take any more."""
    return objective_points(_left_out(prepared, horizon))


def _left_out(prepared: Prepared, horizon: Horizon) -> tuple[KpiValue, ...]:
    """Their KPIs: each counts as without a time."""
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


def _calls(prepared: Prepared, schedule: Schedule) -> tuple[KpiValue, ...]:
    """What the fill does not count: everybody called is moved, or has lost a booked time.

    A call counts as the fill counts a move of that booking; what the fill has counted for moving it
    once more is taken off, since the patient is called once.
    """
    if not prepared.called:
        return ()
    problem, lost = prepared.problem, len(_without_time(prepared, schedule))
    moved = (old for visit, old in prepared.called.items() if visit in schedule.placement_of)
    again = (prepared.booked[visit] for visit in _moved_again(prepared, schedule))
    moves = sum(move_count(problem, one) for one in moved)
    counted = sum(move_count(problem, one) for one in again)
    displaced = sum(visit in prepared.booked for visit in _without_time(prepared, schedule))
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


def _without_time(prepared: Prepared, schedule: Schedule) -> tuple[str, ...]:
    return tuple(visit for visit in prepared.called if visit not in schedule.placement_of)


def _moved_again(prepared: Prepared, schedule: Schedule) -> tuple[str, ...]:
    """Called bookings that the fill has given another time than the first new one."""
    return tuple(
        visit
        for visit, booking in prepared.booked.items()
        if (placed := schedule.placement_of.get(visit)) is not None
        and (placed.date, placed.start) != (booking.date, booking.start)
    )


def _with(kpis: tuple[KpiValue, ...], more: tuple[KpiValue, ...]) -> tuple[KpiValue, ...]:
    if not more:
        return kpis
    return tuple(
        kpi.model_copy(
            update={
                "quanta": kpi.quanta + other.quanta,
                "value": kpi.value + other.value,
                "points": kpi.points + other.points,
            }
        )
        for kpi, other in zip(kpis, more, strict=True)
    )


def _beside(prepared: Prepared, schedule: Schedule) -> dict[str, Value]:
    """Figures without a price."""
    measured = figures(prepared.problem, schedule)
    called = len(prepared.called)
    without = len(_without_time(prepared, schedule))
    calls = measured.calls - len(_moved_again(prepared, schedule)) + called
    seen = len(schedule.placements)
    past = measured.past_original_ecd
    peak = measured.peak_doctor_load
    return {
        "visits_seen": Value(seen, "visit", None, 1),
        "bookings_called": Value(called, "booking", None, -1),
        "called_without_time": Value(without, "booking", None, -1),
        "calls": Value(calls, "call", None, 0),
        "expected_missed_visits": Value(measured.expected_missed_visits, "visit", None, -1),
        "patients_helped": Value(past.patients_helped, "patient past ECD", None, 1),
        "patients_without_next": Value(measured.patients_without_next_after, "patient", None, -1),
        "peak_doctor_load": Value(100 * peak.share if peak else 0.0, "%", None, 0),
        "after_school_spaces_left": Value(measured.after_school_spaces_left, "space", None, 0),
        "inherited_clashes": Value(len(schedule.inherited), "clash", None, -1),
    }
