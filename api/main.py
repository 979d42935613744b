"""The application that `modelday serve` runs: routes and layers put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.edge.body_limits import BodyLimits
from api.edge.key_first import KeyFirst
from api.edge.local_only import LocalOnly
from api.edge.metrics import Metrics
from api.edge.not_modified import NotModified
from api.edge.problem_documents import install_handlers
from api.edge.security_headers import SecurityHeaders
from api.edge.watch import Watch
from api.openapi import describe
from api.routes import (
    catalogue,
    content,
    events,
    follow_up,
    health,
    imports,
    model_days,
    openings,
    page,
    schedules,
    verify,
    what_if,
)
from api.services.service import Service
from api.settings import ServiceSettings

ROUTERS = (
    health.router,
    verify.router,
    schedules.router,
    content.router,
    events.router,
    follow_up.router,
    catalogue.router,
    imports.router,
    openings.router,
    what_if.router,
    model_days.router,
    page.router,
)


def create_app(settings: ServiceSettings | None = None) -> FastAPI:
    """The application with its routes, its layers and its error documents."""
    settings = settings or ServiceSettings()
    service = Service.of(settings)
    app = FastAPI(
        title="Model Day",
        version=version("modelday"),
        description="Fills and checks the days of an orthodontic practice.",
        lifespan=_life_of(service),
        docs_url=None,  # its page would load scripts of others
        redoc_url=None,
    )
    app.state.service = service
    app.state.metrics = Metrics(service.database)
    for router in ROUTERS:
        app.include_router(router)
    # Each layer lies around those before it.
    app.add_middleware(BodyLimits, max_bytes=settings.max_body_bytes, seconds=settings.body_seconds)
    app.add_middleware(NotModified)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts))
    if settings.auth:
        app.add_middleware(KeyFirst, known=lambda: service.callers)
    else:
        app.add_middleware(LocalOnly)
    app.add_middleware(Watch, metrics=app.state.metrics)
    app.add_middleware(SecurityHeaders)
    install_handlers(app)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    return app


def _life_of(service: Service):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.prepare)
        if service.settings.processes:
            service.keeper.start()
        yield
        await run_in_threadpool(service.close)

    return life
