"""Parts of the published office of eight chairs, small enough for paper."""

import datetime as dt

from benchmarks.published_office import DAY_TYPE, THURSDAY, office
from engine.model_day.design.slots import Slot, slot_of
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.practice import OpenHours, Problem, Weekday


def short_office(chairs: int, minutes: int, **changes: object) -> tuple[Problem, TypeFacts]:
    """The same with fewer chairs, each with its assistant, open from 8 on; `changes`: practice."""
    problem = office()
    practice = problem.practice
    end = (dt.datetime.combine(THURSDAY, dt.time(8)) + dt.timedelta(minutes=minutes)).time()
    new = {
        "chairs": practice.chairs[:chairs],
        "staff": practice.staff[: chairs + 1],
        "hours": (OpenHours(weekday=Weekday.THU, start=dt.time(8), end=end),),
    }
    changed = problem.model_copy(update={"practice": practice.model_copy(update=new | changes)})
    return changed, facts_of(changed, DAY_TYPE)


def places(problem: Problem, **counts: int) -> dict[Slot, int]:
    """So many places of each procedure."""
    return {
        slot_of(problem.practice, problem.procedures[code]): count for code, count in counts.items()
    }
