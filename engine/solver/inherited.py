"""What the book already breaks: bookings held to their chair, and those nobody can serve."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable

from engine.practice import Horizon, Problem
from engine.practice.calendar import usable_intervals
from engine.solver.arrays import restrict, to_arrays
from engine.solver.build_model import build_model
from engine.solver.jobs import Solve, solve_here
from engine.solver.model import Lack
from engine.solver.settled import settle
from engine.solver.solved import Limits, Solved
from engine.units import Interval, overlaps, to_minutes
from engine.yardsticks import stages_of

LIMITS = Limits(seconds=math.inf, gap=0.0, workers=1, seed=0, work=20.0)
"""Solver work alone, so that the same book gives the same lacks on every machine."""


def locked_bookings(problem: Problem, horizon: Horizon) -> frozenset[str]:
    """Bookings that keep their chair: frozen or locked ones, and those in a clash or unfit one."""
    locked: set[str] = set()
    in_chair: dict[tuple[dt.date, str], list[tuple[Interval, str]]] = defaultdict(list)
    for booking in problem.bookings:
        if booking.date not in horizon:
            continue
        stages = [s for s in stages_of(problem, booking.visit) if s.chair_kind is not None]
        if not stages or booking.chair is None:
            continue
        start = to_minutes(booking.start)
        span = (start + stages[0].start, start + stages[0].busy_until)
        in_chair[(booking.date, booking.chair)].append((span, booking.visit.id))
        chair = problem.chairs[booking.chair]
        usable = usable_intervals(problem.practice, chair, booking.date)
        fits = any(low <= span[0] and span[1] <= high for low, high in usable)
        stays = not (booking.movable or problem.policy.reseat_bookings)
        if stays or booking.chair_locked or chair.kind is not stages[0].chair_kind or not fits:
            locked.add(booking.visit.id)
    for spans in in_chair.values():
        spans.sort()
        for index, (span, visit_id) in enumerate(spans):
            for later, other_id in spans[index + 1 :]:
                if overlaps(span, later):
                    locked.update((visit_id, other_id))
    return frozenset(locked)


def lacking_resources(
    problem: Problem,
    horizon: Horizon,
    locked: frozenset[str],
    do: Callable[[Solve], object] = solve_here,
) -> frozenset[Lack] | None:
    """The fewest people, doctors and chairs that kept bookings must do without; None: not found.

    `do` has the job done and gives its answer: here, or by a crew.
    """
    model = build_model(problem, horizon, locked=locked, only_book=True)
    program = model.program
    program.cost[:] = 0
    slacks = {use.slack: use for use in model.uses.values()}
    if not slacks:
        return frozenset()
    frozen = {booking.visit.id for booking in problem.bookings if not booking.movable}
    for slack, use in slacks.items():
        movable = all(lack[0] not in frozen for _, lack in use.owners)
        program.cost[slack] = 1 if movable else 2  # who may move goes without first
    settled = settle(model)
    values = settled.values
    if settled.open.any():
        left = restrict(to_arrays(program), settled.open, values).program
        answer = do(Solve(left, LIMITS, {}))
        if not isinstance(answer, Solved) or answer.values is None:
            return None
        values[settled.open] = answer.values
    lacking: set[Lack] = set()
    for slack, use in slacks.items():
        missing = int(values[slack])
        active = [lack for column, lack in use.owners if values[column]]
        lacking.update(active[:missing])
    return frozenset(lacking)
