"""What a day is measured against: prices, even share, doctor minutes. Shared, integer.

Solver, KPIs and certificate read them here, so that nobody prices anything differently.
"""

from collections import defaultdict
from datetime import date

from engine.practice import Booking, ChairKind, Confirmation, Horizon, Problem
from engine.practice.calendar import open_intervals, present_intervals
from engine.practice.pattern import StageTime, pattern_of
from engine.practice.visits import Visit
from engine.units import overlap_minutes
from engine.weights import Weight, weights_with


def weights_of(problem: Problem) -> dict[str, Weight]:
    """The weights by KPI, those of the practice in the place of the usual ones."""
    return weights_with({own.kpi: own.value for own in problem.policy.weights})


def prices_of(problem: Problem) -> dict[str, int]:
    """Millipoints for one quantum of each KPI."""
    return {k: weight.millipoints_per_quantum for k, weight in weights_of(problem).items()}


def move_count(problem: Problem, booking: Booking) -> int:
    """How many moves it counts for to give a booking another time.

    By the practice's `move_costs`: by the notice of the old time, so that it is the same whatever
    the new one is, and by what the patient has said.
    """
    costs = problem.policy.move_costs
    if costs is None:
        return 1
    short = (booking.date - problem.as_of.date()).days < costs.notice_days
    confirmed = booking.confirmation is Confirmation.CONFIRMED
    return 1 + short * costs.short_notice + confirmed * costs.confirmed


def stages_of(problem: Problem, visit: Visit) -> tuple[StageTime, ...]:
    """The pattern of a visit, scaled to its own length where it has one."""
    procedure = problem.procedures[visit.procedure]
    return pattern_of(procedure, visit.minutes, problem.practice.grid_minutes)


def clinic_minutes(problem: Problem, visit: Visit) -> int:
    """Clinic chair minutes of a visit, without turnover."""
    return sum(
        stage.end - stage.start
        for stage in stages_of(problem, visit)
        if stage.chair_kind is ChairKind.CLINIC
    )


def doctors_present(problem: Problem, day: date, minute: int) -> int:
    """Doctors available to patients at a minute."""
    return sum(
        any(
            start <= minute < end for start, end in present_intervals(problem.practice, doctor, day)
        )
        for doctor in problem.doctors
    )


def doctor_limit_minutes(problem: Problem, day: date, hour: int) -> int:
    """Doctor minutes of a clock hour that are not priced: the load share of what is available."""
    span = (hour * 60, hour * 60 + 60)
    available = sum(
        overlap_minutes(interval, span)
        for doctor in problem.doctors
        for interval in present_intervals(problem.practice, doctor, day)
    )
    return int(problem.policy.doctor_load_share * available + 1e-9)


def even_shares(problem: Problem, horizon: Horizon) -> dict[date, int]:
    """Clinic chair minutes each open date would carry if all demand were spread by capacity.

    Capacity of a date: open minutes times clinic chairs with an assistant of their own. Demand:
    every visit to place and every booking of the horizon, at most the whole capacity; rounded up.
    """
    columns = sum(
        chair.kind is ChairKind.CLINIC and not chair.overflow for chair in problem.practice.chairs
    )
    capacity = {
        day: columns * sum(end - start for start, end in open_intervals(problem.practice, day))
        for day in horizon.dates
    }
    total = sum(capacity.values())
    booked = (booking.visit for booking in problem.bookings if booking.date in horizon)
    by_kind: dict[tuple[str, int | None], list[Visit]] = defaultdict(list)
    for visit in (*problem.visits_for(horizon), *booked):
        by_kind[(visit.procedure, visit.minutes)].append(visit)
    demand = sum(clinic_minutes(problem, alike[0]) * len(alike) for alike in by_kind.values())
    shared = min(demand, total)
    return {day: -(-shared * part // total) for day, part in capacity.items() if part}
