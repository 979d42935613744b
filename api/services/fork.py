"""A run that follows from another one: its input patched, some times kept."""

import json
from typing import Any

from api.services.read import read_answered, read_input, read_run
from api.services.service import Service
from api.services.standing import given_times
from api.services.submit import submit
from api.store.callers import Caller
from api.wire.fork import ForkRequest
from api.wire.merge_patch import merge_patch
from api.wire.parsing import parse
from api.wire.refusal import Refusal
from api.wire.run import Run, RunMetadata
from api.wire.status import OF_A_SUBMISSION, Operation
from api.wire.submission import Dates, Submission
from engine.filling.hold_times import hold_times
from engine.filling.take_times import take_times
from engine.schedule import Schedule


def fork(
    service: Service, caller: Caller, run: str, body: bytes, request_key: str | None
) -> RunMetadata:
    """The new run. Raises PracticeProblemsError with every fault of the patched input."""
    request = parse(ForkRequest, body)
    parent, _ = read_run(service, caller, run)
    asked, schedule = _as_it_stands(service, caller, parent)
    document = json.loads(asked)
    submission = parse(Submission, json.dumps(_patched(document, request)).encode())
    if request.pins or request.max_moves is not None:
        if schedule is None:
            raise Refusal(409, "no-schedule", "The run has no schedule whose times could be kept.")
        problem = hold_times(submission.problem, schedule, set(request.pins), request.max_moves)
        submission = submission.model_copy(update={"problem": problem})
    start = schedule if request.warm_start else None
    if start is None and submission.held:  # only a schedule says where they are
        start = submission.schedule
    changes: dict[str, Any] = {"schedule": start, "tags": request.tags}
    changes["external"] = request.external
    if request.limits is not None:
        changes["limits"] = request.limits
    made = submission.model_copy(update=changes).model_dump_json().encode()
    return submit(service, caller, Operation.SOLVE, made, request_key, parent=run, request=body)


def _as_it_stands(service: Service, caller: Caller, parent: Run) -> tuple[bytes, Schedule | None]:
    """The parent's input and schedule, with the times that were given to callers since."""
    body, schedule = _body_of(service, caller, parent), parent.schedule
    given = () if schedule is None else given_times(service, parent.metadata.id)
    if schedule is None or not given:
        return body, schedule
    submission = Submission.model_validate_json(body)
    problem, schedule = take_times(submission.problem, schedule, given)
    booked = {hold.visit.id for hold in given}
    held = tuple(visit for visit in submission.held if visit not in booked)
    made = submission.model_copy(update={"problem": problem, "held": held})
    return made.model_dump_json().encode(), schedule


def _body_of(service: Service, caller: Caller, parent: Run) -> bytes:
    """What would be posted to ask for the parent's schedule; of a repair, the repaired day."""
    operation, run = parent.metadata.operation, parent.metadata.id
    if operation not in {Operation.REPAIR, *OF_A_SUBMISSION}:
        raise Refusal(409, "no-schedule", "The run is not about a schedule.")
    if operation is not Operation.REPAIR:
        return read_input(service, caller, run)
    answered = read_answered(service, caller, run)
    dates = Dates(start=answered.schedule.start, days=answered.schedule.days)
    made = Submission(problem=answered.problem, dates=dates, limits=answered.limits)
    return made.model_dump_json().encode()


def _patched(document: dict[str, Any], request: ForkRequest) -> dict[str, Any]:
    """The parent's input with the changes; what is wrong with them is found as it is parsed."""
    patched = merge_patch(document, request.patch)
    if not isinstance(patched, dict) or not isinstance(patched.get("problem"), dict):
        return {} if not isinstance(patched, dict) else patched
    problem = patched["problem"]
    fresh = {*request.without, *map(_id_of, (*request.visits, *request.bookings))}
    for name, more in (("visits", request.visits), ("bookings", request.bookings)):
        entries = problem.get(name)
        kept = [one for one in entries if _id_of(one) not in fresh] if _listed(entries) else entries
        problem[name] = [*(kept or []), *more] if _listed(kept) or kept is None else kept
    return patched


def _listed(value: object) -> bool:
    return isinstance(value, list)


def _id_of(entry: Any) -> str | None:
    """Of a visit, or of the visit of a booking; None where it has none, which parsing will say."""
    if not isinstance(entry, dict):
        return None
    found = entry.get("visit", entry)
    named = found.get("id") if isinstance(found, dict) else None
    return named if isinstance(named, str) else None
