"""The hardest visits: who they are, and that their places are part of a whole schedule."""

import numpy as np
import pytest

from engine.generate import generate
from engine.solver import hardest as module
from engine.solver.arrays import to_arrays
from engine.solver.ascent import Ascent
from engine.solver.chains import Chain
from engine.solver.cp_sat import solve_program
from engine.solver.dive import Dive
from engine.solver.hardest import SHARE, hardest
from engine.solver.lagrangian import Lagrangian
from engine.solver.places import Places
from engine.solver.solved import Limits

LIMITS = Limits(seconds=10.0, gap=0.0, workers=1, seed=0)


class Week:
    """A week of 40 visits, a third of them booked, and prices."""

    def __init__(self, solve) -> None:
        made = generate("one-doctor", 40, 3, booked_share=0.3)
        self.model = solve.model(made.problem, made.horizon)
        ascent = Ascent(Lagrangian(self.model, to_arrays(self.model.program)))
        ascent.cycle(150, 20_000.0)
        self.dual, self.prices = ascent.dual, ascent.prices
        self.base = solve.book_seated(self.model)
        self.places = Places(self.model, self.dual)
        self.waits = self.base[self.dual.unplaced] > 0

    def program(self):
        return hardest(self.dual, self.dual.evaluate(self.prices), self.base)

    def solved(self):
        part = self.program()
        return part.laid_into(self.base, solve_program(part.program, LIMITS).values)

    def dive(self) -> Dive:
        return Dive.begin(self.dual, self.places, self.prices, self.base)

    def pieces(self):
        return [p for day in range(self.places.days) for p in self.places.day_pieces(day, 100_000)]


@pytest.fixture(scope="module")
def week(solve) -> Week:
    return Week(solve)


def test_those_who_lose_most_for_their_length(week) -> None:
    dual, at = week.dual, week.dual.evaluate(week.prices)
    theirs = np.isin(dual.unplaced, week.program().columns)
    hard = (dual.arrays.cost[dual.unplaced] - at.item) * dual.length
    in_chains = {item for pair in dual.before_after for item in pair}
    alone = np.array([item not in in_chains for item in range(len(theirs))])
    assert not (theirs & ~week.waits).any()
    assert theirs.sum() >= int(SHARE * week.waits.sum()) > 0
    assert hard[theirs & alone].min() >= hard[week.waits & ~theirs].max()


def test_nobody_without_the_visit_it_follows(week) -> None:
    theirs = np.isin(week.dual.unplaced, week.program().columns)
    pairs = [(a, b) for a, b in week.dual.before_after if week.waits[a] and week.waits[b]]
    assert pairs
    assert all(theirs[first] == theirs[later] for first, later in pairs)


def test_their_places_keep_every_row_and_move_nobody_else(week) -> None:
    placed, dual = week.solved(), week.dual
    assert not dual.arrays.violates(placed)
    gone = week.waits & (placed[dual.unplaced] == 0)
    assert gone.any()
    others = ~gone[dual.items.piece]
    columns = dual.choice_columns[others]
    assert np.array_equal(placed[columns], week.base[columns])


