"""The starts that are still asked about; rule after rule takes some out."""

from dataclasses import dataclass

import numpy as np

from engine.filling.lanes import Mask, Minutes
from engine.filling.openings.kind_starts import KindStarts


@dataclass(frozen=True, slots=True)
class Asked:
    """Starts in the order of the calendar: number of the date, minute, position; all (k,)."""

    kind: KindStarts
    day: Minutes
    minute: Minutes
    at: Minutes

    @classmethod
    def between(cls, kind: KindStarts, first: int, last: int) -> "Asked":
        """All starts of the dates number `first` to `last`."""
        part = slice(int(kind.begins[first]), int(kind.begins[last + 1]))
        return cls(kind, kind.day[part], kind.minute[part], kind.at[part])

    def keep(self, fits: Mask) -> "Asked":
        """Those that fit."""
        if fits.all():
            return self
        return Asked(self.kind, self.day[fits], self.minute[fits], self.at[fits])

    def keep_served(self, by: Mask) -> "Asked":
        """Those that fit at least one; `by`: (starts, members)."""
        fits: Mask = np.logical_or.reduce(by, axis=1)
        return self.keep(fits)

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Served:
    """Starts at which a visit can be served. `chairs`: by stage, the chairs it could be in,
    (starts, chairs of its kind)."""

    asked: Asked
    chairs: dict[int, Mask]

    def keep_chairs(self, stage: int, usable: Mask) -> "Served":
        """The starts at which the stage has a chair."""
        fits: Mask = np.logical_or.reduce(usable, axis=1)
        if fits.all():
            return Served(self.asked, {**self.chairs, stage: usable})
        others = {index: mask[fits] for index, mask in self.chairs.items()}
        return Served(self.asked.keep(fits), {**others, stage: usable[fits]})
