"""Holds the accepted part of a schedule against the book as it is now."""

from api.clock import now_ms
from api.services.preconditions import demand_match
from api.services.read import read_answered, row_of
from api.services.service import Service
from api.store import audit
from api.store.callers import Caller
from api.wire.fork import Accepted, AcceptRequest
from api.wire.parsing import parse
from engine.filling.carry_over import carry_over
from engine.practice import Problem
from engine.problems import PracticeProblemsError, Severity
from engine.validation import put_aside


def accept(
    service: Service, caller: Caller, run: str, body: bytes, if_match: str | None = None
) -> Accepted:
    """What is valid, stale and clashing, and a schedule of the book of now around what is valid.

    Nothing is written into any book: the practice's own software has it.
    """
    request = parse(AcceptRequest, body)
    with service.database.reading() as connection:
        demand_match(row_of(connection, caller, run), if_match)
    answered = read_answered(service, caller, run)
    horizon = answered.schedule.horizon
    problem, faults = put_aside(_as_it_is_now(answered.problem, request), horizon)
    if any(fault.severity is Severity.REFUSED for fault in faults):
        raise PracticeProblemsError(
            fault for fault in faults if fault.severity is not Severity.NOTE
        )
    wanted = request.visits
    if wanted is None:  # every visit that the run gave a time, whatever became of it
        given = answered.schedule.placement_of
        wanted = tuple(visit.id for visit in answered.problem.visits if visit.id in given)
    found = carry_over(problem, horizon, answered.schedule, wanted)
    with service.database.writing() as connection:
        audit.note(connection, caller, "accept", run, now_ms())
    return Accepted(
        valid=found.valid, stale=found.stale, clashing=found.clashing, schedule=found.schedule
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
