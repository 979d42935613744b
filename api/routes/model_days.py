"""Model days from the goals of a practice."""

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
from api.services import hand_out, model_days
from api.wire.built import ModelDaysOnWire
from api.wire.model_days import ModelDaySubmission
from api.wire.run import RunMetadata

router = APIRouter(prefix="/v1/model-days", tags=["model-days"])


@router.post(
    "",
    status_code=202,
    responses={**refusals(*WITH_BODY, 429), **QUEUED},
    openapi_extra=takes(ModelDaySubmission),
)
def submit_goals(
    service: ServiceOf,
    caller: Solver,
    body: RawBody,
    response: Response,
    request_key: RequestKey = None,
) -> RunMetadata:
    """Queue a design; `Location` is its run, which is watched and stopped like any other."""
    metadata = model_days.submit_goals(service, caller, body, request_key)
    return at_its_run(response, metadata)


@router.get("/{run}", responses=refusals(404, 409, 410))
def read_model_days(service: ServiceOf, caller: Reader, run: RunId) -> ModelDaysOnWire:
    """The designed days, and the practice with them: the body of a fill as it is."""
    return hand_out.model_days_of(service, caller, run)


@router.get("/{run}/page", response_class=HTMLResponse, responses=refusals(404, 409, 410))
def read_page(service: ServiceOf, caller: Reader, run: RunId) -> HTMLResponse:
    """The designed days as a page; it needs no network."""
    page = hand_out.document_page_of(service, caller, run)
    return as_page(page)
