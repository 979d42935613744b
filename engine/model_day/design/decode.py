"""From counts to names: which column a block stands on, which doctor and assistant are meant."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.model_day.design.blocks import Block
from engine.model_day.design.day_model import DayModel, Need, Piece
from engine.model_day.design.type_facts import Crew
from engine.model_day.planned import PlannedVisit
from engine.schedule import PlacedSegment
from engine.units import Interval, to_clock

Values = npt.NDArray[np.int64]


@dataclass(slots=True)
class Seated:
    """A block of the day with its chairs: `chairs[k]` is the chair of its k-th stage in a chair."""

    block: Block
    chairs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Work:
    """Something one person of a crew does in a span; `key` says for whom."""

    key: tuple[int, int, int]
    """Seated block, slot of it, stage or piece of doctor time."""
    span: Interval


def seat_blocks(model: DayModel, values: Values) -> list[Seated]:
    """Every block on a column, beside its own class where it can be: few changes to learn."""
    seated = [Seated(block) for block, column in model.blocks for _ in range(int(values[column]))]
    seated.sort(key=lambda one: (one.block.starts[0], one.block.slot.name, one.block.count))
    ends: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    cells: dict[str, int] = defaultdict(int)
    todo = [(span[0], at, place) for at, one in enumerate(seated)
            for place, (_, span) in enumerate(one.block.places)]  # fmt: skip
    chairs: dict[tuple[int, int], str] = {}
    for start, at, place in sorted(todo):
        columns, span = seated[at].block.places[place]
        wanted = seated[at].block.slot.procedure_class
        free = [chair for chair in columns.chairs if ends[chair] <= start]
        # The same class right before, else earlier, else the column with the fewest cells so far.
        chair = max(
            free,
            key=lambda chair: (
                last.get(chair) == wanted and ends[chair] == start,
                last.get(chair) == wanted,
                -cells[chair],
                -columns.chairs.index(chair),
            ),
        )
        cells[chair] += last.get(chair) != wanted
        ends[chair], last[chair] = span[1], wanted
        chairs[at, place] = chair
    for at, one in enumerate(seated):
        one.chairs = [chairs[at, place] for place in range(len(one.block.places))]
    return seated


def plan_visits(model: DayModel, values: Values, seated: list[Seated]) -> list[PlannedVisit]:
    """An example visit in every slot, with chair, staff, doctor and the doctor's moments."""
    people = _people(model, values, seated)
    moments = _doctor_moments(model, values, seated)
    planned: list[PlannedVisit] = []
    for at, one in enumerate(seated):
        slot, order = one.block.slot, iter(one.chairs)
        chairs = [next(order) if stage.chair_kind is not None else None for stage in slot.stages]
        for number, start in enumerate(one.block.starts):
            segments: list[PlacedSegment] = []
            for stage in slot.stages:
                pieces = [
                    moments[at, number, 100 * stage.index + k] for k in range(len(stage.doctor))
                ]
                segments += _segments(
                    (start + stage.start, start + stage.end),
                    stage.index,
                    chairs[stage.index],
                    people.get((at, number, stage.index)),
                    pieces,
                )
            planned.append(
                PlannedVisit(
                    id=f"slot-{len(planned) + 1}",
                    procedure=slot.procedure.code,
                    hold=slot.hold,
                    segments=tuple(segments),
                )
            )
    return planned


def _segments(
    span: Interval,
    stage: int,
    chair: str | None,
    staff: str | None,
    pieces: list[tuple[Interval, str]],
) -> list[PlacedSegment]:
    """Assistant time around the pieces of doctor time, in order."""
    found: list[tuple[int, int, str | None]] = []
    position = span[0]
    for (start, end), doctor in pieces:
        if position < start:
            found.append((position, start, None))
        found.append((start, end, doctor))
        position = end
    if position < span[1]:
        found.append((position, span[1], None))
    return [
        PlacedSegment(
            stage=stage,
            start=to_clock(first),
            end=to_clock(last),
            chair=chair,
            staff=staff,
            doctor=doctor,
            doctor_time=doctor is not None,
        )
        for first, last, doctor in found
    ]


def _people(
    model: DayModel, values: Values, seated: list[Seated]
) -> dict[tuple[int, int, int], str]:
    """Who works on each stage: as many of a crew as its shares say, then by interval colouring."""
    works: dict[tuple[Need, int], list[_Work]] = defaultdict(list)
    chair_of: dict[tuple[int, int, int], str] = {}
    for at, one in enumerate(seated):
        order = iter(one.chairs)
        for stage in one.block.slot.stages:
            chair = next(order) if stage.chair_kind is not None else ""
            if stage.role is None:
                continue
            skill = one.block.slot.procedure.stages[stage.index].skill
            length = stage.busy_until - stage.start
            for number, start in enumerate(one.block.starts):
                begin = start + stage.start
                key = (at, number, stage.index)
                chair_of[key] = chair
                works[(stage.role, skill, length), begin].append(
                    _Work(key, (begin, begin + length))
                )
    by_crew: dict[Crew, list[_Work]] = defaultdict(list)
    for (need, start, crew), column in sorted(
        model.shares.items(), key=lambda item: (item[0][1], item[0][2].members)
    ):
        waiting = works[need, start]
        for _ in range(int(values[column])):
            by_crew[crew].append(waiting.pop(0))
    named: dict[tuple[int, int, int], str] = {}
    for crew, listed in by_crew.items():
        at_chair: dict[str, str] = {}
        ends = dict.fromkeys(crew.members, 0)
        for work in sorted(listed, key=lambda one: one.span):
            free = [name for name in crew.members if ends[name] <= work.span[0]]
            chair = chair_of[work.key]
            person = max(free, key=lambda name: (at_chair.get(name) == chair, -ends[name]))
            ends[person], at_chair[person] = work.span[1], chair
            named[work.key] = person
    return named


def _doctor_moments(
    model: DayModel, values: Values, seated: list[Seated]
) -> dict[tuple[int, int, int], tuple[Interval, str]]:
    """When each piece of doctor time begins, and whose it is; earliest nominal moment first."""
    grid = model.grid
    asked: dict[Piece, list[tuple[int, tuple[int, int, int]]]] = defaultdict(list)
    for at, one in enumerate(seated):
        for stage in one.block.slot.stages:
            for index, piece in enumerate(stage.doctor):
                late = piece.float_minutes // grid * grid
                for number, start in enumerate(one.block.starts):
                    key = (at, number, 100 * stage.index + index)
                    asked[piece.minutes, late, one.block.doctor].append((start + piece.offset, key))
    by_crew: dict[Crew, list[_Work]] = defaultdict(list)
    for kind, listed in asked.items():
        listed.sort()
        begun = sorted(
            (minute, crew.members, crew)
            for (piece, minute, crew), column in model.given.items()
            for _ in range(int(values[column]))
            if piece == kind
        )
        for (_, key), (minute, _, crew) in zip(listed, begun, strict=True):
            by_crew[crew].append(_Work(key, (minute, minute + kind[0])))
    moments: dict[tuple[int, int, int], tuple[Interval, str]] = {}
    for crew, works in by_crew.items():
        ends = dict.fromkeys(crew.members, 0)
        for work in sorted(works, key=lambda one: one.span):
            # Who has been free the longest. By units a crew is one doctor, whatever the rest is.
            doctor = min(ends, key=ends.__getitem__)
            ends[doctor] = max(ends[doctor], work.span[1])
            moments[work.key] = (work.span, doctor)
    return moments
