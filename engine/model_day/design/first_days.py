"""First solutions: a day placed where the linear relaxation would put it, then made anew in parts.

The relaxation takes a fraction of a second and mostly holds each kind in one long block, spread
over a few starts. A day is placed greedily at these starts, nobody waiting if it can be; then some
of its kinds are taken out and placed again by chance, and what is not worse is kept (ruin and
recreate: G. Schrimpf, J. Schneider, H. Stamm-Wilbrandt, G. Dueck, 'Record breaking optimization
results using the ruin and recreate principle', Journal of Computational Physics 159, 2000).
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.model_day.design.blocks import Block
from engine.model_day.design.by_hand import HandDay, by_hand, take, values_of
from engine.model_day.design.day_model import DayModel, Piece
from engine.model_day.design.decode import Values
from engine.model_day.design.good_days import FairShare, fair_shares
from engine.model_day.design.priced_rows import PricedRows
from engine.model_day.design.slots import Slot
from engine.solver.arrays import to_arrays
from engine.solver.highs import loaded
from engine.solver.program import Program
from engine.solver.solved import Limits

FIRST_TRIES = 6
ROUNDS = 200
"""Parts made anew where no time is given, so that the same seed gives the same day."""
_BLOCKS_LOOKED_AT = 300
"""So many blocks of a kind are tried before what is left of it is missing."""

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Kind:
    """The candidate blocks of a kind, their columns of the program, and how many slots each has."""

    blocks: list[Block]
    columns: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


Candidates = dict[Slot, _Kind]


@dataclass(slots=True)
class FirstDays:
    """The search for a first day of one model. `best`: one that is known already, if any.

    `on_better` hears every day that is cheaper than those before it.
    """

    model: DayModel
    seed: int
    best: Values | None = None
    on_better: Callable[[Values], None] = lambda values: None
    _day: HandDay | None = None
    _cost: float = math.inf

    def run(
        self,
        bound: float,
        weights: Reals,
        gap: float,
        seconds: float | None,
        rounds: int = ROUNDS,
    ) -> None:
        """Until the best is within `gap` of the bound, or the time is over.

        `seconds` None: until so many rounds are.
        """
        began = time.monotonic()
        rows = PricedRows(self.model)
        rng = np.random.default_rng(self.seed)
        candidates, fair = _candidates(self.model), fair_shares(self.model)
        self._offer(by_hand(self.model, rows))
        for number in range(FIRST_TRIES + (10**6 if seconds is not None else rounds)):
            over = seconds is not None and time.monotonic() - began > seconds
            if over or self._good_enough(bound, gap):
                return
            if number < FIRST_TRIES or self._day is None:
                day = HandDay(self.model, dict(self.model.wanted))
            else:
                day = _ruined(self._day, fair, rng)
            _recreate(day, candidates, fair, weights, rng)
            self._keep(day, rows)

    def _good_enough(self, bound: float, gap: float) -> bool:
        cost = math.inf if self.best is None else self.model.program.objective_of(self.best)
        return cost - bound <= gap * cost

    def _keep(self, day: HandDay, rows: PricedRows) -> None:
        """Not worse than the day it was made from is good enough: equal days lead elsewhere."""
        values = values_of(day, rows)
        if values is None:
            return
        cost = self.model.program.objective_of(values)
        if cost <= self._cost:
            self._day, self._cost = day, cost
        self._offer(values)

    def _offer(self, values: Values | None) -> None:
        if values is None:
            return
        cost = self.model.program.objective_of(values)
        best = math.inf if self.best is None else self.model.program.objective_of(self.best)
        if cost <= best:
            self.best = values
        if cost < best:
            self.on_better(values)


def _candidates(model: DayModel) -> Candidates:
    found: dict[Slot, list[tuple[Block, int]]] = defaultdict(list)
    for block, column in model.blocks:
        found[block.slot].append((block, column))
    return {
        slot: _Kind(
            [block for block, _ in own],
            np.array([column for _, column in own], dtype=np.int64),
            np.array([block.count for block, _ in own], dtype=np.int64),
        )
        for slot, own in found.items()
    }


def relaxation(program: Program, seconds: float) -> tuple[Reals, float]:
    """Columns of the linear relaxation and the bound it proves; zeros where it took too long.

    All prices are whole, so a bound may be rounded up, once the solver's tolerance is taken off.
    """
    solver = loaded(to_arrays(program), Limits(seconds, 0.0, 1, 0))
    solver.setOptionValue("solve_relaxation", True)
    solver.run()
    values = np.asarray(solver.getSolution().col_value, dtype=np.float64)
    optimal = str(solver.getModelStatus()).endswith("kOptimal")
    if not optimal or len(values) != program.size:
        return np.zeros(program.size), float(program.constant)
    found = float(np.dot(values, np.asarray(program.cost, dtype=np.float64)))
    bound = math.ceil(found * (1 - 1e-6) - 1e-3) + program.constant
    return np.clip(values, 0.0, None), float(bound)


def _ruined(best: HandDay, fair: list[FairShare], rng: np.random.Generator) -> HandDay:
    """The best day without a few kinds, those first of all that cost something.

    They wait, lie in several blocks, or are of a class that has less than its share after school.
    """
    unfair = {one.procedure_class for one in fair if _places_short(best, one)}
    blocks: dict[Slot, int] = defaultdict(int)
    for block, _, _ in best.placed:
        blocks[block.slot] += 1
    waits: dict[Slot, int] = defaultdict(int)
    for piece, begin, nominal, _ in best.given:
        if begin > nominal:
            for block, _, _ in best.placed:
                waits[block.slot] += _may_wait(block, piece, nominal)
    kinds = list(blocks)
    weight = np.array(
        [
            1.0 + 2 * (blocks[k] - 1) + 2 * min(2, waits[k]) + 4 * (k.procedure_class in unfair)
            for k in kinds
        ]
    )
    count = min(len(kinds), int(rng.integers(2, 6)))
    gone = {kinds[k] for k in rng.choice(len(kinds), count, False, weight / weight.sum())}
    day = HandDay(best.model, dict(best.model.wanted))
    for block, column, chair in best.placed:
        if block.slot not in gone:
            take(day, block, column, chair)
    return day


def _places_short(day: HandDay, share: FairShare) -> int:
    """Places after school that the class has not got yet."""
    return max(0, share.places - sum(share.late.get(column, 0) for _, column, _ in day.placed))


def _may_wait(block: Block, piece: Piece, nominal: int) -> int:
    """How many doctor times of the block are of that length and begin at that moment."""
    return sum(
        start + doctor.offset == nominal and doctor.minutes == piece[0]
        for start in block.starts
        for stage in block.slot.stages
        for doctor in stage.doctor
    )


def _recreate(
    day: HandDay,
    candidates: Candidates,
    fair: list[FairShare],
    weights: Reals,
    rng: np.random.Generator,
) -> None:
    """Places what is left, doctor-heavy kinds mostly first; nobody waiting if it can be."""
    kinds = [slot for slot, left in day.left.items() if left]
    load = np.array(
        [slot.doctor_minutes * day.left[slot] + slot.busy_minutes / 10 for slot in kinds]
    )
    shares = {one.procedure_class: one for one in fair}
    noise = rng.gumbel(size=len(kinds)) * (load.mean() / 2 + 1 if kinds else 1)
    for place in np.argsort(-(load + noise)):
        kind = candidates.get(kinds[place])
        for most_waiting in (0, 10**6):
            if kind is not None and day.left[kinds[place]]:
                share = shares.get(kinds[place].procedure_class)
                _place_kind(day, kind, share, weights, rng, most_waiting)


def _place_kind(
    day: HandDay,
    kind: _Kind,
    share: FairShare | None,
    weights: Reals,
    rng: np.random.Generator,
    most_waiting: int,
) -> None:
    """Longest block first, where the relaxation has it first, else by chance; then the rest.

    Before all others, blocks that give the class its share after school.
    """
    slot = kind.blocks[0].slot
    size = len(kind.blocks)
    score = weights[kind.columns] * rng.random(size) + 0.1 * rng.random(size)
    fitting = np.flatnonzero(kind.counts <= day.left[slot])
    late = np.zeros(size, dtype=np.int64)
    if share is not None and (short := _places_short(day, share)):
        late = np.array([min(short, share.late.get(int(c), 0)) for c in kind.columns])
    order = np.lexsort((-score[fitting], -kind.counts[fitting], -late[fitting]))
    for index in fitting[order][:_BLOCKS_LOOKED_AT]:
        block, column = kind.blocks[index], int(kind.columns[index])
        chairs = block.places[0][0].chairs if block.places else ("",)
        while block.count <= day.left[slot] and any(
            take(day, block, column, chair, most_waiting) for chair in chairs
        ):
            pass
        if not day.left[slot]:
            return
