"""The service: `uvicorn --factory api.main:create_app`."""

from importlib.metadata import version

from fastapi import FastAPI

from api.body_limits import BodyLimits
from api.problem_documents import install_handlers
from api.routes import health, schedules

MAX_BODY_BYTES = 32 * 1024 * 1024
"""A ten-doctor quarter is a few megabytes of JSON."""


def create_app(max_body_bytes: int = MAX_BODY_BYTES) -> FastAPI:
    """The application with its routes, its limits and its error documents."""
    app = FastAPI(
        title="Model Day",
        version=version("modelday"),
        description="Fills and checks the days of an orthodontic practice.",
    )
    app.include_router(health.router)
    app.include_router(schedules.router)
    app.add_middleware(BodyLimits, max_bytes=max_body_bytes)
    install_handlers(app)
    return app
