"""Answers 304 without content where the caller already has the state that the ETag names.

RFC 9110, "HTTP Semantics", 2022, section 13.1.2.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.wire.etags import names

_ABOUT_CONTENT = ("content-type", "content-length")


class NotModified:
    """ASGI layer for answers that carry an ETag."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compares as the answer begins."""
        wanted = None
        if scope["type"] == "http" and scope["method"] == "GET":
            wanted = Headers(scope=scope).get("if-none-match")
        if wanted is None:
            await self._app(scope, receive, send)
            return
        known = False

        async def compared(message: Message) -> None:
            nonlocal known
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                etag = headers.get("etag")
                known = etag is not None and names(wanted, etag)
                if known:
                    message["status"] = 304
                    for name in _ABOUT_CONTENT:
                        del headers[name]
            if known and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self._app(scope, receive, compared)
