"""What kept bookings of a schedule go without, and which of them left their chair.

The checker lets a kept booking go without somebody when nobody is free just then. A booking is
served where it has somebody who fits, is there, and is with no other booking at that time; what
is not served is a *lack*. (That no new visit takes part in a clash is the checker's own rule.)
"""

from collections import defaultdict
from collections.abc import Iterator

from engine.certificate.book_demands import BookedVisit, Demand, Lack, booked_visits
from engine.certificate.certificate import Priced
from engine.certificate.day_rows import DayRows, read_day
from engine.practice import DoctorRule, DoctorRuleKind, Problem
from engine.schedule import PlacedSegment, Placement, Schedule
from engine.units import clock_text, to_minutes

_Piece = tuple[int, int, Lack | None]
"""From minute, until minute, whose (None: a chair of the book, held for sure)."""


def lacks_of(problem: Problem, schedule: Schedule) -> frozenset[Lack]:
    """Everything that kept bookings of a checked schedule go without."""
    found: set[Lack] = set()
    for day, booked in booked_visits(problem, schedule.horizon).items():
        rows = read_day(problem, day, (hold for one in booked for hold in one.taken))
        kept = [(one, placed) for one in booked if (placed := _kept(one, schedule)) is not None]
        found.update(_lacks_on(problem.practice.doctor_rule, rows, kept))
    return frozenset(found)


def moved_chairs(problem: Problem, schedule: Schedule) -> Iterator[str]:
    """Frozen bookings that left the chair of the book although the policy keeps them there."""
    for booked in booked_visits(problem, schedule.horizon).values():
        for one in booked:
            placed = _kept(one, schedule)
            if placed is None:
                continue
            for chair, start, _ in one.taken:
                sits = {s.chair for s in placed.segments if to_minutes(s.start) == start}
                if sits != {chair}:
                    at = f"{one.booking.date} {clock_text(start)}"
                    yield f"{at}: booking {one.booking.visit.id} leaves chair {chair}"


def _kept(one: BookedVisit, schedule: Schedule) -> Placement | None:
    placed = schedule.placement_of.get(one.booking.visit.id)
    place = (one.booking.date, one.booking.start)
    return placed if placed is not None and (placed.date, placed.start) == place else None


def _lacks_on(
    rule: DoctorRule, rows: DayRows, kept: list[tuple[BookedVisit, Placement]]
) -> Iterator[Lack]:
    held: dict[tuple[Priced, str], list[_Piece]] = defaultdict(list)
    for one, placed in kept:
        for chair, start, until in one.taken:
            held[Priced.CHAIR, chair].append((start, until, None))
        for demand in one.demands:
            name, spans = _given(demand, placed)
            members = rows.of(demand.of)
            row = members.number(name) if name is not None and name in demand.fit else None
            if name is None or row is None:
                yield demand.key
                continue
            if not all(members.fits(row, start, end) for start, end in spans):
                yield demand.key
            held[demand.of, name].extend((start, end, demand.key) for start, end in spans)
    for (of, _), pieces in held.items():
        by_units = of is Priced.DOCTOR and rule.kind is DoctorRuleKind.UNITS_PER_SLOT
        yield from _overfull(pieces, rule) if by_units else _doubled(pieces)


def _given(demand: Demand, placed: Placement) -> tuple[str | None, list[tuple[int, int]]]:
    """Who or what the schedule gives to a demand, and when."""
    if demand.of is Priced.DOCTOR:
        timed = [segment for segment in placed.segments if segment.doctor_time]
        return timed[0].doctor, [_span(segment) for segment in timed]
    own = next(segment for segment in placed.segments if segment.stage == demand.stage)
    start, until, _ = demand.spans[0]
    return (own.chair if demand.of is Priced.CHAIR else own.staff), [(start, until)]


def _span(segment: PlacedSegment) -> tuple[int, int]:
    return to_minutes(segment.start), to_minutes(segment.end)


def _doubled(pieces: list[_Piece]) -> Iterator[Lack]:
    for number, (start, end, whose) in enumerate(pieces):
        others = pieces[:number] + pieces[number + 1 :]
        if whose is not None and any(a < end and start < b for a, b, _ in others):
            yield whose


def _overfull(pieces: list[_Piece], rule: DoctorRule) -> Iterator[Lack]:
    size, most = rule.slot_minutes, rule.units * rule.unit_minutes
    for slot in range(0, 1440, size):
        inside = [piece for piece in pieces if piece[0] < slot + size and slot < piece[1]]
        if sum(min(b, slot + size) - max(a, slot) for a, b, _ in inside) > most:
            yield from (whose for _, _, whose in inside if whose is not None)
