"""Base of what the service answers with."""

from pydantic import BaseModel, ConfigDict


class OnWire(BaseModel):
    """Frozen; what is not known is None."""

    model_config = ConfigDict(frozen=True)
