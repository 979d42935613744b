"""Who stands in which column on a date: the demand first, then as few changes as it allows.

Piece by piece in order of time people are assigned to columns so that the most is served; a little
is added for staying in one's column. So the demand that is served is the most there is, but for
that little; the number of changes is not proven least.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from engine.staffing.cost import Away
from engine.staffing.pieces import Piece, is_away

NOON = 12 * 60
"""Between the halves of a day."""

STAYS, KNOWN = 60.0, 20.0
"""Points for staying in one's column, and for one that one had the day before.

A change of column takes about a minute of demand; less than that is not worth one.
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """A person in a column, minutes [start, end)."""

    date: dt.date
    person: str
    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """A column with nobody, minutes [start, end), and the points of its demand there."""

    date: dt.date
    column: str
    start: int
    end: int
    points: float


@dataclass(frozen=True, slots=True)
class DayRoster:
    """One date. `lost`: points that nobody serves, those of half-suited people included."""

    date: dt.date
    duties: tuple[Duty, ...]
    shortages: tuple[Shortage, ...]
    lost: float


def roster_of(
    pieces: tuple[Piece, ...], day: dt.date, away: Away, known: Iterable[tuple[str, str]] = ()
) -> DayRoster:
    """The roster of a date; `known`: (person, column) of the day before, which is liked."""
    before = set(known)
    last: dict[str, str] = {}
    taken: set[tuple[int, str, str]] = set()
    for number, piece in enumerate(pieces):
        columns = sorted(piece.worth)
        people = sorted({who for who, _ in piece.served if not is_away(piece, who, away)})
        if not people:
            continue
        table = np.zeros((len(people), len(columns)))
        for row, who in enumerate(people):
            for place, column in enumerate(columns):
                points = piece.served.get((who, column), 0.0)
                liked = STAYS * (last.get(who) == column) + KNOWN * ((who, column) in before)
                table[row, place] = points + liked if points else 0.0
        for row, place in zip(*linear_sum_assignment(table, maximize=True), strict=True):
            if table[row, place]:
                taken.add((number, people[row], columns[place]))
                last[people[row]] = columns[place]
    return _read(pieces, day, taken)


def _read(pieces: tuple[Piece, ...], day: dt.date, taken: set[tuple[int, str, str]]) -> DayRoster:
    duties: list[Duty] = []
    shortages: list[Shortage] = []
    lost = 0.0
    for number, piece in enumerate(pieces):
        who_in = {column: who for at, who, column in taken if at == number}
        for column, points in sorted(piece.worth.items()):
            who = who_in.get(column)
            if who is None:
                lost += points
                shortages.append(Shortage(day, column, piece.start, piece.end, points))
            else:
                lost += points - piece.served[who, column]
                duties.append(Duty(day, who, column, piece.start, piece.end))
    return DayRoster(day, _joined(duties), _joined_shortages(shortages), lost)


def _joined(duties: list[Duty]) -> tuple[Duty, ...]:
    """Pieces that follow each other in one column as one duty."""
    joined: list[Duty] = []
    for one in sorted(duties, key=lambda duty: (duty.person, duty.start)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.person, last.column) == (one.person, one.column)
            and last.end == one.start
        ):
            joined[-1] = Duty(one.date, one.person, one.column, last.start, one.end)
        else:
            joined.append(one)
    return tuple(joined)


def _joined_shortages(shortages: list[Shortage]) -> tuple[Shortage, ...]:
    joined: list[Shortage] = []
    for one in sorted(shortages, key=lambda short: (short.column, short.start)):
        last = joined[-1] if joined else None
        if last is not None and last.column == one.column and last.end == one.start:
            points = last.points + one.points
            joined[-1] = Shortage(one.date, one.column, last.start, one.end, points)
        else:
            joined.append(one)
    return tuple(sorted(joined, key=lambda short: (short.start, short.column)))
