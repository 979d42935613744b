"""Who is on the worklist, and why. Now is Monday, 2 March 2026."""

import datetime as dt

from engine.kpi import figures
from engine.practice import Purpose
from engine.reports.ledger import make_ledger
from engine.reports.worklist import Reason

PAST, FAR = dt.date(2026, 2, 24), dt.date(2026, 12, 1)
IN_90_DAYS = dt.date(2026, 5, 31)
"""29 days left of March, 30 of April, 31 of May: 90."""
NEXT_WEEK = dt.date(2026, 3, 12)


def reasons(problem, schedule) -> dict[str, tuple[Reason, ...]]:
    return {row.patient: row.reasons for row in make_ledger(problem, schedule).rows}


def test_past_and_near_count_by_the_earlier_date_and_to_the_day(tiny, treatment):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=treatment(PAST)),
        tiny.booking("B2", "10:00", treatment=treatment(PAST, FAR)),
        tiny.booking("B3", "11:00", treatment=treatment(IN_90_DAYS, FAR)),
        tiny.booking("B4", "12:00", treatment=treatment(FAR, IN_90_DAYS)),
        tiny.booking("B5", "13:00", treatment=treatment(IN_90_DAYS + dt.timedelta(days=1))),
        tiny.booking("B6", "14:00"),
    )
    placed = [tiny.place(f"B{n}", f"{n + 8:02d}:00") for n in range(1, 7)]
    assert reasons(problem, tiny.schedule(problem, *placed)) == {
        "P-B1": (Reason.PAST_ECD,),
        "P-B2": (Reason.PAST_ECD,),
        "P-B3": (Reason.NEAR_ECD,),
        "P-B4": (Reason.NEAR_ECD,),
        "P-B5": (),
    }


def test_a_debond_with_a_time_takes_its_patient_off(tiny, treatment):
    debond = tiny.procedure("DEB", "A20 D15 A25", purpose=Purpose.DEBOND)
    late = treatment(PAST)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", procedure="DEB", date=NEXT_WEEK, treatment=late),
        tiny.visit("V2", "DEB", treatment=late),
        tiny.visit("V3", "DEB", treatment=late),
        tiny.booking("B4", "09:00", procedure="DEB", movable=True, treatment=late),
        procedures=(debond,),
    )
    placed = tiny.place("V2", "10:00", "A20 D15 A25")
    found = reasons(problem, tiny.schedule(problem, placed, displaced=("B4",)))
    # P-B1: booked next week. P-V2: placed here. P-V3 waits. P-B4 has lost its time.
    assert found == {
        "P-B1": (),
        "P-V2": (),
        "P-V3": (Reason.PAST_ECD, Reason.WITHOUT_NEXT),
        "P-B4": (Reason.PAST_ECD, Reason.WITHOUT_NEXT),
    }


def test_who_has_no_next_appointment(tiny, treatment):
    active = treatment(FAR)
    problem = tiny.problem(
        tiny.visit("V1", treatment=active),
        tiny.visit("V2", treatment=active),
        tiny.visit("V3", treatment=active, earliest=NEXT_WEEK),
        tiny.visit("V4", patient="P-B4", treatment=active),
        tiny.booking("B4", "09:00", date=NEXT_WEEK, treatment=active),
        tiny.visit("V5"),
    )
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"))
    rows = {row.patient: row for row in make_ledger(problem, schedule).rows}
    without = [who for who, row in rows.items() if Reason.WITHOUT_NEXT in row.reasons]
    assert sorted(without) == ["P-V2", "P-V3"]
    assert rows["P-V1"].next_time == dt.datetime(2026, 3, 3, 9)
    assert rows["P-B4"].next_time == dt.datetime(2026, 3, 12, 9)
    # P-V3 could not have been helped in these dates.
    assert [rows[who].in_these_dates for who in ("P-V2", "P-V3")] == [True, False]


def test_the_count_is_that_of_the_figures(week):
    problem, schedule = week
    ledger = make_ledger(problem, schedule)
    without = ledger.on_worklist(Reason.WITHOUT_NEXT)
    assert len(without) == figures(problem, schedule).patients_without_next_after
    assert without
    assert all(row.next_time is None for row in without)


def test_the_worklist_stands_first_and_the_longest_past_before_others(week):
    rows = make_ledger(*week).rows
    listed = [bool(row.reasons) for row in rows]
    assert listed == sorted(listed, reverse=True)
    firsts = [
        min(row.treatment.original_ecd, row.treatment.current_ecd) for row in rows if row.reasons
    ]
    assert firsts == sorted(firsts)
    assert len({row.patient for row in rows}) == len(rows)
