"""Who takes a time that becomes free, and in which order they are asked.

One rule for a hole that is there (`engine.filling.openings.hole`) and for one that may come
(`engine.reports.backups`). Whether a patient can really come at a few hours' notice is known to the
patient alone; what is looked at here is who has asked for it, for whom it matters, and who is
likely to use the time.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.filling.lanes import Minutes
from engine.filling.occupancy import Occupancy
from engine.practice import Problem, Visit, VisitList
from engine.practice.pattern import StageTime
from engine.risk.treatment_time import days_past_ecd
from engine.schedule import Placement
from engine.units import to_minutes
from engine.yardsticks import stages_of

SHORT_NOTICE = (VisitList.ASAP, VisitList.WILL_CALL, VisitList.UNSCHEDULED)
"""Lists of patients who take what comes, the readiest first: those who asked to come sooner, then
those who gave a time back or missed it and have none now. A booking on one of them counts as well,
frozen or not: its patient asked to come sooner, and the desk, not the engine, moves it."""

LATER = (VisitList.PENDING, VisitList.RECALL, VisitList.OBSERVATION)
"""Lists of patients who wait as usual. They are asked after the others, where there is time."""

NOTICE = dt.timedelta(days=2)
"""From so much notice on, whoever waits without a time is asked, too: a day to reach the patient
and a day to arrange school or work. Below it, a visit that is simply due is not asked."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Time that is free or may become so: minutes [start, end) of a date, without turnover.

    `chair`: where it is (None: a time without a chair); `patient`: whose it was (None: nobody's);
    `doctor_minutes`: doctor time that becomes free with it.
    """

    date: dt.date
    start: int
    end: int
    chair: str | None = None
    patient: str | None = None
    doctor_minutes: int = 0

    @property
    def begin(self) -> dt.datetime:
        """When it begins."""
        return dt.datetime.combine(self.date, dt.time()) + dt.timedelta(minutes=self.start)


def hole_of(placement: Placement, visit: Visit) -> Hole:
    """The time of a placement, once its patient does not come."""
    given = sum(
        to_minutes(segment.end) - to_minutes(segment.start)
        for segment in placement.segments
        if segment.doctor_time
    )
    start, end = to_minutes(placement.start), to_minutes(placement.end)
    chair = placement.segments[0].chair
    return Hole(placement.date, start, end, chair, visit.patient, given)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that could come sooner. Minutes without turnover; `now`: its time (None: none)."""

    visit: Visit
    minutes: int
    doctor_minutes: int
    now: dt.datetime | None
    days_past_ecd: int

    @property
    def weeks_past_ecd(self) -> int:
        """Whole weeks."""
        return self.days_past_ecd // 7


Rank = tuple[int, int, float, int, dt.date, str]


def rank_of(hole: Hole, one: Waiting, chance_to_show: float) -> Rank:
    """The least is asked first.

    The readiest list; the most whole weeks past ECD; the most minutes of the hole that are expected
    to be used (chance to show times length); the least doctor time beyond what becomes free; then
    the longest due.
    """
    ready = (*SHORT_NOTICE, *LATER).index(one.visit.listed)
    used = round(chance_to_show * one.minutes, 6)
    beyond = max(0, one.doctor_minutes - hole.doctor_minutes)
    ready = min(ready, len(SHORT_NOTICE))
    return ready, -one.weeks_past_ecd, -used, beyond, one.visit.due, one.visit.id


def lists_asked(notice: dt.timedelta) -> tuple[VisitList, ...]:
    """Whom to ask when the hole begins after so much time."""
    return SHORT_NOTICE if notice < NOTICE else (*SHORT_NOTICE, *LATER)


def waiting_visits(
    problem: Problem,
    visits: Iterable[Visit],
    time_of: Callable[[Visit], dt.datetime | None],
    lists: Sequence[VisitList] = SHORT_NOTICE,
) -> Iterator[Waiting]:
    """The visits of these lists. Of those who wait as usual only visits without a time."""
    today, known = problem.as_of.date(), dict[tuple[str, int | None], tuple[int, int]]()
    for visit in visits:
        if visit.listed not in lists:
            continue
        now = time_of(visit)
        if now is not None and visit.listed in LATER:
            continue
        kind = (visit.procedure, visit.minutes)
        if kind not in known:
            stages = stages_of(problem, visit)
            doctor = sum(time.minutes for stage in stages for time in stage.doctor)
            known[kind] = (stages[-1].end, doctor)
        past = 0
        if visit.treatment is not None:
            past = max(0, days_past_ecd(visit.treatment, problem.policy.ecd, today))
        yield Waiting(visit, *known[kind], now, past)


def would_gain(hole: Hole, one: Waiting) -> bool:
    """True where the hole begins before what the visit has, and was another patient's."""
    return (one.now is None or one.now > hole.begin) and one.visit.patient != hole.patient


def starts_in(hole: Hole, visit: Visit, occupancy: Occupancy, starts: Minutes) -> Minutes:
    """Of the feasible starts of a visit: those at which it lies in the hole's time and chair."""
    inside = starts[(starts >= hole.start) & (starts + occupancy.stages(visit)[-1].end <= hole.end)]
    if hole.chair is None:
        return inside
    sits = [occupancy.could_sit(visit, hole.date, int(start), hole.chair) for start in inside]
    return inside[np.array(sits, dtype=np.bool_)]


def sooner(hole: Hole, one: Waiting, starts: Minutes) -> Minutes:
    """The starts before the time that the visit has now."""
    if one.now is None or one.now.date() != hole.date:
        return starts
    return starts[starts < to_minutes(one.now.time())]


def uses_room(problem: Problem, hole: Hole, stages: Sequence[StageTime]) -> bool:
    """False for a visit that is longer, in other rooms, or in none: the chair would stay empty."""
    if stages[-1].end > hole.end - hole.start:
        return False
    if hole.chair is None:
        return all(stage.chair_kind is None for stage in stages)
    kind = problem.chairs[hole.chair].kind
    return any(stage.chair_kind is kind for stage in stages)
