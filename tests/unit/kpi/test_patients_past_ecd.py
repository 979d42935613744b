import datetime as dt

from engine.kpi import patients_past_ecd
from engine.kpi.filled import Filled
from engine.practice import Treatment


def treatment(ecd: dt.date) -> Treatment:
    return Treatment(
        started=dt.date(2026, 3, 2), original_ecd=ecd, current_ecd=ecd, remaining_visits=1
    )


def test_the_last_visit_before_the_date_leaves_the_chance_that_it_is_missed(tiny):
    # Last visit on 3 March. V1's date is 4 March: past only if missed, p = 0.023859 (see
    # test_late_weeks): 239 ten-thousandths. V2's date is 2 March: past for certain, 10,000.
    # V3's date is 1 May, 59 days on: not even when missed (21 days).
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(dt.date(2026, 3, 4))),
        tiny.visit("V2", treatment=treatment(dt.date(2026, 3, 2))),
        tiny.visit("V3", treatment=treatment(dt.date(2026, 5, 1))),
    )
    placed = [tiny.place(f"V{n}", f"{8 + n}:00".zfill(5)) for n in (1, 2, 3)]
    assert patients_past_ecd.quanta(Filled(problem, tiny.schedule(problem, *placed))) == 10239
    assert patients_past_ecd.quanta(Filled(problem, tiny.schedule(problem, *placed[1:]))) == 20000


def test_kept_bookings_count_too(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=treatment(dt.date(2026, 3, 2))), tiny.visit("V1")
    )
    schedule = tiny.schedule(problem, tiny.place("B1", "09:00"))
    assert patients_past_ecd.quanta(Filled(problem, schedule)) == 10000
