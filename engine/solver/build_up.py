"""Second stage: a whole solution, piece by piece, or the schedule that is already there."""

from collections.abc import Sequence

from engine.schedule import Schedule
from engine.solver.arrays import Ints, Restriction, restrict
from engine.solver.bridge import CLIMB_WORK, Bridge
from engine.solver.dive import Dive
from engine.solver.find_prices import first_rate
from engine.solver.greedy import place_waiting
from engine.solver.hardest import hardest
from engine.solver.incumbent import seats_only
from engine.solver.matched import matched
from engine.solver.places import Piece
from engine.weights import MILLIPOINTS

PIECE_COLUMNS, RACE_COLUMNS = 6000, (6500, 5200)
"""Ranked columns of a piece that take part: of several pieces a date, and of one that two solve.

With more the solver finds good solutions too late, with fewer they are not there. Which number
is right differs from date to date, so where there is time two are tried side by side.
"""

PIECE_WORK, HARDEST_WORK, SEATS_WORK = 2.5, 5.0, 15.0
"""Limits in CP-SAT's deterministic units, which are about seconds."""

HARDEST_SHARE = 0.25
"""Of the dive's time that is left, at most, for the hardest visits."""

SHARE_OF_TIME = 0.8
"""Of the dive's time that is left, for the pieces that are left."""

DIVE_SHARE = 0.25
"""Of the time that is left when the dive begins, for the improvement after it."""

REPRICE_STEPS, REPRICE_RATE = 250, 0.25
"""Between pieces: so many steps, at this share of the first rate."""


def build_up(bridge: Bridge) -> None:
    """The hardest visits first, then date by date along the prices.

    After each date the rest is placed greedily, so that there is a whole schedule early.
    """
    if bridge.prices is None or bridge.base is None or bridge.budget.is_over():
        return
    dive = Dive.begin(bridge.dual, bridge.places, bridge.prices, bridge.base)
    until = DIVE_SHARE * bridge.budget.left()
    found = _place_hardest(bridge, dive, until, "the hardest first")
    ahead = [bridge.places.day_pieces(day, 2 * PIECE_COLUMNS) for day in range(bridge.places.days)]
    if found is not None:
        dive.set_pieces(found, [piece for pieces in ahead for piece in pieces])
    while ahead:
        pieces = ahead.pop(0)
        if not ahead and bridge.places.days > 1:
            found = _place_hardest(bridge, dive, until, f"{pieces[0].text()}, the hardest first")
            dive.hard = dive.hard if found is None else found
        if not _fix_date(bridge, dive, pieces, sum(map(len, ahead)), until):
            rest = place_waiting(bridge.dual, bridge.prices, dive.completed())
            bridge.take_whole(rest, "day by day, the rest at prices")
            return
        if not ahead:
            break
        dive.reprice(REPRICE_STEPS, first_rate(bridge.model) * REPRICE_RATE)
        bridge.budget.work += REPRICE_STEPS * CLIMB_WORK
        least = dive.ascent.value
        bridge.take_whole(dive.completed(), f"{pieces[-1].text()}, the rest at prices")
        if bridge.best.objective is not None and least >= bridge.best.objective:
            return  # what is fixed costs too much for the rest to make good
        dive.renew(bridge.dual, bridge.places)
    filled = place_waiting(bridge.dual, bridge.prices, dive.values)
    if not bridge.take_whole(filled, "day by day"):
        bridge.take_whole(dive.values, "day by day")


def _place_hardest(bridge: Bridge, dive: Dive, until: float, by: str) -> Ints | None:
    """The hardest of those that wait; a whole schedule with the rest at prices is offered.

    `until`: seconds that are kept for what comes after the dive.
    """
    dual = dive.dual
    work = min(HARDEST_WORK, HARDEST_SHARE * (bridge.budget.left() - until))
    base = dive.waiting()
    part = hardest(dual, dive.now(), base) if work > 0 else None
    if part is None:
        return None
    answer = bridge.solve(part, None, work=work, threads=bridge.threads())
    if answer is None or answer.values is None:
        return None
    placed = part.laid_into(base, answer.values)
    bridge.take_whole(place_waiting(dual, dive.ascent.prices, placed), by)
    dive.renew(bridge.dual, bridge.places)
    return placed


def _fix_date(bridge: Bridge, dive: Dive, pieces: list[Piece], later: int, until: float) -> bool:
    """Solve and fix the pieces of a date; False where the time is over.

    `later`: pieces of the dates after it; `until`: seconds that are kept for what comes then.
    """
    two = len(pieces) == 1 and bridge.crew.idle() > 1
    sizes = RACE_COLUMNS if two else (PIECE_COLUMNS,)
    for number, piece in enumerate(pieces):
        left = bridge.budget.left() - until
        if left <= 0:
            return False
        behind = len(pieces) - number + later
        work = min(PIECE_WORK, SHARE_OF_TIME * left / behind)
        part, values = _solve_piece(bridge, dive, piece, work, sizes)
        dive.fix(piece, part, values, last=behind == 1)
    return True


def _solve_piece(
    bridge: Bridge, dive: Dive, piece: Piece, work: float, sizes: Sequence[int]
) -> tuple[Restriction, Ints]:
    """The piece as a program, and the solution so far with the best one found for the piece.

    Visits that cannot be matched to starts give up a wish, or leave and may come later.
    """
    programs = [dive.program_of(piece, most) for most in sizes]
    same = len({part.columns.tobytes() for part, _ in programs}) == 1  # fewer than either
    programs = programs[:1] if same else programs
    if bridge.settings.reproducible:
        work /= len(programs)  # the work of all counts
    # The first solutions are no hints: from one the solver takes longer to a good solution. On
    # whole dates cuts take longer, too; on parts of dates they more often kept a late patient in.
    parts = [part for part, _ in programs]
    answers = bridge.race(parts, work=work, cuts=len(sizes) == 1)
    found: list[tuple[Restriction, Ints]] = []
    for (part, first), answer in zip(programs, answers, strict=True):
        found.append((part, first[part.columns]))
        if answer is not None and answer.values is not None:
            found.append((part, answer.values))
    part, values = min(found, key=lambda one: one[0].program.objective_of(one[1]))
    whole = part.laid_into(dive.values, values)
    fitting = matched(bridge.model, dive.dual, whole).values
    return part, whole if fitting is None else fitting


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
        values = part.laid_into(values, answer.values)
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
