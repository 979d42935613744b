"""A date cut into pieces in which nobody comes or goes, and what each person is worth there."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from engine.practice import Problem, Role
from engine.practice.calendar import present_intervals
from engine.staffing.needs import needs_on
from engine.units import Interval, covers, overlap_minutes


@dataclass(frozen=True, slots=True)
class Piece:
    """Minutes [start, end). `worth`: points by column; `served`: by (person, column) who is there.

    `doctor_worth`: the part of all points that needs a doctor; `doctors`: those who are there.
    """

    date: dt.date
    start: int
    end: int
    worth: dict[str, float]
    served: dict[tuple[str, str], float]
    doctor_worth: float
    doctors: frozenset[str]


def pieces_of(problem: Problem, day: dt.date, cuts: Iterable[int] = ()) -> tuple[Piece, ...]:
    """The pieces of a date that are worth anything.

    Cut wherever somebody's presence or a cell begins or ends, and at `cuts`. A need that reaches
    over several pieces counts in each with its share of the minutes.
    """
    needs = needs_on(problem, day)
    there = {
        person.id: present_intervals(problem.practice, person, day)
        for person in problem.practice.staff
    }
    doctors = {person.id for person in problem.practice.staff if person.role is Role.DOCTOR}
    bounds = {minute for spans in there.values() for span in spans for minute in span}
    bounds |= {minute for need in needs if need.cell for minute in (need.start, need.end)}
    bounds |= set(cuts)
    first = min((need.start for need in needs), default=0)
    last = max((need.end for need in needs), default=0)
    order = sorted({first, last, *(minute for minute in bounds if first < minute < last)})
    pieces = []
    for start, end in pairwise(order):
        worth: dict[str, float] = defaultdict(float)
        served: dict[tuple[str, str], float] = defaultdict(float)
        doctor_worth = 0.0
        present = {who for who, spans in there.items() if covers(spans, (start, end))}
        for need in needs:
            shared = overlap_minutes((need.start, need.end), (start, end))
            points = need.points * shared / (need.end - need.start)
            if not points:
                continue
            worth[need.column] += points
            doctor_worth += points if need.doctor else 0.0
            for who, share in need.able:
                if who in present:
                    served[who, need.column] += points * share
        if worth:
            here = frozenset(present & doctors)
            pieces.append(Piece(day, start, end, dict(worth), dict(served), doctor_worth, here))
    return tuple(pieces)


def lost_points(pieces: Iterable[Piece], away: dict[str, list[Interval]]) -> float:
    """Points that nobody serves while some people are away, everybody else where it pays most.

    One assignment of people to columns for each piece, which is exact: in a piece nothing changes.
    """
    return sum(_lost(piece, away) for piece in pieces)


def _lost(piece: Piece, away: dict[str, list[Interval]]) -> float:
    columns = sorted(piece.worth)
    people = sorted({who for who, _ in piece.served if not is_away(piece, who, away)})
    total = sum(piece.worth.values())
    if not people:
        return total
    table = np.array([[piece.served.get((who, one), 0.0) for one in columns] for who in people])
    rows, chosen = linear_sum_assignment(table, maximize=True)
    return total - float(table[rows, chosen].sum())


def is_away(piece: Piece, who: str, away: dict[str, list[Interval]]) -> bool:
    """True where the person is away in any minute of the piece."""
    return any(overlap_minutes(span, (piece.start, piece.end)) > 0 for span in away.get(who, ()))
