"""A run as it is seen from outside."""

import datetime as dt

from pydantic import Field

from api.wire.built import ModelDaysOnWire
from api.wire.comparison import ComparisonOnWire
from api.wire.faults import FaultOnWire
from api.wire.on_wire import OnWire
from api.wire.repair import RepairedDay
from api.wire.status import Failure, Operation, RunStatus
from engine.certificate.certificate import Certificate
from engine.explain.answers import WhyReport
from engine.kpi import Figures
from engine.practice.base import External
from engine.result import KpiValue, Result
from engine.schedule import Schedule, Unplaced


class RunMetadata(OnWire):
    """What is known of a run besides its content. Objective, floor and bound in points.

    `attempts`: how often a worker took it. `purged`: input and schedule were removed when their
    time was over.
    """

    id: str
    operation: Operation
    status: RunStatus
    failure: Failure | None = None
    tags: tuple[str, ...] = ()
    parent: str | None = None
    created: dt.datetime
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    attempts: int = 0
    stop_asked: bool = False
    start: dt.date
    days: int
    objective: float | None = None
    floor: float | None = None
    bound: float | None = None
    gap: float | None = None
    purged: bool = False
    external: External = ()


class RunList(OnWire):
    """Runs from the newest on; `next` is the cursor of the next page, None at the end."""

    runs: tuple[RunMetadata, ...]
    next: str | None = None


class Run(OnWire):
    """A run with its content: the schedule so far, or the final one.

    `validation`: what is wrong or odd in the input, None until it was looked at. `result`: the
    engine's own account once the run has ended, without the schedule. `certified_gap`: what the
    certificate proves without the search; None where there is none. `repair`: whom to call, of a
    day on which somebody is out.
    """

    metadata: RunMetadata
    validation: tuple[FaultOnWire, ...] | None = None
    kpis: tuple[KpiValue, ...] = ()
    figures: Figures | None = None
    objective: float | None = None
    floor: float | None = None
    bound: float | None = None
    gap: float | None = None
    certified_gap: float | None = None
    schedule: Schedule | None = None
    result: Result | None = None
    explanations: WhyReport | None = None
    repair: RepairedDay | None = None


class UnplacedList(OnWire):
    """The visits without a time in the schedule so far, each with a reason."""

    unplaced: tuple[Unplaced, ...]


class Answer(OnWire):
    """What a worker publishes, once, at the end of a run.

    `schedule` and `kpis` stand beside the result, which holds no schedule here. `question`: what
    the schedule answers, where it is not the input's, as JSON that is seldom read. `page`: the
    comparison, or the model days, as HTML. `certificate`: kept beside the rest, since it is large
    and seldom asked for.
    """

    validation: tuple[FaultOnWire, ...] = ()
    result: Result | None = None
    schedule: Schedule | None = None
    kpis: tuple[KpiValue, ...] = ()
    figures: Figures | None = None
    objective: float | None = None
    explanations: WhyReport | None = None
    repair: RepairedDay | None = None
    question: str | None = None
    comparison: ComparisonOnWire | None = None
    model_days: ModelDaysOnWire | None = None
    page: str | None = None
    certificate: Certificate | None = Field(default=None, exclude=True)


class Incumbent(OnWire):
    """The best checked schedule of a run so far, after so many seconds of search."""

    schedule: Schedule
    kpis: tuple[KpiValue, ...]
    objective: float
    seconds: float
