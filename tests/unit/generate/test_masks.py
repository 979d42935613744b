"""Minutes as bits, against counting by hand."""

import numpy as np
import pytest

from engine.generate.masks import any_of, minutes_in, run_starts, span, union


def test_span_is_half_open_and_cut_off_at_zero() -> None:
    assert minutes_in(span(3, 6)) == [3, 4, 5]
    assert span(6, 6) == 0
    assert span(7, 3) == 0
    assert minutes_in(span(-2, 2)) == [0, 1]


def test_union_and_any_of() -> None:
    assert minutes_in(union([(5, 7), (1, 2)])) == [1, 5, 6]
    assert minutes_in(any_of([span(0, 2), span(4, 5), 0])) == [0, 1, 4]
    assert any_of([]) == 0


def test_runs_start_where_the_whole_length_is_free() -> None:
    # Free [2, 6) and [8, 11): runs of 3 minutes begin at 2, 3 and 8; of 4 at 2; of 5 nowhere.
    free = union([(2, 6), (8, 11)])
    assert minutes_in(run_starts(free, 3)) == [2, 3, 8]
    assert minutes_in(run_starts(free, 4)) == [2]
    assert run_starts(free, 5) == 0


@pytest.mark.parametrize("length", [1, 2, 7, 13, 40, 75])
def test_runs_agree_with_looking_at_every_minute(length: int) -> None:
    rng = np.random.default_rng(length)
    bits = rng.random(300) < 0.93
    mask = sum(1 << i for i, bit in enumerate(bits) if bit)
    expected = [i for i in range(300 - length + 1) if bits[i : i + length].all()]
    assert minutes_in(run_starts(mask, length)) == expected
