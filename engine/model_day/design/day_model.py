"""The model of one day type: counts of blocks by start, and every rule as rows over them.

Like the fill's model it asks how many, not which chair: chairs, people and doctors that nothing
tells apart are a class, and per class and moment what is under way never exceeds its size. Inside a
class naming is interval colouring, which always succeeds.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model_day.design.blocks import Block, blocks_of
from engine.model_day.design.prices import DesignRules, missed_price
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import Columns, Crew, TypeFacts
from engine.model_day.goals import Goals
from engine.practice import Role
from engine.solver.program import Program

Need = tuple[Role, str | None, int]
"""Work of a stage: role, skill, minutes with turnover."""
Piece = tuple[int, int, str | None]
"""Doctor time: minutes, float, and the doctor where only one may give it."""


@dataclass(slots=True)
class DayModel:
    """The program, and what its columns mean.

    `blocks`: number of such blocks. `missing`: slots that the day does not have. `shares`: works
    of a need that begin at a minute and are done by a crew. `given`: pieces of doctor time that
    begin at a minute and are given by a crew. `extra`: more of a resource than there is, by what
    it is and minute; only where it is asked what would unlock a goal. `tiers`: columns by figure.
    """

    facts: TypeFacts
    goals: Goals
    rules: DesignRules
    wanted: dict[Slot, int]
    program: Program = field(default_factory=Program)
    blocks: list[tuple[Block, int]] = field(default_factory=list)
    missing: dict[Slot, int] = field(default_factory=dict)
    shares: dict[tuple[Need, int, Crew], int] = field(default_factory=dict)
    given: dict[tuple[Piece, int, Crew], int] = field(default_factory=dict)
    waiting: dict[tuple[Piece, int], int] = field(default_factory=dict)
    extra: dict[tuple[str, int], int] = field(default_factory=dict)
    tiers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def grid(self) -> int:
        """Minutes of a step."""
        return self.facts.practice.grid_minutes

    def priced(self, tier: str, most: int, price: int) -> int:
        """A column that counts units of a figure."""
        column = self.program.column(0, most, price)
        self.tiers[tier].append(column)
        return column


def empty_model(
    facts: TypeFacts,
    goals: Goals,
    wanted: Mapping[Slot, int],
    rules: DesignRules,
    relief: bool = False,
) -> DayModel:
    """All candidate blocks, and each kind's places: those it has and those it misses.

    With `relief`, more blocks may begin at once than there are columns.
    """
    model = DayModel(facts, goals, rules, {slot: n for slot, n in wanted.items() if n})
    program = model.program
    for slot, number in model.wanted.items():
        missing = program.column(0, number, missed_price(slot.purpose))
        model.missing[slot] = missing
        model.tiers["missed"].append(missing)
        own = []
        for block in blocks_of(facts, slot, _most(slot, number), goals, rules.mark_minutes):
            chairs = [] if relief else [len(columns.chairs) for columns, _ in block.places]
            room = min([number // block.count, *chairs])
            column = program.column(0, room, rules.prices.block, minute=block.starts[0])
            model.blocks.append((block, column))
            model.tiers["blocks"].append(column)
            own.append((column, block.count))
        program.row(
            "places", [missing, *(c for c, _ in own)], [1, *(n for _, n in own)],
            lower=number, upper=number,
        )  # fmt: skip
        if own:
            # A block holds only so many places; without this the relaxation takes parts of blocks.
            longest = max(count for _, count in own)
            program.row("a block", [missing, *(c for c, _ in own)], [1, *(1 for _ in own)],
                        lower=-(-number // longest))  # fmt: skip
    return model


def _most(slot: Slot, number: int) -> int:
    """Holds lie apart, a pair at most; other blocks may hold all of their kind."""
    return min(number, 2) if slot.hold else number


def columns_of(model: DayModel, columns: Columns) -> list[tuple[tuple[int, int], int]]:
    """Spans on these columns with the program's column of the block."""
    return [
        (span, column)
        for block, column in model.blocks
        for where, span in block.places
        if where == columns
    ]
