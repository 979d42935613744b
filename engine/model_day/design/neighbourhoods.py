"""Large neighbourhood search: a few kinds of the best day placed anew by CP-SAT, the rest kept.

Blocks of the kinds that stay keep their starts; people and doctors are shared out anew. Only a
cheaper day is asked for, which CP-SAT finds or refutes in a fraction of a second (P. Shaw, 'Using
constraint programming and local search methods to solve vehicle routing problems', in Principles
and Practice of Constraint Programming - CP98, Lecture Notes in Computer Science 1520, 1998).
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.model_day.design.good_days import fair_shares
from engine.model_day.design.slots import Slot
from engine.solver.arrays import Mask, ProgramArrays, restrict, to_arrays
from engine.solver.cp_sat import solution_of, to_cp_model

FIRST_KINDS, FEWEST_KINDS = 5, 3
"""Kinds placed anew at first, and at least: one more where there is no cheaper day, one less where
CP-SAT did not get through."""
STEP_WORK = 0.35
"""CP-SAT's deterministic units for one neighbourhood."""
LENGTHS = (0.0, 0.5, 1.0)
"""New blocks have at least this share of the places that a block has where they are fewest. One is
drawn for each neighbourhood: without short blocks, more kinds can be placed anew at once."""
SURPLUS_WEIGHT, UNFAIR_WEIGHT = 3.0, 4.0
"""A kind is so much likelier to be placed anew for each block beyond its fewest and each place
missing, and where its class has less than its share after school."""


@dataclass(slots=True)
class Neighbourhoods:
    """The search from one day of a model. `best`: a day that keeps every row.

    `on_better` hears every cheaper day. Without a clock the same seed gives the same days.
    """

    model: DayModel
    seed: int
    best: Values
    on_better: Callable[[Values], None] = lambda values: None
    work: float = field(default=0.0, init=False)
    """CP-SAT's deterministic units spent."""

    def run(self, bound: float, gap: float, ends: float, work: float = math.inf) -> None:
        """Until the best is within `gap` of the bound, nothing is cheaper, or the limits are over.

        `ends`: moment of `time.monotonic`. `work`: CP-SAT's deterministic units.
        """
        arrays, rng = to_arrays(self.model.program), np.random.default_rng(self.seed)
        kinds = _kinds(self.model)
        sizes = [min(FIRST_KINDS, len(kinds))] * len(LENGTHS)
        while kinds and self._cost - bound > gap * self._cost:
            seconds, left = ends - time.monotonic(), work - self.work
            if seconds <= 0 or left <= 0:
                return
            turn = int(rng.integers(len(LENGTHS)))
            chosen = _chosen(kinds, self.best, sizes[turn], rng)
            free = _free(self.model, kinds, chosen, self.best, LENGTHS[turn])
            asked = (seconds, min(STEP_WORK, left), int(rng.integers(1 << 30)))
            status = self._step(arrays, free, *asked)
            if status == cp_model.INFEASIBLE:
                if sizes[turn] == len(kinds) and not LENGTHS[turn]:
                    return
                sizes[turn] = min(len(kinds), sizes[turn] + 1)
            elif status == cp_model.UNKNOWN:
                sizes[turn] = min(sizes[turn], max(FEWEST_KINDS, sizes[turn] - 1))

    @property
    def _cost(self) -> int:
        return self.model.program.objective_of(self.best)

    def _step(
        self, arrays: ProgramArrays, free: Mask, seconds: float, work: float, seed: int
    ) -> cp_model.CpSolverStatus:
        """A cheaper day with what is not free as it is, if CP-SAT finds one."""
        part = restrict(arrays, free, self.best)
        program = part.program
        priced = np.flatnonzero(program.cost)
        most = self._cost - 1 - program.constant
        program.row("cheaper", priced.tolist(), program.cost[priced].tolist(), upper=most)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_time_in_seconds = seconds
        parameters.max_deterministic_time = work
        parameters.random_seed = seed
        parameters.num_workers = 1
        parameters.linearization_level = 2
        # They take longer than they save here.
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        status = solver.solve(to_cp_model(program))
        self.work += solver.response_proto.deterministic_time
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            self.best = part.laid_into(self.best, solution_of(solver))
            self.on_better(self.best)
        return status


@dataclass(frozen=True, slots=True)
class _Kind:
    """Columns of a kind's blocks with their places, and of what it lacks.

    `places`: of the kind. `fewest`: blocks that hold them all. `unfair`: column that counts what
    its class lacks after school, if any.
    """

    columns: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    places: int
    fewest: int
    missing: int
    unfair: int | None


def _kinds(model: DayModel) -> list[_Kind]:
    classes = (share.procedure_class for share in fair_shares(model))
    unfair = dict(zip(classes, model.tiers["unfair"], strict=True))
    blocks: dict[Slot, list[tuple[int, int]]] = defaultdict(list)
    for block, column in model.blocks:
        blocks[block.slot].append((column, block.count))
    return [
        _Kind(
            np.array([column for column, _ in own], dtype=np.int64),
            np.array([count for _, count in own], dtype=np.int64),
            model.wanted[slot],
            -(-model.wanted[slot] // max(count for _, count in own)),
            model.missing[slot],
            None if slot.hold else unfair.get(slot.procedure_class),
        )
        for slot, own in blocks.items()
    ]


def _chosen(kinds: list[_Kind], best: Values, size: int, rng: np.random.Generator) -> set[int]:
    """By chance, those first of all that cost something."""
    weight = np.ones(len(kinds))
    for number, kind in enumerate(kinds):
        surplus = int(best[kind.columns].sum() + best[kind.missing]) - kind.fewest
        weight[number] += SURPLUS_WEIGHT * max(0, surplus)
        if kind.unfair is not None and best[kind.unfair]:
            weight[number] += UNFAIR_WEIGHT
    return set(rng.choice(len(kinds), size, False, weight / weight.sum()).tolist())


def _free(
    model: DayModel, kinds: list[_Kind], chosen: set[int], best: Values, length: float
) -> Mask:
    """All but the blocks of the other kinds and short new ones; nobody waits who does not now."""
    free = np.ones(model.program.size, dtype=bool)
    for number, kind in enumerate(kinds):
        long = kind.counts * kind.fewest >= length * kind.places
        free[kind.columns] = (long | (best[kind.columns] > 0)) if number in chosen else False
    waiting = np.array(list(model.waiting.values()), dtype=np.int64)
    free[waiting] = best[waiting] > 0
    return free
