"""No body is read for whoever has no key: it could be large, and it could be sent slowly."""

from collections.abc import Callable
from typing import Protocol

from fastapi.security.utils import get_authorization_scheme_param
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.edge.problem_documents import refusal_response
from api.store import callers
from api.store.callers import Caller
from api.wire.refusal import no_key

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose requests have a body."""


class Callers(Protocol):
    """Who knows whose key it is."""

    def remembered(self, text: str, scope: callers.Scope) -> Caller | None:
        """Whose key this was a moment ago; None where that has to be looked up."""

    def look_up(self, text: str) -> Caller | None:
        """Whose key this is; asks the store."""


class KeyFirst:
    """ASGI layer: 401 for a request with a body and without a valid key.

    What the key may do is asked by the route, which looks it up again: a key can be revoked while
    the body arrives.
    """

    def __init__(self, app: ASGIApp, known: Callable[[], Callers]) -> None:
        self._app = app
        self._known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Looks at the header before anything is received."""
        if scope["type"] == "http" and scope["method"] in WITH_BODY:
            stated = Headers(scope=scope).get("authorization")
            kind, text = get_authorization_scheme_param(stated)
            if kind.lower() != "bearer" or not await self._opens(text):
                await refusal_response(no_key())(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _opens(self, text: str) -> bool:
        known = self._known()
        if known.remembered(text, callers.Scope.READ) is not None:
            return True
        return await run_in_threadpool(known.look_up, text) is not None
