"""A question with somebody's answer, and the judge's report on it."""

import datetime as dt

from pydantic import BaseModel, ConfigDict

from engine.checker import Violation
from engine.practice import Problem
from engine.practice.base import Frozen
from engine.schedule import Schedule


class VerifyRequest(Frozen):
    """A question and somebody's answer to it."""

    problem: Problem
    schedule: Schedule


class Verdict(BaseModel):
    """The judge's report: `ok` where no rule is broken by anything that is not inherited."""

    model_config = ConfigDict(frozen=True)

    ok: bool
    start: dt.date
    days: int
    violations: tuple[Violation, ...]
    inherited: tuple[Violation, ...]
