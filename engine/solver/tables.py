"""The model's columns as tables: one array per fact, for everything that counts in bulk."""

from dataclasses import dataclass

import numpy as np

from engine.solver.program import Ints


@dataclass(frozen=True, slots=True)
class Counts:
    """Open starts in order of their places; those of place k are [bounds[k], bounds[k + 1]).

    `place`: number of the kind and date; `doctor`: number of the name or -1.
    """

    column: Ints
    place: Ints
    minute: Ints
    doctor: Ints
    bounds: Ints

    def of(self, place: int) -> slice:
        """Where the starts of a place are."""
        return slice(int(self.bounds[place]), int(self.bounds[place + 1]))


@dataclass(frozen=True, slots=True)
class Choices:
    """Item columns in order of the items: those of item k are [bounds[k], bounds[k + 1]).

    `bucket`: number of the bucket of the place in which [first, last] lies.
    """

    column: Ints
    item: Ints
    place: Ints
    day: Ints
    first: Ints
    last: Ints
    doctor: Ints
    bucket: Ints
    bounds: Ints

    def of(self, item: int) -> slice:
        """Where the columns of an item are."""
        return slice(int(self.bounds[item]), int(self.bounds[item + 1]))


@dataclass(frozen=True, slots=True)
class Buckets:
    """Ranges of starts of each place, in order of place and minute."""

    place: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class UseTable:
    """Uses (by number), the starts that feed them and the classes that share them."""

    groups: dict[tuple[str, int], int]
    """Family and date -> number of the group."""
    group: Ints
    day: Ints
    start: Ints
    end: Ints
    feed_use: Ints
    feed_column: Ints
    share_use: Ints
    share_class: Ints
    share_column: Ints

    def shares_of(self, family: str, day: int) -> Ints:
        """Numbers of the shares of a family on a date."""
        number = self.groups.get((family, day), -1)
        return np.flatnonzero(self.group[self.share_use] == number)
