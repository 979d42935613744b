"""Stops a run early and keeps its best schedule."""

from api.clock import now_ms
from api.services.preconditions import demand_match
from api.services.read import row_of
from api.services.service import Service
from api.services.view import etag_of, metadata_of
from api.store import audit, runs
from api.store.callers import Caller
from api.wire.run import RunMetadata


def stop(
    service: Service, caller: Caller, run: str, if_match: str | None = None
) -> tuple[RunMetadata, str]:
    """A waiting run is stopped now, one under way soon; for an ended one nothing changes."""
    now = now_ms()
    with service.database.writing() as connection:
        row = row_of(connection, caller, run)
        demand_match(row, if_match)
        runs.ask_to_stop(connection, row, now)
        audit.note(connection, caller, "stop", run, now)
        row = runs.row_of(connection, run)
        tags = runs.tags_of(connection, [run]).get(run, ())
    return metadata_of(row, tags), etag_of(row)
