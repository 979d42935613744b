"""Rows of chairs and people: one block on a column at a time, everyone at one patient."""

from collections import defaultdict

from engine.model_day.design.day_model import DayModel, Need, columns_of
from engine.model_day.design.under_way import at_most
from engine.practice import Role
from engine.units import covers

RELIEF_PRICE = 12
"""Points for one step of something that is not there; only where that is asked for."""


def add_rooms(model: DayModel, relief: bool = False) -> None:
    """Blocks on columns that nothing tells apart are at most as many as the columns."""
    for columns in model.facts.columns:
        uses = [(span, column, 1) for span, column in columns_of(model, columns)]
        extra = relief_columns(model, f"{columns.kind.value} chair") if relief else None
        at_most(model.program, "chair_once", uses, len(columns.chairs), extra, model.grid)


def add_people(model: DayModel, relief: bool = False) -> None:
    """Every stage of every slot has somebody of its role and skill, turnover included.

    With `relief`, somebody who is not there may do it, of any skill.
    """
    wanted: dict[tuple[Need, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for block, column in model.blocks:
        for stage in block.slot.stages:
            if stage.role is None:
                continue
            skill = block.slot.procedure.stages[stage.index].skill
            need = (stage.role, skill, stage.busy_until - stage.start)
            for start in block.starts:
                wanted[need, start + stage.start][column] += 1
    ghosts: dict[Role, list[tuple[tuple[int, int], int, int]]] = defaultdict(list)
    by_crew = defaultdict(list)
    for (need, start), counts in wanted.items():
        role, skill, minutes = need
        span = (start, start + minutes)
        hands = []
        for crew in model.facts.crews:
            if crew.serves(role, skill) and covers(crew.present, span):
                share = model.program.column(0, len(crew.members), minute=start)
                model.shares[need, start, crew] = share
                by_crew[crew].append((span, share, 1))
                hands.append(share)
        if relief:
            ghost = model.program.column(0, 99)
            ghosts[role].append((span, ghost, 1))
            hands.append(ghost)
        left, factors = list(counts), list(counts.values())
        model.program.row("staff_once", [*left, *hands], [*factors, *(-1 for _ in hands)],
                          lower=0, upper=0)  # fmt: skip
    for crew, uses in by_crew.items():
        at_most(model.program, "staff_once", uses, len(crew.members))
    for role, uses in ghosts.items():
        extra = relief_columns(model, role.value.replace("_", " "))
        at_most(model.program, "staff_once", uses, 0, extra, model.grid)


def relief_columns(model: DayModel, label: str) -> dict[int, int]:
    """A priced column for each step of the day."""
    first, last = model.facts.open[0][0], model.facts.open[-1][1] + 60
    columns = {}
    for minute in range(first // model.grid * model.grid, last, model.grid):
        column = model.extra.get((label, minute))
        if column is None:
            column = model.priced("extra", 99, RELIEF_PRICE)
            model.extra[label, minute] = column
        columns[minute] = column
    return columns
