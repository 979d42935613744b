"""Item columns: where each visit may go, with what it costs there."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engine.practice import Horizon, Problem, Visit
from engine.solver.constraints import availability, due_window, patient_once, readiness
from engine.solver.constraints.required_doctor import asked_doctors
from engine.solver.kinds import KindKey
from engine.solver.model import Item, ItemBlock, Model
from engine.solver.program import Ints
from engine.solver.tables import Buckets, Choices
from engine.units import Interval, to_minutes
from engine.yardsticks import move_count

VISIT_RULES = (due_window, availability, readiness, patient_once)
"""Rules that bind when one patient can come."""

Mask = npt.NDArray[np.bool_]

_Part = tuple[int, int]
"""A bucket as a range of positions in the start minutes of a kind on a date."""

_Windows = tuple[tuple[Interval, ...], ...]

_Signature = tuple[_Windows, int, tuple[Interval, ...] | None]
"""Windows of the rules, the own start to leave out (-1: none), wishes (None: nothing wished)."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What all items with one signature may take of a kind's starts of a date."""

    ranges: tuple[Interval, ...]
    first: Ints
    last: Ints
    bucket: Ints
    missed: Ints
    """Price of the wish where it is not met."""


@dataclass(slots=True)
class _Block:
    """The columns of one item on one date for one choice of doctor, before they are opened."""

    item: int
    place: int
    doctor: int
    offer: _Offer


def needs_exact_starts(problem: Problem, horizon: Horizon) -> frozenset[str]:
    """Visits whose minute matters to another visit: households, orders, several of a patient."""
    booked = [booking.visit for booking in problem.bookings if booking.date in horizon]
    visits: list[Visit] = [*problem.visits_for(horizon), *booked]
    ids = {visit.id for visit in visits}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    exact: set[str] = set()
    for visit in visits:
        groups[("patient", visit.patient)].append(visit.id)
        if visit.household is not None:
            groups[("household", visit.household)].append(visit.id)
        for follows in visit.follows:
            if follows.visit in ids:
                exact.update((visit.id, follows.visit))
    for members in groups.values():
        if len(members) > 1:
            exact.update(members)
    return frozenset(exact)


def open_item_columns(model: Model) -> None:
    """Columns of every item in every bucket it may take; buckets and choices as tables."""
    by_kind: dict[KindKey, list[Item]] = defaultdict(list)
    for item in model.items.values():
        by_kind[item.kind.key].append(item)
    asked = {item.number: asked_doctors(model.problem, item) for item in model.items.values()}
    buckets: list[tuple[int, int, int]] = []
    blocks: list[_Block] = []
    first = model.program.size
    for place, ((key, day), starts) in enumerate(model.starts.items()):
        minutes = np.array(sorted({start.minute for start in starts}), dtype=np.int64)
        offers = _Offers(model, day, minutes, by_kind[key], len(buckets))
        buckets += [(place, int(minutes[a]), int(minutes[b - 1])) for a, b in offers.parts]
        _open_place(model, place, day, by_kind[key], offers, asked, blocks)
    table = np.array(buckets, dtype=np.int64).reshape(-1, 3)
    model.buckets = Buckets(table[:, 0], table[:, 1], table[:, 2])
    model.choices = _as_table(model, first, blocks)


def _open_place(
    model: Model,
    place: int,
    day: int,
    items: list[Item],
    offers: "_Offers",
    asked: dict[int, tuple[tuple[str | None, bool], ...]],
    blocks: list[_Block],
) -> None:
    missed, moved = model.price("preferences_missed"), model.price("moved_bookings")
    column = model.program.size
    opened: list[_Block] = []
    costs: list[Ints] = []
    for item in items:
        offer = offers.of(item)
        if not offer.ranges:
            continue
        cost = _personal(model, item, day, offer)
        if item.booking is not None:
            cost += moved * move_count(model.problem, item.booking)
        for doctor, wish_missed in asked[item.number]:
            item.blocks.append(ItemBlock(column, day, doctor, offer.ranges))
            opened.append(_Block(item.number, place, model.doctor_number[doctor], offer))
            costs.append(offer.missed + (cost + missed if wish_missed else cost))
            column += len(offer.ranges)
    if opened:
        firsts = np.concatenate([block.offer.first for block in opened])
        prices = np.concatenate(costs)
        model.program.columns(len(firsts), 0, 1, prices, day=day, minute=firsts)
        blocks += opened


