"""The stages of a day's visits, chair by chair."""

from dataclasses import dataclass

from engine.plot.day_view import DayView
from engine.practice import Procedure, Visit
from engine.schedule import PlacedSegment, Placement
from engine.units import Interval, to_minutes

NO_CHAIR = "no chair"
"""Column of kept bookings that need a chair and have none."""


@dataclass(frozen=True, slots=True)
class StageInChair:
    """One stage of a placement: its segments, and what they belong to."""

    placement: Placement
    visit: Visit
    procedure: Procedure
    index: int
    segments: tuple[PlacedSegment, ...]

    @property
    def span(self) -> Interval:
        """[start, end) in minutes, without turnover."""
        return to_minutes(self.segments[0].start), to_minutes(self.segments[-1].end)

    @property
    def turnover_minutes(self) -> int:
        """Minutes after it in which the chair is made ready."""
        return self.procedure.stages[self.index].turnover_minutes


def stages_in(view: DayView, chair: str) -> list[StageInChair]:
    """The stages in a chair (`NO_CHAIR`: those that need one and have none), earliest first."""
    found = []
    for placement in view.placements:
        visit = view.problem.all_visits[placement.visit]
        procedure = view.problem.procedures[visit.procedure]
        for index, stage in enumerate(procedure.stages):
            segments = tuple(part for part in placement.segments if part.stage == index)
            if stage.chair_kind is not None and segments and _chair(segments[0]) == chair:
                found.append(StageInChair(placement, visit, procedure, index, segments))
    return sorted(found, key=lambda stage: (*stage.span, stage.visit.id))


def busy_spans(view: DayView, chair: str) -> tuple[Interval, ...]:
    """When a chair is taken, turnover included."""
    return tuple(
        (stage.span[0], stage.span[1] + stage.turnover_minutes) for stage in stages_in(view, chair)
    )


def _chair(segment: PlacedSegment) -> str:
    return NO_CHAIR if segment.chair is None else segment.chair
