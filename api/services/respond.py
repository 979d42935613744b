"""Takes what patients said to a schedule's times, and queues a fill around it."""

from typing import TYPE_CHECKING

from api.clock import now_ms
from api.services.preconditions import demand_scope
from api.services.read import Answered
from api.services.service import Service
from api.services.standing import read_standing
from api.services.submit import submit
from api.store import audit
from api.store.callers import Caller, Scope
from api.wire.parsing import parse
from api.wire.responses import Responded, RespondRequest
from api.wire.status import Operation
from api.wire.submission import Dates, Submission
from engine.files.responses_csv import Response
from engine.replan.standing_plan import demand_standing

if TYPE_CHECKING:
    from engine.replan.respond import Answered as Told


def respond(
    service: Service, caller: Caller, run: str, body: bytes, request_key: str | None
) -> Responded:
    """The new run: accepted times are booked in its question, declined ones not offered again.

    PracticeProblemsError with every answer to nothing.
    """
    # The solver is loaded here: the service need not wait for it.
    from engine.replan.respond import take_answers

    request = parse(RespondRequest, body)
    demand_scope(caller, Scope.SOLVE)
    answered = read_standing(service, caller, run)
    demand_standing(answered.problem, answered.schedule, "schedule")
    told = take_answers(answered.problem, answered.schedule, _responses(request))
    made = _question(answered, told, request).model_dump_json().encode()
    queued = submit(service, caller, Operation.SOLVE, made, request_key, parent=run, request=body)
    with service.database.writing() as connection:
        audit.note(connection, caller, "respond", run, now_ms())
    return Responded(
        accepted=told.accepted,
        declined=told.declined,
        held=tuple(placed.visit for placed in told.held),
        lost=told.lost,
        urgent=told.urgent,
        run=queued,
    )


def _responses(request: RespondRequest) -> list[Response]:
    return [
        Response(
            visit=one.visit, answer=one.answer, wishes=one.wishes, where=f"responses[{number}]"
        )
        for number, one in enumerate(request.responses)
    ]


def _question(answered: Answered, told: "Told", request: RespondRequest) -> Submission:
    """The book after the answers; the schedule says where the held ones are, and is a start."""
    schedule = answered.schedule
    return Submission(
        problem=told.problem,
        dates=Dates(start=schedule.start, days=schedule.days),
        limits=request.limits or answered.limits,
        schedule=schedule,
        held=tuple(placed.visit for placed in told.held),
        tags=request.tags,
        external=request.external,
    )
