"""Where the book cannot be served, no new or moved visit takes the people it lacks.

A kept booking is *unserved* where it has nobody, or somebody who is away or with another kept
booking. Let S be those who could serve it. In each of its minutes (turnover included)
    people of S present >= visits that only S can serve + newcomers who hold one of S anyway,
or no newcomer holds one of S. Newcomers are new and moved visits. Whether it holds is decided by
counting heads, so a booking that nobody can serve for other reasons blocks nobody.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from engine.checker.book import Book, Entry, Hold, Intervals
from engine.checker.report import Finding, finding
from engine.checker.spans import clashing, first_gap
from engine.practice import DoctorRuleKind

There = Callable[[str, dt.date], Intervals]

_DAY = 1440


@dataclass(frozen=True, slots=True, eq=False)
class _Demand:
    """Something wanted over [start, until): who fits, who holds it, whether it goes unserved."""

    entry: Entry
    start: int
    until: int
    fit: frozenset[str]
    holder: str | None
    unserved: bool = False


def shortages(book: Book) -> Iterator[Finding]:
    """Staff by role and skill, then doctors."""
    exact = book.practice.doctor_rule.kind is DoctorRuleKind.EXACT
    yield from _worsened("staff member", _unserved(_staff(book), book.present), book.present)
    doctors = _unserved(_doctors(book), book.present, one_at_a_time=exact)
    if exact:
        yield from _worsened("doctor", doctors, book.present)
    else:
        yield from _worsened_slots(book, doctors)


def _unserved(
    demands: Iterable[tuple[Hold, _Demand]], there: There, one_at_a_time: bool = True
) -> list[_Demand]:
    """Marks the kept demands that nobody serves properly."""
    pairs = list(demands)
    lacking: set[Hold] = set()
    held: dict[tuple[str, dt.date], list[Hold]] = defaultdict(list)
    for hold, demand in pairs:
        if not hold.entry.kept:
            continue
        day, holder = hold.entry.date, demand.holder
        if holder is None or first_gap((hold.start, hold.until), there(holder, day)) is not None:
            lacking.add(hold)
        elif one_at_a_time:
            held[holder, day].append(hold)
    for holds in held.values():
        for first, second, _ in clashing(holds, lambda hold: True):
            lacking |= {first, second}
    return [replace(demand, unserved=hold in lacking) for hold, demand in pairs]


def _staff(book: Book) -> Iterator[tuple[Hold, _Demand]]:
    for hold in book.stage_holds:
        if hold.need is not None and (fit := book.people_for(hold.need)):
            yield hold, _Demand(hold.entry, hold.start, hold.until, fit, hold.staff)


def _doctors(book: Book) -> Iterator[tuple[Hold, _Demand]]:
    for hold in book.doctor_holds:
        required = hold.entry.visit.required_doctor
        fit = book.doctor_ids & {required} if required else book.doctor_ids
        if fit:
            yield hold, _Demand(hold.entry, hold.start, hold.until, fit, hold.doctor)


def _by_date_and_lack(
    demands: Iterable[_Demand],
) -> Iterator[tuple[dt.date, frozenset[str], list[_Demand]]]:
    days: dict[dt.date, list[_Demand]] = defaultdict(list)
    for demand in demands:
        days[demand.entry.date].append(demand)
    for day, own in days.items():
        for fit in dict.fromkeys(demand.fit for demand in own if demand.unserved):
            yield day, fit, [demand for demand in own if demand.fit <= fit or _takes(demand, fit)]


def _takes(demand: _Demand, fit: frozenset[str]) -> bool:
    return not demand.entry.kept and demand.holder in fit


def _levels(spans: Iterable[tuple[int, int]]) -> list[int]:
    """How many spans hold each minute of the day."""
    steps = [0] * (_DAY + 1)
    for start, end in spans:
        if start < end:
            steps[min(start, _DAY)] += 1
            steps[min(end, _DAY)] -= 1
    level, levels = 0, []
    for step in steps[:_DAY]:
        level += step
        levels.append(level)
    return levels


def _worsened(what: str, demands: Iterable[_Demand], there: There) -> Iterator[Finding]:
    for day, fit, own in _by_date_and_lack(demands):
        present = _levels(span for who in fit for span in there(who, day))
        needed = _levels((demand.start, demand.until) for demand in own)
        lacking = [demand for demand in own if demand.unserved]
        unserved = _levels((demand.start, demand.until) for demand in lacking)
        taking = [demand for demand in own if _takes(demand, fit)]
        taken = _levels((demand.start, demand.until) for demand in taking)
        before = False
        for minute in range(_DAY):
            short = bool(unserved[minute] and taken[minute] and needed[minute] > present[minute])
            if short and not before:
                yield _finding(
                    what,
                    minute,
                    [d.entry for d in lacking if d.start <= minute < d.until],
                    [d.entry for d in taking if d.start <= minute < d.until],
                    (f"{needed[minute]} needed", f"{present[minute]} there"),
                )
            before = short


def _worsened_slots(book: Book, demands: Iterable[_Demand]) -> Iterator[Finding]:
    """By units: doctor minutes wanted in a slot against the units of the doctors there."""
    rule = book.practice.doctor_rule
    size, most = rule.slot_minutes, rule.units * rule.unit_minutes
    for day, fit, own in _by_date_and_lack(demands):
        for slot in range(-(-_DAY // size)):
            begin, end = slot * size, (slot + 1) * size
            inside = [demand for demand in own if demand.start < end and begin < demand.until]
            lacking = [demand.entry for demand in inside if demand.unserved]
            taking = [demand.entry for demand in inside if _takes(demand, fit)]
            if not lacking or not taking:
                continue
            wanted = sum(min(end, d.until) - max(begin, d.start) for d in inside)
            there = sum(
                any(start < end and begin < stop for start, stop in book.present(who, day))
                for who in fit
            )
            if wanted > most * there:
                heads = (f"{wanted} min needed", f"{most * there} min there")
                yield _finding("doctor", begin, lacking, taking, heads)


def _finding(
    what: str, minute: int, lacking: list[Entry], taking: list[Entry], heads: tuple[str, str]
) -> Finding:
    without = ", ".join(entry.id for entry in lacking)
    newcomers = ", ".join(entry.id for entry in taking)
    found, allowed = heads
    text = f"{newcomers} takes a {what} while booking {without} goes without ({found}, {allowed})"
    return finding((*lacking, *taking), minute, text, found, allowed, inherited=False)
