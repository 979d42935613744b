"""Who stands in which column on a date, with as few changes as the demand allows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from engine.staffing.cost import Away
from engine.staffing.pieces import Piece, is_away

WORK = 5.0
"""CP-SAT's deterministic units, which are about seconds."""

NOON = 12 * 60
"""Between the halves of a day."""

SCALE = 100
"""Whole hundredths of points."""

NEW_COLUMN, KNOWN_COLUMN = 2.0, 1.0
"""Points for each column that a person has in a half-day; less for one from the day before.

Far below what a minute of demand is worth: only what costs nothing else is made simple.
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
    """The roster of a date; `known`: (person, column) of the day before, which costs less."""
    model = cp_model.CpModel()
    serve: dict[tuple[int, str, str], cp_model.IntVar] = {}
    in_half: dict[tuple[str, str, bool], list[cp_model.IntVar]] = defaultdict(list)
    terms: list[cp_model.IntVar] = []
    gains: list[int] = []
    for number, piece in enumerate(pieces):
        by_person: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        by_column: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for (who, column), points in piece.served.items():
            if is_away(piece, who, away):
                continue
            variable = model.new_bool_var("")
            serve[number, who, column] = variable
            by_person[who].append(variable)
            by_column[column].append(variable)
            in_half[who, column, piece.start < NOON].append(variable)
            terms.append(variable)
            gains.append(round(points * SCALE))
        for variables in (*by_person.values(), *by_column.values()):
            model.add_at_most_one(variables)
    before = set(known)
    for (who, column, _), variables in in_half.items():
        used = model.new_bool_var("")
        model.add_max_equality(used, variables)
        terms.append(used)
        price = KNOWN_COLUMN if (who, column) in before else NEW_COLUMN
        gains.append(-round(price * SCALE))
    model.maximize(cp_model.LinearExpr.weighted_sum(terms, gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = WORK
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    taken = {key for key, variable in serve.items() if found and solver.boolean_value(variable)}
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
