"""Schedules as a method offers them: stamped at once, judged and priced when the run is over.

Judging waits because it takes time that would be taken from the method's limit. Offers are kept
packed, so that a method is not charged for the memory of its earlier schedules.
"""

import pickle
import time
import zlib
from dataclasses import dataclass, field

from benchmarks.records import Point
from engine.checker import check
from engine.kpi import measure, objective_points
from engine.practice import Problem
from engine.result import KpiValue
from engine.schedule import Schedule

GRACE_SHARE, GRACE_SECONDS = 0.02, 1.0
"""An answer counts until the limit, and this much longer for handing it over."""
MOST_JUDGED = 30
"""Schedules of one run that are judged: the first that passes, the last, and some between."""


class Offers:
    """Takes schedules; the clock starts when it is made, just before the method is called.

    `take_late`: keep late ones too, because the method's trace says when they were found.
    """

    def __init__(self, limit: float, *, take_late: bool = False) -> None:
        self.take_late = take_late
        self.began = time.perf_counter()
        self.latest = limit * (1 + GRACE_SHARE) + GRACE_SECONDS
        self.packed: list[tuple[float, bytes]] = []
        self.late = 0
        self._closed: float | None = None

    def seconds(self) -> float:
        """Seconds since the method was called, or that it took once it has come back."""
        return (self._closed or time.perf_counter()) - self.began

    def close(self) -> None:
        """The method has come back."""
        self._closed = time.perf_counter()

    def __call__(self, schedule: Schedule) -> None:
        """Keep a schedule with its time; one that comes after the limit is only counted."""
        now = self.seconds()
        if now > self.latest and not self.take_late:
            self.late += 1
            return
        self.packed.append((now, zlib.compress(pickle.dumps(schedule), 1)))


@dataclass(slots=True)
class Judged:
    """What is left of the offers: accepted ones in order of time, each better than before."""

    points: list[Point] = field(default_factory=list)
    schedule: Schedule | None = None
    objective: float | None = None
    kpis: tuple[KpiValue, ...] = ()
    count: int = 0
    refusals: list[str] = field(default_factory=list)


def judge(problem: Problem, offers: Offers) -> Judged:
    """Checks and prices the offers; a refused schedule counts as none."""
    judged = Judged()
    chosen = to_judge(len(offers.packed))
    for number in chosen:
        _judge_one(problem, judged, *offers.packed[number])
    # Where none of them passes, whatever was passed over may still be right.
    others = (number for number in range(len(offers.packed)) if number not in chosen)
    while judged.schedule is None and (number := next(others, -1)) >= 0:
        _judge_one(problem, judged, *offers.packed[number])
    return judged


def to_judge(count: int) -> list[int]:
    """Numbers of the offers to judge: all, or first, last and evenly between."""
    if count <= MOST_JUDGED:
        return list(range(count))
    return sorted({round(k * (count - 1) / (MOST_JUDGED - 1)) for k in range(MOST_JUDGED)})


def _judge_one(problem: Problem, judged: Judged, seconds: float, packed: bytes) -> None:
    schedule: Schedule = pickle.loads(zlib.decompress(packed))
    judged.count += 1
    report = check(problem, schedule)
    if not report.ok:
        judged.refusals.append("; ".join(v.sentence for v in report.violations[:2]))
        return
    kpis = measure(problem, schedule)
    objective = objective_points(kpis)
    if judged.objective is None or objective < judged.objective:
        judged.schedule, judged.objective, judged.kpis = schedule, objective, kpis
        judged.points.append(Point(seconds=round(seconds, 3), objective=objective))
