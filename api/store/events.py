"""The events of a run, numbered from 1 on without gaps."""

from sqlalchemy import Connection, insert, select, update

from api.store.tables import EVENTS, RUNS
from api.wire.events import Event


def tell(connection: Connection, run: str, event: Event, now: int) -> int:
    """Add an event; returns its number."""
    connection.execute(
        update(RUNS).where(RUNS.c.id == run).values(last_event=RUNS.c.last_event + 1)
    )
    number = connection.execute(select(RUNS.c.last_event).where(RUNS.c.id == run)).scalar_one()
    body = event.model_dump_json()
    connection.execute(insert(EVENTS).values(run=run, number=number, at=now, body=body))
    return int(number)


def after(connection: Connection, run: str, number: int, limit: int) -> list[tuple[int, str]]:
    """The next events after that number, each with its own number, as JSON."""
    asked = (
        select(EVENTS.c.number, EVENTS.c.body)
        .where(EVENTS.c.run == run, EVENTS.c.number > number)
        .order_by(EVENTS.c.number)
        .limit(limit)
    )
    return [(row.number, row.body) for row in connection.execute(asked)]
