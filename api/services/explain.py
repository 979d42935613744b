"""Why visits of a run have the times they have, or none."""

import datetime as dt

from api.services.service import Service
from api.services.standing import read_standing
from api.store.callers import Caller
from engine.explain.answers import WhyReport


def explain_visits(
    service: Service, caller: Caller, run: str, visits: tuple[str, ...], at: dt.datetime | None
) -> WhyReport:
    """Of these visits, or of all without a time. PracticeProblemsError for unknown ones.

    What binds is read off the schedule. Ways out are tried by the solver, which a run does. Stored
    ways out are of the published schedule: not given where times were given since.
    """
    from engine.explain.explain import WhySettings, explain

    answered = read_standing(service, caller, run)
    stored = answered.run.explanations
    if stored is not None and answered.as_published and not visits and at is None:
        return stored
    read_off = WhySettings(unlocks=0, shared=0)
    return explain(answered.problem, answered.schedule, visits, at, read_off)
