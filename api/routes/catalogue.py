"""What the service says of itself."""

from fastapi import APIRouter, Response

from api.routes.asking import Reader, Responses, refusals
from api.services import catalogue
from api.wire.catalogue import CodeList, DemoList

router = APIRouter(prefix="/v1", tags=["catalogue"])

_BODY: Responses = {
    200: {"content": {"application/json": {}}, "description": "A body for `POST /v1/schedules`"}
}


@router.get("/problem-codes", responses=refusals())
def list_codes(caller: Reader) -> CodeList:
    """Faults that may be found in what is sent, what happens to it, and every refusal."""
    return catalogue.list_codes()


@router.get("/demo-data", responses=refusals())
def list_demos(caller: Reader) -> DemoList:
    """Made-up practices to try the service with."""
    return catalogue.list_demos()


@router.get("/demo-data/{demo}", response_class=Response, responses={**refusals(404), **_BODY})
def read_demo(caller: Reader, demo: str) -> Response:
    """A submission that can be posted as it is."""
    return Response(catalogue.demo_body(demo), media_type="application/json")
