"""Patients past treatment time: how many, whom the fill helps, and what no fill can avoid."""

from datetime import date

from engine.kpi.filled import Filled
from engine.practice import EcdChoice, Problem, Visit
from engine.practice.base import Frozen
from engine.practice.calendar import open_intervals
from engine.risk.treatment_time import ecd_of
from engine.risk.visit_costs import PersonalCosts
from engine.weights import DEFAULT_WEIGHTS

KPI = "patients_past_ecd"
PATIENTS_PER_QUANTUM = next(weight.quantum for weight in DEFAULT_WEIGHTS if weight.kpi == KPI)


class PastEcd(Frozen):
    """By one choice of completion date.

    `patients_past`: in treatment after it at `as_of`; `patients_helped`: those of them who get a
    new or another time. `expected_patients`: who will finish after it, of all seen or waiting in
    the horizon; `unavoidable_patients`: the same with each visit at its cheapest date;
    `avoidable_patients`: the difference.
    """

    ecd: EcdChoice
    patients_past: int
    patients_helped: int
    expected_patients: float
    unavoidable_patients: float
    avoidable_patients: float


def past_ecd(filled: Filled, choice: EcdChoice) -> PastEcd:
    """The figures by the original or by the current completion date."""
    problem = filled.problem
    past = {
        visit.patient
        for visit in problem.all_visits.values()
        if visit.treatment is not None and ecd_of(visit.treatment, choice) < problem.as_of.date()
    }
    helped = past & {
        filled.visit_of(placed).patient
        for placed in filled.fresh
        if filled.visit_of(placed).treatment is not None
    }
    costs = PersonalCosts(_with_choice(problem, choice), filled.schedule.horizon)
    expected = sum(
        costs.at(placed.visit, placed.date, placed.start.hour)[KPI]
        for placed in filled.schedule.placements
    ) + sum(costs.unplaced(visit.id)[KPI] for visit in filled.without_time)
    floor = _floor(filled, costs)
    return PastEcd(
        ecd=choice,
        patients_past=len(past),
        patients_helped=len(helped),
        expected_patients=expected * PATIENTS_PER_QUANTUM,
        unavoidable_patients=floor * PATIENTS_PER_QUANTUM,
        avoidable_patients=(expected - floor) * PATIENTS_PER_QUANTUM,
    )


def _with_choice(problem: Problem, choice: EcdChoice) -> Problem:
    return problem.model_copy(
        update={"policy": problem.policy.model_copy(update={"ecd": choice})},
    )


def _floor(filled: Filled, costs: PersonalCosts) -> int:
    """Quanta with each visit at its cheapest date and hour, or unplaced where that is cheapest.

    Only dates count here (hours of the practice, due window, lab item, clearances), not who or
    what is free, so this is a lower bound. Frozen bookings cost what they cost.
    """
    open_hours = _open_hours(filled)
    floor = 0
    for visit in filled.problem.visits_for(filled.schedule.horizon):
        floor += min(_choices(visit, open_hours, costs))
    for booking in filled.booked:
        own = costs.at(booking.visit.id, booking.date, booking.start.hour)[KPI]
        others = _choices(booking.visit, open_hours, costs) if booking.movable else []
        floor += min((own, *others))
    return floor


def _choices(
    visit: Visit, open_hours: dict[date, tuple[int, ...]], costs: PersonalCosts
) -> list[int]:
    if visit.treatment is None:
        return [0]
    placed = [
        costs.at(visit.id, day, hour)[KPI]
        for day, hours in open_hours.items()
        if _may_be_on(visit, day)
        for hour in hours
    ]
    return [*placed, costs.unplaced(visit.id)[KPI]]


def _open_hours(filled: Filled) -> dict[date, tuple[int, ...]]:
    """Clock hours in which a visit may begin, by date from `as_of` on."""
    practice, today = filled.problem.practice, filled.problem.as_of.date()
    return {
        day: tuple(
            hour
            for start, end in open_intervals(practice, day)
            for hour in range(start // 60, -(-end // 60))
        )
        for day in filled.schedule.horizon.dates
        if day >= today
    }


def _may_be_on(visit: Visit, day: date) -> bool:
    in_window = (visit.earliest is None or visit.earliest <= day) and (
        visit.latest is None or day <= visit.latest
    )
    in_house = visit.lab_ready is None or day > visit.lab_ready
    cleared = all(
        clearance.granted or (clearance.expected is not None and clearance.expected <= day)
        for clearance in visit.clearances
    )
    return in_window and in_house and cleared
