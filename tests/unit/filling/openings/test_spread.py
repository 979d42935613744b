"""Which starts are offered, worked out on paper: index, date, clock, cost, free minutes beside."""

import numpy as np

from engine.filling.openings.spread import HalfDays, spread

# 0: Mon 9:00, 1: Mon 10:00, 2: Mon 14:00, 3: Tue 9:00, 4: Tue 13:00, 5: Wed 9:00
DAY = np.array([0, 0, 0, 1, 1, 2])
MINUTE = np.array([540, 600, 840, 540, 780, 540])


def halves(cost, gap=(0,) * 6, away=(0,) * 6) -> HalfDays:
    return HalfDays(DAY, MINUTE, np.array(cost), np.array(gap), np.array(away))


def offered(made: HalfDays, count: int, refused=()) -> list[int]:
    return spread(made, count, lambda index: index not in refused)


def test_one_date_each_while_there_are_dates():
    # The three cheapest are all on Monday; the best of Tuesday and of Wednesday come before the
    # second best of Monday.
    assert offered(halves([1, 2, 3, 50, 40, 60]), 3) == [0, 4, 5]


def test_a_date_comes_again_when_no_other_is_left():
    assert offered(halves([1, 2, 3, 50, 40, 60]), 4) == [0, 2, 4, 5]


def test_half_of_them_in_the_morning_at_most_while_there_are_afternoons():
    # Two offers: one of the morning, so the second one is Tuesday afternoon and not the cheaper
    # Tuesday morning.
    assert offered(halves([1, 2, 30, 4, 40, 60]), 2) == [0, 4]
    # Four offers: Wednesday has no afternoon, so that its date counts more.
    assert offered(halves([1, 2, 30, 4, 40, 60]), 3) == [0, 3, 5]


def test_of_equals_the_tightest_in_a_half_day_and_the_nearest_to_due_between_them():
    # Monday morning: 10:00 leaves less free beside it. Between the dates Wednesday is nearest.
    made = halves([5] * 6, gap=(30, 10, 20, 5, 5, 90), away=(2, 2, 2, 1, 1, 0))
    assert offered(made, 1) == [5]
    assert offered(halves([5] * 6, gap=(30, 10, 20, 15, 15, 90)), 1) == [1]


def test_a_start_that_cannot_be_seated_gives_way_to_the_next_of_its_half_day():
    made = halves([1, 2, 3, 50, 40, 60])
    assert offered(made, 1, refused={0}) == [1]
    assert offered(halves([1, 2, 3, 50, 40, 60]), 1, refused={0, 1}) == [2]
    assert offered(halves([1, 2, 3, 50, 40, 60]), 6, refused=set(range(6))) == []


def test_nothing_to_offer():
    empty = np.empty(0, dtype=np.int64)
    assert spread(HalfDays(empty, empty, empty, empty, empty), 3, lambda index: True) == []
