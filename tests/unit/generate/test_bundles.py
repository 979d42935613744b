"""The mix, and visits that hang together."""

import numpy as np

from engine.generate.bundles import draw_bundles
from engine.generate.mix import STEADY_DAY, counts_of


def test_largest_remainder_keeps_the_total() -> None:
    # 7 visits at 2 : 1 : 1 are 3.5, 1.75 and 1.75: whole parts 3, 1, 1, then two more for the
    # remainders 0.75 and 0.75.
    assert counts_of(7, {"A": 2.0, "B": 1.0, "C": 1.0}) == {"A": 3, "B": 2, "C": 2}
    assert sum(counts_of(351, STEADY_DAY).values()) == 351
    assert sum(counts_of(0, STEADY_DAY).values()) == 0


def test_bundles_hold_the_number_asked_for_and_the_mix() -> None:
    for count, weeks in ((1, 1), (37, 1), (350, 1), (700, 3)):
        bundles = draw_bundles(np.random.default_rng(count), count, weeks, STEADY_DAY)
        codes = [step.procedure for bundle in bundles for step in bundle.steps]
        assert len(codes) == count
        expected = {code: n for code, n in counts_of(count, STEADY_DAY).items() if n}
        assert {code: codes.count(code) for code in set(codes)} == expected


def test_pairs_need_their_weeks() -> None:
    def pairs(weeks: int) -> set[tuple[str, ...]]:
        bundles = draw_bundles(np.random.default_rng(1), 700, weeks, STEADY_DAY)
        return {tuple(s.procedure for s in b.steps) for b in bundles if not b.household}

    assert {("REC", "BOND"), ("DEB", "RETD")} <= pairs(1)
    assert ("SEP", "BAND") not in pairs(1)
    assert {("SEP", "BAND"), ("SCAN", "DEB", "RETD")} <= pairs(2)
