"""Offers, holds and commits times of a run's book, and names who could take a free one."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from api.clock import moment
from api.services.open_books import changing, looking
from api.services.service import Service
from api.store import audit, holds
from api.store.callers import Caller
from api.store.holds import HoldState, KeptHold
from api.wire.etags import names
from api.wire.openings import (
    CommitRequest,
    Committed,
    FillHoleRequest,
    HeldTime,
    HoldRequest,
    HoleFillers,
    Recommended,
    RecommendRequest,
)
from api.wire.parsing import parse
from api.wire.refusal import Refusal
from engine.filling.openings.answers import Candidate
from engine.filling.openings.hole import candidates_for, taken_by
from engine.filling.openings.open_book import OpenBook, TakenError
from engine.filling.short_notice import Hole, hole_of
from engine.practice import Booking, Visit
from engine.units import to_minutes

_MINUTE_MS = 60_000


def recommend(service: Service, caller: Caller, body: bytes) -> Recommended:
    """The best times for one visit."""
    request = parse(RecommendRequest, body)
    with looking(service, caller, request.run, request.now) as (book, now):
        visit = _visit_of(book, request.visit_id, request.visit)
        with _taken_out(book, visit):
            found = book.best(visit, now, request.count, protect=request.protect)
    service.reads.note(caller, "recommend", request.run)
    return Recommended(openings=found)


def fill_hole(service: Service, caller: Caller, body: bytes) -> HoleFillers:
    """Who could take a time that has become free."""
    request = parse(FillHoleRequest, body)
    with looking(service, caller, request.run, request.now) as (book, now):
        found = _fillers(request, book, now)
    service.reads.note(caller, "fill-hole", request.run)
    return HoleFillers(candidates=found)


def hold(service: Service, caller: Caller, body: bytes) -> tuple[HeldTime, str]:
    """Keep a time for the caller, and the ETag of the hold. Refusal (409) where it is taken."""
    request = parse(HoldRequest, body)
    with changing(service, caller, request.run, request.now) as change:
        book, now = change.book, change.now
        visit = _visit_of(book, request.visit_id, request.visit)
        if change.hold_of(visit.id) is not None:
            detail = "A time is held or committed for this visit already; give it back first."
            raise Refusal(409, "held-already", detail)
        before = book.occupancy.placements.get(visit.id)
        if before is not None:
            book.release(visit.id)
        until = now + dt.timedelta(minutes=request.minutes)
        try:
            made = book.hold(visit, request.date, to_minutes(request.start), now=now, until=until)
        except TakenError:
            if before is not None:
                book.restore(before)
            raise Refusal(409, "taken", "The time is taken, or does not suit the visit.") from None
        kept = KeptHold(
            id=f"hold_{token_hex(12)}",
            run=request.run,
            state=HoldState.HELD,
            hold=made,
            ends_at=change.clock + request.minutes * _MINUTE_MS,
        )
        change.keep(kept)
        audit.note(change.connection, caller, "hold", request.run, change.clock)
    return HeldTime(id=kept.id, hold=made, ends=moment(kept.ends_at)), etag_of(kept)


def commit(service: Service, caller: Caller, body: bytes, if_match: str | None = None) -> Committed:
    """The hold becomes a booking. Refusal: 404, 412, or 409 where it is over."""
    request = parse(CommitRequest, body)
    run = _find(service, caller, request.hold).run
    with changing(service, caller, run, request.now) as change:
        kept = holds.find(change.connection, caller.practice, request.hold)
        if kept is None or kept.is_over(change.clock):
            raise Refusal(409, "expired", "The hold is over; ask for times again.")
        if if_match is not None and not names(if_match, etag_of(kept)):
            raise Refusal(412, "changed", "The hold has changed since you looked.")
        if kept.state is HoldState.HELD:  # otherwise the same request was sent twice
            change.change(kept, HoldState.COMMITTED)
            audit.note(change.connection, caller, "commit", run, change.clock)
        return _booking(kept, change.now.date())


def release(service: Service, caller: Caller, name: str) -> None:
    """Give back what is held, or what was committed."""
    run = _find(service, caller, name).run
    with changing(service, caller, run, None) as change:
        kept = holds.find(change.connection, caller.practice, name)
        if kept is None or kept.is_over(change.clock):
            raise _no_hold()
        change.change(kept, HoldState.RELEASED)
        audit.note(change.connection, caller, "release", run, change.clock)


def etag_of(kept: KeptHold) -> str:
    """Changes as the hold is committed or released."""
    return f'"{kept.id}.{kept.state.value}"'


def _fillers(request: FillHoleRequest, book: OpenBook, now: dt.datetime) -> tuple[Candidate, ...]:
    if request.visit_id is None:
        hole = _hole_of(request, book)
        if taken_by(book, hole):
            raise Refusal(409, "taken", "Somebody sits in that chair then.")
        return candidates_for(book, hole, now, request.count)
    visit = _visit_of(book, request.visit_id, None)
    placed = book.occupancy.placements.get(visit.id)
    if placed is None:
        raise Refusal(409, "no-time", "The visit has no time that could be free.")
    with _taken_out(book, visit):
        found = candidates_for(book, hole_of(placed, visit), now, request.count + 1)
    return tuple(one for one in found if one.visit != visit.id)[: request.count]


def _find(service: Service, caller: Caller, name: str) -> KeptHold:
    with service.database.reading() as connection:
        kept = holds.find(connection, caller.practice, name)
    if kept is None:
        raise _no_hold()
    return kept


def _no_hold() -> Refusal:
    return Refusal(404, "not-found", "There is no such hold.")


def _booking(kept: KeptHold, today: dt.date) -> Committed:
    placed = kept.hold.placement
    booking = Booking(
        visit=kept.hold.visit,
        date=placed.date,
        start=placed.start,
        chair=next((one.chair for one in placed.segments if one.chair is not None), None),
        booked_on=today,
    )
    return Committed(booking=booking)


def _visit_of(book: OpenBook, named: str | None, given: Visit | None) -> Visit:
    """A visit of the run, or that of a new caller."""
    if given is not None:
        if given.procedure not in book.occupancy.problem.procedures:
            raise Refusal(422, "unknown-procedure", "The practice has no such procedure.")
        known = book.occupancy.visits.get(given.id)
        if known is not None and not known.is_same(given):
            raise Refusal(409, "id-taken", "The id is that of another visit.")
        return given
    visit = book.occupancy.visits.get(named or "")
    if visit is None:
        raise Refusal(404, "not-found", "The run has no such visit.")
    return visit


def _hole_of(request: FillHoleRequest, book: OpenBook) -> Hole:
    if request.date is None or request.start is None or request.end is None:
        raise Refusal(422, "which-hole", "Give visit_id, or date, start, end and chair.")
    if request.chair not in book.occupancy.problem.chairs:
        raise Refusal(422, "unknown-chair", "The practice has no such chair.")
    if request.date not in book.occupancy.horizon:
        raise Refusal(422, "other-dates", "The date lies outside the dates of the run.")
    start, end = to_minutes(request.start), to_minutes(request.end)
    return Hole(request.date, start, end, request.chair)


@contextmanager
def _taken_out(book: OpenBook, visit: Visit) -> Iterator[None]:
    """A visit that has a time is asked about as if it had none."""
    placed = book.occupancy.placements.get(visit.id)
    held = book.holds.get(visit.id)
    if placed is None:
        yield
        return
    book.release(visit.id)
    try:
        yield
    finally:
        book.restore(placed)
        if held is not None:
            book.holds[visit.id] = held
