"""Is the service up, can it work, and what it counts."""

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict

from api.edge.metrics import Metrics
from api.routes.asking import Responses, ServiceOf
from api.wire.problem_document import MEDIA_TYPE
from api.wire.refusal import Refusal

router = APIRouter(tags=["health"])

_NOT_READY: Responses = {
    503: {"description": "The store cannot be used", "content": {MEDIA_TYPE: {}}}
}
_TEXT: Responses = {
    200: {"description": "The text format of Prometheus", "content": {"text/plain": {}}}
}
_VERSION = version("modelday")


class Health(BaseModel):
    """The answer of a living service."""

    model_config = ConfigDict(frozen=True)

    status: Literal["ok"] = "ok"
    version: str


@router.get("/health")
async def read_health() -> Health:
    """Answers without touching store or engine."""
    return Health(version=_VERSION)


@router.get("/ready", responses=_NOT_READY)
def read_ready(service: ServiceOf) -> Health:
    """Answers once runs can be taken and kept."""
    if not service.is_ready():
        raise Refusal(503, "not-ready", "The service cannot take runs now.", {"Retry-After": "5"})
    return Health(version=_VERSION)


@router.get("/metrics", response_class=Response, responses=_TEXT)
def read_metrics(request: Request) -> Response:
    """Requests and runs, counted."""
    metrics: Metrics = request.app.state.metrics
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
