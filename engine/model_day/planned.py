"""The answer: a designed model day, the visits it was planned with, and how good it is."""

from typing import Annotated

from pydantic import Field

from engine.practice import ModelDay
from engine.practice.base import Frozen, Id, Weekday
from engine.result import Status
from engine.schedule import PlacedSegment


class PlannedVisit(Frozen):
    """A place of the model day with an example visit in it: who would do what, where and when."""

    id: Id
    procedure: Id
    hold: bool
    segments: Annotated[tuple[PlacedSegment, ...], Field(min_length=1)]


class DayFigure(Frozen):
    """A figure of a designed day: units found, points they cost."""

    name: str
    found: int
    unit: str
    points: int


class DesignedDay(Frozen):
    """One day type. `objective`, `bound` in points; `gap` is (objective - bound) / objective.

    `wanted`, `missed`: places by procedure (a hold ends in ` hold`). `a_month`: such days in an
    average month. `model_day` None and no plan: the solver found none in its time, or the judge
    refused the one found, with the sentences of `refused`.
    """

    day_type: Id
    weekdays: tuple[Weekday, ...]
    a_month: float
    status: Status
    model_day: ModelDay | None
    planned: tuple[PlannedVisit, ...] = ()
    wanted: tuple[tuple[str, int], ...] = ()
    missed: tuple[tuple[str, int], ...] = ()
    refused: tuple[str, ...] = ()
    figures: tuple[DayFigure, ...] = ()
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    seconds: float = 0.0
    most_changes: int = 0
    """Most changes of class on one column."""
