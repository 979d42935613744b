"""From starts to visits a patient day: exams, debonds, adjustments, retention, observation.

Works backwards from the starts through the conversion of exams, as in 'Tips to build an efficient
orthodontic schedule', gaidge.com (acceptance is counted after those who go to observation are
taken out), and by the balance of a steady practice: what begins ends, months of a case later.
"""

from dataclasses import dataclass

from engine.model_day.goals import Driver, Goals

MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class Flow:
    """Patients and visits of a steady practice, growth included. `per_day`: of a patient day."""

    starts_a_year: float
    patient_days_a_year: float
    exams_kept_a_year: float
    active_patients: float
    interval_weeks: float
    checks_per_case: int
    looks_per_patient: float
    observed_a_year: float
    per_day: dict[Driver, float]


def flow_of(goals: Goals) -> Flow:
    """The steady flow of these goals.

    exams kept = starts (1 - from observation) / ((1 - to observation) conversion);
    active = starts a year * months of a case / 12;
    adjustments a year = active * 52 / interval in weeks.
    """
    starts = starts_a_month(goals) * MONTHS_A_YEAR * (1 + goals.growth)
    days = goals.patient_days_per_month * MONTHS_A_YEAR
    exams = starts * (1 - goals.starts_from_observation)
    exams /= (1 - goals.observation_share) * goals.conversion
    active = starts * goals.months_per_case / MONTHS_A_YEAR
    interval = interval_weeks(goals)
    observed = exams * goals.observation_share
    looks = goals.observation_months / goals.observation_interval_months
    checks = len(goals.retention_months)
    a_year = {
        Driver.EXAM: exams / (1 - goals.exam_no_show),
        Driver.START: starts,
        Driver.ADJUSTMENT: active * WEEKS_A_YEAR / interval,
        Driver.DEBOND: starts,
        Driver.RETENTION: starts * checks,
        Driver.OBSERVATION: observed * looks,
    }
    per_day = {driver: visits / days for driver, visits in a_year.items()}
    per_day[Driver.REPAIR] = goals.repairs_per_day * (1 + goals.growth)
    per_day[Driver.EMERGENCY] = goals.emergencies_per_day * (1 + goals.growth)
    per_day[Driver.DAY] = 1.0
    return Flow(
        starts_a_year=starts,
        patient_days_a_year=days,
        exams_kept_a_year=exams,
        active_patients=active,
        interval_weeks=interval,
        checks_per_case=checks,
        looks_per_patient=looks,
        observed_a_year=observed,
        per_day=per_day,
    )


def starts_a_month(goals: Goals) -> float:
    """The starts stated, or those that the production goal needs where these are more."""
    if goals.production_per_day is None or goals.production_per_start is None:
        return goals.starts_per_month
    a_day = goals.production_per_day / goals.production_per_start
    return max(goals.starts_per_month, a_day * goals.patient_days_per_month)


def interval_weeks(goals: Goals) -> float:
    """Weeks between adjustments: stated, or the months of a case over its visits."""
    if goals.visits_per_case is None:
        return goals.interval_weeks
    return goals.months_per_case / MONTHS_A_YEAR * WEEKS_A_YEAR / goals.visits_per_case
