"""Runs of the engine: submitted, listed, read, stopped."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.routes.answering import JsonRoute, as_written, at_its_run
from api.routes.asking import (
    QUEUED,
    WITH_BODY,
    IfMatch,
    IfNoneMatch,
    RawBody,
    Reader,
    RequestKey,
    RunId,
    ServiceOf,
    Solver,
    headers,
    refusals,
    takes,
)
from api.services import hand_out, read, stop, submit
from api.wire.run import Run, RunList, RunMetadata
from api.wire.status import OfASchedule, Operation, RunStatus
from api.wire.submission import Submission, Tag

router = APIRouter(prefix="/v1/schedules", tags=["schedules"], route_class=JsonRoute)

_TAGGED = headers(200, "ETag")


@router.post(
    "",
    status_code=202,
    responses={**refusals(*WITH_BODY, 429), **QUEUED},
    openapi_extra=takes(Submission),
)
def submit_run(
    service: ServiceOf,
    caller: Solver,
    body: RawBody,
    response: Response,
    operation: Annotated[OfASchedule, Query()] = "solve",
    request_key: RequestKey = None,
) -> RunMetadata:
    """Queue a question. The run is at `Location`; what is wrong with it stands in `validation`."""
    metadata = submit.submit(service, caller, Operation(operation), body, request_key)
    return at_its_run(response, metadata)


@router.get("", responses=refusals(400, 422))
def list_runs(
    service: ServiceOf,
    caller: Reader,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    status: Annotated[RunStatus | None, Query()] = None,
    tag: Annotated[Tag | None, Query()] = None,
) -> RunList:
    """The practice's runs, the newest first; `next` is the `cursor` of the next page."""
    return read.list_runs(service, caller, cursor=cursor, limit=limit, status=status, tag=tag)


@router.get("/{run}", response_model=Run, responses={**refusals(304, 404), **_TAGGED})
def read_run(
    service: ServiceOf, caller: Reader, run: RunId, if_none_match: IfNoneMatch = None
) -> Response:
    """The run: its answer, or the best checked schedule so far."""
    body, etag = hand_out.run_of(service, caller, run)
    return as_written(body, etag)


@router.get("/{run}/metadata", responses={**refusals(304, 404), **_TAGGED})
def read_metadata(
    service: ServiceOf,
    caller: Reader,
    run: RunId,
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> RunMetadata:
    """Status, objective, bound and gap, without any schedule."""
    metadata, etag = read.read_metadata(service, caller, run)
    response.headers["ETag"] = etag
    return metadata


@router.delete("/{run}", status_code=202, responses={**refusals(404, 412), **headers(202, "ETag")})
def stop_run(
    service: ServiceOf,
    caller: Solver,
    run: RunId,
    response: Response,
    if_match: IfMatch = None,
) -> RunMetadata:
    """Stop early and keep the best schedule. An ended run stays as it is."""
    metadata, etag = stop.stop(service, caller, run, if_match)
    response.headers["ETag"] = etag
    return metadata
