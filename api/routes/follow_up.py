"""What comes after a schedule: another run from it, the book of now, patients, absent staff."""

from fastapi import APIRouter, Response

from api.routes.answering import at_its_run
from api.routes.asking import (
    QUEUED,
    WITH_BODY,
    Committer,
    IfMatch,
    RawBody,
    RequestKey,
    Responses,
    RunId,
    ServiceOf,
    Solver,
    refusals,
    takes,
)
from api.services import accept, fork, repair, respond
from api.wire.fork import Accepted, AcceptRequest, ForkRequest
from api.wire.repair import RepairRequest
from api.wire.responses import Responded, RespondRequest
from api.wire.run import RunMetadata

router = APIRouter(prefix="/v1/schedules/{run}", tags=["schedules"])

_REFILLED: Responses = {
    202: {
        **QUEUED[202],
        "model": Accepted,
        "description": "The same, and a run of the engine is queued",
    }
}


@router.post(
    "/fork",
    status_code=202,
    responses={**refusals(*WITH_BODY, 404, 409, 410, 429), **QUEUED},
    openapi_extra=takes(ForkRequest),
)
def fork_run(
    service: ServiceOf,
    caller: Solver,
    run: RunId,
    body: RawBody,
    response: Response,
    request_key: RequestKey = None,
) -> RunMetadata:
    """Queue a run that differs from this one as the body says; it is at `Location`."""
    metadata = fork.fork(service, caller, run, body, request_key)
    return at_its_run(response, metadata)


@router.post(
    "/accept",
    responses={**refusals(*WITH_BODY, 404, 409, 410, 412, 429), **_REFILLED},
    openapi_extra=takes(AcceptRequest),
)
def accept_part(
    service: ServiceOf,
    caller: Committer,
    run: RunId,
    body: RawBody,
    response: Response,
    if_match: IfMatch = None,
    request_key: RequestKey = None,
) -> Accepted:
    """Hold visits of this schedule against the book of now; the rest is filled anew around them.

    By hand at once; with `refill` `engine` also by a run, at `Location` (202).
    """
    found = accept.accept(service, caller, run, body, if_match, request_key)
    if found.run is not None:
        response.status_code = 202
        at_its_run(response, found.run)
    return found


@router.post(
    "/respond",
    status_code=202,
    responses={**refusals(*WITH_BODY, 404, 409, 410, 429), **QUEUED},
    openapi_extra=takes(RespondRequest),
)
def take_responses(
    service: ServiceOf,
    caller: Committer,
    run: RunId,
    body: RawBody,
    response: Response,
    request_key: RequestKey = None,
) -> Responded:
    """Patients have answered: queue a fill around what they said; it is at `Location`.

    Accepted times are booked, declined ones not offered again, the others held where they are.
    """
    found = respond.respond(service, caller, run, body, request_key)
    at_its_run(response, found.run)
    return found


@router.post(
    "/repair",
    status_code=202,
    responses={**refusals(*WITH_BODY, 404, 409, 410, 429), **QUEUED},
    openapi_extra=takes(RepairRequest),
)
def repair_day(
    service: ServiceOf,
    caller: Solver,
    run: RunId,
    body: RawBody,
    response: Response,
    request_key: RequestKey = None,
) -> RunMetadata:
    """Somebody is out: queue the repair of a day with the fewest calls; it is at `Location`.

    The run's `repair` says whom to call, its schedule has the repaired day.
    """
    metadata = repair.repair(service, caller, run, body, request_key)
    return at_its_run(response, metadata)
