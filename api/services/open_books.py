"""The book of a run, opened for a caller: that of the version which the store has.

What is true is in the store. Another server's hold gives the store's book another version, and the
book of this server is then brought up to date.

Two clocks. The moment that a request names (`now`, else the `as_of` of the question) is what is
planned for: no earlier time is offered or held. How long a hold lasts is told by the clock of the
service alone, so that nobody ends another one's hold by what he asks; looking changes nothing.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping

from api.clock import now_ms
from api.services.book_shelf import OpenRun
from api.services.read import read_answered, row_of
from api.services.service import Service
from api.services.taken_times import bring_up_to_date, take_in, take_out
from api.store import audit, holds, runs
from api.store.callers import Caller
from api.store.holds import HoldState, KeptHold
from api.wire.refusal import Refusal, purged
from api.wire.status import FINAL
from engine.certificate.certificate import Certificate, PriceLine
from engine.filling.openings.open_book import OpenBook
from engine.practice import Problem


@dataclass(slots=True)
class Changing:
    """The book of a run in a transaction in which nobody else changes it.

    What is kept and changed here is so in the store and in the book. `now`: what is planned for;
    `clock`: the service's, in milliseconds since 1970.
    """

    book: OpenBook
    now: dt.datetime
    clock: int
    connection: Connection
    entry: OpenRun

    def hold_of(self, visit: str) -> KeptHold | None:
        """What is held or committed for a visit."""
        return next((one for one in self.entry.taken.values() if one.hold.visit.id == visit), None)

    def keep(self, kept: KeptHold) -> None:
        """A hold that the book has just given."""
        self.entry.version = holds.keep(self.connection, kept, self.clock)
        take_in(self.entry, kept)

    def change(self, kept: KeptHold, state: HoldState) -> None:
        """A hold is committed or released."""
        self.entry.version = holds.change(self.connection, kept, state)
        if state is HoldState.RELEASED:
            take_out(self.entry, kept)
        else:
            take_in(self.entry, replace(kept, state=state))


@contextmanager
def looking(
    service: Service, caller: Caller, run: str, now: dt.datetime | None
) -> Iterator[tuple[OpenBook, dt.datetime]]:
    """The book of a run to be read, and the moment. Refusal (404, 409) where there is none."""
    entry = _entry_of(service, caller, run)
    with entry.lock, _whole(entry):
        with service.database.reading() as connection:
            opened = _opened(service, connection, caller, run, entry, now, now_ms())
        yield opened


@contextmanager
def changing(
    service: Service, caller: Caller, run: str, now: dt.datetime | None
) -> Iterator[Changing]:
    """The same to be changed; all of it is undone where it is broken off.

    Whoever refuses has the book as it was before.
    """
    entry = _entry_of(service, caller, run)
    with entry.lock, _whole(entry):
        clock = now_ms()
        with service.database.reading() as connection:
            # The long part, while others may write.
            _, moment = _opened(service, connection, caller, run, entry, now, clock)
            ended = holds.over(connection, run, clock)
        if ended:
            _write_down_ends(service, caller, run, clock)
        try:
            with service.database.writing() as connection:
                version = holds.version_of(connection, run, locked=True)
                book = _fresh(connection, run, entry, version, clock)
                yield Changing(book, moment, clock, connection, entry)
        except BaseException:
            entry.version = -1  # what was released or kept here may not be so in the store
            raise


def _write_down_ends(service: Service, caller: Caller, run: str, clock: int) -> None:
    """Holds that ended by themselves are released in the store, whatever becomes of the request."""
    with service.database.writing() as connection:
        holds.version_of(connection, run, locked=True)
        for one in holds.over(connection, run, clock):
            holds.change(connection, one, HoldState.RELEASED)
            audit.note_by_itself(connection, caller.practice, "hold-end", run, clock)


@contextmanager
def _whole(entry: OpenRun) -> Iterator[None]:
    """After anything but a refusal the book may be half changed: it is made anew then."""
    try:
        yield
    except Refusal:
        raise
    except BaseException:
        entry.book = None
        raise


def _entry_of(service: Service, caller: Caller, run: str) -> OpenRun:
    """The run's place on the shelf; what the caller may not see takes nobody's place there."""
    if run not in service.books:
        with service.database.reading() as connection:
            row_of(connection, caller, run)
    return service.books.of(run)


def _opened(
    service: Service,
    connection: Connection,
    caller: Caller,
    run: str,
    entry: OpenRun,
    now: dt.datetime | None,
    clock: int,
) -> tuple[OpenBook, dt.datetime]:
    row = _ended_row(connection, caller, run, entry)
    problem = _question_of(service, caller, run, entry)
    return _fresh(connection, run, entry, row["book_version"], clock), now or problem.as_of


def _ended_row(connection: Connection, caller: Caller, run: str, entry: OpenRun) -> RowMapping:
    row = row_of(connection, caller, run)
    if row["status"] not in FINAL:
        raise Refusal(409, "not-ended", "The run still goes on; its book is not settled.")
    if row["purged_at"] is not None:
        entry.forget()
        raise purged()
    return row


def _question_of(service: Service, caller: Caller, run: str, entry: OpenRun) -> Problem:
    """The question of a run that has ended, whoever asked for it before."""
    if entry.problem is None or entry.schedule is None:
        answered = read_answered(service, caller, run)
        entry.prices = _prices_of(service, run)
        entry.problem, entry.schedule = answered.problem, answered.schedule
    return entry.problem


def _prices_of(service: Service, run: str) -> tuple[PriceLine, ...]:
    """What chairs, people and doctor time were worth to the run."""
    with service.database.reading() as connection:
        papers = runs.certificate_of(connection, run)
    return () if papers is None else Certificate.model_validate_json(papers).prices


def _fresh(connection: Connection, run: str, entry: OpenRun, version: int, clock: int) -> OpenBook:
    ended = any(one.is_over(clock) for one in entry.taken.values())
    if entry.book is not None and entry.version == version and not ended:
        return entry.book
    return bring_up_to_date(entry, holds.taken(connection, run, clock), version)
