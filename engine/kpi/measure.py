"""How good a schedule is, figure by figure, from the question and the answer only."""

from collections.abc import Callable
from math import fsum

from engine.kpi import (
    access_days,
    displaced_bookings,
    doctor_chains,
    doctor_overload,
    households_apart,
    late_weeks,
    lost_minutes,
    moved_bookings,
    off_template,
    overdue_days,
    patients_past_ecd,
    preferences_missed,
    uneven_load,
    unplaced_visits,
)
from engine.kpi.filled import Filled
from engine.practice import Problem
from engine.result import KpiValue
from engine.schedule import Schedule
from engine.weights import MILLIPOINTS, Weight
from engine.yardsticks import weights_of

QUANTA: dict[str, Callable[[Filled], int]] = {
    "displaced_bookings": displaced_bookings.quanta,
    "late_weeks": late_weeks.quanta,
    "patients_past_ecd": patients_past_ecd.quanta,
    "unplaced_visits": unplaced_visits.quanta,
    "access_days": access_days.quanta,
    "overdue_days": overdue_days.quanta,
    "lost_minutes": lost_minutes.quanta,
    "preferences_missed": preferences_missed.quanta,
    "households_apart": households_apart.quanta,
    "off_template": off_template.quanta,
    "doctor_overload": doctor_overload.quanta,
    "doctor_chains": doctor_chains.quanta,
    "uneven_load": uneven_load.quanta,
    "moved_bookings": moved_bookings.quanta,
}
"""How each KPI is counted, in whole quanta."""


def measure(problem: Problem, schedule: Schedule) -> tuple[KpiValue, ...]:
    """One value per weight, in the order of the weights, priced with the practice's own weights."""
    filled = Filled(problem, schedule)
    weights = weights_of(problem).values()
    return tuple(_priced(weight, QUANTA[weight.kpi](filled)) for weight in weights)


def objective_points(kpis: tuple[KpiValue, ...]) -> float:
    """The objective of a schedule: the sum of its priced KPIs, exact to the millipoint."""
    return round(fsum(kpi.points for kpi in kpis), 3)


def _priced(weight: Weight, quanta: int) -> KpiValue:
    return KpiValue(
        kpi=weight.kpi,
        quanta=quanta,
        value=quanta * weight.quantum,
        unit=weight.unit_name,
        points=quanta * weight.millipoints_per_quantum / MILLIPOINTS,
    )
