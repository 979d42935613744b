import numpy as np

from engine.filling.lanes import Lanes, marked, run_since, run_until


def starts(*minutes: int):
    return np.array(minutes, dtype=np.int64)


def test_runs_of_free_minutes():
    free = marked([(10, 20), (25, 30)])
    until, since = run_until(free), run_since(free)
    assert [int(until[minute]) for minute in (9, 10, 19, 20, 25, 30)] == [9, 20, 20, 20, 30, 30]
    assert [int(since[minute]) for minute in (10, 15, 20, 25, 28)] == [10, 10, 10, 25, 25]
    assert int(run_until(marked([(1400, 1440)]))[1400]) == 1440


def test_a_hold_ends_where_the_next_may_begin():
    lanes = Lanes(["A", "B", "C"], [[(480, 600)], [(480, 540)], []])
    lanes.hold("A", 500, 520)
    rows = np.arange(3)
    # A is free 480-500 and 520-600, B 480-540, C never. Twenty minutes each.
    fits = lanes.fits(rows, starts(480, 485, 500, 515, 520, 525, 580, 585), 20)
    assert fits.astype(int).tolist() == [
        [1, 0, 0, 0, 1, 1, 1, 0],
        [1, 1, 1, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0],
    ]
    assert lanes.gaps(rows[:2], starts(480, 520), 20).tolist() == [[0, 60], [40, 40]]


def test_what_is_held_twice_is_free_only_when_both_have_left():
    lanes = Lanes(["A"], [[(480, 600)]])
    lanes.hold("A", 500, 520)
    lanes.hold("A", 510, 530)
    lanes.hold("A", 500, 520, by=-1)
    assert lanes.is_free(0, 480, 510)
    assert not lanes.is_free(0, 505, 515)
    lanes.hold("A", 510, 530, by=-1)
    assert lanes.is_free(0, 480, 600)


def test_withheld_minutes_are_free_but_not_for_anything_new():
    lanes = Lanes(["A"], [[(480, 600)]])
    lanes.withhold(0, marked([(500, 505)]))
    assert not lanes.is_free(0, 490, 501)
    lanes.withhold(0, marked([]))
    assert lanes.is_free(0, 490, 501)


def test_whatever_is_held_and_given_back_the_runs_are_those_of_a_fresh_look():
    rng = np.random.default_rng(5)
    lanes = Lanes(["A", "B"], [[(0, 700), (710, 1440)], [(480, 1020)]])
    held = []
    for _ in range(400):
        if held and rng.random() < 0.45:
            name, start, end = held.pop(int(rng.integers(len(held))))
            lanes.hold(name, start, end, by=-1)
        else:
            start = int(rng.integers(-20, 1430))
            spell = ("AB"[int(rng.integers(2))], start, start + int(rng.integers(0, 90)))
            held.append(spell)
            lanes.hold(*spell)
        if rng.random() < 0.05:
            begin = int(rng.integers(0, 1400))
            lanes.withhold(int(rng.integers(2)), marked([(begin, begin + 30)]))
        free = lanes.available & (lanes.held == 0) & ~lanes.withheld
        assert (lanes.free_until == run_until(free)).all()
        assert (lanes.free_since == run_since(free)).all()
