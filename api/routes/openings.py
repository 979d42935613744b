"""A caller on the line: times to offer, to hold, to commit; and who could take a free one."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.routes.answering import JsonRoute
from api.routes.asking import (
    WITH_BODY,
    Committer,
    IfMatch,
    RawBody,
    Reader,
    ServiceOf,
    headers,
    refusals,
    takes,
)
from api.services import openings
from api.wire.openings import (
    CommitRequest,
    Committed,
    FillHoleRequest,
    HeldTime,
    HoldRequest,
    HoleFillers,
    Recommended,
    RecommendRequest,
)
from api.wire.refusal import Refusal

router = APIRouter(prefix="/v1/openings", tags=["openings"], route_class=JsonRoute)

_HOLD_ID = re.compile(r"hold_[0-9a-f]{24}")
_OF_A_RUN = (*WITH_BODY, 404, 409, 410)


@router.post("/recommend", responses=refusals(*_OF_A_RUN), openapi_extra=takes(RecommendRequest))
def recommend_times(service: ServiceOf, caller: Reader, body: RawBody) -> Recommended:
    """The best times for one visit in the book of a run, without a solve."""
    return openings.recommend(service, caller, body)


@router.post("/fill-hole", responses=refusals(*_OF_A_RUN), openapi_extra=takes(FillHoleRequest))
def fill_hole(service: ServiceOf, caller: Reader, body: RawBody) -> HoleFillers:
    """Who could take a time that has become free, the best first."""
    return openings.fill_hole(service, caller, body)


@router.post(
    "/hold",
    status_code=201,
    responses={**refusals(*_OF_A_RUN), **headers(201, "Location", "ETag")},
    openapi_extra=takes(HoldRequest),
)
def hold_time(service: ServiceOf, caller: Committer, body: RawBody, response: Response) -> HeldTime:
    """Keep a time for a caller; nobody else is offered it until it is over or given back."""
    held, etag = openings.hold(service, caller, body)
    response.headers["ETag"] = etag
    response.headers["Location"] = f"/v1/openings/holds/{held.id}"
    return held


@router.post("/commit", responses=refusals(*_OF_A_RUN, 412), openapi_extra=takes(CommitRequest))
def commit_time(
    service: ServiceOf, caller: Committer, body: RawBody, if_match: IfMatch = None
) -> Committed:
    """The caller has said yes: the hold becomes a booking for the practice's own book."""
    return openings.commit(service, caller, body, if_match)


@router.delete("/holds/{hold}", status_code=204, responses=refusals(404, 409, 410))
def release_time(
    service: ServiceOf,
    caller: Committer,
    hold: Annotated[str, Path(description="Id of a hold.")],
) -> Response:
    """Give the time back."""
    if not _HOLD_ID.fullmatch(hold):
        raise Refusal(404, "not-found", "There is no such hold.")
    openings.release(service, caller, hold)
    return Response(status_code=204)
