"""What is left of one doctor on one date, by the practice's way of counting doctor time."""

from engine.generate.masks import run_starts, span
from engine.practice import DoctorRule, DoctorRuleKind


class DoctorDay:
    """Free minutes of a doctor; with units per slot, also the minutes left in each slot."""

    def __init__(self, present: int, rule: DoctorRule, grid_minutes: int = 5) -> None:
        self.present = present
        self.free = present
        self.units = rule.kind is DoctorRuleKind.UNITS_PER_SLOT
        self.slot = rule.slot_minutes
        self.grid = grid_minutes
        self.left = [rule.units * rule.unit_minutes] * (1440 // self.slot + 1)

    def starts(self, minutes: int) -> int:
        """The minutes from which the doctor can give so much time in one piece."""
        if not self.units:
            return run_starts(self.free, minutes)
        # By units, all that matters within a slot is how many minutes are already given away.
        possible = 0
        for start in range(0, 1440 - minutes, self.grid):
            if all(self.left[at] >= used for at, used in self._parts(start, minutes)):
                possible |= 1 << start
        return possible & run_starts(self.present, minutes)

    def take(self, start: int, minutes: int) -> None:
        """Give away [start, start + minutes)."""
        self.free &= ~span(start, start + minutes)
        for at, used in self._parts(start, minutes):
            self.left[at] -= used

    def give_back(self, start: int, minutes: int) -> None:
        """Undo `take` of the same minutes."""
        if not self.units:
            self.free |= span(start, start + minutes)
        for at, used in self._parts(start, minutes):
            self.left[at] += used

    def minutes_left(self) -> int:
        """Doctor minutes not yet given away; by units, estimated from the slots."""
        if not self.units:
            return self.free.bit_count()
        there = [self.present >> at * self.slot for at in range(len(self.left))]
        slot = span(0, self.slot)
        return sum(
            min(left, (mask & slot).bit_count())
            for left, mask in zip(self.left, there, strict=True)
        )

    def _parts(self, start: int, minutes: int) -> list[tuple[int, int]]:
        end = start + minutes
        first, last = start // self.slot, (end - 1) // self.slot
        return [
            (at, min(end, (at + 1) * self.slot) - max(start, at * self.slot))
            for at in range(first, last + 1)
        ]
