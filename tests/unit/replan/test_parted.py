"""Families that were to come together by the old schedule, and are apart by the new one."""

import pytest

from engine.replan.parted import parted_households


@pytest.mark.parametrize(
    ("before", "after", "parted"),
    [
        ("09:25", "10:00", False),
        ("09:25", "10:05", True),  # more than an hour from the first start
        ("10:05", "15:00", False),  # they were apart already
        (None, "15:00", False),  # it had no time to lose
        ("09:25", None, True),
    ],
)
def test_named_are_those_who_were_together(tiny, before, after, parted) -> None:
    problem = tiny.problem(
        tiny.booking("B1", "09:00", household="H1"),
        tiny.visit("V1", household="H1"),
        tiny.visit("V2", household="H2"),
        tiny.visit("V3"),
    )

    def plan(start: str | None, *others):
        own = (tiny.place("V1", start),) if start is not None else ()
        placed = (tiny.place("B1", "09:00"), *own, *others)
        return tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)

    alone = (tiny.place("V2", "11:00"), tiny.place("V3", "12:00"))
    found = parted_households(problem, plan(before, *alone), plan(after))
    assert [one.household for one in found] == ["H1"] * parted
    for one in found:
        first, second = one.members
        assert (first.visit, f"{first.start:%H:%M}") == ("B1", "09:00")
        start = f"{second.start:%H:%M}" if second.start else None
        assert (second.visit, start) == ("V1", after)
