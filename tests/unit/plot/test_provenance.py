"""What the page says of how good the schedule is."""

import pytest

from engine.plot.provenance import headline_of
from engine.result import Result, Status


@pytest.mark.parametrize(
    ("status", "gap", "says"),
    [
        (Status.OPTIMAL, 0.0, "Proven best"),
        (
            Status.FEASIBLE,
            0.0123,
            "Another one could cost at most 1.23% of the avoidable part less.",
        ),
        (Status.INFEASIBLE, None, "There is no schedule"),
        (Status.UNKNOWN, None, "there may be one"),
    ],
)
def test_the_headline_says_what_is_left_to_gain(status: Status, gap: float | None, says: str):
    assert says in headline_of(Result(status=status, schedule=None, gap=gap))


def test_without_a_bound_nothing_is_said_of_the_rest():
    assert headline_of(Result(status=Status.FEASIBLE, schedule=None)) == "Best schedule found."


def test_an_interruption_is_said():
    stopped = Result(status=Status.FEASIBLE, schedule=None, gap=0.5, interrupted=True)
    assert "Interrupted" in headline_of(stopped)
