"""Visits that nothing can ever serve, and why exactly."""

import pytest


def only(index, **fields):
    """The visit of that index alone, with changes."""

    def change(d):
        d["visits"] = [d["visits"][index] | fields]

    return change


def all_of(*changes):
    def change(d):
        for one in changes:
            one(d)

    return change


def shifts_of(number, start, end, days=("mon", "tue", "wed", "thu", "fri")):
    return lambda d: d["practice"]["staff"][number].update(
        shifts=[{"weekday": day, "start": start, "end": end} for day in days]
    )


def test_the_bonding_assistant_is_not_there_long_enough(emits):
    # BOND takes 75 + 5 min. AS1 alone bonds: 60 min on Tuesdays, 45 on other days.
    def change(tuesday_end):
        def apply(d):
            only(1)(d)
            d["bookings"] = []
            shifts_of(1, "08:00", "08:45", ("mon", "wed", "thu", "fri"))(d)
            d["practice"]["staff"][1]["shifts"].append(
                {"weekday": "tue", "start": "08:00", "end": tuesday_end}
            )

        return apply

    emits(
        "no-staff-ever",
        change("09:00"),
        change("09:20"),
        where="visit V2",
        says=(
            "needs a bonding-skilled assistant for 80 min (5 of them turnover); the longest such "
            "presence on an open date is 60 min (AS1, Tue 2026-12-01)"
        ),
    )


def test_the_assistant_is_there_at_the_wrong_moments(emits):
    # 80 min from 08:03 on: the marks are every 5 min, so 08:05-09:25 needs until 09:25.
    def change(end):
        return all_of(only(1), lambda d: d.update(bookings=[]), shifts_of(1, "08:03", end))

    emits(
        "no-staff-ever",
        change("09:24"),
        change("09:25"),
        where="visit V2",
        says="lasts up to 81 min (AS1, Mon 2026-11-30), but never from a start every 5 min",
        also={"hours-off-grid"},
    )


def test_longer_than_patient_hours(emits):
    # On a Friday patient hours are 240 min.
    emits(
        "longer-than-hours",
        only(2, minutes=245, earliest="2026-12-04", latest="2026-12-04", due="2026-12-04"),
        only(2, minutes=240, earliest="2026-12-04", latest="2026-12-04", due="2026-12-04"),
        where="visit V3",
        says="takes 245 min; the longest stretch of patient hours from Fri 2026-12-04 to Fri "
        "2026-12-04 is 240 min (Fri 2026-12-04)",
    )


def test_no_open_date_in_its_own_window(emits):
    # 5 and 6 December are a weekend; the 7th is a Monday.
    emits(
        "no-open-date",
        only(2, earliest="2026-12-05", latest="2026-12-06", due="2026-12-06"),
        only(2, earliest="2026-12-05", latest="2026-12-07", due="2026-12-06"),
        where="visit V3",
        says="from Sat 2026-12-05 to Sun 2026-12-06",
        also={"earliest-after-horizon"},
    )


def test_allowed_times_never_meet_patient_hours(emits):
    def allowed(start, end, binds):
        return all_of(
            only(1),
            lambda d: d["practice"]["procedures"][1].update(
                allowed_times=[{"start": start, "end": end, "binds": binds}]
            ),
        )

    # 75 min inside [08:00, 09:10) is 5 too many; BOND may end at or before 09:15 exactly.
    emits(
        "times-never-fit",
        allowed("08:00", "09:10", "whole"),
        allowed("08:00", "09:15", "whole"),
        where="visit V2",
        says="whole in [08:00, 09:10)",
    )
    emits(
        "times-never-fit",
        allowed("07:00", "09:10", "end"),
        allowed("07:00", "09:15", "end"),
        where="visit V2",
    )
    emits(
        "times-never-fit",
        allowed("07:00", "08:00", "start"),
        allowed("07:00", "08:01", "start"),
        where="visit V2",
    )


def test_allowed_on_no_weekday_of_the_visit(emits):
    def on(day):
        return all_of(
            only(1, earliest="2026-12-01", latest="2026-12-03", due="2026-12-02"),
            lambda d: d["practice"]["procedures"][1].update(
                allowed_times=[{"weekdays": [day], "start": "08:00", "end": "12:00"}]
            ),
        )

    emits("times-never-fit", on("mon"), on("wed"), where="visit V2", says="mon start in")


def test_never_supervised(emits):
    # The doctor is in the office for 50 min; EXAM takes 60 min, its doctor time is [25, 35).
    def doctor(end):
        return all_of(
            only(0, procedure="EXAM"), lambda d: d.update(bookings=[]), shifts_of(0, "09:00", end)
        )

    emits(
        "never-supervised",
        doctor("09:50"),
        doctor("10:00"),
        where="visit V1",
        says="needs a doctor in the office for 60 min; the longest such time in patient hours is "
        "50 min",
    )


