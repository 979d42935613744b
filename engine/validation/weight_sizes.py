"""Weights that are lost in rounding, and sums that leave the range of exact whole numbers."""

import math
from collections import Counter
from collections.abc import Iterator

from engine.practice import AVERAGE_PERCENT, MOST_PERCENT, Horizon, Problem, Visit
from engine.problems import PracticeProblem
from engine.risk.treatment_time import ecd_of
from engine.validation.codes import fault
from engine.validation.swings import Kind, span_days
from engine.weights import MILLIPOINTS, Weight

EXACT_WHOLE_NUMBERS = 2**53
"""Below it, sums of whole numbers are exact also where they are kept as floats."""


def exact_millipoints(weight: Weight) -> float:
    """Millipoints for one quantum before they are rounded to whole ones."""
    return weight.value * weight.quantum * MILLIPOINTS


def rounding_faults(weights: dict[str, Weight]) -> Iterator[PracticeProblem]:
    """Weights that count as something else than what is written."""
    for weight in weights.values():
        exact = exact_millipoints(weight)
        smallest = 1 / (weight.quantum * MILLIPOINTS)
        if weight.value > 0 and weight.millipoints_per_quantum < 1:
            yield fault(
                "weight-lost-in-rounding",
                "policy",
                f"'{weight.kpi}' with {weight.value:g} points per {weight.unit_name} is "
                f"{exact:g} thousandths of a point per {weight.quantum:g}, which rounds to 0",
                f"give it at least {smallest:g}, or 0 to switch it off",
            )
        elif abs(exact - weight.millipoints_per_quantum) > 1e-6 * max(1.0, exact):
            used = weight.millipoints_per_quantum * smallest
            yield fault(
                "weight-rounded",
                "policy",
                f"'{weight.kpi}' with {weight.value:g} points per {weight.unit_name} counts as "
                f"{used:g}",
                f"use a multiple of {smallest:g}",
            )


def largest_sum(
    problem: Problem, horizon: Horizon | None, weights: dict[str, Weight], kinds: list[Kind]
) -> int:
    """An upper bound of the objective in millipoints: every visit at its worst in every KPI."""
    swings = {(kind.procedure, kind.minutes): kind.swing for kind in kinds}
    booked = (b.visit for b in problem.bookings if horizon is None or b.date in horizon)
    asked = (*problem.visits, *booked)
    of_patient = Counter(visit.patient for visit in asked)
    total = 0
    for visit in asked:
        procedure = problem.procedures.get(visit.procedure)
        if procedure is None:
            continue
        swing = swings.get((procedure.code, visit.minutes or procedure.minutes))
        if swing is None:
            continue
        worst = swing | _worst_days(problem, horizon, visit, of_patient[visit.patient])
        for weight in weights.values():
            quanta = math.ceil(worst[weight.kpi] / weight.quantum)
            total += quanta * weight.millipoints_per_quantum
    return total


def _worst_days(
    problem: Problem, horizon: Horizon | None, visit: Visit, visits_of_patient: int
) -> dict[str, float]:
    """Days and weeks after due, request and ECD if the visit is not placed; all minutes lost.

    Every other visit, of the plan and of the patient in the horizon, is missed as well.
    """
    procedure = problem.procedures[visit.procedure]
    today, risk = problem.as_of.date(), problem.policy.risk
    ahead = span_days(problem, horizon, procedure)
    if horizon is not None:
        ahead += max(0, (horizon.start - today).days)
    asked = min(visit.due, visit.requested_on or visit.due)
    days = max(0, (today - asked).days + ahead + 7)
    dearest = 1.0 if problem.slot_prices is None else MOST_PERCENT / AVERAGE_PERCENT
    worst = {"access_days": float(days), "overdue_days": float(days)}
    worst["lost_minutes"] = 1440.0 * dearest
    treatment = visit.treatment
    if treatment is None:
        worst |= {"late_weeks": 0.0, "patients_past_ecd": 0.0}
    else:
        rebooking = [other.rebooking_days for other in problem.practice.procedures]
        longest = max(rebooking + [delay.days for delay in risk.rebooking_delays])
        later = treatment.remaining_visits - 1
        slip = (later + visits_of_patient - 1) * (longest + risk.repair_chance * risk.repair_days)
        past = (today - ecd_of(treatment, problem.policy.ecd)).days + ahead
        past += later * treatment.interval_days
        worst["late_weeks"] = max(0.0, past + slip + procedure.rebooking_days) / 7
    return worst
