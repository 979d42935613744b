"""How routes answer: where a queued run is, and pages that need no network."""

from fastapi import Response
from fastapi.responses import HTMLResponse

from api.wire.run import RunMetadata

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""Of pages that the engine makes: they bring everything along."""


def at_its_run(response: Response, metadata: RunMetadata) -> RunMetadata:
    """Say in `Location` where a queued run is, whichever route queued it."""
    response.headers["Location"] = f"/v1/schedules/{metadata.id}"
    return metadata


def as_page(html: str) -> HTMLResponse:
    """A page of the engine under its policy."""
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY})
