"""Model days from the goals of a practice: what is asked."""

from typing import Annotated

from pydantic import Field

from api.wire.submission import MOST_SECONDS, Tag
from engine.model_day.goals import Goals
from engine.practice import PastVisit, Problem
from engine.practice.base import External, Frozen


class DesignLimits(Frozen):
    """`time_limit`: seconds for each day type. `designs`: so many different good ones.

    `costs`: also say what goals and simplicity cost, each with a share of the time.
    """

    time_limit: Annotated[float, Field(gt=0, le=MOST_SECONDS)] = 10.0
    gap: Annotated[float, Field(ge=0, le=1)] = 0.01
    designs: Annotated[int, Field(ge=1, le=5)] = 1
    costs: bool = True
    workers: Annotated[int, Field(ge=1, le=16)] = 2
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class ModelDaySubmission(Frozen):
    """The body of `POST /v1/model-days`. `history`: past visits, which say how demand is split."""

    problem: Problem
    goals: Goals
    limits: DesignLimits = DesignLimits()
    history: tuple[PastVisit, ...] = ()
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()
