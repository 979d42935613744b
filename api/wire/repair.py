"""A day on which somebody is out: what is asked, and whom to call."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from api.wire.moments import LocalMoment
from api.wire.on_wire import OnWire
from api.wire.submission import Tag
from engine.practice import Problem
from engine.practice.base import External, Frozen
from engine.replan.absence import Absence
from engine.replan.answers import PatientCall
from engine.schedule import Schedule

_Work = Annotated[float, Field(gt=0, le=60)]
_Out = Annotated[tuple[Absence, ...], Field(min_length=1, max_length=200)]


class RepairRequest(Frozen):
    """A date of the run's schedule, and who is out.

    `as_of`: the practice's clock now (None: the question's); what has begun by then stays. `work`:
    of the solver, about seconds.
    """

    date: dt.date
    out: _Out
    as_of: LocalMoment | None = None
    work: _Work = 0.6
    tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    external: External = ()


class RepairSubmission(Frozen):
    """What the run of a repair is given: the plan that stands, in the question that it answers.

    `now`: on the day; what has begun by then stays.
    """

    problem: Problem
    schedule: Schedule
    now: LocalMoment
    out: _Out
    work: _Work


class RepairedDay(OnWire):
    """Whom to call. `fewest`: proven that no schedule of the day needs fewer calls.

    `at_least`: so many are proven to be needed.
    """

    date: dt.date
    calls: tuple[PatientCall, ...]
    at_least: int
    fewest: bool
