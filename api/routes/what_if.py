"""Scenarios held against a base."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from api.routes.answering import as_page, at_its_run
from api.routes.asking import (
    QUEUED,
    WITH_BODY,
    RawBody,
    Reader,
    RequestKey,
    RunId,
    ServiceOf,
    Solver,
    refusals,
    takes,
)
from api.services import hand_out, what_if
from api.wire.comparison import ComparisonOnWire
from api.wire.run import RunMetadata
from api.wire.what_if import WhatIfSubmission

router = APIRouter(prefix="/v1/what-if", tags=["what-if"])


@router.post(
    "",
    status_code=202,
    responses={**refusals(*WITH_BODY, 429), **QUEUED},
    openapi_extra=takes(WhatIfSubmission),
)
def submit_scenarios(
    service: ServiceOf,
    caller: Solver,
    body: RawBody,
    response: Response,
    request_key: RequestKey = None,
) -> RunMetadata:
    """Queue a comparison; `Location` is its run, which is watched and stopped like any other."""
    metadata = what_if.submit_scenarios(service, caller, body, request_key)
    return at_its_run(response, metadata)


@router.get("/{run}/comparison", responses=refusals(404, 409, 410))
def read_comparison(service: ServiceOf, caller: Reader, run: RunId) -> ComparisonOnWire:
    """Every scenario beside the base, figure by figure and patient by patient."""
    return hand_out.comparison_of(service, caller, run)


@router.get("/{run}/page", response_class=HTMLResponse, responses=refusals(404, 409, 410))
def read_page(service: ServiceOf, caller: Reader, run: RunId) -> HTMLResponse:
    """The comparison as a page; it needs no network."""
    page = hand_out.document_page_of(service, caller, run)
    return as_page(page)
