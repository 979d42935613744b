"""Who is left for new visits: nobody, in minutes in which frozen bookings need all who fit."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from engine.certificate.book_demands import BookedVisit, Demand, Lack
from engine.certificate.certificate import Priced
from engine.certificate.clock_rows import lasts_until
from engine.certificate.day_rows import DayRows, Rows
from engine.practice import DoctorRuleKind, Problem


def rows_for_new(
    problem: Problem, rows: DayRows, booked: Iterable[BookedVisit], without: frozenset[Lack]
) -> DayRows:
    """The rows of a date without people, doctors and rooms that the book is sure to hold all of.

    Frozen bookings that fit among a group and are served hold one of it each. Where they are as
    many as are there, no new visit can have any of the group. A booking that goes without people
    or a doctor counts in its own group: no new visit may take one of those it lacks (`book_kept`).
    By units a doctor's minutes are not known, and nothing is left out.
    """
    frozen = [d for one in booked if not one.booking.movable for d in one.demands]
    by_units = problem.practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    of = {what: [demand for demand in frozen if demand.of is what] for what in Priced}
    seated = [demand for demand in of[Priced.CHAIR] if demand.key not in without]
    return replace(
        rows,
        chairs=_left(rows.chairs, seated, without),
        staff=_left(rows.staff, of[Priced.STAFF], without),
        doctors=rows.doctors if by_units else _left(rows.doctors, of[Priced.DOCTOR], without),
    )


def _left(rows: Rows, demands: list[Demand], without: frozenset[Lack]) -> Rows:
    there = rows.there.copy()
    for group in {demand.fit for demand in demands}:
        members = [number for number, name in enumerate(rows.ids) if name in group]
        needed = np.zeros(1440, dtype=np.int64)
        for demand in demands:
            if demand.fit == group or (demand.fit < group and demand.key not in without):
                for start, end in _certain(demand, rows, served=demand.key not in without):
                    needed[start:end] += 1
        full = (needed > 0) & (rows.there[members].sum(axis=0) <= needed)
        for number in members:
            there[number] &= ~full
    return Rows(rows.ids, there, lasts_until(there))


def _certain(demand: Demand, rows: Rows, *, served: bool) -> Iterator[tuple[int, int]]:
    """Minutes it needs wherever it lies within its float; if served, where somebody is there."""
    members = [number for number, name in enumerate(rows.ids) if name in demand.fit]
    for start, end, later in demand.spans:
        begins = np.arange(start, min(start + later, 1440 - (end - start)) + 1)
        if not len(begins):  # it ends after midnight, where nobody is
            continue
        there = (rows.until[members][:, begins] >= begins + end - start).any(axis=0)
        can = begins[there] if served and there.any() else begins
        first, last = int(can[0]), int(can[-1])
        if last < first + end - start:
            yield last, first + end - start
