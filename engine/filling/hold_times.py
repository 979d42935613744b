"""The times of a schedule become bookings of the question: some fixed, the others to be kept."""

from collections.abc import Collection

from engine.practice import Booking, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.schedule import Placement, Schedule


def hold_times(
    problem: Problem, schedule: Schedule, pinned: Collection[str], max_moves: int | None = None
) -> Problem:
    """The question with what the schedule promised.

    `pinned` visits are frozen at their times. With `max_moves` all other times of the schedule
    become movable bookings, of which at most so many may move, those of the book among them.
    Raises PracticeProblemsError for every pinned visit that has no time in the schedule.
    """
    missing = sorted(set(pinned) - set(schedule.placement_of))
    if missing:
        raise PracticeProblemsError(
            PracticeProblem("pin-without-time", "pins", f"{one} has no time", "leave it out")
            for one in missing
        )
    visits = {visit.id: visit for visit in problem.visits}
    held: list[Booking] = []
    for placement in schedule.placements:
        visit = visits.get(placement.visit)
        if visit is not None and (placement.visit in pinned or max_moves is not None):
            movable = placement.visit not in pinned
            held.append(
                Booking(
                    visit=visit,
                    date=placement.date,
                    start=placement.start,
                    chair=placement.segments[0].chair,
                    movable=movable,
                    booked_on=problem.as_of.date(),
                )
            )
    gone = {booking.visit.id for booking in held}
    policy = problem.policy
    if max_moves is not None:
        policy = policy.model_copy(update={"max_moves": max_moves})
    return problem.model_copy(
        update={
            "visits": tuple(visit for visit in problem.visits if visit.id not in gone),
            "bookings": (*(_pin(one, schedule, pinned) for one in problem.bookings), *held),
            "policy": policy,
        }
    )


def _pin(booking: Booking, schedule: Schedule, pinned: Collection[str]) -> Booking:
    """A movable booking that is pinned is frozen where the schedule has it."""
    placement: Placement | None = schedule.placement_of.get(booking.visit.id)
    if placement is None or booking.visit.id not in pinned:
        return booking
    return booking.model_copy(
        update={
            "date": placement.date,
            "start": placement.start,
            "chair": placement.segments[0].chair,
            "movable": False,
        }
    )
