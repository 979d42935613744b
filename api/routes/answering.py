"""How routes answer: in JSON from one thread, where a queued run is, pages that need no network."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from fastapi import Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.wire.run import RunMetadata

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""Of pages that the engine makes: they bring everything along."""


class JsonRoute(APIRoute):
    """A route whose answer is written out in the thread that has made it.

    FastAPI would check the answer against its own type in a second thread, and write it on the
    event loop, where everybody waits for a large one. The answer's type stays in the description.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        status = settings.get("status_code")
        super().__init__(path, _written(endpoint, status or 200), **settings)


def _written(endpoint: Callable[..., Any], status: int) -> Callable[..., Any]:
    @wraps(endpoint)
    def answer(**given: Any) -> Any:
        made = endpoint(**given)
        if not isinstance(made, BaseModel):
            return made
        body = made.model_dump_json(by_alias=True)
        response = Response(body, status, media_type="application/json")
        for one in given.values():
            if isinstance(one, Response):  # in which the route has said its headers
                response.headers.raw.extend(one.headers.raw)
        return response

    return answer


def at_its_run(response: Response, metadata: RunMetadata) -> RunMetadata:
    """Say in `Location` where a queued run is, whichever route queued it."""
    response.headers["Location"] = f"/v1/schedules/{metadata.id}"
    return metadata


def as_written(body: bytes, etag: str) -> Response:
    """JSON that was written out before, and the state that it is of."""
    return Response(body, media_type="application/json", headers={"ETag": etag})


def as_page(html: str) -> HTMLResponse:
    """A page of the engine under its policy."""
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY})
