"""How often assistants change columns: each change is a walk and a fresh set-up."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from engine.kpi.filled import Filled, stage_spans
from engine.practice import Role
from engine.practice.base import Frozen

NOON = 12 * 60


class Seating(Frozen):
    """Column changes of assistants, over `assistant_half_days` worked half-days.

    A half-day is what begins before noon, or from noon on. `preferred_assistant_missed`: visits
    that wish for an assistant and have another one.
    """

    column_changes: int
    assistant_half_days: int
    preferred_assistant_missed: int


def seating(filled: Filled) -> Seating:
    """Changes of chair from one stage to the next of the same assistant in the same half-day."""
    problem = filled.problem
    worked: dict[tuple[date, bool, str], list[tuple[int, str]]] = defaultdict(list)
    missed = 0
    for placed in filled.schedule.placements:
        preferred = filled.visit_of(placed).preferred_assistant
        helpers: set[str] = set()
        for stage in stage_spans(problem, placed):
            if stage.staff is None or problem.staff[stage.staff].role is not Role.ASSISTANT:
                continue
            helpers.add(stage.staff)
            if stage.chair is not None:
                half_day = (placed.date, stage.start >= NOON, stage.staff)
                worked[half_day].append((stage.start, stage.chair))
        missed += preferred is not None and bool(helpers) and preferred not in helpers
    changes = 0
    for stages in worked.values():
        chairs = [chair for _, chair in sorted(stages)]
        changes += sum(first != second for first, second in pairwise(chairs))
    return Seating(
        column_changes=changes,
        assistant_half_days=len(worked),
        preferred_assistant_missed=missed,
    )
