"""Who and what is free at every position of every date, read off the day books."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from engine.filling.day_book import DayBook
from engine.filling.lanes import Minutes, run_until
from engine.filling.occupancy import Occupancy
from engine.filling.openings.clock_axis import ClockAxis
from engine.practice import ChairKind, Role

Until = NDArray[np.int16]
"""Minutes of the day by position (first axis); a row has the members beside each other."""


class FreeTime:
    """`chairs` by kind, `staff` by role, `doctors`: (positions, members in the order of the
    practice), the first minute from there on that is not free. `runs`: length of the free stretch
    that holds the position, by kind of chair.

    A change of a date costs the positions of that date, however many dates there are.
    """

    def __init__(self, axis: ClockAxis, occupancy: Occupancy) -> None:
        practice = occupancy.problem.practice
        self._axis = axis
        positions = len(axis.dates) * axis.size
        self.rows: dict[ChairKind | Role, Minutes] = {}
        """Which rows of the day books the members of a kind or role are."""
        for kind in ChairKind:
            self.rows[kind] = _rows([chair.kind is kind for chair in practice.chairs])
        for role in Role:
            self.rows[role] = _rows([person.role is role for person in practice.staff])

        def empty(members: int) -> Until:
            return np.zeros((positions, members), dtype=np.int16)

        self.chairs = {kind: empty(len(self.rows[kind])) for kind in ChairKind}
        self.runs = {kind: empty(len(self.rows[kind])) for kind in ChairKind}
        self.staff = {role: empty(len(self.rows[role])) for role in Role}
        self.doctors = empty(len(occupancy.problem.doctors))
        slots = occupancy.day_book(axis.dates[0]).doctors.slot_left.shape[1]
        doctors = len(occupancy.problem.doctors)
        self.slot_left = np.zeros((len(axis.dates), slots, doctors), dtype=np.int64)
        """By units: minutes left of each doctor in each slot of a date."""
        dates = len(axis.dates)
        self.by_class: dict[str, NDArray[np.int32]] = defaultdict(
            lambda: np.zeros(dates, dtype=np.int32)
        )
        self.by_limit = {limit.id: np.zeros(dates, dtype=np.int32) for limit in practice.limits}
        self.limit_until = {
            limit.id: np.zeros(positions, dtype=np.int16)
            for limit in practice.limits
            if limit.at_once is not None
        }
        """First minute from there on at which as many are under way as there may be."""
        self._most = {limit.id: limit.at_once for limit in practice.limits}
        for number, day in enumerate(axis.dates):
            self.read(number, occupancy.day_book(day))

    def read(self, number: int, book: DayBook) -> None:
        """What a date looks like now."""
        part, minutes = self._axis.part(number), self._axis.minutes
        for kind, chairs in self.chairs.items():
            until = book.chairs.free_until[self.rows[kind]][:, minutes].T
            since = book.chairs.free_since[self.rows[kind]][:, minutes].T
            chairs[part], self.runs[kind][part] = until, until - since
        for role, people in self.staff.items():
            people[part] = book.staff.free_until[self.rows[role]][:, minutes].T
        self.doctors[part] = book.doctors.lanes.free_until[:, minutes].T
        self.slot_left[number] = book.doctors.slot_left.T
        for name, count in book.by_class.items():
            self.by_class[name][number] = count
        for name, counts in self.by_limit.items():
            counts[number] = book.by_limit[name]
        for name, room in self.limit_until.items():
            most = self._most[name] or 0
            room[part] = run_until(book.under_way[name] < most)[minutes]


def _rows(chosen: list[bool]) -> Minutes:
    return np.flatnonzero(np.array(chosen, dtype=np.bool_)).astype(np.int64)
