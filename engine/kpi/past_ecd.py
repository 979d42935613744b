"""Patients past treatment time: how many, whom the fill helps, and what no fill can avoid."""

from collections.abc import Iterator

from engine.kpi.choices import Choices
from engine.kpi.filled import Filled
from engine.kpi.next_appointments import is_to_come, left_behind
from engine.practice import EcdChoice, Problem, Visit
from engine.practice.base import Frozen
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
        for visit in _under_way(problem)
        if visit.treatment is not None and ecd_of(visit.treatment, choice) < problem.as_of.date()
    }
    helped = past & {
        filled.visit_of(placed).patient
        for placed in filled.fresh
        if filled.visit_of(placed).treatment is not None
    }
    costs = PersonalCosts(with_choice(problem, choice), filled.schedule.horizon)
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


def with_choice(problem: Problem, choice: EcdChoice) -> Problem:
    """The same question, counted by the original or by the current completion date."""
    return problem.model_copy(
        update={"policy": problem.policy.model_copy(update={"ecd": choice})},
    )


def _under_way(problem: Problem) -> Iterator[Visit]:
    """Visits to place and to come; of those whom nothing else is known of, the last one."""
    yield from problem.visits
    yield from (one.visit for one in problem.bookings if is_to_come(problem, one))
    yield from (one.visit for one in left_behind(problem).values())


def _floor(filled: Filled, costs: PersonalCosts) -> int:
    """Quanta with each visit at its cheapest date and hour, or unplaced where that is cheapest.

    Frozen bookings cost what they cost.
    """
    choices = Choices(filled)
    waiting = [
        (visit, choices.of_visit(visit))
        for visit in filled.problem.visits_for(filled.schedule.horizon)
        if visit.treatment is not None
    ]
    booked = [
        (booking.visit, choices.of_booking(booking))
        for booking in filled.booked
        if booking.visit.treatment is not None
    ]
    return sum(
        min(costs.at(visit.id, day, hour)[KPI] for day, hour in times)
        for visit, times in (*waiting, *booked)
    )
