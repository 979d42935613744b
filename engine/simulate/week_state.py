"""The practice counted at the end of a week."""

import datetime as dt
from collections import Counter

from engine.simulate.clinic import Clinic
from engine.simulate.log import WeekState
from engine.simulate.patients import Stage
from engine.simulate.plans import active_plans


def state_of(clinic: Clinic, week: int) -> WeekState:
    """Everybody by stage, who is past which date, what waits. The fill is counted by its caller."""
    end = clinic.monday(week + 1)
    stages = Counter(person.stage for person in clinic.people.values())
    plans = active_plans(clinic)
    return WeekState(
        week=week,
        monday=end - dt.timedelta(days=7),
        arrived=len(clinic.people),
        by_stage={stage: stages[stage] for stage in Stage},
        past_original=sum(plan.original_ecd < end for plan in plans),
        past_current=sum(plan.current_ecd < end for plan in plans),
        waiting=sum(
            entry.visit.earliest is None or entry.visit.earliest < end
            for entry in clinic.waiting.values()
        ),
        booked=len(clinic.book),
    )
