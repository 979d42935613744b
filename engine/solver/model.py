"""The start-count model while it is built: what every rule reads and writes.

Vocabulary. A *start* is an integer column: how many visits of one kind begin at one minute of one
date with one choice of doctor moments. An *item* is a visit that is to be placed, or a movable
booking. An *item column* says that an item lies in one bucket (a range of starts) of one date. A
*use* is one interval of one resource; starts feed it, and the classes that can serve it share it.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.practice import Booking, Horizon, Problem, Visit
from engine.risk.visit_costs import PersonalCosts
from engine.solver.day_facts import DayFacts
from engine.solver.kinds import Kind, KindKey
from engine.solver.program import Ints, Program
from engine.solver.tables import Buckets, Choices, Counts, UseTable
from engine.units import Interval
from engine.weights import Weight

Lack = tuple[str, str, int]
"""Visit id, 'staff' or 'doctor' or 'chair', stage index: what a kept booking goes without."""

Slot = tuple[str, int]
"""What a use is for: ('chair', stage), ('staff', stage) or ('doctor', segment)."""


Fed = tuple[Slot, "UseKey"]
"""A use and what for."""


@dataclass(slots=True, eq=False)
class Start:
    """A count column: visits of `kind` starting at `minute` of date number `day`."""

    column: int
    kind: Kind
    day: int
    minute: int
    doctor_offsets: tuple[int, ...]
    doctor: str | None
    stage_uses: tuple[Fed, ...]
    doctor_uses: tuple[Fed, ...]

    @property
    def uses(self) -> tuple[Fed, ...]:
        """What such a visit occupies."""
        return self.stage_uses + self.doctor_uses


@dataclass(slots=True)
class ItemColumn:
    """The item lies on date number `day` with a start in [first, last] (minutes)."""

    column: int
    day: int
    first: int
    last: int
    doctor: str | None = None
    """The doctor that this choice asks for."""


@dataclass(slots=True)
class ItemBlock:
    """Item columns of one date and one choice of doctor: `first_column` and those after it."""

    first_column: int
    day: int
    doctor: str | None
    ranges: tuple[Interval, ...]
    """First and last minute of each; shared by all items that may take the same."""


@dataclass(slots=True)
class Item:
    """Something to place: a pending visit, or a movable booking with its place in the book."""

    number: int
    visit: Visit
    kind: Kind
    booking: Booking | None
    exact: bool
    """Needs exact starts: part of a household, of an order, or one of several of a patient."""
    blocks: list[ItemBlock] = field(default_factory=list)
    unplaced: int = -1
    """Column: not placed (a booking: displaced)."""
    keep: int = -1
    """Column: the booking stays; -1 for a pending visit."""
    _columns: list[ItemColumn] | None = None

    @property
    def columns(self) -> list[ItemColumn]:
        """Every choice of the item, made when first asked for: not needed to build a model."""
        if self._columns is None:
            self._columns = [
                ItemColumn(column, block.day, first, last, block.doctor)
                for block in self.blocks
                for column, (first, last) in enumerate(block.ranges, block.first_column)
            ]
        return self._columns


@dataclass(slots=True, eq=False)
class Use:
    """An interval of a resource, [start, end) minutes, and the classes that can serve it."""

    number: int
    day: int
    start: int
    end: int
    allowed: tuple[tuple[int, int], ...]
    """(class id, price in millipoints)."""
    feeders: list[int] = field(default_factory=list)
    """Columns of the starts that need it; complete once shares are open."""
    owners: list[tuple[int, Lack]] = field(default_factory=list)
    """Feeders of the book, with what the booking would lack without this use."""
    shares: dict[int, int] = field(default_factory=dict)
    """Class id -> column: how many of this use the class serves."""
    slack: int = -1


class UseKey(NamedTuple):
    """What makes two uses the same. `family`: 'staff:<role>', 'chair:<kind>' or 'doctor'."""

    family: str
    day: int
    start: int
    end: int
    allowed: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Model:
    """The whole model; rules add to `program`."""

    problem: Problem
    horizon: Horizon
    weights: dict[str, Weight]
    costs: PersonalCosts
    days: list[DayFacts]
    day_number: dict[dt.date, int]
    kinds: dict[KindKey, Kind]
    lacking: frozenset[Lack]
    locked: frozenset[str]
    program: Program = field(default_factory=Program)
    starts: dict[tuple[KindKey, int], list[Start]] = field(default_factory=dict)
    kept_starts: dict[str, list[Start]] = field(default_factory=dict)
    kept: dict[str, Booking] = field(default_factory=dict)
    keep_column: dict[str, int] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    uses: dict[UseKey, Use] = field(default_factory=dict)
    """In the order of their numbers."""
    chains: dict[int, int] = field(default_factory=dict)
    """Columns of chains of doctor time, and the minute at which each chain begins."""
    feeds: list[tuple[Ints, Ints]] = field(default_factory=list)
    """Open starts: (use number, column of a start that needs it), in pieces."""
    doctor_number: dict[str | None, int] = field(init=False)
    """Doctors by number; nobody by name is -1."""
    counts: Counts = field(init=False)
    buckets: Buckets = field(init=False)
    choices: Choices = field(init=False)
    use_table: UseTable = field(init=False)
    _prices: dict[str, int] = field(default_factory=dict)
    full: dict[tuple[str, int], tuple[Interval, ...]] = field(default_factory=dict)
    """Minutes of a family and date at which frozen bookings already need everyone there is."""
    reducible: int = 0
    """Part of the program's constant that columns with a negative cost can take back."""
    stricter: bool = False
    """True where around a clash of the book columns are closed that the rules leave open: what is
    best here may then not be best of all, and no bound is claimed."""
    strict_rows: list[int] = field(default_factory=list)
    """Rows around a clash of the book that are tighter than the rules ask: solutions keep them,
    bounds leave them out."""
    use_slack: bool = False
    """Let uses of kept bookings go unserved at a price (to find inherited clashes)."""

    def __post_init__(self) -> None:
        self.doctor_number = {None: -1}
        for number, doctor in enumerate(self.problem.doctors):
            self.doctor_number[doctor.id] = number

    def mark_strict(self) -> None:
        """The row that was added last is tighter than the rules ask."""
        self.strict_rows.append(len(self.program.row_rule) - 1)

    def price(self, kpi: str) -> int:
        """Millipoints for one quantum of a KPI."""
        if kpi not in self._prices:
            self._prices[kpi] = self.weights[kpi].millipoints_per_quantum
        return self._prices[kpi]

    def personal(self, quanta: dict[str, int]) -> int:
        """Millipoints of a row of personal costs."""
        return sum([self.price(kpi) * count for kpi, count in quanta.items() if count])
