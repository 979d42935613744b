"""A day asked again so that as few patients as possible have to be called.

The engine's own model of the day, a piece at a time. A booking that keeps its time is no call; one
that gets another time of the day is one, and so is one that leaves the day. So the number of calls
depends only on who stays: first nobody may get another time, and as many as possible stay. Those
who cannot stay get other times of the day where there are any. Then hours of the day are opened one
after the other, in which others may be called instead, as long as no more are called in all; what
counts now are the usual prices, and a patient who has to leave the day costs most of all. At last
everything is open, if any solver work is left.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from engine.certificate.lacks import lacks_of
from engine.checker import check
from engine.practice import Horizon, Problem
from engine.result import Status
from engine.schedule import Schedule
from engine.solver.arrays import Ints, Mask, ProgramArrays, restrict, to_arrays, without_rows
from engine.solver.build_model import build_model
from engine.solver.cp_sat import solve_program
from engine.solver.decode import decode
from engine.solver.inherited import locked_bookings
from engine.solver.model import Item, Lack, Model
from engine.solver.solved import Limits, Solved
from engine.units import to_minutes

STEP_SHARE = 0.25
"""Of the solver work, at most, for each of the first steps."""

WINDOW, STRIDE = 60, 60
"""Minutes that are open at once, and from one such window to the next."""

WINDOW_SHARE, STEP_COST = 0.25, 0.03
"""Of the solver work, at most, for a window; what making a program counts, in the same units."""

MATCHINGS = 5
"""Times that counts which cannot be matched to visits are forbidden and asked again."""


@dataclass(frozen=True, slots=True)
class FewestCalls:
    """A day's schedule. `at_least`: calls that no schedule of the day can do without."""

    schedule: Schedule
    at_least: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds on the day besides its question.

    `lacking`: what bookings may go without, as before. `impossible`: bookings that cannot stay at
    their time whoever serves them. `followed`: for a visit, how many of other dates follow it: they
    are called as well if it leaves the day. Of equally few calls, as few as possible are of
    bookings that were `moved_once` already; of these again the least sum of `stays_first` leaves.
    """

    lacking: frozenset[Lack]
    impossible: frozenset[str]
    followed: Mapping[str, int] = field(default_factory=dict)
    stays_first: Mapping[str, int] = field(default_factory=dict)
    moved_once: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who has to leave a day where nobody gets another time of it. `at_least`: so many leave
    whatever is done, as far as is proven."""

    visits: tuple[str, ...]
    at_least: int


def who_leaves(question: Problem, part: Horizon, terms: Terms, work: float) -> Leaving | None:
    """The fewest bookings of a day that give way so that the others keep their times.

    None: not found within so much solver work.
    """
    found = _who_stays(question, part, terms, work)
    return None if found is None else Leaving(found[1].schedule.displaced, found[2])


def fewest_calls(
    question: Problem,
    part: Horizon,
    terms: Terms,
    work: float,
) -> FewestCalls | None:
    """A checked schedule of the day with as few calls as were found; None where there is none."""
    begun = _who_stays(question, part, terms, STEP_SHARE * work)
    if begun is None:
        return None
    day, stayed, at_least = begun
    best, values = stayed.schedule, stayed.values
    day.allow_calls(stayed)
    for columns, share in day.steps():
        limit = min(share * work, work - day.work)
        found = day.times(columns(values), values, limit) if limit > 0 else None
        if found is not None and _stands(question, found[0], terms):
            best, values = found
    return FewestCalls(best, at_least) if check(question, best).ok else None


@dataclass(frozen=True, slots=True)
class _Stayed:
    """As many as possible stay, and the others leave. `proven`: no fewer calls are possible.

    `again`: calls to patients who were moved once already.
    """

    schedule: Schedule
    values: Ints
    calls: int
    again: int
    proven: bool


def _who_stays(
    question: Problem, part: Horizon, terms: Terms, work: float
) -> tuple["_Day", _Stayed, int] | None:
    """The day, who stays in it, and how many calls are needed at least.

    Where the model is tighter than the rules, models that are not are asked as well: without the
    rows that guard a clash of the book, then without locked chairs, too. What they find counts
    where it stands before the rules; what the last one proves is proven.
    """
    day = _Day(question, part, terms)
    stayed = day.who_stays(work)
    if stayed is not None and stayed.proven:
        return day, stayed, stayed.calls
    free = tuple(b.model_copy(update={"chair_locked": False}) for b in question.bookings)
    at_least = 0
    for looser in (question, question.model_copy(update={"bookings": free})):
        other = _Day(looser, part, terms)
        other.open_strict_rows()
        answer = other.who_stays(work)
        if answer is None:
            continue
        at_least = answer.calls if answer.proven else at_least
        fewer = stayed is None or answer.calls < stayed.calls
        if fewer and _stands(question, answer.schedule, terms):
            day, stayed = other, answer
    return None if stayed is None else (day, stayed, at_least)


def _stands(question: Problem, schedule: Schedule, terms: Terms) -> bool:
    """Whether a schedule keeps every rule, and nobody goes without who did not before."""
    return check(question, schedule).ok and lacks_of(question, schedule) <= terms.lacking


