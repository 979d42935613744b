"""A week is settled only in a way that the judge of the whole horizon accepts.

A block sees its own dates. Should what it says of its first week break a rule together with the
rest of the book, that week is repaired, or filled by hand, or left as the book has it: the weeks
before it and after it stand.
"""

from engine.checker import CheckReport, check
from engine.filling.best_so_far import BestSoFar
from engine.filling.by_hand import fill_by_hand
from engine.filling.seat_bookings import seat_bookings
from engine.filling.sweep import Sweep
from engine.practice import Horizon, Problem
from engine.schedule import Placement, Schedule, Unplaced

BY = "week by week"
"""How a schedule of settled weeks is told of."""


class WeekSettler:
    """Settles one week after the other, and offers what is settled with the rest by hand."""

    def __init__(self, sweep: Sweep, best: BestSoFar) -> None:
        self._sweep = sweep
        self._best = best
        self._book = seat_bookings(sweep.problem, sweep.horizon)
        self._hand = self._book if best.schedule is None else best.schedule.placements
        """The weeks by hand as they were at first: filling the rest anew each time takes long."""

    def settle(
        self, problem: Problem, block: Horizon, week: Horizon, schedule: Schedule | None
    ) -> None:
        """Settle the week as the block's schedule has it, or as nearly so as no rule is broken.

        `problem`: what the block was asked. `schedule`: its answer, None where there is none.
        """
        if schedule is not None:
            report = self._judge(schedule, week)
            if not report.ok:
                self._best.note_refused(BY, report)
                schedule = _without_named(problem, schedule, report)
                schedule = schedule if self._judge(schedule, week).ok else None
        if schedule is None:
            schedule = fill_by_hand(problem, block, fit="best", order="due")
            if not self._judge(schedule, week).ok:
                schedule = _book_alone(problem, block)
        self._sweep.settle(schedule, week)
        rest = _going_with(self._sweep, _after(week, self._hand))
        self._best.offer(self._sweep.schedule(rest), by=BY)

    def _judge(self, schedule: Schedule, week: Horizon) -> CheckReport:
        """What the judge says of the weeks settled so far, this one, and the book after them."""
        trial = self._sweep.with_week(schedule, week)
        return check(self._sweep.problem, trial.schedule(_after(week, self._book)))


def _after(week: Horizon, placements: tuple[Placement, ...]) -> tuple[Placement, ...]:
    return tuple(placement for placement in placements if placement.date >= week.end)


def _without_named(problem: Problem, schedule: Schedule, report: CheckReport) -> Schedule:
    """Without the visits to place that broken rules name, and those that follow them."""
    pending = {visit.id: visit for visit in problem.visits}
    named = {visit for found in report.violations for visit in found.visits}
    gone = [p.visit for p in schedule.placements if p.visit in named and p.visit in pending]
    for first in gone:
        gone += [
            visit.id
            for visit in pending.values()
            if visit.id not in gone and any(link.visit == first for link in visit.follows)
        ]
    listed = {entry.visit for entry in schedule.unplaced}
    more = [Unplaced(visit=visit, reason="no-room") for visit in gone if visit not in listed]
    return schedule.model_copy(
        update={
            "placements": tuple(p for p in schedule.placements if p.visit not in gone),
            "unplaced": (*schedule.unplaced, *more),
        }
    )


def _book_alone(problem: Problem, block: Horizon) -> Schedule:
    return Schedule(start=block.start, days=block.days, placements=seat_bookings(problem, block))


def _going_with(sweep: Sweep, rest: tuple[Placement, ...]) -> tuple[Placement, ...]:
    """The placements that no order between visits binds to what has been settled otherwise."""
    visits, book = sweep.problem.all_visits, sweep.problem.booking_of
    bound = {link.visit for name in sweep.placed for link in visits[name].follows}
    rest = tuple(p for p in rest if p.visit not in sweep.placed)
    before = -1
    while len(rest) != before:
        before = len(rest)
        here = {placement.visit for placement in rest}
        rest = tuple(
            placement
            for placement in rest
            if placement.visit in book
            or (
                placement.visit not in bound
                and all(link.visit in here for link in visits[placement.visit].follows)
            )
        )
    return rest
