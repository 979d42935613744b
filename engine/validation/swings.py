"""The most that one visit can change each KPI, in this practice.

A *kind* of visit is a procedure at a length. For each kind, with first = the first date that can
be filled, end = the first date after the horizon, B = rebooking days of the procedure:

- span = end + B - first, in days: a visit lies between `first` and its unplaced date end + B, so
  any count of days after a date changes by at most `span`: access_days for exams and starts,
  overdue_days for all others, never both.
- spread = tanh(delta / 4), where delta is the range of the log-odds of missing that a choice of
  time can make (lead time, weekday, hour, a confirmation lost by moving). It is the largest
  difference of a logistic curve over delta: s(x + delta) - s(x) is greatest at x = -delta / 2,
  where it is tanh(delta / 4).
- late_weeks = (span + 6 + spread B) / 7: the expected finish is the Monday of the visit's week, at
  most 6 days off, plus p B, plus what the date does not change; and max(0, .) changes by no more
  than its argument.
- lost_minutes = spread * (chair minutes + doctor minutes). With slot prices one place is worth at
  most a and another at least b minutes of an average slot, and what changes is at most the largest
  a s(x + delta) - b s(x) over all x. With u = e^x and k = e^delta its slope is zero where
  sqrt(a k) (1 + u) = sqrt(b) (1 + k u); where no u > 0 does that, it rises towards a - b.
- doctor_overload = doctor minutes; uneven_load = clinic chair minutes.
- doctor_chains: a piece of L doctor minutes lies in ceil(L / g) + ceil(W / g) - 1 windows of
  W = chain + g minutes that begin on the grid g, and can complete no other.
- moved_bookings = 1, and what short notice and a confirmation add by the policy.
- preferences_missed = 1 for wished times, 1 more for a wished doctor; the rest is 0 or 1.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from engine.practice import (
    ChairKind,
    Confirmation,
    DoctorRuleKind,
    Horizon,
    Problem,
    Procedure,
    Purpose,
)
from engine.practice.pattern import pattern_of
from engine.risk.features import lead_of
from engine.risk.no_show import NoShow
from engine.risk.slot_worth import SlotWorth
from engine.validation.dates import first_date

USUAL_HORIZON_DAYS = 14
"""Where no horizon is given."""

_ACCESS = (Purpose.EXAM, Purpose.START)
_OUTSIDE_TREATMENT = (
    Purpose.EXAM,
    Purpose.CONFERENCE,
    Purpose.RETENTION,
    Purpose.OBSERVATION,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of visit with what one of it can change: KPI -> amount in the KPI's unit."""

    procedure: str
    minutes: int
    swing: dict[str, float]


def practice_swings(problem: Problem, horizon: Horizon | None = None) -> dict[str, float]:
    """The most that one visit of any kind can change each KPI."""
    most: dict[str, float] = {}
    for kind in kinds_of(problem, horizon):
        for kpi, amount in kind.swing.items():
            most[kpi] = max(amount, most.get(kpi, 0.0))
    return most


def kinds_of(problem: Problem, horizon: Horizon | None = None) -> Iterator[Kind]:
    """Every procedure at its own length and at each length that a visit or booking has."""
    lengths: dict[str, dict[int | None, None]] = {
        procedure.code: {None: None} for procedure in problem.practice.procedures
    }
    treated = set()
    free = _free_logits(problem, horizon)
    span = {p.code: span_days(problem, horizon, p) for p in problem.practice.procedures}
    for visit in problem.all_visits.values():
        if visit.procedure in lengths:
            lengths[visit.procedure][visit.minutes] = None
            if visit.treatment is not None:
                treated.add(visit.procedure)
    for code, asked in lengths.items():
        procedure = problem.procedures[code]
        in_treatment = code in treated or procedure.purpose not in _OUTSIDE_TREATMENT
        for minutes in asked:
            swing = _swing(problem, procedure, minutes, span[code], free)
            if swing is not None:
                if not in_treatment:
                    swing |= {"late_weeks": 0.0, "patients_past_ecd": 0.0}
                yield Kind(code, minutes or procedure.minutes, swing)


