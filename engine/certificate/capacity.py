"""How much there is of everything that has a price, and what it is worth at these prices."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import numpy as np

from engine.certificate.book_demands import BookedVisit
from engine.certificate.certificate import Priced
from engine.certificate.chains import chain_worth
from engine.certificate.clock_rows import Ints
from engine.certificate.day_prices import grid_begins
from engine.certificate.day_rows import DayRows, Rows
from engine.certificate.price_table import PriceTable
from engine.practice import DoctorRuleKind, Problem
from engine.practice.calendar import model_day_on
from engine.units import to_minutes
from engine.yardsticks import doctor_limit_minutes


@dataclass(frozen=True, slots=True)
class Counted:
    """Visits that a date may have: what the rule says, or what the book has where that is more.

    Where the book alone has more, nothing new comes in, so the count never rises above the book.
    """

    quotas: dict[str, int]
    per_day: dict[str, int]
    at_once: dict[str, Ints]
    """By limit: for each minute of the day."""


def counted_things(problem: Problem, day: dt.date, booked: list[BookedVisit]) -> Counted:
    """The counts of a date with its bookings."""
    practice = problem.practice
    codes = Counter(one.booking.visit.procedure for one in booked)
    template = model_day_on(practice, day)
    quotas: dict[str, int] = {}
    for quota in template.quotas if template else ():
        if quota.at_most is not None:
            most = min(quota.at_most, quotas.get(quota.procedure_class, quota.at_most))
            quotas[quota.procedure_class] = most
    for wanted, most in quotas.items():
        group = [p.code for p in practice.procedures if p.procedure_class == wanted]
        quotas[wanted] = max(most, sum(codes[code] for code in group))
    per_day: dict[str, int] = {}
    at_once: dict[str, Ints] = {}
    for limit in practice.limits:
        using = [one for one in booked if one.booking.visit.procedure in limit.procedures]
        if limit.per_day is not None:
            per_day[limit.id] = max(limit.per_day, len(using))
        if limit.at_once is not None:
            under_way = np.zeros(1440, dtype=np.int64)
            for one in using:
                start = to_minutes(one.booking.start)
                under_way[start : start + one.stages[-1].end] += 1
            at_once[limit.id] = np.maximum(under_way, limit.at_once)
    return Counted(quotas, per_day, at_once)


def capacity_worth(
    problem: Problem, rows: DayRows, counted: Counted, table: PriceTable, even_share: int | None
) -> int:
    """Sum of price times capacity of a date, millipoints."""
    day, begins = rows.day, grid_begins(problem)
    rule = problem.practice.doctor_rule
    worth = _held_worth(rows.chairs, Priced.CHAIR, day, table, begins)
    worth += _held_worth(rows.staff, Priced.STAFF, day, table, begins)
    if rule.kind is DoctorRuleKind.EXACT:
        worth += _held_worth(rows.doctors, Priced.DOCTOR, day, table, begins)
        worth += chain_worth(problem, rows, table)
    else:
        worth += _units_worth(problem, rows, table)
    for wanted, most in counted.quotas.items():
        worth += table.of_date(Priced.QUOTA, wanted, day) * most
    for limit, most in counted.per_day.items():
        worth += table.of_date(Priced.PER_DAY, limit, day) * most
    for limit, levels in counted.at_once.items():
        row = table.row(Priced.AT_ONCE, limit, day)
        if row is not None:
            worth += int((row * levels * begins).sum())
    load = table.row(Priced.DOCTOR_LOAD, "", day)
    if load is not None:
        hourly = [(hour, int(load[hour * 60])) for hour in range(24)]
        worth += sum(
            price * doctor_limit_minutes(problem, day, hour) for hour, price in hourly if price
        )
    if even_share is not None:
        worth += table.of_date(Priced.UNEVEN_LOAD, "", day) * even_share
    return worth


def _held_worth(members: Rows, of: Priced, day: dt.date, table: PriceTable, begins: Ints) -> int:
    """One visit at a time wherever the member is there."""
    total = 0
    for number, name in enumerate(members.ids):
        row = table.row(of, name, day)
        if row is not None:
            total += int((row * begins)[members.there[number]].sum())
    return total


def _units_worth(problem: Problem, rows: DayRows, table: PriceTable) -> int:
    """By units: so many doctor minutes in each slot in which the doctor is there at all."""
    rule = problem.practice.doctor_rule
    most, total = rule.units * rule.unit_minutes, 0
    for number, name in enumerate(rows.doctors.ids):
        row = table.row(Priced.DOCTOR, name, rows.day)
        if row is not None:
            there = rows.doctors.there[number]
            slots = range(0, 1440, rule.slot_minutes)
            worth = [int(row[s]) for s in slots if there[s : s + rule.slot_minutes].any()]
            total += sum(worth) * most
    return total
