"""Counts and logs each request, and turns whatever breaks into a plain 500.

Only the route's template is said: addresses hold ids of runs, and messages of errors may hold more.
"""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.edge.metrics import Metrics
from api.edge.problem_documents import problem_response
from api.trouble import say_trouble

LOGGER = logging.getLogger("modelday.service")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Watch:
    """ASGI layer around everything else."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on and notes how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._note(scope, status, time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            say_trouble("request", error)
            if not status:
                detail = "The service failed; nothing was kept."
                await problem_response(500, "internal", detail)(scope, receive, watched)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        LOGGER.info("%s %s %d %.0f ms", method, route, status, 1000 * seconds)
