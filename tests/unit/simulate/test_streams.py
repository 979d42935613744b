"""Random numbers by name."""

import numpy as np

from engine.simulate.streams import Streams


def test_the_same_words_give_the_same_number_whatever_was_drawn_before():
    one, other = Streams(1), Streams(1)
    first = one.uniform("attendance", "V1", 0)
    for number in range(50):
        other.uniform("attendance", f"V{number}", 3)
    assert other.uniform("attendance", "V1", 0) == first


def test_seed_words_and_their_borders_all_matter():
    words = [("a", "b", 1), ("a", "b", 2), ("b", "a", 1), ("ab", 1), ("a", "b1")]
    numbers = {Streams(seed).uniform(*own) for own in words for seed in (1, 2)}
    assert len(numbers) == 10


def test_numbers_of_different_names_look_independent():
    streams = Streams(7)
    drawn = np.array([streams.uniform("x", number) for number in range(4000)])
    # Mean 1/2 within four standard errors of 1/sqrt(12 n); neighbours uncorrelated likewise.
    assert abs(drawn.mean() - 0.5) < 4 / np.sqrt(12 * len(drawn))
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 4 / np.sqrt(len(drawn))


def test_picks_follow_the_shares():
    streams = Streams(3)
    picked = [streams.pick((("a", 3.0), ("b", 1.0), ("never", 0.0)), n) for n in range(2000)]
    share = picked.count("a") / len(picked)
    assert abs(share - 0.75) < 4 * np.sqrt(0.75 * 0.25 / len(picked))
    assert "never" not in picked
