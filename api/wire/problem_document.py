"""Errors on the wire: problem documents after RFC 9457, with the engine's problem codes.

RFC 9457: M. Nottingham, E. Wilde, S. Dalal, "Problem Details for HTTP APIs", 2023. A document
says what is wrong and where, never what was sent: ids, dates and free text are not echoed.
"""

from pydantic import BaseModel, ConfigDict

from api.wire.faults import FaultOnWire

MEDIA_TYPE = "application/problem+json"
"""Content type of every error."""

TYPE_URI = "urn:modelday:problem:"
"""Before the code."""


class ProblemDocument(BaseModel):
    """An RFC 9457 document; `problems` lists every fault of the input, not just the first."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    detail: str
    problems: tuple[FaultOnWire, ...] = ()
