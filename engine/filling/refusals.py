"""Every rule that refuses a start, not only the first one: what a question 'why not' asks for."""

from dataclasses import dataclass, field

import numpy as np

from engine.filling.lanes import Mask
from engine.filling.start_sieve import StartSieve

NEEDS_A_SEAT_FIRST = "seating"
"""Asks whether stages can be served one after the other, which means something only where each of
them can be served at all."""


@dataclass
class Refusals(StartSieve):
    """A sieve that takes nothing out: `by_rule` says at which of the `starts` each rule refuses."""

    by_rule: dict[str, Mask] = field(default_factory=dict)

    def keep(self, rule: str, allowed: Mask | np.bool_ | bool) -> None:
        """Note where the rule refuses; all starts stay."""
        refused = ~np.broadcast_to(np.asarray(allowed, dtype=np.bool_), self.starts.shape)
        if rule == NEEDS_A_SEAT_FIRST:
            refused = refused & ~self.anywhere()
        if refused.any():
            self.by_rule[rule] = self.by_rule.get(rule, np.False_) | refused

    def anywhere(self) -> Mask:
        """Starts that some rule refuses; the others are free."""
        masks = list(self.by_rule.values())
        none: Mask = np.zeros(len(self.starts), dtype=np.bool_)
        return np.logical_or.reduce(masks) if masks else none

    def count(self) -> Mask:
        """How many rules refuse each start."""
        counted: Mask = np.zeros(len(self.starts), dtype=np.int64)
        for mask in self.by_rule.values():
            counted = counted + mask
        return counted

    def within(self, rules: frozenset[str]) -> Mask:
        """Starts that some of these rules refuse and no other rule does."""
        others = [mask for rule, mask in self.by_rule.items() if rule not in rules]
        clear: Mask = self.anywhere()
        return clear & ~np.logical_or.reduce(others) if others else clear

    def at(self, start: int) -> tuple[str, ...]:
        """The rules that refuse one of the starts, in the order in which they are asked."""
        (found,) = np.flatnonzero(self.starts == start)
        return tuple(rule for rule, mask in self.by_rule.items() if mask[found])

    def without(self, rules: frozenset[str]) -> Mask:
        """Starts that none of these rules refuses, whatever others do."""
        refused: Mask = np.zeros(len(self.starts), dtype=np.bool_)
        for rule in rules & self.by_rule.keys():
            refused |= self.by_rule[rule]
        return ~refused
