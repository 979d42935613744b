"""The events of a run that a watcher has not seen yet."""

from dataclasses import dataclass

from api.services.service import Service
from api.store import events, runs
from api.wire.status import FINAL

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One event with its number, as JSON."""

    number: int
    body: str


@dataclass(frozen=True, slots=True)
class Told:
    """The next events; `over`: nothing comes after them."""

    events: tuple[Event, ...]
    over: bool


def events_after(service: Service, run: str, number: int) -> Told:
    """Events after that number, of a run that is known to be there."""
    with service.database.reading() as connection:
        ended = runs.row_of(connection, run)["status"] in FINAL
        found = events.after(connection, run, number, _AT_ONCE)
    listed = tuple(Event(*one) for one in found)
    return Told(listed, ended and len(listed) < _AT_ONCE)
