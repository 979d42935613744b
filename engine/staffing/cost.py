"""What it costs that people are away at a time: the demand that nobody serves then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from engine.practice import Problem
from engine.staffing.options import Option
from engine.staffing.pieces import Piece, is_away, lost_points, pieces_of
from engine.units import Interval

Away = dict[str, list[Interval]]


class Demand:
    """The demand of a month, date by date, cut at every time that a request could have."""

    def __init__(self, problem: Problem, options: Iterable[Option]) -> None:
        self.problem = problem
        self._cuts: dict[dt.date, set[int]] = defaultdict(set)
        for option in options:
            for day in option.dates:
                self._cuts[day].update(option.span)
        self.pieces = cache(self._pieces_of)
        self.nobody_away = cache(self._nobody_away)

    def _pieces_of(self, day: dt.date) -> tuple[Piece, ...]:
        return pieces_of(self.problem, day, self._cuts.get(day, ()))

    def _nobody_away(self, day: dt.date) -> float:
        return lost_points(self.pieces(day), {})

    def cost(self, option: Option, others: Iterable[Option] = ()) -> float:
        """Points that the option displaces while the others stand."""
        kept = list(others)
        return sum(
            lost_points(self.pieces(day), away_on([*kept, option], day))
            - (lost_points(self.pieces(day), away_on(kept, day)) if kept else self.nobody_away(day))
            + doctor_points(self.pieces(day), option)
            for day in option.dates
        )


def away_on(options: Iterable[Option], day: dt.date) -> Away:
    """Who is away when on a date, all options together."""
    away: Away = defaultdict(list)
    for option in options:
        for who, spans in option.away_on(day).items():
            away[who] += spans
    return away


def doctor_points(pieces: Iterable[Piece], option: Option) -> float:
    """Points that need a doctor while doctors are away: of two doctors one has half of them.

    Nothing for a request that is about everybody: then nobody serves anything, and all is counted
    already. Where it is about a doctor and some assistants, what both would have lost counts twice.
    """
    if not option.request.staff:
        return 0.0
    total = 0.0
    for piece in pieces:
        away = option.away_on(piece.date)
        gone = sum(is_away(piece, who, away) for who in piece.doctors)
        if gone:
            total += piece.doctor_worth * gone / len(piece.doctors)
    return total
