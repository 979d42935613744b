"""Times given to callers since a schedule was made, laid over it and into the book of its question.

A caller gets a time between two fills. Whatever is asked of the schedule later, it is asked of the
book in which that time is taken.
"""

from collections.abc import Iterable

from engine.filling.list_inherited import list_inherited
from engine.filling.plan_as_book import as_booking
from engine.practice import Problem
from engine.schedule import Hold, Schedule


def take_times(
    problem: Problem, schedule: Schedule, holds: Iterable[Hold]
) -> tuple[Problem, Schedule]:
    """The question in which these times are booked and stay, and the schedule that has them.

    A visit that has another time in the schedule gives that one up; one that waited waits no
    longer. `holds`: of dates of the schedule, at most one for each visit.
    """
    taken = {hold.visit.id: hold for hold in holds}
    if not taken:
        return problem, schedule
    known = problem.all_visits
    callers = tuple(hold.visit for name, hold in taken.items() if name not in known)
    asking = problem.model_copy(update={"visits": (*problem.visits, *callers)})
    booked = (as_booking(asking, hold.placement, movable=False) for hold in taken.values())
    others = (one for one in problem.bookings if one.visit.id not in taken)
    question = problem.model_copy(
        update={
            "bookings": (*others, *booked),
            "visits": tuple(visit for visit in problem.visits if visit.id not in taken),
        }
    )
    placed = (one for one in schedule.placements if one.visit not in taken)
    laid = schedule.model_copy(
        update={
            "placements": (*placed, *(hold.placement for hold in taken.values())),
            "unplaced": tuple(one for one in schedule.unplaced if one.visit not in taken),
            "displaced": tuple(name for name in schedule.displaced if name not in taken),
        }
    )
    return question, list_inherited(question, laid)
