"""Is the service up, and which version answers."""

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The answer of a living service."""

    model_config = ConfigDict(frozen=True)

    status: Literal["ok"] = "ok"
    version: str


@router.get("/health")
def read_health() -> Health:
    """Answers without touching the engine."""
    return Health(version=version("modelday"))
