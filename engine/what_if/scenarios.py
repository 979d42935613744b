"""What is asked: a base, named changes to it, and how carefully they are compared."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from engine.practice import Frozen
from engine.what_if.changes.every import AnyChange

MOST_DAYS = 14
"""Longer horizons are filled in blocks, and no model ever holds all of one: there is no bound."""


class Scenario(Frozen):
    """A named set of changes, made together. None: the base once more, which shows the noise.

    `confirm`: it is solved in full, however the screening ranks it.
    """

    name: Annotated[str, Field(min_length=1, max_length=80)]
    change: tuple[AnyChange, ...] = ()
    confirm: bool = False


class ScenarioSettings(Frozen):
    """Limits, the same for the base and every scenario.

    `start`, `days`: the dates that are filled; a missing start is the Monday after now. `seconds`,
    `workers`, `gap`: of each full solve. `repeats`: full solves of each, with the seeds `seed`,
    `seed` + 1 and so on; the same seed is compared with the same. `confirm`: so many of the best by
    screening are solved in full. `steps`: of the prices that give a bound. `reproducible`: limits
    are solver work, so that other programs on the machine change nothing; slower, and gaps are
    larger.
    """

    start: dt.date | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 7
    seconds: Annotated[float, Field(gt=0, le=3600)] = 20.0
    gap: Annotated[float, Field(ge=0, le=1)] = 0.0005
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    repeats: Annotated[int, Field(ge=1, le=20)] = 2
    seed: Annotated[int, Field(ge=0)] = 0
    confirm: Annotated[int, Field(ge=0, le=100)] = 5
    steps: Annotated[int, Field(ge=100, le=20_000)] = 1500
    reproducible: bool = False


USUAL = ScenarioSettings()


class ScenarioFile(Frozen):
    """A file of scenarios."""

    settings: ScenarioSettings = USUAL
    scenario: Annotated[tuple[Scenario, ...], Field(min_length=1)]
