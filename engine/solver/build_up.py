"""Second stage: a whole solution, piece by piece, or the schedule that is already there."""

from engine.schedule import Schedule
from engine.solver.arrays import Ints, Restriction, restrict
from engine.solver.bridge import CLIMB_WORK, Bridge
from engine.solver.dive import Dive
from engine.solver.find_prices import first_rate
from engine.solver.greedy import place_waiting
from engine.solver.incumbent import seats_only
from engine.solver.matched import match_by_wishes
from engine.solver.places import Piece
from engine.weights import MILLIPOINTS

PIECE_COLUMNS = 6000
"""Ranked columns of a piece that take part."""

PIECE_WORK, SEATS_WORK = 2.5, 15.0
"""Limits in CP-SAT's deterministic units, which are about seconds."""

SHARE_OF_TIME = 0.8
"""Of the dive's time that is left, for the pieces that are left."""

DIVE_SHARE = 0.25
"""Of the time that is left when the dive begins, for the improvement after it."""

REPRICE_STEPS, REPRICE_RATE = 250, 0.25
"""Between pieces: so many steps, at this share of the first rate."""


def build_up(bridge: Bridge) -> None:
    """Dive through the horizon along the prices; after each date the rest is placed greedily."""
    if bridge.prices is None or bridge.base is None or bridge.budget.is_over():
        return
    dive = Dive.begin(bridge.dual, bridge.places, bridge.prices, bridge.base)
    pieces = [
        piece
        for day in range(bridge.places.days)
        for piece in bridge.places.day_pieces(day, 2 * PIECE_COLUMNS)
    ]
    until = DIVE_SHARE * bridge.budget.left()
    for number, piece in enumerate(pieces):
        left = bridge.budget.left() - until
        if left <= 0:
            bridge.take_whole(dive.completed(), "day by day, the rest at prices")
            return
        work = min(PIECE_WORK, SHARE_OF_TIME * left / (len(pieces) - number))
        part, values = _solve_piece(bridge, dive, piece, work)
        last = number + 1 == len(pieces)
        dive.fix(piece, part, values, last=last)
        if not last and pieces[number + 1].days != piece.days:
            dive.reprice(REPRICE_STEPS, first_rate(bridge.model) * REPRICE_RATE)
            bridge.budget.work += REPRICE_STEPS * CLIMB_WORK
            least = dive.ascent.value
            bridge.take_whole(dive.completed(), f"{piece.text()}, the rest at prices")
            if bridge.best.objective is not None and least >= bridge.best.objective:
                return  # what is fixed costs too much for the rest to make good
            dive.renew(bridge.dual, bridge.places)
    filled = place_waiting(bridge.dual, bridge.prices, dive.values)
    if not bridge.take_whole(filled, "day by day"):
        bridge.take_whole(dive.values, "day by day")


def _solve_piece(bridge: Bridge, dive: Dive, piece: Piece, work: float) -> tuple[Restriction, Ints]:
    """The piece as a program, and the solution so far with the best one found for the piece."""
    part, first = dive.program_of(piece, PIECE_COLUMNS)
    found = first[part.columns]
    # The first solution is no hint: from one the solver takes longer to a good solution.
    answer = bridge.solve(part, None, work=work, threads=bridge.threads())
    if answer is not None and answer.values is not None:
        found = min(found, answer.values, key=part.program.objective_of)
    return part, match_by_wishes(bridge.model, dive.with_piece(part, found))


def seat_the_book(bridge: Bridge) -> None:
    """Seats for the book as it is: where every solution that is built up begins.

    Movable bookings stay for now; the improvement moves them where that pays.
    """
    values = bridge.best.places_of(None)
    if len(bridge.dual.keep_columns):
        part = restrict(bridge.best.arrays, seats_only(bridge.model), values)
        answer = bridge.solve(part, None, work=SEATS_WORK, threads=bridge.threads())
        if answer is None or answer.values is None:
            return
        values[part.columns] = answer.values
    bridge.base = values
    bridge.take_whole(values, "the book alone")


def start_from(bridge: Bridge, schedule: Schedule | None, known: float | None) -> None:
    """Read the schedule that is there into the model, if it is better than what was built up.

    `known`: its points.
    """
    found = bridge.best.objective
    if found is not None and (known is None or found <= known * MILLIPOINTS + 0.5):
        return
    if schedule is None or bridge.budget.is_over():
        return
    values = bridge.best.places_of(schedule)
    part = restrict(bridge.best.arrays, seats_only(bridge.model), values)
    answer = bridge.solve(part, None, work=SEATS_WORK, threads=bridge.threads())
    bridge.take(part, values, answer, "by hand")
