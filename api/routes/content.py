"""What belongs to a run, each in its own form: input, unplaced visits, page, tables, proof."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.routes.answering import as_page
from api.routes.asking import Reader, Responses, RunId, ServiceOf, refusals
from api.services import hand_out
from api.wire.moments import LocalMoment
from api.wire.run import UnplacedList
from engine.certificate.certificate import Certificate
from engine.explain.answers import WhyReport
from engine.practice.base import Id

router = APIRouter(prefix="/v1/schedules/{run}", tags=["schedules"])

_JSON: Responses = {
    200: {"content": {"application/json": {}}, "description": "The submission as it came"}
}
_PROOF: Responses = {200: {"model": Certificate, "description": "What the prices prove"}}
_CALLS: Responses = {
    200: {"content": {"text/csv": {}}, "description": "One row for each new or moved time"}
}
_CSV: Responses = {
    200: {"content": {"text/csv": {}}, "description": "One row for each stage of a visit"}
}


@router.get("/input", response_class=Response, responses={**refusals(404, 410), **_JSON})
def read_input(service: ServiceOf, caller: Reader, run: RunId) -> Response:
    """The submission, byte for byte."""
    return Response(hand_out.input_of(service, caller, run), media_type="application/json")


@router.get("/unplaced", responses=refusals(404, 409, 410))
def read_unplaced(service: ServiceOf, caller: Reader, run: RunId) -> UnplacedList:
    """The visits without a time, each with its reason."""
    return hand_out.unplaced_of(service, caller, run)


@router.get("/explanations", responses=refusals(404, 409, 410, 422))
def read_explanations(
    service: ServiceOf,
    caller: Reader,
    run: RunId,
    visit: Annotated[list[Id] | None, Query(max_length=100)] = None,
    at: Annotated[LocalMoment | None, Query(description="Why not then? Local clock.")] = None,
) -> WhyReport:
    """What keeps visits from a time; of a run with `operation=explain` also what would help."""
    return hand_out.explanations_of(service, caller, run, tuple(visit or ()), at)


@router.get("/day-sheet", response_class=HTMLResponse, responses=refusals(404, 409, 410))
def read_day_sheet(service: ServiceOf, caller: Reader, run: RunId) -> HTMLResponse:
    """The week's page: to read, or to print a sheet per day. It needs no network."""
    page = hand_out.day_sheet_of(service, caller, run)
    return as_page(page)


@router.get("/schedule.csv", response_class=Response, responses={**refusals(404, 409, 410), **_CSV})
def read_table(service: ServiceOf, caller: Reader, run: RunId) -> Response:
    """The schedule as a table, by date and start."""
    table = hand_out.table_of(service, caller, run)
    return Response(table, media_type="text/csv; charset=utf-8")


@router.get("/calls.csv", response_class=Response, responses={**refusals(404, 409, 410), **_CALLS})
def read_calls(service: ServiceOf, caller: Reader, run: RunId) -> Response:
    """Whom to call, with which time and two alternatives; `/respond` takes what they say."""
    called = hand_out.calls_of(service, caller, run)
    return Response(called, media_type="text/csv; charset=utf-8")


@router.get(
    "/certificate", response_class=Response, responses={**refusals(404, 409, 410), **_PROOF}
)
def read_certificate(service: ServiceOf, caller: Reader, run: RunId) -> Response:
    """The prices that prove how good the schedule is: `modelday certify` works them out again."""
    papers = hand_out.certificate_of(service, caller, run)
    return Response(papers, media_type="application/json")
