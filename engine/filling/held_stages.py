"""The stages of a placement with their times, turnover included, and who and what they hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.practice import Problem, Visit
from engine.schedule import Placement
from engine.units import to_minutes


@dataclass(frozen=True, slots=True)
class HeldStage:
    """One stage: chair and staff are held on [start, busy_until)."""

    index: int
    start: int
    busy_until: int
    chair: str | None
    staff: str | None


def held_stages(problem: Problem, placement: Placement, visit: Visit) -> Iterator[HeldStage]:
    """The stages in their order, read off the segments as they stand."""
    for index, stage in enumerate(problem.procedures[visit.procedure].stages):
        pieces = [segment for segment in placement.segments if segment.stage == index]
        if pieces:
            start, end = to_minutes(pieces[0].start), to_minutes(pieces[-1].end)
            busy_until = end + stage.turnover_minutes
            yield HeldStage(index, start, busy_until, pieces[0].chair, pieces[0].staff)
