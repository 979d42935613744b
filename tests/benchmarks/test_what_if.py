"""The benchmark of scenarios: its twenty fit both practices, and the table says what was found."""

import pytest

from benchmarks.what_if import VISITS, agreement, scenarios, table
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.what_if.comparison import Noise, Outcome
from engine.what_if.faults import scenario_faults
from engine.what_if.read_scenarios import read_scenarios


@pytest.mark.parametrize("make", [lambda: generate("one-doctor", VISITS, seed=0), rolling_book])
def test_twenty_sound_scenarios(make):
    made = make()
    assert len(scenarios()) == 20
    assert list(scenario_faults(made.problem, made.horizon, scenarios())) == []


def test_the_file_has_no_fault():
    from benchmarks.what_if import SCENARIOS

    assert read_scenarios(SCENARIOS).faults == ()


def outcome(bound: float, difference: float | None, noise: Noise | None) -> Outcome:
    return Outcome(name="s", bound=0.0, bound_difference=bound, difference=difference, noise=noise)


def test_agreement_ranks_all_and_looks_at_signs_beyond_seeds():
    outcomes = (
        outcome(-10.0, -30.0, Noise.CLEAR),
        outcome(1.0, -2.0, Noise.GAP),
        outcome(5.0, 40.0, Noise.GAP),
        outcome(7.0, 1.0, Noise.BOTH),
        outcome(9.0, None, None),
    )
    found = agreement(outcomes)
    # Ranks 1 2 3 4 against 1 2 4 3: 1 - 6 * 2 / (4 * 15).
    assert found["rank correlation"] == pytest.approx(0.8)
    assert (found["solved"], found["beyond noise"], found["beyond what seeds change"]) == (4, 1, 3)
    assert found["sign as by bound, of these"] == 2


def test_the_table_says_whether_the_aim_is_kept():
    week = {"week": "open", "visits": 450, "bookings": 0, "scenarios": 20, "seconds": 61.0}
    week |= {"cores": 2, "a minute": 19.7}
    said = table({"speed": {"weeks": [week, week | {"week": "sample", "a minute": 20.0}]}})
    missed, kept = (line for line in said.splitlines() if line)
    assert "open" in missed
    assert "**missed**" in missed
    assert "sample" in kept
    assert "aim 20: kept" in kept
