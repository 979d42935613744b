"""Who gains and who loses by a scenario, visit by visit, at the base's own prices.

One ruler for both sides: what a visit costs at its time in the base, and at its time in the
scenario. A visit that a scenario adds is nobody's gain or loss.
"""

import datetime as dt
from collections.abc import Sequence

from engine.practice import Horizon, Problem
from engine.result import Result
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Schedule
from engine.weights import MILLIPOINTS
from engine.what_if.comparison import VisitChange
from engine.yardsticks import prices_of

_WORDS = {
    "displaced_bookings": "a booked time",
    "late_weeks": "weeks past the completion date",
    "patients_past_ecd": "the chance to finish late",
    "unplaced_visits": "a time in these dates",
    "access_days": "days a new patient waits",
    "overdue_days": "overdue days",
    "lost_minutes": "minutes expected to be lost",
}


class Ruler:
    """What each visit of the base costs at any time, by KPI, millipoints."""

    def __init__(self, base: Problem, horizon: Horizon) -> None:
        self._costs = PersonalCosts(base, horizon)
        self._prices = prices_of(base)
        self.base = base

    def parts(self, visit: str, when: dt.datetime | None) -> dict[str, int]:
        """By KPI; without a time a booking counts as displaced, another visit as unplaced."""
        if when is None:
            quanta = dict(self._costs.unplaced(visit))
            gone = "displaced_bookings" if visit in self.base.booking_of else "unplaced_visits"
            quanta[gone] = 1
        else:
            quanta = self._costs.at(visit, when.date(), when.hour)
        return {kpi: count * self._prices[kpi] for kpi, count in quanta.items() if count}


def who_changes(
    base: Problem,
    horizon: Horizon,
    pairs: Sequence[tuple[Result, Result]],
    best: tuple[Result, Result],
    called: Sequence[str],
) -> tuple[VisitChange, ...]:
    """Visits of another cost in the best schedules of base and scenario.

    `pairs`: base and scenario of each seed; they say whether a gain is one in every repeat.
    """
    ruler = Ruler(base, horizon)
    before, after = (_times(result.schedule) for result in best)
    by_seed = [(_times(a.schedule), _times(b.schedule)) for a, b in pairs]
    visits = [v.id for v in base.visits_for(horizon)]
    visits += [b.visit.id for b in base.bookings if b.date in horizon]
    found = []
    for visit in visits:
        times = before.get(visit), after.get(visit)
        if times[0] == times[1]:
            continue
        old, new = (ruler.parts(visit, when) for when in times)
        won = sum(old.values()) - sum(new.values())
        if won:
            found.append(
                VisitChange(
                    visit=visit,
                    patient=base.all_visits[visit].patient,
                    procedure=base.all_visits[visit].procedure,
                    before=times[0],
                    after=times[1],
                    points=won / MILLIPOINTS,
                    why=_why(old, new),
                    always=all(_won(ruler, visit, a, b) * won > 0 for a, b in by_seed)
                    if len(by_seed) > 1
                    else None,
                    called=visit in called,
                )
            )
    return tuple(found)


def _times(schedule: Schedule | None) -> dict[str, dt.datetime]:
    placements = schedule.placements if schedule is not None else ()
    return {one.visit: dt.datetime.combine(one.date, one.start) for one in placements}


def _won(
    ruler: Ruler, visit: str, before: dict[str, dt.datetime], after: dict[str, dt.datetime]
) -> int:
    old, new = (ruler.parts(visit, times.get(visit)) for times in (before, after))
    return sum(old.values()) - sum(new.values())


def _why(old: dict[str, int], new: dict[str, int]) -> str:
    """What most of the difference is."""
    kpis = dict.fromkeys((*old, *new))
    kpi = max(kpis, key=lambda one: abs(old.get(one, 0) - new.get(one, 0)))
    return _WORDS.get(kpi, kpi.replace("_", " "))