class _Day:
    """The model of a day whose bookings may stay, move within it, or leave it."""

    def __init__(self, question: Problem, part: Horizon, terms: Terms) -> None:
        locked = locked_bookings(question, part)
        self.model: Model = build_model(question, part, locked=locked, lacking=terms.lacking)
        self._items: list[Item] = list(self.model.items.values())
        self._moves = self.model.choices.column
        self._leaves = np.array([item.unplaced for item in self._items], dtype=np.int64)
        names = [item.visit.id for item in self._items]
        self._price = np.array([1 + terms.followed.get(name, 0) for name in names], dtype=np.int64)
        first = np.array([terms.stays_first.get(name, 0) for name in names], dtype=np.int64)
        self._again = np.array([name in terms.moved_once for name in names], dtype=np.int64)
        self._stays_first = first + (1 + first.sum()) * self._again
        for item in self._items:
            if item.visit.id in terms.impossible:
                self.model.program.upper[item.keep] = 0
        self._arrays = to_arrays(self.model.program)
        self._tighter = self.model.stricter or bool(self.model.strict_rows)
        self.work = 0.0
        """Solver work spent so far."""

    def open_strict_rows(self) -> None:
        """Leave out what is tighter than the rules; columns that are closed stay closed."""
        self._arrays = without_rows(self._arrays, self.model.strict_rows)
        self._tighter = self.model.stricter

    def who_stays(self, work: float) -> _Stayed | None:
        """Fewest calls where nobody gets another time."""
        a_call = 1 + int(self._stays_first.sum())
        costs = np.zeros(self.model.program.size, dtype=np.int64)
        costs[self._leaves] = a_call * self._price + self._stays_first
        calls_only = replace(self._arrays, cost=costs, constant=0)
        lower = self._arrays.lower.copy()
        solved = self._solve(calls_only, self.nobody_moves(lower), lower, work, hinted=False)
        if solved is None:
            return None
        values, answer = solved
        decoded = decode(self.model, values)
        assert decoded.schedule is not None  # nobody was matched to a start
        proven = answer.status is Status.OPTIMAL and not self._tighter
        calls = calls_only.value_of(values) // a_call
        again = int(values[self._leaves] @ self._again)
        return _Stayed(decoded.schedule, values, calls, again, proven)

    def allow_calls(self, stayed: _Stayed) -> None:
        """From now on no solution has more calls, or more of those who were moved already."""
        columns = np.concatenate((self._moves, self._leaves))
        moves = np.ones(len(self._moves), np.int64)
        price = np.concatenate((moves, self._price))
        self.model.program.row("fewest_calls", columns, price, upper=stayed.calls)
        numbers = [
            item.number for item, again in zip(self._items, self._again, strict=True) if again
        ]
        again = np.concatenate((np.isin(self.model.choices.item, numbers), self._again))
        if again.any():
            self.model.program.row("moved_once", columns, again, upper=stayed.again)
        self._arrays = to_arrays(self.model.program)

    def steps(self) -> Iterator[tuple[Callable[[Ints], Mask], float]]:
        """What is opened one after the other, and its share of the solver work at most."""
        yield self.called_only, STEP_SHARE
        minutes = [to_minutes(item.booking.start) for item in self._items if item.booking]
        for begin in range(min(minutes, default=0) // 60 * 60, max(minutes, default=0), STRIDE):
            yield partial(self.called_and_near, begin=begin), WINDOW_SHARE
        yield self.everything, 1.0

    def everything(self, _values: Ints) -> Mask:
        """All columns."""
        return np.ones(self.model.program.size, dtype=np.bool_)

    def nobody_moves(self, values: Ints) -> Mask:
        """Everybody stays or leaves."""
        free = self.everything(values)
        free[self._moves] = False
        free[self._starts(self._items)] = False
        return free

    def called_only(self, values: Ints) -> Mask:
        """Whoever stays does so; those who are called may get another time."""
        return self.called_and_near(values, begin=-WINDOW)

    def called_and_near(self, values: Ints, begin: int) -> Mask:
        """Those who are called, and those whose time begins in a window, are asked again."""
        free = self.everything(values)
        called: list[Item] = []
        staying: list[Item] = []
        for item in self._items:
            start = -WINDOW if item.booking is None else to_minutes(item.booking.start)
            near = begin <= start < begin + WINDOW
            (called if near or not values[item.keep] else staying).append(item)
        numbers = [item.number for item in staying]
        free[self._moves[np.isin(self.model.choices.item, numbers)]] = False
        free[[column for item in staying for column in (item.keep, item.unplaced)]] = False
        kinds = {item.kind.key for item in called}
        free[self._starts([item for item in staying if item.kind.key not in kinds])] = False
        return free

    def times(self, free: Mask, values: Ints, work: float) -> tuple[Schedule, Ints] | None:
        """Times at the usual prices, from a solution that is there; None: none was found."""
        for _ in range(MATCHINGS):
            solved = self._solve(self._arrays, free, values, work, hinted=True)
            if solved is None:
                return None
            decoded = decode(self.model, solved[0])
            if decoded.schedule is not None:
                return decoded.schedule, solved[0]
            for cut in decoded.cuts:
                self.model.program.sum_at_most("matching", cut.choices, cut.starts)
            self._arrays = to_arrays(self.model.program)
        return None

    def _starts(self, items: list[Item]) -> list[int]:
        kinds = {item.kind.key for item in items}
        return [
            start.column
            for (kind, _), starts in self.model.starts.items()
            if kind in kinds
            for start in starts
        ]

    def _solve(
        self, arrays: ProgramArrays, free: Mask, base: Ints, work: float, *, hinted: bool
    ) -> tuple[Ints, Solved] | None:
        """Values of all columns: those that are not free are as in `base`."""
        part = restrict(arrays, free, base)
        start = dict(enumerate(base[part.columns].tolist())) if hinted else {}
        limits = Limits(seconds=math.inf, gap=0.0, workers=1, seed=0, work=work)
        solved = solve_program(part.program, limits, start)
        self.work += solved.work + STEP_COST
        if solved.values is None:
            return None
        values = base.copy()
        values[part.columns] = solved.values
        return values, solved