def test_no_doctor_at_the_doctor_time(emits):
    # EXAM under general supervision; the doctor sees patients for 5 min only.
    def doctor(end):
        return all_of(
            only(0, procedure="EXAM"),
            lambda d: d.update(bookings=[]),
            lambda d: d["practice"]["procedures"][2].update(supervision="general"),
            shifts_of(0, "09:00", end),
        )

    emits(
        "no-doctor-ever",
        doctor("09:05"),
        doctor("09:10"),
        where="visit V1",
        says="needs a doctor for 10 min from 25 min after the start; the longest presence on an "
        "open date is 5 min (DR1, Mon 2026-11-30)",
    )


def test_required_doctor_never_there(emits):
    def change(required):
        def apply(d):
            only(0, required_doctor=required)(d)
            d["practice"]["staff"].append({"id": "DR2", "role": "doctor"})

        return apply

    emits(
        "no-doctor-ever",
        change("DR2"),
        change("DR1"),
        where="visit V1",
        says="needs DR2 for 5 min from 5 min after the start (or up to 5 min later); the longest "
        "presence on an open date is 0 min (none at all)",
        also={"staff-without-shift"},
    )


def test_two_doctor_times_need_one_doctor(emits):
    def change(second_end):
        def apply(d):
            only(0)(d)
            d["bookings"] = []
            d["practice"]["procedures"][0]["stages"][0]["segments"] = [
                {"kind": "doctor", "minutes": 10},
                {"kind": "assistant", "minutes": 20},
                {"kind": "doctor", "minutes": 10},
            ]
            d["practice"]["procedures"][0]["supervision"] = "general"
            shifts_of(0, "09:00", "09:10")(d)
            d["practice"]["staff"].append(
                {
                    "id": "DR2",
                    "role": "doctor",
                    "shifts": [{"weekday": "tue", "start": "09:30", "end": second_end}],
                }
            )

        return apply

    # One after the other would do at 09:00 and 09:30, but no doctor is there for both.
    emits(
        "no-doctor-ever",
        change("09:40"),
        change("10:10"),  # DR2 alone: 09:30-09:40 and 10:00-10:10
        where="visit V1",
        says="but never at those moments of the visit",
    )


def test_no_chair_for_so_long(emits):
    # R1 is usable until 08:15 on every date the visit can have; SCAN takes 20 min.
    def blocked(until):
        def change(d):
            only(2, earliest="2026-12-02", latest="2026-12-03")(d)
            d["practice"]["chairs"][5]["blocks"] = [
                {"date": "2026-12-02"},
                {"date": "2026-12-03", "start": until},
            ]

        return change

    emits(
        "no-chair-ever",
        blocked("08:15"),
        blocked("08:20"),
        where="visit V3",
        says="needs a records chair for 20 min; the longest time such a chair is usable on an open "
        "date is 15 min (R1, Thu 2026-12-03)",
    )


def test_no_cell_for_so_long(emits):
    def change(end, **fields):
        def apply(d):
            only(1, earliest="2026-11-30", latest="2026-12-03")(d)
            cells = d["practice"]["model_days"][0]["cells"]
            cells[0].update(end=end)
            cells += [
                {
                    "id": f"K{n}",
                    "procedure_class": "short",
                    "columns": columns,
                    "start": start,
                    "end": "17:00" if "C3" in columns else "13:00",
                }
                | fields
                for n, columns, start in ((7, ["C3"], "08:00"), (8, ["C1"], end))
            ]

        return apply

    # BOND takes 75 min; class start has C1 from 08:00 on and nothing else.
    emits(
        "no-cell-ever",
        change("09:10"),
        change("09:15"),
        where="visit V2",
        says="needs 75 min for class 'start' in a clinic chair; the longest time that the model "
        "days have for it is 70 min (C1, Mon 2026-11-30)",
    )
    # Released to everybody two days before: not now, but some day.
    emits(
        "no-cell-ever",
        change("09:10"),
        change("09:10", release=[{"days_before": 2, "accepts": ["*"]}]),
        where="visit V2",
    )


@pytest.mark.parametrize(
    ("bad", "good", "longest"),
    [
        # 20 min visit. Hours: until 17:00.
        (("tue", "16:45", "18:00"), ("tue", "16:40", "18:00"), "15 min (Tue 2026-12-01)"),
        (("sat", "08:00", "17:00"), ("mon", "08:00", "17:00"), "0 min (none at all)"),
        (("fri", "12:00", "17:00"), ("fri", "11:40", "17:00"), "0 min (none at all)"),
    ],
)
def test_availability_never_meets_patient_hours(emits, bad, good, longest):
    def available(day, start, end):
        return only(0, availability=[{"weekdays": [day], "start": start, "end": end}])

    emits(
        "availability-never-open",
        available(*bad),
        available(*good),
        where="visit V1",
        says=(f"{bad[0]} [{bad[1]}, {bad[2]})", f"possible date is {longest}"),
    )


def test_two_available_times_are_not_one(emits):
    def available(*spans):
        return only(0, availability=[{"start": start, "end": end} for start, end in spans])

    emits(
        "availability-never-open",
        available(("09:00", "09:10"), ("09:10", "09:20")),
        available(("09:00", "09:10"), ("09:10", "09:30")),
        where="visit V1",
        says="is 10 min",
    )
