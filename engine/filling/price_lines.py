"""The search's prices in the words of a certificate: what a row of the model prices, and when.

A row says "these uses of this class at this moment", "these visits on this date" and so on, so its
price is read off the columns in it. Whatever is said here, a certificate proves the bound that its
prices give. A row that it has no word for (heads counted in a clash of the book, a patient in two
places) is left out, which costs some of the bound and never its truth.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.price_table import PriceTable
from engine.practice import DoctorRuleKind, Role
from engine.solver.closed import closing_rows
from engine.solver.day_facts import DayFacts
from engine.solver.model import Model, Use, UseKey
from engine.solver.program import Ints
from engine.units import MINUTES_PER_DAY, to_minutes
from engine.yardsticks import prices_of

CLOSED_BY = ("order", "quotas", "limits")
"""Rules of which rows that close places are told as prices so high that nobody pays them. Where the
book has used up the whole of it, it costs the bound nothing."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One priced row: its columns with their coefficients, and the price in millipoints."""

    columns: list[int]
    factors: list[int]
    price: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column puts a visit: first and last start minute of a date."""

    visit: str
    day: int
    first: int
    last: int


def price_lines(
    model: Model, rows: Ints, prices: Ints, *, closed: bool = True
) -> tuple[PriceLine, ...]:
    """Lines for the priced rows of a model (numbers and whole millipoints, shape (n,) each).

    `closed`: with lines for what the model closes. Where such a row has no exact word they can cost
    more than they prove, and in a block that freezes what the whole leaves open they are not true
    of the whole.
    """
    reader = _Reader(model)
    if closed:
        reader.read_closed()
    return reader.read(rows, prices)


class _Reader:
    """What the columns of a model mean."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._table = PriceTable()
        self._grid = model.problem.practice.grid_minutes
        self._most = prices_of(model.problem)
        self._use_of: dict[int, tuple[UseKey, Use, int]] = {
            column: (key, use, class_id)
            for key, use in model.uses.items()
            for class_id, column in use.shares.items()
        }
        self._start_of = {
            start.column: start for starts in model.starts.values() for start in starts
        }
        self._place_of = dict(_places(model))
        self._moved = {
            choice.column
            for item in model.items.values()
            if item.booking is not None
            for choice in item.columns
        }
        self._readers: dict[str, Callable[[_Row], None]] = {
            "chair_once": self._capacity,
            "staff_once": self._capacity,
            "doctor_once": self._capacity,
            "quotas": self._quota,
            "limits": self._limit,
            "doctor_overload": self._doctor_load,
            "doctor_chains": self._chain,
            "uneven_load": self._uneven_load,
            "book_kept": self._moves,
            "households": self._household,
            "order": self._order,
        }

    def read_closed(self) -> None:
        """Rows that close places, at a price that nobody pays."""
        program = self._model.program
        costs = program.cost[[item.unplaced for item in self._model.items.values()]]
        shut = int(costs.max(initial=0))
        for row in closing_rows(program, self._model.strict_rows).tolist():
            columns, rule = program.row_columns[row], program.row_rule[row]
            if columns and rule in CLOSED_BY:
                self._readers[rule](_Row(columns, program.row_coefficients[row], shut))

    def read(self, rows: Ints, prices: Ints) -> tuple[PriceLine, ...]:
        program = self._model.program
        for number in np.flatnonzero(prices > 0).tolist():
            row = int(rows[number])
            columns = program.row_columns[row]
            reader = self._readers.get(program.row_rule[row])
            if reader is not None and columns:
                reader(_Row(columns, program.row_coefficients[row], int(prices[number])))
        return self._table.lines()

    def _capacity(self, row: _Row) -> None:
        """Every member of the class at the moment, or in the slot of the units rule."""
        used = [self._use_of[column] for column in row.columns]
        key, _, class_id = used[0]
        facts = self._model.days[key.day]
        of, members = _members(facts, key.family, class_id)
        start = max(use.start for _, use, _ in used)
        end = start + self._grid
        rule = self._model.problem.practice.doctor_rule
        if of is Priced.DOCTOR and rule.kind is not DoctorRuleKind.EXACT:
            size = rule.slot_minutes
            slot = _slot_of([use for _, use, _ in used], row.factors, size)
            start, end = slot * size, slot * size + size
        for member in members:
            self._table.add(of, member, facts.day, start, end, row.price)

    def _quota(self, row: _Row) -> None:
        start = next(self._start_of[c] for c in row.columns if c in self._start_of)
        name = start.kind.procedure.procedure_class
        day = self._model.days[start.day].day
        self._table.add(Priced.QUOTA, name, day, 0, MINUTES_PER_DAY, row.price)

    def _limit(self, row: _Row) -> None:
        """A limit at once if all its visits are under way at the last beginning, else by day."""
        starts = [self._start_of[c] for c in row.columns if c in self._start_of]
        codes = {start.kind.procedure.code for start in starts}
        limits = [
            one for one in self._model.problem.practice.limits if codes <= set(one.procedures)
        ]
        day = self._model.days[starts[0].day].day
        moment = max(start.minute for start in starts)
        together = all(moment < start.minute + start.kind.length for start in starts)
        if together and limits[0].at_once is not None:
            end = moment + self._grid
            self._table.add(Priced.AT_ONCE, limits[0].id, day, moment, end, row.price)
        elif limits[0].per_day is not None:
            self._table.add(Priced.PER_DAY, limits[0].id, day, 0, MINUTES_PER_DAY, row.price)

    def _doctor_load(self, row: _Row) -> None:
        """The one clock hour in which all of its doctor time lies."""
        used = [self._use_of[column][1] for column in row.columns if column in self._use_of]
        if not used:
            return
        hours = set.intersection(
            *[set(range(use.start // 60, (use.end - 1) // 60 + 1)) for use in used]
        )
        if len(hours) == 1:
            start, day = 60 * hours.pop(), self._model.days[used[0].day].day
            price = min(row.price, self._most["doctor_overload"])
            self._table.add(Priced.DOCTOR_LOAD, "", day, start, start + 60, price)

    def _chain(self, row: _Row) -> None:
        chain = next(column for column in row.columns if column in self._model.chains)
        start, day = self._model.chains[chain], int(self._model.program.day[chain])
        of_day = self._model.days[day].day
        self._table.add(Priced.DOCTOR_CHAIN, "", of_day, start, start + self._grid, row.price)

    def _uneven_load(self, row: _Row) -> None:
        day = self._model.days[int(self._model.program.day[row.columns[0]])].day
        price = min(row.price, self._most["uneven_load"])
        self._table.add(Priced.UNEVEN_LOAD, "", day, 0, MINUTES_PER_DAY, price)

    def _moves(self, row: _Row) -> None:
        """Bookings that are moved; the head count where the book clashes has no word."""
        if self._moved.issuperset(row.columns):
            day = self._model.horizon.start
            self._table.add(Priced.MOVES, "", day, 0, MINUTES_PER_DAY, row.price)

    def _household(self, row: _Row) -> None:
        """One member of a household: it pays for its places."""
        for place, factor in self._placed(row):
            household = self._model.problem.all_visits[place.visit].household or ""
            self._pay(Priced.HOUSEHOLD, place, row.price * factor, household)

    def _order(self, row: _Row) -> None:
        """Two visits, or one whose other one can never be early enough."""
        placed = self._placed(row)
        names = {place.visit for place, _ in placed}
        if len(names) == 1:
            follows = self._model.problem.all_visits[min(names)].follows
            names |= {one.visit for one in follows if one.visit in self._model.items}
        for place, factor in placed:
            others = names - {place.visit}
            if len(others) == 1:
                self._pay(Priced.ORDER, place, row.price * factor, min(others))

    def _placed(self, row: _Row) -> list[tuple[_Place, int]]:
        entries = zip(row.columns, row.factors, strict=True)
        return [(self._place_of[c], factor) for c, factor in entries if c in self._place_of]

    def _pay(self, of: Priced, place: _Place, price: int, other: str) -> None:
        day = self._model.days[place.day].day
        self._table.add(of, place.visit, day, place.first, place.last + 1, price, other)


def _places(model: Model) -> Sequence[tuple[int, _Place]]:
    free = [
        (choice.column, _Place(visit, choice.day, choice.first, choice.last))
        for visit, item in model.items.items()
        if item.exact
        for choice in item.columns
    ]
    booked = []
    for visit, column in model.keep_column.items():
        booking = model.kept[visit]
        start = to_minutes(booking.start)
        booked.append((column, _Place(visit, model.day_number[booking.date], start, start)))
    return free + booked


def _members(facts: DayFacts, family: str, class_id: int) -> tuple[Priced, tuple[str, ...]]:
    what, _, which = family.partition(":")
    if what == "chair":
        of, classes = Priced.CHAIR, facts.chairs[which]
    elif what == "staff":
        of, classes = Priced.STAFF, facts.staff[Role(which)]
    else:
        of, classes = Priced.DOCTOR, facts.doctors
    return of, next(one.members for one in classes if one.id == class_id)


def _slot_of(uses: Sequence[Use], minutes: Sequence[int], size: int) -> int:
    """The slot of `size` minutes inside which each use has so many minutes."""
    common = set.intersection(*[set(range(use.start // size, -(-use.end // size))) for use in uses])
    return next(
        slot
        for slot in sorted(common)
        if all(
            min(use.end, slot * size + size) - max(use.start, slot * size) == inside
            for use, inside in zip(uses, minutes, strict=True)
        )
    )
