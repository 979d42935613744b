"""Whom to call, when, with what to offer."""

import datetime as dt

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.occupancy import Occupancy
from engine.generate import generate
from engine.plot.calls import CALL_COLUMNS, calls
from engine.practice import Policy, Treatment

LATE = Treatment(
    started=dt.date(2024, 1, 8),
    original_ecd=dt.date(2026, 1, 5),
    current_ecd=dt.date(2026, 1, 5),
    remaining_visits=2,
)


def test_past_ecd_first_then_by_date_and_the_old_date_counts(tiny):
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2", treatment=LATE),
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "15:00"),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "10:00", date=tiny.wednesday),
        tiny.place("V2", "10:00", date=tiny.friday),
        # The patient of B1 would come on Tuesday: that call is more urgent than Wednesday's.
        tiny.place("B1", "11:00", date=tiny.thursday),
        tiny.place("B2", "15:00"),
    )
    rows = calls(problem, schedule)
    assert [(row.visit, row.kind) for row in rows] == [
        ("V2", "new"),
        ("B1", "moved"),
        ("V1", "new"),
    ]
    assert rows[1].old == dt.datetime(2026, 3, 3, 9)
    assert [row.call_by for row in rows] == [tiny.thursday, tiny.monday, tiny.tuesday]


def test_a_household_is_called_once_and_so_is_a_patient(tiny):
    # A day has two calls. H1 is called first, for V4 on Monday; then P for Tuesday and for Friday,
    # the last of all. V3 is H1's as well, since its patient is V2's.
    problem = tiny.problem(
        tiny.visit("V1", patient="P"),
        tiny.visit("V2", patient="Q", household="H1"),
        tiny.visit("V3", patient="Q"),
        tiny.visit("V4", household="H1"),
        tiny.visit("V5"),
        tiny.visit("V6", patient="P"),
        policy=Policy(calls_per_day=2),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", date=tiny.tuesday),
        tiny.place("V2", "10:00", date=tiny.wednesday),
        tiny.place("V3", "10:00", date=tiny.friday),
        tiny.place("V4", "10:00", date=tiny.monday),
        tiny.place("V5", "11:00", date=tiny.tuesday),
        tiny.place("V6", "11:00", date=tiny.friday),
    )
    rows = calls(problem, schedule)
    assert [row.visit for row in rows] == ["V4", "V2", "V3", "V1", "V6", "V5"]
    assert [row.order for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.call_on.day for row in rows] == [2, 2, 2, 2, 2, 3]
    assert [row.as_row()["household"] for row in rows] == ["H1", "H1", "", "", "", ""]


def test_the_cap_spreads_calls_over_open_days(tiny):
    visits = [tiny.visit(f"V{n}") for n in range(5)]
    problem = tiny.problem(
        *visits, policy=Policy(calls_per_day=2), as_of=dt.datetime(2026, 3, 6, 9, 0)
    )
    monday = dt.date(2026, 3, 9)
    placed = [tiny.place(f"V{n}", f"{9 + n:02d}:00", date=monday) for n in range(5)]
    schedule = tiny.schedule(problem, *placed, start=monday)
    rows = calls(problem, schedule)
    # Friday, then over the weekend to Monday and Tuesday: the last three come after Friday's limit.
    assert [row.call_on.day for row in rows] == [6, 6, 9, 9, 10]
    assert [row.as_row()["late_call"] for row in rows] == ["no", "no", "yes", "yes", "yes"]


def test_after_closing_the_first_call_is_on_the_next_open_day(tiny):
    problem = tiny.problem(tiny.visit("V1"), as_of=dt.datetime(2026, 3, 6, 17, 0))
    monday = dt.date(2026, 3, 9)
    placement = tiny.place("V1", "09:00", date=dt.date(2026, 3, 10))
    (row,) = calls(problem, tiny.schedule(problem, placement, start=monday))
    assert row.call_on == monday


def test_alternatives_are_on_other_half_days_after_the_call(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:30", date=tiny.wednesday))
    (row,) = calls(problem, schedule)
    assert row.call_on == tiny.monday
    # Tuesday at the same hour; then an afternoon of yet another day, as early as can be.
    assert row.alternatives == (
        dt.datetime(2026, 3, 3, 9, 30),
        dt.datetime(2026, 3, 4, 12, 0),
    )


def test_what_is_taken_is_not_offered(tiny):
    only = (tiny.window("09:00", "09:20"),)
    problem = tiny.problem(
        tiny.visit("V1", availability=only),
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "09:00", date=tiny.thursday),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", date=tiny.wednesday),
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", date=tiny.thursday),
    )
    (row,) = calls(problem, schedule)
    # Tuesday and Thursday are taken and Friday is free; the next half-day that suits the patient is
    # after the dates of the schedule, on Monday.
    assert row.alternatives == (dt.datetime(2026, 3, 6, 9, 0), dt.datetime(2026, 3, 9, 9, 0))


def test_what_is_booked_in_later_weeks_is_not_offered(tiny):
    only = (tiny.window("09:00", "09:20", "fri"),)
    later = tiny.booking("B1", "09:00", date=dt.date(2026, 3, 13))
    problem = tiny.problem(tiny.visit("V1", availability=only), later)
    placed = tiny.place("V1", "09:00", date=dt.date(2026, 3, 6))
    (row,) = calls(problem, tiny.schedule(problem, placed))
    # The Friday after is booked; the one after that is still within two weeks.
    assert row.alternatives == (dt.datetime(2026, 3, 20, 9, 0),)


def test_rows_are_proposals_without_names_or_numbers_to_dial(tiny):
    problem = tiny.problem(tiny.visit("V1", treatment=LATE))
    (row,) = calls(problem, tiny.schedule(problem, tiny.place("V1", "09:30")))
    cells = row.as_row()
    assert tuple(cells) == CALL_COLUMNS
    assert not any("phone" in name or "name" in name for name in cells)
    assert cells["status"] == "proposed"
    assert (cells["patient"], cells["date"], cells["start"]) == ("P-V1", "2026-03-03", "09:30")
    assert (cells["old_date"], cells["old_start"]) == ("", "")
    assert cells["weeks_past_ecd"] == "8.0"


@pytest.mark.parametrize("seed", [5, 6])
def test_each_alternative_passes_the_checker_on_its_own(seed):
    made = generate("one-doctor", 120, seed)
    schedule = fill_by_hand(made.problem, made.horizon)
    assert check(made.problem, schedule).ok
    rows = calls(made.problem, schedule)
    offers = [(row, offer) for row in rows for offer in row.alternatives]
    assert len(offers) > len(rows)
    for row, offer in offers[::9]:
        until = max(schedule.days, (offer.date() - schedule.start).days + 1)
        schedule = schedule.model_copy(update={"days": until})
        occupancy = Occupancy.of(made.problem, schedule)
        occupancy.release(row.visit)
        visit = made.problem.all_visits[row.visit]
        other = occupancy.place_at(visit, offer.date(), offer.hour * 60 + offer.minute)
        assert other is not None
        kept = [placed for placed in schedule.placements if placed.visit != row.visit]
        moved = schedule.model_copy(update={"placements": (*kept, other)})
        assert check(made.problem, moved).violations == ()
        half = (row.date, row.start >= dt.time(12))
        assert (offer.date(), offer.time() >= dt.time(12)) != half
        assert offer.date() > row.call_on
