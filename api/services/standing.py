"""The plan of a run as it stands now: its schedule, with the times given to callers since.

What is committed or held through openings is booked here, for whatever is asked of the plan: a
page, a table, a fork, a refill, a repair. The run's own answer stays as it was published.
"""

from dataclasses import replace

from api.clock import now_ms
from api.services.read import Answered, read_answered
from api.services.service import Service
from api.store import holds
from api.store.callers import Caller
from engine.filling.take_times import take_times
from engine.schedule import Hold


def read_standing(service: Service, caller: Caller, run: str) -> Answered:
    """The plan with its question. Refusal (409) where the run has no schedule, or none yet."""
    answered = read_answered(service, caller, run)
    given = given_times(service, run)
    if not given:
        return answered
    problem, schedule = take_times(answered.problem, answered.schedule, given)
    return replace(answered, problem=problem, schedule=schedule, as_published=False)


def given_times(service: Service, run: str) -> tuple[Hold, ...]:
    """What is committed in the book of a run, and what is held there at this moment."""
    with service.database.reading() as connection:
        return tuple(kept.hold for kept in holds.taken(connection, run, now_ms()))
