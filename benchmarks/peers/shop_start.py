"""The week filled by hand as a first solution for PyJobShop."""

from collections.abc import Iterable

from pyjobshop import Solution  # type: ignore[import-untyped]
from pyjobshop.ProblemData import Mode, ProblemData, Task  # type: ignore[import-untyped]
from pyjobshop.Solution import ScheduledTask  # type: ignore[import-untyped]

from benchmarks.peers.shop_model import Job, ShopModel
from engine.schedule import Placement
from engine.units import to_minutes

NOWHERE = ScheduledTask(-1, [], 0, 0, present=False)


def first_solution(
    model: ShopModel, data: ProblemData, placements: Iterable[Placement]
) -> Solution:
    """The solution in which every visit is where the placements have it."""
    given = {placement.visit: placement for placement in placements}
    number_of = {id(mode): number for number, mode in enumerate(data.modes)}
    tasks = {id(task): number for number, task in enumerate(data.tasks)}
    found = [NOWHERE] * len(data.tasks)

    def put(task: Task, mode: Mode, start: int) -> None:
        scheduled = ScheduledTask(number_of[id(mode)], mode.resources, start, start + mode.duration)
        found[tasks[id(task)]] = scheduled

    for job in model.jobs.values():
        placement = given.get(job.visit.id)
        day = None if placement is None else placement.date
        put(job.price[0], job.price[1][day], 0)
        if placement is not None:
            for task, mode, start in _times(model, job, placement):
                put(task, mode, start)
    return Solution(data, found)


def _times(model: ShopModel, job: Job, placement: Placement) -> Iterable[tuple[Task, Mode, int]]:
    """Every task of a placed visit with its mode and start."""
    practice = model.problem.practice
    chair_rows = {chair.id: row for row, chair in enumerate(practice.chairs)}
    staff_rows = {person.id: row for row, person in enumerate(practice.staff)}
    doctor_rows = {doctor.id: row for row, doctor in enumerate(model.problem.doctors)}
    minute = to_minutes(placement.start)
    start = model.step(placement.date, minute)
    seats = {segment.stage: segment for segment in placement.segments}
    stages = model.openings.occupancy.stages(job.visit)
    chosen: dict[int, Mode] = {}
    for stage, task, modes in job.chairs:
        chair = seats[stage].chair
        assert chair is not None
        chosen[stage] = modes[model.chairs_like(chair_rows[chair]).row]
        yield task, chosen[stage], start + stages[stage].start // model.grid
    for stage, task, modes in job.staff:
        person = seats[stage].staff
        assert person is not None
        mode = modes[model.people_like(staff_rows[person]).row]
        yield task, mode, start + stages[stage].start // model.grid
    for stage, task, ways in job.check_ins:
        for day, allowed, mode, chairs in ways:
            fits = day == placement.date and minute in allowed
            if fits and (not chairs or any(chosen[stage] is chair for chair in chairs)):
                yield task, mode, start
    moments = [segment for segment in placement.segments if segment.doctor_time]
    for segment, (task, modes) in zip(moments, job.doctor, strict=True):
        assert segment.doctor is not None
        at = model.step(placement.date, to_minutes(segment.start))
        yield task, modes[doctor_rows[segment.doctor]], at
    for task, mode in job.whole:
        yield task, mode, start
