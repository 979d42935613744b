"""One day, once: first come, first served at the doctor, in planned order at chairs and people.

Nobody is seated before the appointed time or before coming; a stage begins when its chair and its
person are done with those planned before it; an assistant stays while the doctor is awaited. A
doctor takes whoever has been ready longest. Those who do not come take no time.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from engine.day_run.day_plan import DayPlan, PlannedStage, PlannedVisit
from engine.day_run.draws import VisitDraw
from engine.units import Interval

LATE_MINUTES = 15.0
"""A day runs late when its last visit ends more than so many minutes after the plan's last one."""


def runs_late(late_by: float) -> bool:
    """The one meaning of a late day, for schedules and for simulated years."""
    return late_by > LATE_MINUTES


@dataclass(frozen=True, slots=True)
class DayOutcome:
    """Minutes. `seat_waits`: from the appointed time (or coming late) to the chair, by visit.

    `room_waits`: from the end in one room to the beginning in the next, by visit. `doctor_waits`:
    in the chair, waiting for the doctor, by visit. `doctor_busy`: what the doctors worked;
    `doctor_idle`: their time between first and last patient without one; `overtime`: what of their
    work lies outside their working time. `late_by`: last visit's end less that of the plan, which
    counts everybody who was expected, also those who did not come.
    """

    seat_waits: tuple[float, ...]
    room_waits: tuple[float, ...]
    doctor_waits: tuple[float, ...]
    doctor_busy: float
    doctor_idle: float
    overtime: float
    late_by: float

    @property
    def mean_wait(self) -> float:
        """Minutes of waiting for each patient who came: before the chair, in it, and between."""
        came = len(self.seat_waits)
        total = sum(self.seat_waits) + sum(self.room_waits) + sum(self.doctor_waits)
        return total / came if came else 0.0


@dataclass(slots=True)
class _Job:
    """A stage under way: what it still waits for, and who waits for it.

    `there`: when the patient is there for it; `ready`: when room and person are, too.
    """

    visit: int
    stage: PlannedStage
    factors: tuple[float, ...]
    there: float
    ready: float
    waits_for: int = 0
    next_stage: "int | None" = None
    after: list[int] = field(default_factory=list)
    """Jobs that need this one's chair or person next."""


def run_once(plan: DayPlan, draws: dict[str, VisitDraw]) -> DayOutcome:
    """Run the day with these draws, by visit id. ValueError where factors do not fit the steps."""
    coming = [visit for visit in plan.visits if draws[visit.id].comes]
    return _Run(coming, draws, plan).outcome()


class _Run:
    def __init__(
        self, visits: list[PlannedVisit], draws: dict[str, VisitDraw], plan: DayPlan
    ) -> None:
        self.plan, self.visits = plan, visits
        self.jobs: list[_Job] = []
        self.seat_waits, self.room_waits, self.doctor_waits = (
            [0.0] * len(visits) for _ in range(3)
        )
        self.since = [max(v.start, v.start - draws[v.id].early) for v in visits]
        self.free: dict[str, float] = {}
        self.served: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.requests: list[tuple[float, int, int]] = []
        self.last_end = 0.0
        for index, visit in enumerate(visits):
            self._add(index, visit, draws[visit.id].factors)
        self._queue_up(lambda stage: stage.chair)
        self._queue_up(lambda stage: stage.staff)

    def outcome(self) -> DayOutcome:
        # Listed before the first one begins: one that ends at once lets others begin, too.
        for index in [at for at, job in enumerate(self.jobs) if job.waits_for == 0]:
            self._begin(index)
        while self.requests:
            asked, index, step = heappop(self.requests)
            self._serve(asked, index, step)
        return DayOutcome(
            tuple(self.seat_waits),
            tuple(self.room_waits),
            tuple(self.doctor_waits),
            sum(end - start for spans in self.served.values() for start, end in spans),
            sum(map(_idle, self.served.values())),
            sum(_outside(self.served[name], working) for name, working in self.plan.working),
            self.last_end - self.plan.end if self.visits else 0.0,
        )

    def _add(self, index: int, visit: PlannedVisit, factors: tuple[float, ...]) -> None:
        if len(factors) != visit.steps:
            raise ValueError(f"visit '{visit.id}': {len(factors)} factors, {visit.steps} steps")
        position = 0
        for number, stage in enumerate(visit.stages):
            own = factors[position : position + len(stage.steps)]
            position += len(stage.steps)
            since = self.since[index]
            self.jobs.append(_Job(index, stage, own, since, since, waits_for=int(number > 0)))
            if number:
                self.jobs[-2].next_stage = len(self.jobs) - 1

    def _queue_up(self, resource_of: Callable[[PlannedStage], str | None]) -> None:
        queues: dict[str, list[int]] = defaultdict(list)
        for index, job in enumerate(self.jobs):
            if (name := resource_of(job.stage)) is not None:
                queues[name].append(index)
        for queue in queues.values():
            queue.sort(key=lambda index: (self.jobs[index].stage.start, index))
            for first, second in pairwise(queue):
                self.jobs[first].after.append(second)
                self.jobs[second].waits_for += 1

    def _begin(self, index: int) -> None:
        job = self.jobs[index]
        first = job.stage is self.visits[job.visit].stages[0]
        waits = self.seat_waits if first else self.room_waits
        waits[job.visit] += job.ready - job.there
        self._go_on(index, 0, job.ready)

    def _go_on(self, index: int, step: int, now: float) -> None:
        job = self.jobs[index]
        for number in range(step, len(job.stage.steps)):
            if job.stage.steps[number].doctor is not None:
                heappush(self.requests, (now, index, number))
                return
            now += job.stage.steps[number].minutes * job.factors[number]
        self.last_end = max(self.last_end, now)
        released = now + job.stage.turnover
        waiting = [(later, released) for later in job.after]
        if job.next_stage is not None:
            self.jobs[job.next_stage].there = now
            waiting.append((job.next_stage, now))
        for later, moment in waiting:
            other = self.jobs[later]
            other.ready = max(other.ready, moment)
            other.waits_for -= 1
            if other.waits_for == 0:
                self._begin(later)

    def _serve(self, asked: float, index: int, number: int) -> None:
        job = self.jobs[index]
        step = job.stage.steps[number]
        assert step.doctor is not None
        begin = max(asked, self.free.get(step.doctor, 0.0))
        end = begin + step.minutes * job.factors[number]
        self.doctor_waits[job.visit] += begin - asked
        self.free[step.doctor] = end
        self.served[step.doctor].append((begin, end))
        self._go_on(index, number + 1, end)


def _idle(spans: list[tuple[float, float]]) -> float:
    """Time without a patient between the first and the last one; services do not overlap."""
    return spans[-1][1] - spans[0][0] - sum(end - start for start, end in spans) if spans else 0.0


def _outside(spans: list[tuple[float, float]], working: tuple[Interval, ...]) -> float:
    """Minutes of the spans that lie in no working interval."""
    inside = sum(
        max(0.0, min(end, until) - max(start, since))
        for start, end in spans
        for since, until in working
    )
    return sum(end - start for start, end in spans) - inside
