"""Bookings that a scenario takes the ground from: as few as possible are called.

A booking on a day that is now closed, or at a time at which nobody who could serve it is there,
loses its time. On a date on which fewer people, doctors or chairs are left than the book needs, the
fewest bookings give way so that all others keep theirs (`engine.replan.fewest_calls`), and it is
said whether fewer were proven impossible. Of equally few, those that may move anyway go first, then
those that count least as a move. A called booking becomes a visit to place. Clashes that the book
had before are none of the scenario's doing, and stay.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from engine.filling.plan_as_book import part_of_plan
from engine.practice import Booking, Horizon, Problem
from engine.problems import PracticeProblem
from engine.replan.fewest_calls import Leaving, Terms, who_leaves
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.model import Lack
from engine.validation.bookings import booking_faults
from engine.yardsticks import move_count

_LOSES_ITS_TIME = (
    "booking-closed-date",
    "booking-outside-hours",
    "booking-outside-shift",
    "booking-unsupervised",
)
WORK = 5.0
"""Solver work for a date, at most, in units that are about seconds; for its proof as much again."""

_ROUNDS = 20
"""Of calling whoever still lacks something; needed only where a date was not solved."""


@dataclass(frozen=True, slots=True)
class TakenOff:
    """The changed problem with the called bookings as visits to place. `at_least`: so many calls
    are needed whatever is done, as far as is proven."""

    problem: Problem
    called: tuple[str, ...]
    at_least: int


def take_off(base: Problem, changed: Problem, horizon: Horizon) -> TakenOff:
    """Call as few bookings as possible."""
    lost = _single(changed, horizon) - _single(base, horizon)
    called = set(lost)
    needed = Counter(changed.booking_of[visit].date for visit in lost)
    before = _lacks(base, horizon)
    for day in _worse(base, without_times(changed, called), horizon, before):
        found = _fewest(changed, horizon, day, frozenset(lost), before)
        if found is not None:
            called |= set(found.visits)
            needed[day] = max(needed[day], found.at_least)
    called |= _rest(base, without_times(changed, called), horizon, before)
    ordered = tuple(one.visit.id for one in changed.bookings if one.visit.id in called)
    return TakenOff(without_times(changed, called), ordered, sum(needed.values()))


def _fewest(
    changed: Problem,
    horizon: Horizon,
    day: dt.date,
    lost: frozenset[str],
    before: frozenset[Lack],
) -> Leaving | None:
    """Who has to leave one date; chairs are changed only where the practice lets them be."""
    fixed = not changed.policy.reseat_bookings
    here = [one for one in changed.bookings if one.date == day]
    asked = tuple(
        one.model_copy(
            update={
                "movable": True,
                "chair_locked": one.chair_locked
                or (fixed and not one.movable and one.chair is not None),
            }
        )
        if one.date == day
        else one
        for one in changed.bookings
    )
    question = changed.model_copy(update={"bookings": asked, "visits": ()})
    part = Horizon(start=day, days=1)
    free = question.policy.model_copy(update={"max_moves": None})
    names = {one.visit.id for one in here}
    terms = Terms(
        lacking=frozenset(lack for lack in before if lack[0] in names),
        impossible=lost & names,
        stays_first={one.visit.id: _weight(changed, one) for one in here},
    )
    return who_leaves(part_of_plan(question, horizon, part, (), free), part, terms, WORK)


def _weight(problem: Problem, booking: Booking) -> int:
    """A frozen one stays before any that may move; then by how much a move of it counts."""
    return move_count(problem, booking) + (0 if booking.movable else 100)


def _worse(
    base: Problem, left: Problem, horizon: Horizon, before: frozenset[Lack]
) -> list[dt.date]:
    """Dates on which more is lacking than before."""
    usual = _by_date(base, {visit for visit, _, _ in before})
    now = _by_date(left, _lacking(left, horizon))
    return sorted(day for day, count in now.items() if count > usual[day])


def _rest(base: Problem, left: Problem, horizon: Horizon, before: frozenset[Lack]) -> set[str]:
    """Whoever still lacks something that nobody lacked before, round after round."""
    called: set[str] = set()
    usual = {visit for visit, _, _ in before}
    for _ in range(_ROUNDS):
        worse = _worse(base, left, horizon, before)
        if not worse:
            break
        now = _lacking(left, horizon)
        more = {visit for visit in now - usual if left.booking_of[visit].date in worse}
        if not more:
            break
        called |= more
        left = without_times(left, more)
    return called


def without_times(problem: Problem, called: Collection[str]) -> Problem:
    """The problem with these bookings as visits to place, at the end of the list."""
    gone = set(called)
    visits = (booking.visit for booking in problem.bookings if booking.visit.id in gone)
    kept = tuple(booking for booking in problem.bookings if booking.visit.id not in gone)
    return problem.model_copy(update={"visits": (*problem.visits, *visits), "bookings": kept})


def _single(problem: Problem, horizon: Horizon) -> set[str]:
    """Bookings of the horizon that cannot be given at their own time, whoever else is booked."""
    return {
        _visit_of(fault)
        for fault in booking_faults(problem, horizon)
        if fault.code in _LOSES_ITS_TIME and problem.booking_of[_visit_of(fault)].date in horizon
    }


def _visit_of(fault: PracticeProblem) -> str:
    return fault.where.removeprefix("booking ")


def _lacks(problem: Problem, horizon: Horizon) -> frozenset[Lack]:
    lacks = lacking_resources(problem, horizon, locked_bookings(problem, horizon))
    return lacks or frozenset()


def _lacking(problem: Problem, horizon: Horizon) -> set[str]:
    return {visit for visit, _, _ in _lacks(problem, horizon)}


def _by_date(problem: Problem, visits: set[str]) -> Counter[dt.date]:
    return Counter(problem.booking_of[visit].date for visit in visits)
