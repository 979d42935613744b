"""Holds the accepted part of a schedule against the book as it is now, and fills the rest."""

from api.clock import now_ms
from api.services.preconditions import demand_match, demand_scope
from api.services.read import Answered, read_answered, row_of
from api.services.service import Service
from api.services.standing import read_standing
from api.services.submit import submit
from api.store import audit
from api.store.callers import Caller, Scope
from api.wire.fork import Accepted, AcceptRequest, Refill
from api.wire.parsing import parse
from api.wire.status import Operation
from api.wire.submission import Dates, Submission
from engine.filling.carry_over import CarriedOver, carry_over
from engine.filling.hold_times import hold_times
from engine.practice import Problem
from engine.problems import PracticeProblemsError, Severity
from engine.validation import put_aside


def accept(
    service: Service,
    caller: Caller,
    run: str,
    body: bytes,
    if_match: str | None = None,
    request_key: str | None = None,
) -> Accepted:
    """What is valid, stale and clashing, and a schedule of the book of now around what is valid.

    The book of now is the one that the request gives, whole. Where it gives none, it is that of the
    run with what was committed since, and what is held for callers at this moment. Times that the
    run holds for visits whose patients have not answered stay, as far as there is room; a booking
    that waits for the answer to a move is where the book has it.

    Nothing is written into any book: the practice's own software has it. The one who books waits
    for the answer, so the rest is filled by hand at once; a run of the engine comes after it.
    """
    request = parse(AcceptRequest, body)
    if request.refill is Refill.ENGINE:
        demand_scope(caller, Scope.SOLVE)
    with service.database.reading() as connection:
        demand_match(row_of(connection, caller, run), if_match)
    read = read_standing if request.bookings is None else read_answered
    answered = read(service, caller, run)
    horizon = answered.schedule.horizon
    asked = _as_it_is_now(answered.problem, request)
    problem, faults = put_aside(asked, horizon)
    if any(fault.severity is Severity.REFUSED for fault in faults):
        raise PracticeProblemsError(
            fault for fault in faults if fault.severity is not Severity.NOTE
        )
    wanted = request.visits
    if wanted is None:  # every visit that the run gave a time, whatever became of it
        given = answered.schedule.placement_of
        wanted = tuple(visit.id for visit in answered.problem.visits if visit.id in given)
    accepted = set(wanted)
    held = {one for one in answered.held if one in answered.problem.all_visits} - accepted
    found = carry_over(problem, horizon, answered.schedule, (*wanted, *sorted(held)))
    queued = None
    if request.refill is Refill.ENGINE:
        made = _around_the_valid(asked, found, held, request, answered).model_dump_json().encode()
        queued = submit(
            service, caller, Operation.SOLVE, made, request_key, parent=run, request=body
        )
    with service.database.writing() as connection:
        audit.note(connection, caller, "accept", run, now_ms())
    return Accepted(
        valid=tuple(one for one in found.valid if one in accepted),
        stale=tuple(one for one in found.stale if one in accepted),
        clashing=tuple(one for one in found.clashing if one in accepted),
        schedule=found.schedule,
        run=queued,
    )


def _around_the_valid(
    problem: Problem,
    found: CarriedOver,
    held: set[str],
    request: AcceptRequest,
    answered: Answered,
) -> Submission:
    """The question of the engine: the valid ones are booked, what was filled by hand is a start."""
    return Submission(
        problem=hold_times(problem, found.schedule, set(found.valid) - held),
        dates=Dates(start=found.schedule.start, days=found.schedule.days),
        limits=request.limits or answered.limits,
        schedule=found.schedule,
        held=tuple(one for one in found.valid if one in held),
        tags=request.tags,
        external=request.external,
    )


def _as_it_is_now(problem: Problem, request: AcceptRequest) -> Problem:
    bookings = problem.bookings if request.bookings is None else request.bookings
    booked = {booking.visit.id for booking in bookings}
    return problem.model_copy(
        update={
            "as_of": request.as_of or problem.as_of,
            "bookings": bookings,
            "visits": tuple(visit for visit in problem.visits if visit.id not in booked),
        }
    )
