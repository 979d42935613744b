"""The book of a run, opened for a caller: that of the version which the store has.

What is true is in the store. Another server's hold gives the store's book another version, and the
book of this server is then made anew.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, RowMapping

from api.services.book_shelf import OpenRun
from api.services.read import read_answered, row_of
from api.services.service import Service
from api.store import holds, runs
from api.store.callers import Caller
from api.store.holds import HoldState
from api.wire.refusal import Refusal, purged
from api.wire.status import FINAL
from engine.certificate.certificate import Certificate, PriceLine
from engine.filling.openings.open_book import OpenBook
from engine.practice import Problem
from engine.schedule import Hold

_FOR_EVER = dt.datetime(9999, 1, 1)


@contextmanager
def looking(
    service: Service, caller: Caller, run: str, now: dt.datetime | None
) -> Iterator[tuple[OpenBook, dt.datetime]]:
    """The book of a run to be read, and the moment. Refusal (404, 409) where there is none."""
    entry = _entry_of(service, caller, run)
    with entry.lock:
        with service.database.reading() as connection:
            row = _ended_row(connection, caller, run, entry)
            problem = _question_of(service, caller, run, entry)
            moment = now or problem.as_of
            book = _fresh(connection, run, entry, row["book_version"])
        if any(not hold.is_open(moment) for hold in book.holds.values()):
            with service.database.writing() as connection:
                _give_back(connection, run, moment)
                book = _fresh(connection, run, entry, holds.version_of(connection, run))
        yield book, moment


@contextmanager
def changing(
    service: Service, caller: Caller, run: str, now: dt.datetime | None
) -> Iterator[tuple[OpenBook, dt.datetime, Connection]]:
    """The same in a transaction in which nobody else changes it; undone where it is broken off."""
    entry = _entry_of(service, caller, run)
    with entry.lock:
        with service.database.reading() as connection:
            row = _ended_row(connection, caller, run, entry)
            problem = _question_of(service, caller, run, entry)
            moment = now or problem.as_of
            # The long part, while others may write.
            _fresh(connection, run, entry, row["book_version"])
        try:
            with service.database.writing() as connection:
                version = holds.version_of(connection, run, locked=True)
                if _give_back(connection, run, moment):
                    version = holds.version_of(connection, run)
                yield _fresh(connection, run, entry, version), moment, connection
                version = holds.version_of(connection, run)
            entry.version = version
        except BaseException:
            entry.book = None  # it may hold what the store does not
            raise


def close_book(service: Service, run: str) -> None:
    """The book is made anew the next time."""
    entry = service.books.of(run)
    with entry.lock:
        entry.book = None


def _entry_of(service: Service, caller: Caller, run: str) -> OpenRun:
    """The run's place on the shelf; what the caller may not see takes nobody's place there."""
    if run not in service.books:
        with service.database.reading() as connection:
            row_of(connection, caller, run)
    return service.books.of(run)


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


def _give_back(connection: Connection, run: str, now: dt.datetime) -> bool:
    """Release what is held no longer. True where there was any."""
    over = [
        one
        for one in holds.taken(connection, run)
        if one.state is HoldState.HELD and not one.hold.is_open(now)
    ]
    for one in over:
        holds.change(connection, one, HoldState.RELEASED)
    return bool(over)


def _fresh(connection: Connection, run: str, entry: OpenRun, version: int) -> OpenBook:
    if entry.problem is None or entry.schedule is None:
        raise AssertionError("loaded before")
    if entry.book is None or entry.version != version:
        taken = holds.taken(connection, run)
        moved = {one.hold.visit.id for one in taken}
        entry.book = OpenBook(
            entry.problem,
            entry.schedule.horizon,
            [one for one in entry.schedule.placements if one.visit not in moved],
            entry.prices,
            holds=[_standing(one) for one in taken],
        )
        entry.version = version
    return entry.book


def _standing(kept: holds.KeptHold) -> Hold:
    """A committed time is one that is never given back."""
    if kept.state is HoldState.COMMITTED:
        return kept.hold.model_copy(update={"until": _FOR_EVER})
    return kept.hold
