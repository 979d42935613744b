"""Rows of the store as they are seen from outside."""

import datetime as dt
import json

from sqlalchemy import RowMapping

from api.clock import moment
from api.wire.run import RunMetadata
from api.wire.status import Failure, Operation, RunStatus


def metadata_of(row: RowMapping, tags: tuple[str, ...]) -> RunMetadata:
    """What is known of a run besides its content."""
    return RunMetadata(
        id=row["id"],
        operation=Operation(row["operation"]),
        status=RunStatus(row["status"]),
        failure=None if row["failure"] is None else Failure(row["failure"]),
        tags=tags,
        parent=row["parent"],
        created=moment(row["created_at"]),
        started=_moment(row["started_at"]),
        ended=_moment(row["ended_at"]),
        attempts=row["attempts"],
        stop_asked=row["stop_asked"],
        start=dt.date.fromisoformat(row["start"]),
        days=row["days"],
        objective=row["objective"],
        floor=row["floor"],
        bound=row["bound"],
        gap=row["gap"],
        purged=row["purged_at"] is not None,
        external=json.loads(row["external"]),
    )


def etag_of(row: RowMapping) -> str:
    """Changes with everything that is told of a run."""
    return f'"{row["id"]}.{row["last_event"]}"'


def _moment(milliseconds: int | None) -> dt.datetime | None:
    return None if milliseconds is None else moment(milliseconds)
