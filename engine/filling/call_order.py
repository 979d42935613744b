"""In which order a coordinator goes through the list."""

from random import Random
from typing import Literal

from engine.practice import Horizon, Problem, Visit

Order = Literal["list", "due", "random"]


def call_order(problem: Problem, horizon: Horizon, order: Order, seed: int) -> tuple[Visit, ...]:
    """The visits to place: as listed, by due date, or shuffled by the seed.

    A visit that another one follows is called before it, and they are called together: the
    follower comes as soon as the last of the visits it follows has had its turn.
    """
    listed = list(problem.visits_for(horizon))
    if order == "due":
        listed.sort(key=lambda visit: visit.due)
    elif order == "random":
        Random(seed).shuffle(listed)
    by_id = {visit.id: visit for visit in listed}
    called: dict[str, Visit] = {}

    def call(visit: Visit, waiting: frozenset[str]) -> None:
        if visit.id in called or visit.id in waiting:
            return
        for follows in visit.follows:
            if follows.visit in by_id:
                call(by_id[follows.visit], waiting | {visit.id})
        called[visit.id] = visit

    for visit in listed:
        call(visit, frozenset())
    return tuple(called.values())
