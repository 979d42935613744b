"""Every coefficient of the objective: value, unit, reason, tier. The only place with prices.

The objective is one weighted sum. KPIs are counted in whole *quanta* (for example 0.0001 patient),
and a weight times its quantum is a whole number of millipoints, so that the objective of a
schedule is exact integer arithmetic, equal in the solver and in the KPIs.

Tiers: one `unit` of a weight outweighs everything that lower tiers can change for one visit.
`swing` is the most one visit can change that KPI on a 5 minute grid with visits up to 120 minutes,
horizons up to 12 weeks, and rebooking within 42 days in treatment and 60 outside it.
`engine.validation.tiers` proves it for a practice, with that practice's own swings, and refuses
weights that break it.
"""

from dataclasses import dataclass, replace

MILLIPOINTS = 1000
"""Millipoints per point: the resolution of the objective."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Price of one KPI: `value` points per `unit_name`; see the module page for the rest."""

    kpi: str
    tier: int
    value: float
    unit_name: str
    quantum: float
    unit: float
    swing: float
    reason: str

    @property
    def millipoints_per_quantum(self) -> int:
        """Whole millipoints for one quantum of the KPI."""
        return round(self.value * self.quantum * MILLIPOINTS)


DEFAULT_WEIGHTS: tuple[Weight, ...] = (
    Weight(
        "displaced_bookings",
        1,
        10_000_000.0,
        "booking",
        1.0,
        1.0,
        1.0,
        "A patient who has a time keeps it, or gets another one in the same horizon.",
    ),
    Weight(
        "late_weeks",
        2,
        400_000.0,
        "week past ECD",
        0.001,
        1.0,
        19.0,
        "Patients already past their completion date come first: one week for them outweighs "
        "keeping a borderline patient inside.",
    ),
    Weight(
        "patients_past_ecd",
        3,
        300_000.0,
        "expected patient",
        0.0001,
        0.05,
        1.0,
        "Expected number of patients who finish after their completion date.",
    ),
    Weight(
        "unplaced_visits",
        4,
        520.0,
        "visit",
        1.0,
        1.0,
        1.0,
        "A visit without a time is a patient to chase.",
    ),
    Weight(
        "access_days",
        4,
        130.0,
        "day beyond 7",
        1.0,
        7.0,
        105.0,
        "A new patient is seen within 7 days of the call and starts within 7 days of yes.",
    ),
    Weight(
        "overdue_days",
        4,
        65.0,
        "day after due",
        1.0,
        7.0,
        144.0,
        "A visit after its due date lengthens treatment or leaves retention unchecked.",
    ),
    Weight(
        "lost_minutes",
        5,
        3.5,
        "expected minute",
        0.01,
        20.0,
        107.0,
        "Chair and doctor minutes expected to be lost to no-shows; where the question has slot "
        "prices, in minutes of an average slot.",
    ),
    Weight(
        "preferences_missed",
        6,
        15.0,
        "visit",
        1.0,
        1.0,
        2.0,
        "Wished times and wished doctor.",
    ),
    Weight(
        "households_apart",
        6,
        20.0,
        "household",
        1.0,
        1.0,
        1.0,
        "A family comes once.",
    ),
    Weight(
        "off_template",
        7,
        1.0,
        "visit",
        1.0,
        1.0,
        1.0,
        "A visit in a released or fallback cell uses up what the model day kept for others.",
    ),
    Weight(
        "doctor_overload",
        7,
        0.05,
        "minute above the load limit",
        1.0,
        1.0,
        35.0,
        "An hour in which the doctor is booked above 85 % makes patients wait.",
    ),
    Weight(
        "doctor_chains",
        7,
        0.05,
        "start of a chain",
        1.0,
        1.0,
        31.0,
        "More than 60 minutes of doctor time without a gap cannot absorb one late patient.",
    ),
    Weight(
        "uneven_load",
        7,
        0.01,
        "chair minute",
        1.0,
        1.0,
        120.0,
        "Chair minutes above the even share of a day: 80 patients, then 40, is a bad week.",
    ),
    Weight(
        "moved_bookings",
        7,
        3.0,
        "booking",
        1.0,
        1.0,
        1.0,
        "Each moved booking is a call and a favour asked.",
    ),
)


def weights_with(overrides: dict[str, float]) -> dict[str, Weight]:
    """The default weights by KPI, with a practice's own values put in. KeyError on unknown KPI."""
    table = {weight.kpi: weight for weight in DEFAULT_WEIGHTS}
    for kpi, value in overrides.items():
        table[kpi] = replace(table[kpi], value=value)
    return table
