"""The derivation of a demand, line by line, as one would work it out on paper."""

import math

from engine.model_day.demand import ACCESS, Demand
from engine.model_day.flow import (
    checks_within_the_year,
    flow_of,
    new_treatment_months,
    starts_a_month,
)
from engine.model_day.goals import Driver
from engine.model_day.holds import covered_share, critical_ratio, held_places
from engine.model_day.past_rates import Ratio

_OTHER_INTERVAL_WEEKS = 6.0


def derivation_lines(demand: Demand, clinic_minutes_a_day: float) -> list[str]:
    """From starts to columns and doctor load. `clinic_minutes_a_day`: patient minutes of a column.

    Every number stands with the numbers it comes from, so that anybody can work it out again.
    """
    return [
        *_patients(demand),
        *_procedures(demand),
        *_access(demand),
        *_capacity(demand, clinic_minutes_a_day),
    ]


def _patients(demand: Demand) -> list[str]:
    goals, flow = demand.goals, demand.flow
    days, exams = flow.patient_days_a_year, flow.exams_kept_a_year
    per_day = flow.per_day
    grown = f" x {1 + goals.growth:.2f} growth" if goals.growth else ""
    wanted = starts_a_month(goals)
    lines = []
    if wanted > goals.starts_per_month:
        lines.append(
            f"production {goals.production_per_day:,.0f} a day / {goals.production_per_start:,.0f} "
            f"a start x {goals.patient_days_per_month:g} days = {wanted:.1f} starts a month, more "
            f"than the {goals.starts_per_month:g} stated"
        )
    else_interval = _OTHER_INTERVAL_WEEKS if flow.interval_weeks != _OTHER_INTERVAL_WEEKS else 8.0
    other = flow_of(
        goals.model_copy(update={"interval_weeks": else_interval, "visits_per_case": None})
    )
    lines += [
        f"starts: {wanted:g} a month x 12{grown} = {flow.starts_a_year:.0f} a year / "
        f"{days:.0f} patient days = {per_day[Driver.START]:.1f} a day",
        f"exams kept: {flow.starts_a_year:.0f} x (1 - {goals.starts_from_observation:g} from "
        f"observation) / ((1 - {goals.observation_share:g} to observation) x {goals.conversion:g} "
        f"conversion) = {exams:.0f} a year = {exams / days:.1f} a day",
        f"exam places: {exams / days:.1f} / (1 - {flow.exam_no_show:.3g} missed"
        f"{_missed_exams(demand)}) = {per_day[Driver.EXAM]:.1f} a day",
        _debonds(demand),
        f"patients in treatment: {flow.starts_a_year:.0f} x {goals.months_per_case:g} months / 12 "
        f"= {flow.active_patients:.0f}",
        f"adjustments: {flow.active_patients:.0f} x 52 / {flow.interval_weeks:.3g} weeks / "
        f"{days:.0f} = {flow.steady_adjustments_a_year / days:.1f} a day "
        f"({other.per_day[Driver.ADJUSTMENT]:.1f} at {else_interval:g} weeks)",
        *_adjustments_of_the_book(demand),
        _retention(demand),
        f"observation: {exams:.0f} x {goals.observation_share:g} = {flow.observed_a_year:.0f} a "
        f"year x {flow.looks_per_patient:.1f} looks / {days:.0f} = "
        f"{per_day[Driver.OBSERVATION]:.1f} a day",
        *_unplanned(demand),
    ]
    return lines


def _missed_exams(demand: Demand) -> str:
    """Where the share of missed exams comes from; nothing without a history."""
    past = demand.flow.past
    if past is None:
        return ""
    found = past.exam_no_show
    if found.value is not None:
        return f", {found.events} of {found.base} counted"
    return f", the goals' figure: the history has {found.base} exams, too few to count"


def _unplanned(demand: Demand) -> list[str]:
    """Repairs and emergencies: as counted beside adjustments, or as the goals say."""
    goals, past, per_day = demand.goals, demand.flow.past, demand.flow.per_day
    repairs, emergencies = (past.repairs, past.emergencies) if past is not None else (None, None)
    kinds = {
        "repairs": (Driver.REPAIR, goals.repairs_per_day, repairs),
        "emergencies": (Driver.EMERGENCY, goals.emergencies_per_day, emergencies),
    }
    grown = f" x {1 + goals.growth:.2f} growth" if goals.growth else ""
    lines = []
    for name, (driver, stated, found) in kinds.items():
        a_day = f"{per_day[driver]:.1f} a day"
        if found is None:
            lines.append(f"{name}: {stated:g}{grown} = {a_day}, as stated")
        elif found.value is None:
            lines.append(
                f"{name}: {stated:g}{grown} = {a_day}, as stated: the history has {found.events}, "
                "too few to count"
            )
        else:
            lines.append(
                f"{name}: {_counted_text(found)} x {per_day[Driver.ADJUSTMENT]:.1f} adjustments a "
                f"day = {a_day} (stated: {stated:g})"
            )
    return lines


