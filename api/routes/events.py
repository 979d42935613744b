"""A run as it goes on, told as server-sent events.

WHATWG, "HTML Living Standard", section 9.2, "Server-sent events".
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.routes.asking import Reader, RunId, ServiceOf, refusals
from api.services import read, tell

router = APIRouter(prefix="/v1/schedules/{run}", tags=["schedules"])


def _watched(service: ServiceOf, caller: Reader, run: RunId) -> str:
    """Refusal (404) before the stream begins."""
    read.read_metadata(service, caller, run)
    return run


@router.get("/events", response_class=EventSourceResponse, responses=refusals(404))
async def watch_run(
    service: ServiceOf,
    run: Annotated[str, Depends(_watched)],
    last_event_id: Annotated[str | None, Header(description="Go on after this event.")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Statuses and progress from the first one, or from `Last-Event-ID` on; ends with the run."""
    number = _number_of(last_event_id or "")
    over = False
    while not over:
        told = await run_in_threadpool(tell.events_after, service, run, number)
        for event in told.events:
            number = event.number
            kind = json.loads(event.body)["kind"]
            yield ServerSentEvent(raw_data=event.body, event=kind, id=str(number))
        over = told.over
        if not told.events and not over:
            await asyncio.sleep(service.settings.poll_seconds)


def _number_of(event_id: str) -> int:
    """0, which is before the first event, where the header holds no number of ours."""
    plain = event_id.isascii() and event_id.isdecimal() and len(event_id) < 10
    return int(event_id) if plain else 0
