"""The week as a job shop that PyJobShop can hold: visits as optional tasks, chairs, people.

Time runs in steps of the practice's grid from midnight of the first date. What PyJobShop has no
word for is said with what it has:

- a start on the marks, in the hours and cells: a check-in task of one step, with a mode for each
  date and kind of chair; the mode uses up a calendar, a consumable with breaks everywhere else;
- the price of a visit: a job with one task that begins at 0 and lasts as many steps as the visit
  costs points on the date chosen; the sum of flow times is the objective;
- no more of a class on a date: the check-in uses up a consumable.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
from pyjobshop import Model  # type: ignore[import-untyped]
from pyjobshop.ProblemData import (  # type: ignore[import-untyped]
    Consumable,
    Machine,
    Mode,
    Renewable,
    Task,
)

from benchmarks.peers.interval_groups import (
    Group,
    chair_groups,
    free_minutes,
    runs,
    staff_groups,
)
from benchmarks.peers.openings import Openings
from benchmarks.peers.running_price import RunningPrice
from engine.filling.lanes import Lanes, Mask, Minutes
from engine.filling.resource_starts import usable_chairs
from engine.practice import Follows, Visit
from engine.practice.calendar import model_day_on
from engine.practice.pattern import StageTime
from engine.units import MINUTES_PER_DAY
from engine.weights import MILLIPOINTS

Shared: TypeAlias = Machine | Renewable
Way = tuple[date, frozenset[int], Mode, tuple[Mode, ...]]
"""A check-in: date, minutes of the day, its mode, and the modes of the chairs it goes with."""


@dataclass
class Job:
    """The tasks of a visit: check-in (by date), price, chairs and people by stage, doctor."""

    visit: Visit
    check_in: Task
    price: tuple[Task, dict[date | None, Mode]]
    dates: dict[date, list[Mode]] = field(default_factory=dict)
    others: list[Task] = field(default_factory=list)
    check_ins: list[tuple[int, Task, list[Way]]] = field(default_factory=list)
    chairs: list[tuple[int, Task, dict[int, Mode]]] = field(default_factory=list)
    staff: list[tuple[int, Task, dict[int, Mode]]] = field(default_factory=list)
    doctor: list[tuple[Task, dict[int, Mode]]] = field(default_factory=list)
    whole: list[tuple[Task, Mode]] = field(default_factory=list)


class ShopModel:
    """A PyJobShop model of the horizon, and what is needed to read its solutions."""

    def __init__(self, openings: Openings) -> None:
        self.openings, self.problem = openings, openings.problem
        self.grid = self.problem.practice.grid_minutes
        self.day_steps = MINUTES_PER_DAY // self.grid
        self.price = RunningPrice(openings)
        self.shop = Model()
        self.jobs: dict[str, Job] = {}
        self._calendars: dict[bytes, Consumable] = {}
        self._consumables: dict[tuple[date, str], Consumable] = {}
        self._renewables: dict[str, Renewable] = {}
        dates = openings.dates
        self._chairs = self._shared(
            [chair_groups(openings, day) for day in dates],
            {day: openings.occupancy.day_book(day).chairs for day in dates},
        )
        self._staff = self._shared(
            [staff_groups(openings, day) for day in dates],
            {day: openings.occupancy.day_book(day).staff for day in dates},
        )
        self._doctors = self._shared(
            [{row: Group((row,)) for row in range(len(self.problem.doctors))} for _ in dates],
            {day: openings.occupancy.day_book(day).doctors.lanes for day in dates},
        )
        for visit in openings.visits:
            self._add_visit(visit)
        self._add_links()
        self.shop.set_objective(weight_total_flow_time=1)

    def step(self, day: date, minute: int = 0) -> int:
        """Steps from the midnight of the first date."""
        return (day - self.openings.horizon.start).days * self.day_steps + minute // self.grid

    def chairs_like(self, row: int) -> Group:
        """A chair and those like it."""
        return self._chairs[row][1]

    def people_like(self, row: int) -> Group:
        """A person and those like them."""
        return self._staff[row][1]

    def _shared(
        self, by_day: list[dict[int, Group]], lanes: dict[date, Lanes]
    ) -> list[tuple[Shared, Group]]:
        """A resource for each set of rows that are alike on all dates, by row."""
        alike: dict[tuple[Group, ...], list[int]] = defaultdict(list)
        for row in by_day[0] if by_day else ():
            alike[tuple(groups[row] for groups in by_day)].append(row)
        found: dict[int, tuple[Shared, Group]] = {}
        for rows in alike.values():
            mask = np.zeros(self.openings.horizon.days * self.day_steps, dtype=np.bool_)
            for day, own in lanes.items():
                free = free_minutes(own, rows[0]).reshape(-1, self.grid).all(axis=1)
                mask[self.step(day) : self.step(day) + self.day_steps] = free
            breaks = runs(~mask)
            resource: Shared = (
                self.shop.add_machine(breaks)
                if len(rows) == 1
                else self.shop.add_renewable(len(rows), breaks)
            )
            found.update(dict.fromkeys(rows, (resource, Group(tuple(rows)))))
        return [found[row] for row in sorted(found)]

    def _add_visit(self, visit: Visit) -> None:
        starts = {
            day: own for day in self.openings.dates if len(own := self.openings.starts(visit, day))
        }
        if not starts:
            return
        stages = self.openings.occupancy.stages(visit)
        price = self.shop.add_task(self.shop.add_job(), latest_start=0)
        job = Job(visit, self._optional(), (price, {}))
        for stage in stages:
            self._add_chair(job, stage, starts)
            self._add_staff(job, stage)
        self._add_doctor(job, stages)
        if not job.dates:
            ways: list[Way] = []
            for day, own in starts.items():
                mode = self._add_mode_on(job, job.check_in, day, own)
                ways.append((day, frozenset(own.tolist()), mode, ()))
            job.check_ins.append((0, job.check_in, ways))
        for limit in self.problem.practice.limits:
            if limit.at_once is not None and visit.procedure in limit.procedures:
                kit = self._renewable(limit.id, limit.at_once)
                self._whole(job, stages[-1].end, kit, 1)
        self._add_price(job)
        self.shop.add_select_all_or_none([job.check_in, *job.others])
        self.jobs[visit.id] = job

    def _add_chair(self, job: Job, stage: StageTime, starts: dict[date, Minutes]) -> None:
        """The stage in its chair, and the starts that each kind of chair allows."""
        if stage.chair_kind is None:
            return
        openings, kind = self.openings, self.openings.class_of(job.visit)
        rows = openings.occupancy.staffing.chair_rows(stage.chair_kind, kind)
        task, size = self._task(job, stage.start), self._steps(stage.busy_until - stage.start)
        modes: dict[int, Mode] = {}
        for row in rows.tolist():
            resource, group = self._chairs[row]
            if group.row == row:
                modes[row] = self.shop.add_mode(task, resource, size, self._demand(resource))
        check_in = self._optional() if job.dates else job.check_in
        if check_in is not job.check_in:
            job.others.append(check_in)
            self.shop.add_start_at_start(job.check_in, check_in)
        ways: list[Way] = []
        job.chairs.append((stage.index, task, modes))
        job.check_ins.append((stage.index, check_in, ways))
        for day, own in starts.items():
            book, cells = openings.occupancy.day_book(day), openings.cells(day, kind)
            usable = usable_chairs(book, cells, rows, stage, own)
            by_starts: dict[bytes, list[int]] = defaultdict(list)
            for row, fits in zip(rows.tolist(), usable, strict=True):
                if row in modes and fits.any():
                    by_starts[fits.tobytes()].append(row)
            for fits, alike in by_starts.items():
                allowed = own[np.frombuffer(fits, dtype=np.bool_)]
                mode = self._add_mode_on(job, check_in, day, allowed)
                chairs = tuple(modes[row] for row in alike)
                self.shop.add_mode_dependency(mode, list(chairs))
                ways.append((day, frozenset(allowed.tolist()), mode, chairs))

    def _add_mode_on(self, job: Job, task: Task, day: date, starts: Minutes) -> Mode:
        """A mode of a check-in: at one of these starts."""
        resources, demands = [self._calendar(day, starts)], [0]
        if task is job.check_in:
            for resource in self._counted(job.visit, day):
                resources.append(resource)
                demands.append(1)
        mode = self.shop.add_mode(task, resources, 1, demands)
        if task is job.check_in:
            job.dates.setdefault(day, []).append(mode)
        return mode

    def _add_staff(self, job: Job, stage: StageTime) -> None:
        if stage.role is None:
            return
        rows = self.openings.occupancy.staffing.staff_rows(stage.role, stage.skill).tolist()
        task, size = self._task(job, stage.start), self._steps(stage.busy_until - stage.start)
        modes: dict[int, Mode] = {}
        for row in rows:
            resource, group = self._staff[row]
            if group.row == row:
                modes[row] = self.shop.add_mode(task, resource, size, self._demand(resource))
        job.staff.append((stage.index, task, modes))

    def _add_doctor(self, job: Job, stages: tuple[StageTime, ...]) -> None:
        visit, first = job.visit, None
        rows = self.openings.occupancy.staffing.doctor_rows(visit.required_doctor, None)
        for time in (time for stage in stages for time in stage.doctor):
            task = self._optional()
            job.others.append(task)
            begin, late = self._steps(time.offset), time.float_minutes // self.grid
            self.shop.add_start_before_start(job.check_in, task, begin)
            self.shop.add_start_before_start(task, job.check_in, -begin - late)
            modes: dict[int, Mode] = {}
            for row in rows:
                resource, _ = self._doctors[row]
                modes[row] = self.shop.add_mode(task, resource, self._steps(time.minutes), 0)
            job.doctor.append((task, modes))
            if first is not None and len(rows) > 1:
                self.shop.add_identical_resources(first, task)
            first = task

    def _add_price(self, job: Job) -> None:
        """What the visit costs on each date, or without one, above its cheapest date."""
        prices = {
            day: min(self.price.personal(job.visit, day, int(hour)) for hour in range(24))
            for day in job.dates
        }
        without = self.price.without(job.visit)
        least = min(without, *prices.values())
        task, modes = job.price
        for day, price in prices.items():
            modes[day] = self.shop.add_mode(task, [], (price - least) // MILLIPOINTS)
            self.shop.add_mode_dependency(modes[day], job.dates[day])
        modes[None] = self.shop.add_mode(task, [], (without - least) // MILLIPOINTS)

    def _add_links(self) -> None:
        """Order, and patients with several visits."""
        of_patient: dict[str, list[Job]] = defaultdict(list)
        for job in self.jobs.values():
            of_patient[job.visit.patient].append(job)
            for follows in job.visit.follows:
                if follows.visit in self.jobs:
                    self._order(self.jobs[follows.visit], job, follows)
        for jobs in of_patient.values():
            if len(jobs) > 1:
                patient = self.shop.add_machine()
                for job in jobs:
                    length = self.openings.occupancy.stages(job.visit)[-1].end
                    self._whole(job, length, patient, 0, late=True)

    def _order(self, before: Job, after: Job, follows: Follows) -> None:
        """The dates by steps of whole days less a night; the gap of one day by minutes."""
        for modes in after.dates.values():
            for mode in modes:
                own = [one for modes in before.dates.values() for one in modes]
                self.shop.add_mode_dependency(mode, own)
        length = self._steps(self.openings.occupancy.stages(before.visit)[-1].end)
        half = self.day_steps // 2
        if follows.min_days:
            gap = (follows.min_days - 1) * self.day_steps + half
        else:
            gap = length + self._steps(follows.min_minutes)
        self.shop.add_start_before_start(before.check_in, after.check_in, gap)
        if follows.max_days is not None:
            most = follows.max_days * self.day_steps + half
            self.shop.add_start_before_start(after.check_in, before.check_in, -most)

    def _whole(
        self, job: Job, minutes: int, resource: Shared, demand: int, late: bool = False
    ) -> None:
        """A task over the whole visit; `late`: after the visit's all-or-none was written."""
        task = self._task(job, 0)
        job.whole.append((task, self.shop.add_mode(task, resource, self._steps(minutes), demand)))
        if late:
            self.shop.add_select_all_or_none([job.check_in, task])

    def _task(self, job: Job, offset: int) -> Task:
        task = self._optional()
        job.others.append(task)
        self.shop.add_start_at_start(job.check_in, task, self._steps(offset))
        return task

    def _optional(self) -> Task:
        return self.shop.add_task(
            optional=True, latest_end=self.openings.horizon.days * self.day_steps
        )

    def _steps(self, minutes: int) -> int:
        return -(-minutes // self.grid)

    def _demand(self, resource: Shared) -> int:
        return int(isinstance(resource, Renewable))

    def _calendar(self, day: date, starts: Minutes) -> Consumable:
        mask: Mask = np.zeros(self.openings.horizon.days * self.day_steps, dtype=np.bool_)
        mask[self.step(day) + starts // self.grid] = True
        key = mask.tobytes()
        if key not in self._calendars:
            count = len(self.openings.visits)
            self._calendars[key] = self.shop.add_consumable(count, runs(~mask))
        return self._calendars[key]

    def _counted(self, visit: Visit, day: date) -> list[Consumable]:
        """What a visit uses up of a date: quota of its class, kits."""
        practice, book = self.problem.practice, self.openings.occupancy.day_book(day)
        model_day, kind = model_day_on(practice, day), self.openings.class_of(visit)
        caps: dict[str, int] = {}
        for quota in model_day.quotas if model_day is not None else ():
            if quota.procedure_class == kind and quota.at_most is not None:
                caps["quota " + kind] = quota.at_most - book.by_class[kind]
        for limit in practice.limits:
            if visit.procedure in limit.procedures and limit.per_day is not None:
                caps["limit " + limit.id] = limit.per_day - book.by_limit[limit.id]
        for name, cap in caps.items():
            if (day, name) not in self._consumables:
                self._consumables[day, name] = self.shop.add_consumable(max(0, cap))
        return [self._consumables[day, name] for name in caps]

    def _renewable(self, name: str, capacity: int) -> Renewable:
        if name not in self._renewables:
            self._renewables[name] = self.shop.add_renewable(capacity)
        return self._renewables[name]
