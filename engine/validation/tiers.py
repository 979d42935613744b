"""Proof that the weights respect the tiers, for this practice.

Let q_k be the quantum of KPI k, w_k its whole millipoints per quantum, u_k = floor(unit_k / q_k)
the quanta of its smallest amount that counts, and s_j(v) = ceil(swing_j(v) / q_j) the most quanta
of KPI j that a visit of kind v can change (`engine.validation.swings`).

Theorem. Suppose that for every KPI k that can change, and every kind of visit v,

    u_k w_k  >  sum over KPIs j with tier(j) > tier(k) of s_j(v) w_j.                       (1)

Then in any one-for-one exchange, in which one visit gets worse by at least unit_k in some KPI k
and one other visit gets better in KPIs of lower tiers only (larger tier numbers), and nothing
else changes, the objective gets worse.

Proof. The KPIs are sums over visits of whole quanta, or (load and chains) change by no more than
the swing of the one visit that moves. The first visit adds at least u_k w_k: an amount of at
least unit_k adds at least floor(unit_k / q_k) quanta however it is rounded, and no other KPI of
that visit gets better. The second visit takes off at most s_j(v) w_j for each lower j, since a
change of at most swing_j is at most ceil(swing_j / q_j) quanta however it is rounded, and none in
tiers t <= tier(k). By (1) the difference is positive. All terms are whole millipoints, so nothing
is lost in arithmetic while the sums stay below 2^53.  QED

What it does not say: two or more visits that get better may together outweigh one that gets
worse by a single unit. One weighted sum cannot exclude that without weights so far apart that no
solver keeps them; amounts far above the unit are safe by the same inequality, in proportion.

A weight of 0 switches a KPI off. In tiers 5 to 7 that is a choice, and (1) is not asked for it;
in tiers 1 to 4 it breaks the tiers.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.validation.codes import fault
from engine.validation.policy import KPIS
from engine.validation.swings import Kind, kinds_of
from engine.validation.weight_sizes import (
    EXACT_WHOLE_NUMBERS,
    exact_millipoints,
    largest_sum,
    rounding_faults,
)
from engine.weights import MILLIPOINTS, Weight, weights_with

_LAST_TIER_ALWAYS_ON = 4

SLOT_REMEDY = (
    "take slot_prices.json away and price the slots again for these dates (modelday price-slots), "
    "or bring the per cent nearer to 100"
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A KPI against the kind of visit that can win most below it; all in whole millipoints."""

    weight: Weight
    unit: int
    kind: Kind
    lower: dict[str, int]

    @property
    def won_below(self) -> int:
        """What one visit of the kind can win in lower tiers."""
        return sum(self.lower.values())

    @property
    def breaks(self) -> bool:
        """True where a unit is not worth more than that: (1) does not hold."""
        return self.unit <= self.won_below

    @property
    def ratio(self) -> float:
        """Lower tiers over unit; below 1 where (1) holds."""
        return self.won_below / self.unit if self.unit else math.inf

    @property
    def enough(self) -> float:
        """The value (points per unit name) that has to be exceeded."""
        return self.won_below / MILLIPOINTS / (_unit_quanta(self.weight) * self.weight.quantum)


def weight_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Weights that are lost, too large, or break the tiers."""
    own = {
        override.kpi: override.value
        for override in problem.policy.weights
        if override.kpi in KPIS and math.isfinite(override.value) and override.value >= 0
    }
    weights = weights_with(own)
    kinds = list(kinds_of(problem, horizon))
    huge = [w.kpi for w in weights.values() if not math.isfinite(exact_millipoints(w))]
    if huge or largest_sum(problem, horizon, weights, kinds) >= EXACT_WHOLE_NUMBERS:
        top = max(own or weights, key=lambda kpi: weights[kpi].value)
        yield fault(
            "weights-too-large",
            "policy",
            f"the objective could exceed 2^53 thousandths of a point; the largest "
            f"{'weight given' if own else 'weight'} is '{top}' with {weights[top].value:g}",
            "lower the weights in proportion, or correct dates that are centuries away",
        )
        if huge:
            return
    yield from rounding_faults(weights)
    usual = {short.weight.kpi: short.ratio for short in shortfalls(kinds, weights_with({}))}
    spoiled = _held_without_slot_prices(problem, horizon, weights)
    for short in shortfalls(kinds, weights):
        if short.breaks and short.weight.kpi in spoiled:
            yield _broken("slot-prices-break-tiers", short, "slot prices", SLOT_REMEDY)
        elif short.breaks:
            as_usual = short.ratio <= usual[short.weight.kpi]
            code = "default-weights-break-tiers" if as_usual else "weights-break-tiers"
            yield _broken(code, short, "policy", _weight_remedy(short))


def _held_without_slot_prices(
    problem: Problem, horizon: Horizon | None, weights: dict[str, Weight]
) -> set[str]:
    """KPIs for which (1) holds where every lost minute is worth the same; none without prices."""
    if problem.slot_prices is None:
        return set()
    plain = list(kinds_of(problem.model_copy(update={"slot_prices": None}), horizon))
    return {short.weight.kpi for short in shortfalls(plain, weights) if not short.breaks}


def shortfalls(kinds: list[Kind], weights: dict[str, Weight]) -> Iterator[Shortfall]:
    """For each KPI that can change: its unit against the kind of visit that wins most below it."""
    for weight in weights.values():
        off = weight.millipoints_per_quantum == 0 and weight.tier > _LAST_TIER_ALWAYS_ON
        if off or not any(kind.swing[weight.kpi] > 0 for kind in kinds):
            continue
        lower = [w for w in weights.values() if w.tier > weight.tier]
        unit = _unit_quanta(weight) * weight.millipoints_per_quantum
        found = [
            Shortfall(weight, unit, kind, {w.kpi: _most_won(w, kind) for w in lower})
            for kind in kinds
        ]
        yield max(found, key=lambda short: short.won_below)


def _unit_quanta(weight: Weight) -> int:
    return math.floor(weight.unit / weight.quantum + 1e-9)


def _most_won(weight: Weight, kind: Kind) -> int:
    quanta = math.ceil(kind.swing[weight.kpi] / weight.quantum - 1e-9)
    return quanta * weight.millipoints_per_quantum


def _weight_remedy(short: Shortfall) -> str:
    weight = short.weight
    return (
        f"raise '{weight.kpi}' above {short.enough:.6g} points per {weight.unit_name}, or lower "
        "the weights below it"
    )


def _broken(code: str, short: Shortfall, where: str, remedy: str) -> PracticeProblem:
    weight, kind = short.weight, short.kind
    parts = sorted(short.lower.items(), key=lambda item: -item[1])
    largest = ", ".join(f"{kpi} {won / MILLIPOINTS:.6g}" for kpi, won in parts[:3] if won)
    return fault(
        code,
        where,
        f"tier {weight.tier} '{weight.kpi}': {weight.unit:.4g} {weight.unit_name} counts "
        f"{short.unit / MILLIPOINTS:.6g} points, and one visit of procedure '{kind.procedure}' "
        f"({kind.minutes} min) can win {short.won_below / MILLIPOINTS:.6g} points in lower tiers "
        f"({largest})",
        remedy,
    )
