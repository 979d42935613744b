"""From starts to visits a patient day: exams, debonds, adjustments, retention, observation.

Works backwards from the starts through the conversion of exams, as in 'Tips to build an efficient
orthodontic schedule', gaidge.com (acceptance is counted after those who go to observation are
taken out), and by the balance of a steady practice: what begins ends, months of a case later. Where
more treatments are under way than a steady practice would have, what they ask for within a year is
planned instead.
"""

from dataclasses import dataclass

from engine.model_day.goals import Driver, Goals
from engine.model_day.known_treatments import KnownTreatments
from engine.model_day.past_rates import PastRates

MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 52
WEEKS_A_MONTH = WEEKS_A_YEAR / MONTHS_A_YEAR


@dataclass(frozen=True, slots=True)
class Flow:
    """Patients and visits of an average year, growth included. `per_day`: of a patient day.

    `active_patients` and the `steady` numbers are those of a practice in balance; what is planned
    is the larger one of these and of what the treatments in the book ask for. `past`: what the
    history says about visits that nobody plans; None where there is none.
    """

    starts_a_year: float
    patient_days_a_year: float
    exams_kept_a_year: float
    active_patients: float
    interval_weeks: float
    checks_per_case: int
    looks_per_patient: float
    observed_a_year: float
    steady_adjustments_a_year: float
    adjustments_a_year: float
    debonds_a_year: float
    per_day: dict[Driver, float]
    exam_no_show: float
    past: PastRates | None = None


def flow_of(
    goals: Goals, known: KnownTreatments | None = None, past: PastRates | None = None
) -> Flow:
    """The flow of these goals; `known`: the treatments in the book; `past`: ratios of the history.

    exams kept = starts (1 - from observation) / ((1 - to observation) conversion);
    active = starts a year * months of a case / 12;
    adjustments a year = active * 52 / interval in weeks, or those of the treatments under way and
    of half a year, on average, of each new one; debonds = starts, or the treatments that end;
    retention = starts * checks, and of debonds beyond these the checks that fall into the year;
    repairs and emergencies = those for each adjustment in the past, else the goals' a day.
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
    steady = active * WEEKS_A_YEAR / interval
    adjustments, debonds = steady, starts
    if known is not None:
        of_new = new_treatment_months(goals) / MONTHS_A_YEAR * WEEKS_A_YEAR / interval
        adjustments = max(steady, known.adjustments_a_year + starts * of_new)
        debonds = max(starts, known.endings_a_year)
    missed = past.exam_no_show.value if past is not None else None
    exam_no_show = goals.exam_no_show if missed is None else missed
    a_year = {
        Driver.EXAM: exams / (1 - exam_no_show),
        Driver.START: starts,
        Driver.ADJUSTMENT: adjustments,
        Driver.DEBOND: debonds,
        Driver.RETENTION: starts * checks + (debonds - starts) * checks_within_the_year(goals),
        Driver.OBSERVATION: observed * looks,
    }
    per_day = {driver: visits / days for driver, visits in a_year.items()}
    per_day[Driver.REPAIR] = goals.repairs_per_day * (1 + goals.growth)
    per_day[Driver.EMERGENCY] = goals.emergencies_per_day * (1 + goals.growth)
    if past is not None and past.repairs.value is not None:
        per_day[Driver.REPAIR] = past.repairs.value * per_day[Driver.ADJUSTMENT]
    if past is not None and past.emergencies.value is not None:
        per_day[Driver.EMERGENCY] = past.emergencies.value * per_day[Driver.ADJUSTMENT]
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
        steady_adjustments_a_year=steady,
        adjustments_a_year=adjustments,
        debonds_a_year=debonds,
        per_day=per_day,
        exam_no_show=exam_no_show,
        past=past,
    )


def new_treatment_months(goals: Goals) -> float:
    """Months of treatment within a year, on average, of those that begin evenly over it."""
    length = min(goals.months_per_case, MONTHS_A_YEAR)
    return length - length**2 / (2 * MONTHS_A_YEAR)


def checks_within_the_year(goals: Goals) -> float:
    """Checks within a year, on average, of those whose debonds lie evenly in it."""
    return sum(max(0.0, 1 - months / MONTHS_A_YEAR) for months in goals.retention_months)


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
