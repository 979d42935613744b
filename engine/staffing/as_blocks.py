"""Requests at their times as time away in the practice, so that a fill plans around them."""

from collections.abc import Iterable

from engine.practice import Problem, StaffBlock
from engine.staffing.calendar import PlacedRequest
from engine.units import MINUTES_PER_DAY, to_clock


def with_requests(problem: Problem, placed: Iterable[PlacedRequest]) -> Problem:
    """The same question with everybody away as placed; whole days have no times.

    A request about everyone names nobody, as a block does: whoever joins later is in it.
    """
    blocks = []
    for one in placed:
        option = one.chosen.option
        whole = option.span == (0, MINUTES_PER_DAY)
        blocks.append(
            StaffBlock(
                kind=option.request.kind,
                staff=option.request.staff,
                dates=option.dates,
                start=None if whole else to_clock(option.span[0]),
                end=None if whole else to_clock(option.span[1]),
            )
        )
    practice = problem.practice
    changed = practice.model_copy(update={"staff_blocks": (*practice.staff_blocks, *blocks)})
    return problem.model_copy(update={"practice": changed})