def test_too_many_make_no_step(week, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    assert week.program() is None


def test_a_dive_keeps_them_in_their_pieces_while_these_are_open(week) -> None:
    placed, dual, dive = week.solved(), week.dual, week.dive()
    pieces = week.pieces()
    dive.set_pieces(placed, pieces)
    timed = dual.bucket_number >= 0
    chosen = (placed[dual.choice_columns] > 0) & timed & week.waits[dual.items.piece]
    day = dual.arrays.day[dual.choice_columns]
    date = dict(zip(dual.items.piece[chosen].tolist(), day[chosen].tolist(), strict=True))
    assert set(date.values()) > {0}
    for item, own in date.items():
        mine = dive.open_choices() & timed & (dual.items.piece == item)
        assert set(day[mine].tolist()) == {own}

    # The first date takes nobody: whoever was to come then may come on any other.
    part, _ = dive.program_of(pieces[0], 100_000)
    dive.fix(pieces[0], part, dive.waiting(), last=False)
    for item, own in date.items():
        mine = dive.open_choices() & timed & (dual.items.piece == item)
        later = set(day[(dual.items.piece == item) & timed].tolist()) - {0}
        assert set(day[mine].tolist()) == ({own} if own else later)


def test_a_piece_starts_with_those_of_its_date(week) -> None:
    placed, dual, dive = week.solved(), week.dual, week.dive()
    pieces = week.pieces()
    dive.set_pieces(placed, pieces)
    _, first = dive.program_of(pieces[0], 100_000)
    today = dual.choice_columns[dual.arrays.day[dual.choice_columns] == 0]
    assert placed[today].any()
    assert (first[today] >= placed[today]).all()


def test_the_start_of_a_piece_holds_where_a_booking_has_another_seat(week) -> None:
    """The seat that the booking leaves is too dear to be in the piece by itself."""
    dual = week.dual
    swaps = [(s, v) for s, v in _in_other_seats(week) if not dual.arrays.violates(v)]
    assert swaps
    for seat, moved in swaps:
        dive = week.dive()
        dive.ascent.prices = np.zeros(len(dual.right_side))
        dive.ascent.prices[dual.rows[:, [seat]].nonzero()[0]] = 1e6
        dive.set_pieces(moved, week.pieces())
        part, first = dive.program_of(week.pieces()[0], 20)
        whole = part.laid_into(dive.values, first[part.columns])
        whole[dual.unplaced] = first[dual.unplaced]
        assert np.array_equal(whole, first)


def _in_other_seats(week):
    """The book with one of what it uses on the first date served by another class."""
    dual = week.dual
    use = dict(zip(dual.share_columns.tolist(), dual.shares.piece.tolist(), strict=True))
    today = dual.share_columns[dual.arrays.day[dual.share_columns] == 0]
    for seat in today[week.base[today] > 0].tolist():
        for other in dual.shares_of(use[seat]).tolist():
            moved = week.base.copy()
            moved[seat] -= 1
            moved[other] += 1
            if other != seat:
                yield seat, moved


def test_a_chain_of_three_is_whole_or_not_there(week, monkeypatch) -> None:
    """Only the last of three is hard: the visit that the second one follows comes, too."""
    dual = week.dual
    third = int(np.argmax(week.waits))
    second, first = np.flatnonzero(week.waits)[[1, 2]].tolist()
    alone = np.where(np.arange(len(week.waits)) == third, 10**12, 0)
    allowed = np.ones((week.places.days, week.places.days), dtype=np.bool_)
    chains = (Chain(first, second, allowed), Chain(second, third, allowed))
    monkeypatch.setattr(dual, "chains", chains)
    monkeypatch.setattr(dual, "length", alone + 1)
    monkeypatch.setattr(module, "SHARE", 1.01 / week.waits.sum())
    theirs = np.isin(dual.unplaced, week.program().columns)
    assert np.flatnonzero(theirs).tolist() == sorted([first, second, third])


def test_nobody_waits(week) -> None:
    everybody = week.base.copy()
    everybody[week.dual.unplaced] = 0
    assert hardest(week.dual, week.dual.evaluate(week.prices), everybody) is None


def test_whoever_leaves_for_want_of_a_start_may_come_later(week) -> None:
    dual, dive = week.dual, week.dive()
    first, second, *_ = week.pieces()
    part, values = dive.program_of(first, 100_000)
    dive.fix(first, part, values, last=False)
    (item, *_) = np.flatnonzero(dive.placed & week.waits).tolist()
    part, values = dive.program_of(second, 100_000)
    values[dual.choice_columns[dual.items.places(item)]] = 0
    values[dual.unplaced[item]] = 1
    dive.fix(second, part, values, last=False)
    assert not dive.placed[item]
    assert dive.waiting()[dual.unplaced[item]] == 1
