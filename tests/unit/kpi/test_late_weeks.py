import datetime as dt

from engine.kpi import late_weeks
from engine.kpi.filled import Filled
from engine.practice import Treatment


def treatment(ecd: dt.date) -> Treatment:
    return Treatment(
        started=dt.date(2026, 3, 2), original_ecd=ecd, current_ecd=ecd, remaining_visits=1
    )


def test_weeks_from_the_completion_date_of_patients_who_are_past_it(tiny):
    # Now is Monday, 2 March. V1's date was 24 February; its last visit is on Tuesday, 3 March, and
    # counts from the Monday of that week, 6 days later. It is missed with
    # p = 1 / (1 + exp(2.944439 - 0.25 ln(1/43))) = 0.020134 (5 % at six weeks' lead, today here)
    # and would then be 21 days later: (6 + 0.020134 * 21) / 7 = 0.9175 weeks.
    # V2's date is 4 March, not past: no weeks. V3 has no treatment.
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(dt.date(2026, 2, 24))),
        tiny.visit("V2", treatment=treatment(dt.date(2026, 3, 4))),
        tiny.visit("V3"),
    )
    placed = [tiny.place(f"V{n}", f"{8 + n}:00".zfill(5)) for n in (1, 2, 3)]
    assert late_weeks.quanta(Filled(problem, tiny.schedule(problem, *placed))) == 918


def test_an_unplaced_or_displaced_visit_counts_from_the_end_of_the_dates_plus_rebooking(tiny):
    # The dates end on 7 March; 21 days later it is Saturday, 28 March; its Monday is 23 March, 27
    # days after 24 February and 21 days from now: p = 1 / (1 + exp(2.944439 - 0.25 ln(22/43))) =
    # 0.042626. (27 + 0.042626 * 21) / 7 = 3.9850 weeks.
    late = treatment(dt.date(2026, 2, 24))
    pending = tiny.problem(tiny.visit("V1", treatment=late))
    booked = tiny.problem(tiny.booking("B1", "09:00", treatment=late, movable=True))
    unplaced = tiny.schedule(pending)
    displaced = tiny.schedule(booked, displaced=("B1",))
    assert late_weeks.quanta(Filled(pending, unplaced)) == 3985
    assert late_weeks.quanta(Filled(booked, displaced)) == 3985


def test_every_date_of_a_week_counts_the_same(tiny):
    late = treatment(dt.date(2026, 2, 24))
    problem = tiny.problem(tiny.visit("V1", treatment=late))

    def weeks(day: dt.date) -> int:
        placed = tiny.place("V1", "09:00", date=day)
        return late_weeks.quanta(Filled(problem, tiny.schedule(problem, placed)))

    assert weeks(dt.date(2026, 3, 3)) == weeks(dt.date(2026, 3, 6))
