"""The figures of one solved scenario: every priced KPI, and what a coordinator asks beside them."""

from dataclasses import dataclass

from engine.kpi import figures, objective_points
from engine.kpi.filled import Filled
from engine.kpi.next_appointments import patients_without_next
from engine.practice import Horizon
from engine.result import Result
from engine.schedule import Schedule
from engine.what_if.beyond_fill import (
    kpis_left_out,
    kpis_of_calls,
    moved_again,
    with_more,
    without_time,
)
from engine.what_if.prepare import Prepared

OBJECTIVE = "objective"
SETTLED = ("bookings_called",)
"""Known before anything is solved: no gap and no seed changes them."""


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
    more = kpis_left_out(prepared, horizon), kpis_of_calls(prepared, schedule)
    kpis = with_more(result.kpis, *more)
    points = objective_points(kpis)
    priced = {kpi.kpi: Value(kpi.value, kpi.unit, kpi.points, -1) for kpi in kpis}
    return {OBJECTIVE: Value(points, "points", points, -1)} | priced | _beside(prepared, schedule)


def _beside(prepared: Prepared, schedule: Schedule) -> dict[str, Value]:
    """Figures without a price."""
    measured = figures(prepared.problem, schedule)
    called = len(prepared.called)
    without = len(without_time(prepared, schedule))
    calls = measured.calls - _of_called(prepared, schedule) + called
    seen = len(schedule.placements)
    past = measured.past_original_ecd
    peak = measured.peak_doctor_load
    return {
        "visits_seen": Value(seen, "visit", None, 1),
        "bookings_called": Value(called, "booking", None, -1),
        "called_without_time": Value(without, "booking", None, -1),
        "calls": Value(calls, "call", None, 0),
        "expected_missed_visits": Value(measured.expected_missed_visits, "visit", None, 0),
        "patients_helped": Value(past.patients_helped, "patient past ECD", None, 1),
        "patients_without_next": Value(_without_next(prepared, schedule), "patient", None, -1),
        "peak_doctor_load": Value(100 * peak.share if peak else 0.0, "%", None, 0),
        "after_school_spaces_left": Value(measured.after_school_spaces_left, "space", None, 0),
        "inherited_clashes": Value(len(schedule.inherited), "clash", None, -1),
    }


def _of_called(prepared: Prepared, schedule: Schedule) -> int:
    """Calls of the fill that are to somebody who is called anyway: moved on, or placed only now."""
    placed = {visit for visit in prepared.called if visit in schedule.placement_of}
    return len(moved_again(prepared, schedule)) + len(placed - set(prepared.booked))


def _without_next(prepared: Prepared, schedule: Schedule) -> int:
    """Patients without a next appointment, also of what the fill does not know to be lost.

    Visits that no date can take are to be placed all the same, and a called booking without a time
    counts as a displaced one.
    """
    problem = prepared.problem
    lost = [one for one in without_time(prepared, schedule) if one not in prepared.booked]
    visits = (*problem.visits, *prepared.impossible)
    bookings = (*problem.bookings, *(prepared.called[visit] for visit in lost))
    whole = problem.model_copy(
        update={
            "visits": tuple(visit for visit in visits if visit.id not in lost),
            "bookings": bookings,
        }
    )
    told = schedule.model_copy(update={"displaced": (*schedule.displaced, *lost)})
    return patients_without_next(Filled(whole, told))[1]
