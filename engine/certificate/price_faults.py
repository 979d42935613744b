"""What makes a list of prices no prices: each fault in a sentence."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.pacts import Pacts
from engine.practice import DoctorRuleKind, Horizon, Problem
from engine.practice.calendar import is_open, model_day_on
from engine.units import MINUTES_PER_DAY, clock_text
from engine.yardsticks import prices_of

MOST = 10**12
"""Millipoints: a thousand million points, far above any weight, far below what 64 bits hold."""

_WHOLE_DATE = (Priced.QUOTA, Priced.PER_DAY, Priced.UNEVEN_LOAD, Priced.MOVES)
_SIGNED = (Priced.HOUSEHOLD, Priced.ORDER)
_CAPPED = {
    Priced.DOCTOR_LOAD: "doctor_overload",
    Priced.UNEVEN_LOAD: "uneven_load",
}


def price_faults(
    problem: Problem,
    horizon: Horizon,
    lines: Sequence[PriceLine],
    pacts: Pacts | None = None,
) -> Iterator[str]:
    """Unknown things and dates, prices below zero or too high, steps out of order or too fine."""
    prices = prices_of(problem)
    pacts = Pacts(problem, horizon) if pacts is None else pacts
    seen: set[tuple[Priced, str, str, dt.date]] = set()
    for line in lines:
        where = f"{' '.join(filter(None, (line.of, line.id, line.other)))} on {line.date}"
        if (line.of, line.id, line.other, line.date) in seen:
            yield f"{where} is priced twice"
        seen.add((line.of, line.id, line.other, line.date))
        if line.date not in horizon:
            yield f"{where} lies outside the dates of the certificate"
        elif line.of is Priced.MOVES and line.date != horizon.start:
            yield f"{where} is priced, but moves have one price, for the first date"
        elif not _is_known(problem, pacts, line):
            yield f"{where} is priced, but there is no such thing"
        most = MOST
        if line.of in _CAPPED:
            most = prices[_CAPPED[line.of]]
        yield from (f"{where}: {fault}" for fault in _step_faults(line, most))
        whole = _whole_steps(problem, line.of)
        borders = {border for start, end, _ in line.steps for border in (start, end)}
        if any(border % whole for border in borders - {MINUTES_PER_DAY}):
            yield f"{where}: its price may change every {whole} min only"


def _is_known(problem: Problem, pacts: Pacts, line: PriceLine) -> bool:
    if line.of in _SIGNED:
        return pacts.is_known(line.of, line.id, line.other)
    practice = problem.practice
    exact = practice.doctor_rule.kind is DoctorRuleKind.EXACT
    template = model_day_on(practice, line.date)
    quotas = template.quotas if template else ()
    known: dict[Priced, Collection[str]] = {
        Priced.CHAIR: problem.chairs,
        Priced.STAFF: problem.staff,
        Priced.DOCTOR: [doctor.id for doctor in problem.doctors],
        Priced.QUOTA: [q.procedure_class for q in quotas if q.at_most is not None],
        Priced.PER_DAY: [one.id for one in practice.limits if one.per_day is not None],
        Priced.AT_ONCE: [one.id for one in practice.limits if one.at_once is not None],
        Priced.DOCTOR_LOAD: [""],
        Priced.DOCTOR_CHAIN: [""] if exact else [],
        Priced.MOVES: [""] if problem.policy.max_moves is not None else [],
        Priced.UNEVEN_LOAD: [""] if is_open(practice, line.date) else [],
    }
    return not line.other and line.id in known[line.of]


def _step_faults(line: PriceLine, most: int) -> Iterator[str]:
    reached = 0
    for start, end, price in line.steps:
        span = f"{clock_text(start)}-{clock_text(end)}"
        if not reached <= start < end <= MINUTES_PER_DAY:
            yield f"step {span} is out of order"
        if price < 0 and line.of not in _SIGNED:
            yield f"the price {price} of {span} is below zero"
        if abs(price) > most:
            yield f"the price {price} of {span} is above {most}"
        reached = max(reached, end)


def _whole_steps(problem: Problem, of: Priced) -> int:
    """The shortest stretch with a price of its own, in minutes."""
    rule = problem.practice.doctor_rule
    if of in _WHOLE_DATE:
        return MINUTES_PER_DAY
    if of is Priced.DOCTOR_LOAD:
        return 60
    if of is Priced.DOCTOR_CHAIN:
        return problem.practice.grid_minutes
    if of is Priced.DOCTOR and rule.kind is DoctorRuleKind.UNITS_PER_SLOT:
        return rule.slot_minutes
    return 1
