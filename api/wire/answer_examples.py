"""An example of each main answer: what the service says to the bodies of `examples.py`."""

import datetime as dt
import json
from typing import Any

from pydantic import BaseModel

from api.wire.examples import CALLER, HOLD, RUN, SCHEDULE, placement
from api.wire.faults import FaultOnWire
from api.wire.fork import Accepted
from api.wire.openings import Committed, HeldTime, HoleFillers, Recommended
from api.wire.problem_document import TYPE_URI, ProblemDocument
from api.wire.run import Run, RunMetadata
from api.wire.status import Operation, RunStatus
from api.wire.verdict import Verdict
from engine.filling.openings.answers import Candidate, HalfDay, Opening
from engine.practice import Booking, Visit, VisitList
from engine.problems import Severity
from engine.result import KpiValue
from engine.schedule import Hold, Placement, Schedule

_MONDAY = dt.date(2026, 1, 12)
_FRIDAY_NOON = dt.datetime(2026, 1, 9, 12, tzinfo=dt.UTC)
_NINE = dt.time(9)
_VISIT = Visit.model_validate_json(json.dumps(CALLER))


def _placed(visit: str, minute: int) -> Placement:
    return Placement.model_validate_json(json.dumps(placement(visit, minute)))


_SCHEDULE = Schedule.model_validate_json(json.dumps(SCHEDULE))
_QUEUED = RunMetadata(
    id=RUN,
    operation=Operation.SOLVE,
    status=RunStatus.QUEUED,
    tags=("example",),
    created=_FRIDAY_NOON,
    start=_MONDAY,
    days=1,
    external={"ticket": "42"},
)
_MEASURED = _QUEUED.model_copy(
    update={
        "operation": Operation.MEASURE,
        "status": RunStatus.COMPLETED,
        "started": _FRIDAY_NOON + dt.timedelta(seconds=1),
        "ended": _FRIDAY_NOON + dt.timedelta(seconds=2),
        "attempts": 1,
    }
)
_FAULT = FaultOnWire(
    code="date-parsing",
    where="problem.visits[0].due",
    cause="the value is not of the kind asked for here",
    remedy="see the schema in /openapi.json",
    severity=Severity.REFUSED,
)

_ANSWERS: tuple[BaseModel, ...] = (
    _QUEUED,
    Run(
        metadata=_MEASURED,
        validation=(),
        kpis=(
            KpiValue(kpi="unplaced_visits", quanta=2, value=2.0, unit="visit", points=1040.0),
            KpiValue(
                kpi="overdue_days", quanta=44, value=44.0, unit="day after due", points=2860.0
            ),
        ),
        objective=3900.0,
        schedule=_SCHEDULE,
    ),
    Recommended(
        openings=(
            Opening(
                visit="CALL1",
                date=_MONDAY,
                start=dt.time(8, 30),
                end=_NINE,
                half_day=HalfDay.MORNING,
                chairs=("C1",),
                millipoints=3465,
                own_millipoints=3465,
            ),
        )
    ),
    HoleFillers(
        candidates=tuple(
            Candidate(
                visit=visit,
                patient=patient,
                procedure="REP",
                listed=VisitList.PENDING,
                start=dt.time(8),
                end=dt.time(8, 30),
                doctor_minutes=5,
                weeks_past_ecd=0,
                chance_to_show=0.97,
            )
            for visit, patient in (("V2", "P2"), ("V3", "P3"))
        )
    ),
    HeldTime.model_validate(
        {
            "id": HOLD,
            "hold": Hold(
                visit=_VISIT,
                placement=_placed("CALL1", 540),
                until=dt.datetime(2026, 1, 9, 12, 15),
            ),
            "ends": _FRIDAY_NOON + dt.timedelta(minutes=15),
        }
    ),
    Committed(
        booking=Booking(
            visit=_VISIT, date=_MONDAY, start=_NINE, chair="C1", booked_on=dt.date(2026, 1, 9)
        )
    ),
    Accepted(
        valid=("V1",),
        stale=(),
        clashing=(),
        schedule=Schedule(
            start=_MONDAY,
            days=1,
            placements=(_placed("V1", 480), _placed("V2", 510), _placed("V3", 540)),
            unplaced=(),
        ),
    ),
    Verdict(ok=True, start=_MONDAY, days=1, violations=(), inherited=()),
    ProblemDocument(
        type=f"{TYPE_URI}input",
        title="Unprocessable Entity",
        status=422,
        detail="The input has 1 problem.",
        problems=(_FAULT,),
    ),
)

ANSWERS: dict[str, Any] = {
    type(answer).__name__: json.loads(answer.model_dump_json(by_alias=True)) for answer in _ANSWERS
}
"""By the name of the answer's type. The tests ask for each of them."""
