"""Takes a day on which somebody is out into the queue."""

from api.services.service import Service
from api.services.standing import read_standing
from api.services.submit import Asked, submit_asked
from api.store.callers import Caller
from api.wire.parsing import parse
from api.wire.repair import RepairRequest, RepairSubmission
from api.wire.run import RunMetadata
from api.wire.status import Operation
from engine.replan.standing_plan import demand_standing

_PATIENCE = 10.0
"""Work is counted, not timed: on a busy machine it may take so much longer."""
_BESIDE = 60.0
"""Seconds for the check of the plan, and for times to offer."""


def repair(
    service: Service, caller: Caller, run: str, body: bytes, request_key: str | None
) -> RunMetadata:
    """The new run. PracticeProblemsError where the plan breaks a rule, or the day is none of it."""
    # The solver is loaded here: the service need not wait for it.
    from engine.replan.repair import begin_of, demand_repairable

    request = parse(RepairRequest, body)
    answered = read_standing(service, caller, run)
    problem, schedule = answered.problem, answered.schedule
    demand_standing(problem, schedule, "schedule")
    now = begin_of(problem, request.date, request.as_of)
    demand_repairable(problem, schedule, request.out, now)
    made = RepairSubmission(
        problem=problem,
        schedule=schedule,
        now=now,
        out=request.out,
        work=request.work,
    )
    asked = Asked(
        tags=request.tags,
        external=dict(request.external),
        start=schedule.start,
        days=schedule.days,
        seconds_allowed=request.work * _PATIENCE + _BESIDE,
    )
    sent = made.model_dump_json().encode()
    return submit_asked(
        service, caller, Operation.REPAIR, sent, asked, request_key, parent=run, request=body
    )
