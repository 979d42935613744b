"""Scenarios held against a base: what is asked."""

from typing import Annotated

from pydantic import Field

from api.wire.submission import Tag
from engine.practice import Problem
from engine.practice.base import External, Frozen
from engine.what_if.scenarios import Scenario, ScenarioSettings

MOST_SCENARIOS = 200


class WhatIfSubmission(Frozen):
    """The body of `POST /v1/what-if`: a base, named changes to it, and how carefully to compare."""

    problem: Problem
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1, max_length=MOST_SCENARIOS)]
    settings: ScenarioSettings = ScenarioSettings()
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()
