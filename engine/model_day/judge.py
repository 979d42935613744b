"""The judge of a model day: its plan is held against the checker, and against the design's rules.

Blind to how the day was made: an example visit stands in each place, on every weekday of the day
type, and the checker of schedules says whether that day breaks a rule. What only a template has
(marks of cells, long visits at once, bonds apart, bands, holds) is counted here in clock minutes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from engine.checker import check
from engine.model_day.goals import Goals
from engine.model_day.planned import PlannedVisit
from engine.practice import (
    Cell,
    ModelDay,
    ModelDayDate,
    Problem,
    Purpose,
    Role,
    Visit,
)
from engine.practice.base import Frozen
from engine.schedule import Placement, Schedule


class DesignFault(Frozen):
    """One fault of a model day. `rule`: of the checker, or one of the design."""

    rule: str
    sentence: str


def judge(
    problem: Problem,
    goals: Goals,
    model_day: ModelDay,
    planned: tuple[PlannedVisit, ...],
    dates: Iterable[dt.date],
    mark_minutes: int = 15,
) -> tuple[DesignFault, ...]:
    """Every fault, on each of the dates; empty where the day can be worked as planned."""
    found: list[DesignFault] = []
    for day in dates:
        question, schedule = as_schedule(problem, model_day, planned, day)
        report = check(question, schedule)
        found += [DesignFault(rule=one.rule, sentence=one.sentence) for one in report.violations]
    doctors = max(1, sum(person.role is Role.DOCTOR for person in problem.practice.staff))
    found += _marks(model_day, mark_minutes)
    found += _overlaps(model_day)
    found += _long_at_once(problem, goals, planned, doctors)
    found += _staggered(problem, planned, doctors)
    found += _bands(problem, goals, planned)
    found += _own_cells(problem, model_day, planned)
    return tuple(dict.fromkeys(found))


def as_schedule(
    problem: Problem, model_day: ModelDay, planned: Iterable[PlannedVisit], day: dt.date
) -> tuple[Problem, Schedule]:
    """The date with the model day and an example visit in each place: a question and its answer."""
    visits = tuple(planned)
    others = tuple(one for one in problem.practice.model_days if one.id != model_day.id)
    practice = problem.practice.model_copy(
        update={
            "model_days": (*others, model_day),
            "model_day_dates": (ModelDayDate(model_day=model_day.id, date=day),),
        }
    )
    question = Problem(
        as_of=dt.datetime.combine(day - dt.timedelta(days=60), dt.time(8)),
        practice=practice,
        policy=problem.policy,
        visits=tuple(
            Visit(id=one.id, patient=one.id, procedure=one.procedure, due=day) for one in visits
        ),
    )
    placements = tuple(Placement(visit=one.id, date=day, segments=one.segments) for one in visits)
    return question, Schedule(start=day, days=1, placements=placements)


def _minutes(clock: dt.time) -> int:
    return clock.hour * 60 + clock.minute


def _marks(model_day: ModelDay, mark: int) -> Iterator[DesignFault]:
    for cell in model_day.cells:
        if _minutes(cell.start) % mark:
            yield DesignFault(
                rule="cell_marks",
                sentence=f"cell {cell.id} begins at {cell.start:%H:%M}, off the {mark} min marks",
            )


def _overlaps(model_day: ModelDay) -> Iterator[DesignFault]:
    by_column: dict[str, list[Cell]] = defaultdict(list)
    for cell in model_day.cells:
        for column in cell.columns:
            by_column[column].append(cell)
    for column, cells in by_column.items():
        for at, one in enumerate(cells):
            for other in cells[at + 1 :]:
                if one.start < other.end and other.start < one.end:
                    yield DesignFault(
                        rule="cells_apart",
                        sentence=f"cells {one.id} and {other.id} overlap on {column}",
                    )


def _long_at_once(
    problem: Problem, goals: Goals, planned: Iterable[PlannedVisit], doctors: int
) -> Iterator[DesignFault]:
    long = []
    for one in planned:
        procedure = problem.procedures[one.procedure]
        sits = any(segment.chair is not None for segment in one.segments)
        if procedure.minutes >= goals.long_minutes and sits:
            long.append((_minutes(one.segments[0].start), _minutes(one.segments[-1].end)))
    most = goals.most_long_at_once * doctors
    for start, _ in sorted(set(long)):
        count = sum(first <= start < last for first, last in long)
        if count > most:
            yield DesignFault(
                rule="long_at_once",
                sentence=f"{count} long visits at minute {start}, at most {most} allowed",
            )


def _staggered(
    problem: Problem, planned: Iterable[PlannedVisit], doctors: int
) -> Iterator[DesignFault]:
    bonds = []
    for one in planned:
        procedure = problem.procedures[one.procedure]
        if procedure.purpose is Purpose.START:
            pieces = [segment for segment in one.segments if segment.doctor_time]
            if pieces:
                length = _minutes(pieces[0].end) - _minutes(pieces[0].start)
                start = _minutes(one.segments[0].start)
                bonds.append((start, start + length))
    for start, _ in sorted(set(bonds)):
        count = sum(first <= start < last for first, last in bonds)
        if count > doctors:
            yield DesignFault(
                rule="staggered",
                sentence=f"{count} starts begin within one doctor time at minute {start}",
            )


def _bands(
    problem: Problem, goals: Goals, planned: Iterable[PlannedVisit]
) -> Iterator[DesignFault]:
    bands: dict[str, list[tuple[dt.time, dt.time]]] = defaultdict(list)
    for band in goals.bands:
        bands[band.procedure_class].append((band.start, band.end))
    for one in planned:
        own = bands.get(problem.procedures[one.procedure].procedure_class)
        start, end = one.segments[0].start, one.segments[-1].end
        if own and not any(first <= start and end <= last for first, last in own):
            yield DesignFault(
                rule="bands",
                sentence=f"{one.id} ({one.procedure}) lies at {start:%H:%M}, outside its band",
            )


def _own_cells(
    problem: Problem, model_day: ModelDay, planned: Iterable[PlannedVisit]
) -> Iterator[DesignFault]:
    """Each place lies in a cell of its class; what is held in a hold, and nothing else there."""
    for one in planned:
        for segment in one.segments:
            if segment.chair is None:
                continue
            inside = [
                cell
                for cell in model_day.cells
                if segment.chair in cell.columns
                and cell.start <= segment.start
                and segment.end <= cell.end
                and cell.procedure_class == problem.procedures[one.procedure].procedure_class
            ]
            if not any(cell.hold == one.hold for cell in inside):
                words = "a hold of its class" if one.hold else "a cell of its class that is no hold"
                yield DesignFault(
                    rule="own_cell", sentence=f"{one.id} ({one.procedure}) does not lie in {words}"
                )
                break
