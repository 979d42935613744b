"""Who asks for what: the service, the caller with the scope that a route needs, the run."""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from api.services.preconditions import demand_scope
from api.services.service import Service
from api.store.callers import Caller, Scope
from api.store.keys import LOCAL_CALLER
from api.wire.problem_document import MEDIA_TYPE, ProblemDocument
from api.wire.refusal import no_key, not_found

_RUN_ID = re.compile(r"run_[0-9a-f]{24}")
_BEARER = HTTPBearer(auto_error=False, description="An API key: `modelday keys add`.")


# What a route depends on runs on the event loop unless it has to wait: FastAPI gives each plain
# function a thread, which costs more than these do.
async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceOf = Annotated[Service, Depends(_service)]
"""The service that is asked."""


def _with(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    async def caller(
        service: ServiceOf,
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)] = None,
    ) -> Caller:
        if not service.settings.auth:
            return LOCAL_CALLER
        found = None
        if given is not None:
            text = given.credentials
            found = service.callers.remembered(text, scope)
            if found is None:
                found = await run_in_threadpool(service.callers.look_up, text)
        if found is None:
            raise no_key()
        demand_scope(found, scope)
        return found

    return caller


Reader = Annotated[Caller, Depends(_with(Scope.READ))]
"""May look at the runs of its practice."""

Solver = Annotated[Caller, Depends(_with(Scope.SOLVE))]
"""May start and stop runs."""

Committer = Annotated[Caller, Depends(_with(Scope.COMMIT))]
"""May settle what others then rely on."""


async def _run_id(run: Annotated[str, Path(description="Id of a run.")]) -> str:
    if not _RUN_ID.fullmatch(run):
        raise not_found()
    return run


RunId = Annotated[str, Depends(_run_id)]
"""The id in the address. Refusal (404) where it cannot be one."""

IfMatch = Annotated[str | None, Header(description="Act only on this ETag.")]
IfNoneMatch = Annotated[str | None, Header(description="Answer 304 where this is still the ETag.")]

RequestKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key with the same body makes one run, however often it is sent.",
    ),
]


async def _raw_body(request: Request) -> bytes:
    return await request.body()


RawBody = Annotated[bytes, Depends(_raw_body)]
"""The body as it came: read once, by the engine's own types, outside of the event loop."""


def takes(model: type[BaseModel]) -> dict[str, Any]:
    """Says in the description of a route which type its raw body has."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_MEANINGS = {
    304: "Nothing has changed",
    400: "The request cannot be read",
    401: "There is no valid API key",
    403: "The API key lacks the scope",
    404: "There is nothing like that, or it is another practice's",
    408: "The body came too slowly",
    409: "The run is in no state for that",
    410: "The content was removed when its time was over",
    412: "The run has changed since the ETag",
    413: "The body is too large",
    415: "The content type is not application/json",
    422: "The input has problems: all of them",
    429: "The queue is full",
}


Responses = dict[int | str, dict[str, Any]]
"""What a route may answer with, as FastAPI wants it described."""


_HEADERS = {
    "Location": "Where it is",
    "ETag": "The state that this is of",
    "Retry-After": "Seconds until it is worth another try",
    "WWW-Authenticate": "What to send",
}
_OF_REFUSALS = {401: "WWW-Authenticate", 429: "Retry-After"}


def headers(status: int, *names: str) -> Responses:
    """Headers that a route always sends with that status."""
    described = {
        name: {"description": _HEADERS[name], "required": True, "schema": {"type": "string"}}
        for name in names
    }
    return {status: {"headers": described}}


QUEUED = headers(202, "Location")
"""A run is queued: where it is."""


def refusals(*statuses: int) -> Responses:
    """The problem documents that a route may answer with; 401 and 403 always."""
    schema = {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}
    found: Responses = {
        status: {"description": _MEANINGS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({401, 403, *statuses})
    }
    for status, name in _OF_REFUSALS.items():
        if status in found:
            found[status] |= headers(status, name)[status]
    if 304 in found:  # it has no content
        del found[304]["content"]
    return found


WITH_BODY = (400, 408, 413, 415, 422)
"""What may happen to any body."""
