"""What is refused before it is read: bodies that are too large, and bodies that are not JSON."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.edge.key_first import WITH_BODY
from api.edge.problem_documents import problem_response


class BodyLimits:
    """ASGI layer: 415 for other content types than JSON, 413 above `max_bytes`, 408 when too slow.

    The stated length is believed only when it refuses: a body sent in chunks is counted, and the
    reading ends at the limit, so that memory stays bounded.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads the body up to the limit, then hands it on."""
        if scope["type"] != "http" or scope["method"] not in WITH_BODY:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json" and not _has_no_body(headers):
            detail = "Send JSON with the content type application/json."
            await problem_response(415, "not-json", detail)(scope, receive, send)
            return
        stated = headers.get("content-length", "")
        body = None if stated.isdigit() and int(stated) > self._max_bytes else b""
        if body is not None:
            try:
                async with asyncio.timeout(self._seconds):
                    body = await _read(receive, self._max_bytes)
            except TimeoutError:
                detail = f"The body did not arrive within {self._seconds:g} seconds."
                await problem_response(408, "too-slow", detail)(scope, receive, send)
                return
        if body is None:
            detail = f"The body is larger than {self._max_bytes} bytes."
            await problem_response(413, "too-large", detail)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def _has_no_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers


async def _read(receive: Receive, max_bytes: int) -> bytes | None:
    """The whole body, or None once it is larger than allowed."""
    chunks: list[bytes] = []
    total = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(chunks)
        chunks.append(message.get("body", b""))
        total += len(chunks[-1])
        if total > max_bytes:
            return None
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body in one message, then whatever the client still says."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
