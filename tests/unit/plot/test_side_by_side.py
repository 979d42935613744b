"""Overlapping spans get places beside each other."""

import itertools

from engine.plot.side_by_side import side_by_side


def test_touching_spans_share_the_whole_width():
    assert side_by_side([(0, 10), (10, 20), (20, 25)]) == [(0, 1)] * 3


def test_a_chain_has_as_many_places_as_overlap_at_once():
    # 0-10 and 5-15 overlap, 12-20 takes the place that is free again; 30-40 stands alone.
    spans = [(0, 10), (5, 15), (12, 20), (30, 40)]
    expected = {(0, 10): (0, 2), (5, 15): (1, 2), (12, 20): (0, 2), (30, 40): (0, 1)}
    for order in itertools.permutations(spans):
        assert dict(zip(order, side_by_side(list(order)), strict=True)) == expected


def test_three_at_once_need_three_places():
    assert side_by_side([(0, 30), (5, 30), (10, 30)]) == [(0, 3), (1, 3), (2, 3)]


def test_equal_spans_stand_apart():
    assert sorted(side_by_side([(0, 5), (0, 5)])) == [(0, 2), (1, 2)]