def _counted_text(found: Ratio) -> str:
    return (
        f"{found.events} counted beside {found.base} adjustments, by the mix {found.value:.3f} for "
        "each"
    )


def _debonds(demand: Demand) -> str:
    flow, known = demand.flow, demand.known
    a_day = f"= {flow.per_day[Driver.DEBOND]:.1f} a day"
    if known is None or flow.debonds_a_year == flow.starts_a_year:
        return f"debonds: as many as starts in a steady practice {a_day}"
    return (
        f"debonds: by their remaining visits {flow.debonds_a_year:.0f} of the {known.patients:.0f} "
        f"treatments in the book end within a year, more than the {flow.starts_a_year:.0f} starts; "
        f"{flow.debonds_a_year:.0f} / {flow.patient_days_a_year:.0f} {a_day}"
    )


def _adjustments_of_the_book(demand: Demand) -> list[str]:
    """The sum that is planned instead of the steady one; nothing where it is smaller."""
    flow, known = demand.flow, demand.known
    if known is None or flow.adjustments_a_year == flow.steady_adjustments_a_year:
        return []
    months = new_treatment_months(demand.goals)
    return [
        f"more by the book: {known.adjustments_a_year:.0f} adjustments of the treatments under way "
        f"within a year + {flow.starts_a_year:.0f} starts x {months:g} months / 12 x 52 / "
        f"{flow.interval_weeks:.3g} weeks = {flow.adjustments_a_year:.0f} a year = "
        f"{flow.per_day[Driver.ADJUSTMENT]:.1f} a day"
    ]


def _retention(demand: Demand) -> str:
    flow = demand.flow
    days, more = flow.patient_days_a_year, flow.debonds_a_year - flow.starts_a_year
    beyond = ""
    if more:
        checks = checks_within_the_year(demand.goals)
        beyond = f" + {more / days:.1f} debonds more x {checks:.1f} within the year"
    return (
        f"retention checks: {flow.starts_a_year / days:.1f} x {flow.checks_per_case}{beyond} = "
        f"{flow.per_day[Driver.RETENTION]:.1f} a day if everybody came"
    )


def _access(demand: Demand) -> list[str]:
    """Places of a week for those who come by chance."""
    share, lines = demand.goals.covered_weeks, []
    for purpose in ACCESS:
        mean, enough = demand.week_places(purpose)
        if enough > mean:
            lines.append(
                f"{purpose.value} places of a week: {mean:.1f} visits on average; {enough} are "
                f"enough in {share:.0%} of the weeks -> x {enough / mean:.2f}"
            )
    return lines


def _procedures(demand: Demand) -> list[str]:
    lines = ["procedures of a patient day:"]
    for line in demand.lines:
        measured = "" if line.counted is None else f"; counted {line.counted:.1f}"
        lines.append(
            f"  {line.procedure.code:<8}{line.a_day:5.1f}  = {line.mix.driver.value} "
            f"{demand.flow.per_day[line.mix.driver]:.2f} x {line.mix.share:.3g}{measured}"
        )
    if demand.without_driver:
        lines.append(f"  not planned, since no mix names them: {', '.join(demand.without_driver)}")
    return lines


def _capacity(demand: Demand, minutes: float) -> list[str]:
    goals, holds = demand.goals, demand.goals.holds
    occupied = demand.clinic_minutes + demand.turnover_minutes
    columns = occupied / minutes
    filled = columns / goals.column_fill
    load = demand.doctor_minutes
    mean = demand.emergencies
    places = held_places(mean, holds)
    per_visit = load / demand.visits if demand.visits else 0.0
    return [
        f"visits: {demand.visits:.0f} a day, {demand.clinic_visits:.0f} of them in clinic chairs",
        f"columns: {demand.clinic_minutes:.0f} chair minutes + {demand.turnover_minutes:.0f} of "
        f"turnover = {columns:.1f} columns of {minutes:.0f} min, {filled:.1f} at "
        f"{goals.column_fill:.0%} fill -> {math.ceil(filled - 1e-9)} booked columns and 1 overflow",
        f"doctor: {load:.0f} of {minutes:.0f} min ({load / minutes:.0%}), "
        f"{per_visit:.0f} min a visit",
        f"holds: fewest h with P(Poisson({mean:.1f}) <= h) >= {critical_ratio(holds):.2f} = "
        f"{places}; enough on {covered_share(mean, places):.0%} of the days",
    ]