def span_days(problem: Problem, horizon: Horizon | None, procedure: Procedure) -> int:
    """Days from the first date to fill to the date that an unplaced visit counts at."""
    days = USUAL_HORIZON_DAYS
    if horizon is not None:
        days = max(0, (horizon.end - first_date(problem, horizon)).days)
    return days + procedure.rebooking_days


@dataclass(frozen=True, slots=True)
class FreeLogits:
    """What a choice of time can change in what the risk of a miss depends on, the span apart."""

    days_to_first: int
    """From now to the first date to fill."""
    longest_lead: int
    """Of movable bookings, from the day they were made to the day they are booked for."""
    said: frozenset[Confirmation]
    """What patients have said of bookings that may move: they are asked again then."""
    no_show: NoShow
    worth: SlotWorth


def _free_logits(problem: Problem, horizon: Horizon | None) -> FreeLogits:
    movable = [b for b in problem.bookings if b.movable and (horizon is None or b.date in horizon)]
    today = problem.as_of.date()
    leads = [lead_of(b.booked_on, b.date, today) for b in movable]
    said = frozenset(b.confirmation for b in movable)
    return FreeLogits(
        (first_date(problem, horizon) - today).days,
        max(leads, default=0),
        said,
        NoShow(problem),
        SlotWorth(problem),
    )


def _most_moves(problem: Problem) -> int:
    costs = problem.policy.move_costs
    return 1 if costs is None else 1 + costs.short_notice + costs.confirmed


def spread(free: FreeLogits, span: int) -> float:
    """Largest difference that a choice of time makes to the probability of a miss."""
    return math.tanh(_logit_range(free, span) / 4)


def _logit_range(free: FreeLogits, span: int) -> float:
    longest = max(free.days_to_first + span, free.longest_lead)
    return free.no_show.logit_range(longest, free.said)


def largest_difference(delta: float, most: float, least: float) -> float:
    """Largest most s(x + delta) - least s(x) over all x, for the logistic curve s; delta >= 0."""
    if most == least:
        return most * math.tanh(delta / 4)
    odds = math.exp(delta)
    up, down = math.sqrt(most * odds), math.sqrt(least)
    if up >= odds * down:
        return most - least
    u = (up - down) / (odds * down - up)
    return most * odds * u / (1 + odds * u) - least * u / (1 + u)


def _swing(
    problem: Problem,
    procedure: Procedure,
    minutes: int | None,
    span: int,
    free: FreeLogits,
) -> dict[str, float] | None:
    grid = problem.practice.grid_minutes
    try:
        stages = pattern_of(procedure, minutes, grid)
    except ValueError:
        return None
    doctor = [piece.minutes for stage in stages for piece in stage.doctor]
    in_chair = [stage for stage in stages if stage.chair_kind is not None]
    clinic = sum(s.end - s.start for s in in_chair if s.chair_kind is ChairKind.CLINIC)
    missed = spread(free, span)
    windows = math.ceil((problem.policy.chain_minutes + grid) / grid)
    exact = problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
    access = procedure.purpose in _ACCESS
    return {
        "displaced_bookings": 1.0,
        "late_weeks": (span + 6 + missed * procedure.rebooking_days) / 7,
        "patients_past_ecd": 1.0,
        "unplaced_visits": 1.0,
        "access_days": float(span) if access else 0.0,
        "overdue_days": 0.0 if access else float(span),
        "lost_minutes": largest_difference(_logit_range(free, span), *free.worth.extremes(stages)),
        "preferences_missed": 2.0 if doctor else 1.0,
        "households_apart": 1.0,
        "off_template": 1.0 if in_chair else 0.0,
        "doctor_overload": float(sum(doctor)),
        "doctor_chains": float(sum(math.ceil(length / grid) + windows - 1 for length in doctor))
        if exact
        else 0.0,
        "uneven_load": float(clinic),
        "moved_bookings": float(_most_moves(problem)),
    }
