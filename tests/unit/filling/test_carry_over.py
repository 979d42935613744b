"""An earlier schedule over the book of now: valid, stale, clashing, and the rest filled."""

from engine.checker import check
from engine.filling.carry_over import carry_over


def placed_at(schedule, visit):
    return f"{schedule.placement_of[visit].start:%H:%M}"


def test_where_nothing_changed_everything_stays_as_it_is(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), clinic=2, assistants=2)
    earlier = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", chair="C2", staff="AS2"),
        tiny.place("V2", "10:00"),
    )
    found = carry_over(problem, earlier.horizon, earlier)
    assert (found.valid, found.stale, found.clashing) == (("V1", "V2"), (), ())
    assert set(found.schedule.placements) == set(earlier.placements)


def test_a_time_that_the_book_has_taken_clashes_and_finds_another(tiny) -> None:
    # One chair, one assistant: B1 09:10-09:30 and its turnover meet V1 09:00-09:20, not V2 at 10.
    asked = (tiny.visit("V1"), tiny.visit("V2"))
    before = tiny.problem(*asked)
    earlier = tiny.schedule(before, tiny.place("V1", "09:00"), tiny.place("V2", "10:00"))
    now = tiny.problem(*asked, tiny.booking("B1", "09:10"))
    found = carry_over(now, earlier.horizon, earlier)
    assert (found.valid, found.stale, found.clashing) == (("V2",), (), ("V1",))
    assert placed_at(found.schedule, "V2") == "10:00"
    assert placed_at(found.schedule, "B1") == "09:10"
    assert placed_at(found.schedule, "V1") != "09:00"
    assert check(now, found.schedule).ok


def test_a_time_may_be_served_in_another_chair(tiny) -> None:
    # The desk booked B1 into the chair that V1 was to have; the other chair is free.
    before = tiny.problem(tiny.visit("V1"), clinic=2, assistants=2, doctors=2)
    earlier = tiny.schedule(before, tiny.place("V1", "09:00"))
    now = tiny.problem(
        tiny.visit("V1"), tiny.booking("B1", "09:00"), clinic=2, assistants=2, doctors=2
    )
    found = carry_over(now, earlier.horizon, earlier)
    assert found.valid == ("V1",)
    assert found.schedule.placement_of["V1"].segments[0].chair == "C2"
    assert check(now, found.schedule).ok


def test_what_is_booked_or_gone_is_stale(tiny) -> None:
    before = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"))
    earlier = tiny.schedule(
        before, tiny.place("V2", "10:00"), tiny.place("V3", "11:00"), tiny.place("V1", "09:00")
    )
    # V2 is not asked for any more; V3 stays; V1 was booked at the desk in the meantime.
    now = tiny.problem(tiny.visit("V3"), tiny.booking("V1", "09:00"))
    found = carry_over(now, earlier.horizon, earlier)
    assert (found.valid, found.stale, found.clashing) == (("V3",), ("V2",), ())
    assert check(now, found.schedule).ok


def test_only_the_wanted_part_is_kept(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"))
    earlier = tiny.schedule(
        problem, tiny.place("V1", "16:00"), tiny.place("V2", "15:00"), tiny.place("V3", "14:00")
    )
    found = carry_over(problem, earlier.horizon, earlier, wanted=("V2", "NONE"))
    assert (found.valid, found.stale, found.clashing) == (("V2",), ("NONE",), ())
    assert placed_at(found.schedule, "V2") == "15:00"
    assert set(found.schedule.placement_of) == {"V1", "V2", "V3"}
    assert check(problem, found.schedule).ok