def _personal(model: Model, item: Item, day: int, offer: _Offer) -> int | Ints:
    date, visit_id = model.days[day].day, item.visit.id
    if not model.costs.hours_matter:
        return model.personal(model.costs.at(visit_id, date, None))
    hours = (offer.first // 60).tolist()
    price = {hour: model.personal(model.costs.at(visit_id, date, hour)) for hour in set(hours)}
    return np.array([price[hour] for hour in hours], dtype=np.int64)


def _as_table(model: Model, first: int, blocks: list[_Block]) -> Choices:
    """The choices of all blocks, which were opened one after the other from column `first` on."""
    empty = [np.empty(0, dtype=np.int64)]
    sizes = np.array([len(block.offer.ranges) for block in blocks], dtype=np.int64)
    item = np.repeat(np.array([block.item for block in blocks], dtype=np.int64), sizes)
    place = np.repeat(np.array([block.place for block in blocks], dtype=np.int64), sizes)
    days = np.array([day for _, day in model.starts], dtype=np.int64)
    order = np.argsort(item, kind="stable")
    return Choices(
        column=first + order,
        item=item[order],
        place=place[order],
        day=days[place[order]],
        first=np.concatenate([block.offer.first for block in blocks] or empty)[order],
        last=np.concatenate([block.offer.last for block in blocks] or empty)[order],
        doctor=np.repeat([block.doctor for block in blocks], sizes).astype(np.int64)[order],
        bucket=np.concatenate([block.offer.bucket for block in blocks] or empty)[order],
        bounds=np.searchsorted(item[order], np.arange(len(model.items) + 1)),
    )


class _Offers:
    """Which of a kind's starts of a date each item may take. Many items may take the same."""

    def __init__(
        self, model: Model, day: int, minutes: Ints, items: list[Item], first_bucket: int
    ) -> None:
        self._model = model
        self._day = day
        self._minutes = minutes
        self._masks: dict[object, Mask] = {}
        self._offers: dict[tuple[_Signature, bool], _Offer] = {}
        self._signatures = {item.number: self._signature(item) for item in items}
        coarse = {self._signatures[item.number] for item in items if not item.exact}
        masks = [m for signature in coarse for m in (self._mask(signature), self._met(signature))]
        self.parts = _cut(minutes, masks)
        sizes = [b - a for a, b in self.parts]
        self._bucket = np.repeat(np.arange(len(self.parts)), sizes) + first_bucket

    def of(self, item: Item) -> _Offer:
        """What the item may take."""
        key = (self._signatures[item.number], item.exact)
        if key not in self._offers:
            self._offers[key] = self._offer(*key)
        return self._offers[key]

    def _offer(self, signature: _Signature, exact: bool) -> _Offer:
        parts = [(k, k + 1) for k in range(len(self._minutes))] if exact else self.parts
        ends = np.array(parts, dtype=np.int64).reshape(-1, 2)
        ends = ends[self._mask(signature)[ends[:, 0]]]
        first, last = self._minutes[ends[:, 0]], self._minutes[ends[:, 1] - 1]
        return _Offer(
            ranges=tuple(zip(first.tolist(), last.tolist(), strict=True)),
            first=first,
            last=last,
            bucket=self._bucket[ends[:, 0]],
            missed=np.where(
                self._met(signature)[ends[:, 0]], 0, self._model.price("preferences_missed")
            ),
        )

    def _signature(self, item: Item) -> _Signature:
        problem, facts = self._model.problem, self._model.days[self._day]
        visit, length = item.visit, item.kind.length
        windows = tuple([r.start_windows(problem, facts, visit, length) for r in VISIT_RULES])
        own = -1
        if item.booking is not None and item.exact and facts.day == item.booking.date:
            own = to_minutes(item.booking.start)
        return windows, own, _wished(item, facts.weekday) if visit.wishes else None

    def _mask(self, signature: _Signature) -> Mask:
        """Which of the kind's start minutes are allowed."""
        windows, own, _ = signature
        if (windows, own) not in self._masks:
            mask = self._minutes != own
            for rule in windows:
                mask &= self._inside(rule)
            self._masks[(windows, own)] = mask
        return self._masks[(windows, own)]

    def _met(self, signature: _Signature) -> Mask:
        """Where the wish is met (everywhere, if nothing is wished)."""
        wished = signature[2]
        if wished is None:
            return np.ones(len(self._minutes), dtype=np.bool_)
        return self._inside(wished)

    def _inside(self, windows: tuple[Interval, ...]) -> Mask:
        if windows not in self._masks:
            inside = np.zeros(len(self._minutes), dtype=np.bool_)
            for low, high in windows:
                inside |= (self._minutes >= low) & (self._minutes < high)
            self._masks[windows] = inside
        return self._masks[windows]


def _wished(item: Item, weekday: int) -> tuple[Interval, ...]:
    """Start minutes at which the visit lies inside a wished window."""
    return tuple(
        (to_minutes(window.start), to_minutes(window.end) - item.kind.length + 1)
        for window in item.visit.wishes
        if window.on(weekday)
    )


def _cut(minutes: Ints, masks: list[Mask]) -> list[_Part]:
    """Buckets as index ranges: cut at clock hours and wherever any mask changes."""
    if not len(minutes):
        return []
    cuts = np.diff(minutes // 60) != 0
    for mask in masks:
        cuts |= mask[1:] != mask[:-1]
    borders = [0, *(np.flatnonzero(cuts) + 1).tolist(), len(minutes)]
    return list(pairwise(borders))
