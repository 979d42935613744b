"""What the large neighbourhood search takes out: at random, dear, alike, by date, by time.

S. Ropke and D. Pisinger, "An adaptive large neighborhood search heuristic for the pickup and
delivery problem with time windows", Transportation Science 40 (2006) 455-472,
doi 10.1287/trsc.1050.0135, for random, worst (drawn with the power of a rank) and related removal.
"""

from collections.abc import Callable
from datetime import date

from numpy.random import Generator

from benchmarks.peers.alns_state import State
from benchmarks.peers.running_price import Piece

LEAST, MOST, SHARE = 4, 24, 0.08
"""Visits taken out: drawn between LEAST and SHARE of the placed ones, but at most MOST."""
GREED = 3
"""Power of the rank draw: the dearest and the most alike are taken most often, never surely."""
BAND_MINUTES = 120
NEW = list[tuple[str, Piece]]

Destroy = Callable[[State, Generator], State]


def random_visits(state: State, rng: Generator) -> State:
    """Any of them."""
    new = _new(state)
    return _take(state, [new[k] for k in rng.permutation(len(new))[: _count(new, rng)]])


def dearest(state: State, rng: Generator) -> State:
    """Those that cost most above their cheapest start."""
    new = _new(state)
    least = state.board.cheapest_days
    new.sort(key=lambda one: least[one[0]][0][0] - one[1].price)
    return _take(state, _ranked(new, rng))


def alike(state: State, rng: Generator) -> State:
    """Those that could change places: near in date and time, of one class, of like length."""
    new = _new(state)
    if not new:
        return _take(state, [])
    openings, minutes = state.board.openings, state.board.minutes
    name, seed = new[int(rng.integers(len(new)))]
    kind = openings.class_of(state.board.pending[name])

    def apart(one: tuple[str, Piece]) -> float:
        other, piece = one
        days = abs((piece.placement.date - seed.placement.date).days)
        other_kind = openings.class_of(state.board.pending[other]) != kind
        return (
            abs(piece.start - seed.start) / 60
            + days
            + 2 * other_kind
            + abs(minutes[other] - minutes[name]) / 15
        )

    new.sort(key=apart)
    return _take(state, _ranked(new, rng))


def of_one_date(state: State, rng: Generator) -> State:
    """Some of one date."""
    day = state.board.openings.dates[int(rng.integers(len(state.board.openings.dates)))]
    new = _new(state, day)
    return _take(state, [new[k] for k in rng.permutation(len(new))[: _count(new, rng, MOST)]])


def time_band(state: State, rng: Generator) -> State:
    """All of two hours of a date, as far as the number allows."""
    day = state.board.openings.dates[int(rng.integers(len(state.board.openings.dates)))]
    new = _new(state, day)
    if not new:
        return _take(state, [])
    begin = new[int(rng.integers(len(new)))][1].start
    band = [one for one in new if begin <= one[1].start < begin + BAND_MINUTES]
    return _take(state, [band[k] for k in rng.permutation(len(band))[:MOST]])


def for_the_unplaced(state: State, rng: Generator) -> State:
    """Room for a visit without a time: neighbours in time on a date on which it would be cheap.

    Whom a time would save most is drawn most often.
    """
    days, without = state.board.cheapest_days, state.board.without
    waiting = [name for name in state.unplaced if days[name]]
    if not waiting:
        return random_visits(state, rng)
    waiting.sort(key=lambda one: days[one][0][0] - without[one])
    name = waiting[int(len(waiting) * rng.random() ** 2)]
    day = days[name][int(len(days[name]) * rng.random() ** GREED)][1]
    starts = state.board.alone[name, day]
    begin = int(starts[int(rng.integers(len(starts)))])
    new = _new(state, day)
    new.sort(key=lambda one: abs(one[1].start - begin))
    destroyed = _take(state, _ranked(new, rng))
    destroyed.out.append(name)
    return destroyed


OPERATORS: tuple[Destroy, ...] = (
    random_visits,
    dearest,
    alike,
    of_one_date,
    time_band,
    for_the_unplaced,
)


def _new(state: State, day: date | None = None) -> NEW:
    days = state.days.values() if day is None else [state.days[day]]
    pending = state.board.pending
    return [(name, piece) for one in days for name, piece in one.items() if name in pending]


def _count(new: NEW, rng: Generator, most: int | None = None) -> int:
    share = int(SHARE * len(new)) if most is None else most
    return int(rng.integers(LEAST, max(LEAST, min(share, MOST)) + 1))


def _ranked(new: NEW, rng: Generator) -> NEW:
    """Drawn one by one from a list in order of preference."""
    left, drawn = list(new), []
    for _ in range(min(_count(new, rng), len(left))):
        drawn.append(left.pop(int(len(left) * rng.random() ** GREED)))
    return drawn


def _take(state: State, chosen: NEW) -> State:
    destroyed = state.copy()
    destroyed.out = []
    for name, piece in chosen:
        destroyed.take_out(name, piece.placement.date)
    return destroyed
