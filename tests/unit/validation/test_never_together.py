"""Needs of a visit that are met one by one but never together, or not on these dates."""

from engine.validation import problems_of


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


def test_needs_that_never_meet(emits):
    # The bonding assistant works in the morning, the patient can come after lunch.
    def change(end):
        return all_of(
            only(1, availability=[{"start": "10:00", "end": "17:00"}]),
            lambda d: d.update(bookings=[]),
            shifts_of(1, "08:00", end),
        )

    # 10:00-11:15 and turnover until 11:20.
    found = emits(
        "never-all-at-once",
        change("11:15"),
        change("11:20"),
        where="visit V2",
        says="a bonding-skilled assistant for 80 min (5 of them turnover); available times every "
        "day [10:00, 17:00)",
    )
    assert "clinic chair" not in found[0].cause  # only what takes part in the conflict


def test_a_cell_and_a_chair_that_never_meet_the_patient(emits):
    # Class start has C1 from 08:00 to 11:00 and O1, C2, C3 never; the patient can come at noon.
    def change(start):
        def apply(d):
            only(1, latest="2026-12-03", availability=[{"start": start, "end": "12:30"}])(d)
            d["bookings"] = []
            cells = d["practice"]["model_days"][0]["cells"]
            cells[1].update(columns=["C2", "C3"])
            cells[2].update(start="11:00")

        return apply

    # 75 min from 09:45 on end at 11:00, when the cell ends.
    emits(
        "never-all-at-once",
        change("09:50"),
        change("09:45"),
        where="visit V2",
        says="time of the model day for class 'start' in that chair; available times every day "
        "[09:50, 12:30)",
    )


def test_a_chair_that_is_never_free_when_the_patient_can_come(emits):
    def change(until):
        def apply(d):
            only(
                2,
                earliest="2026-12-02",
                latest="2026-12-02",
                due="2026-12-02",
                availability=[{"start": "09:00", "end": "10:00"}],
            )(d)
            d["practice"]["chairs"][5]["blocks"] = [{"date": "2026-12-02", "end": until}]

        return apply

    emits(
        "never-all-at-once",
        change("09:45"),
        change("09:40"),
        where="visit V3",
        says="a records chair for 20 min",
    )


def test_every_need_that_fails_alone_is_named(problem_with, horizon):
    change = all_of(
        only(1, availability=[{"weekdays": ["sun"], "start": "08:00", "end": "17:00"}]),
        lambda d: d.update(bookings=[]),
        shifts_of(1, "08:00", "09:00"),
    )
    codes = [problem.code for problem in problems_of(problem_with(change), horizon)]
    assert codes == ["no-staff-ever", "availability-never-open"]


def test_a_cell_that_is_released_after_the_horizon_is_a_note(emits):
    def change(days_before):
        def apply(d):
            only(1, latest="2026-12-03")(d)
            cells = d["practice"]["model_days"][0]["cells"]
            cells[0].update(procedure_class="short")
            cells[1].update(columns=["C2", "C3"])
            cells.append(
                {
                    "id": "K4",
                    "procedure_class": "short",
                    "columns": ["C1"],
                    "start": "11:00",
                    "end": "13:00",
                }
            )
            cells[0]["release"] = [{"days_before": days_before, "accepts": ["start"]}]

        return apply

    # Now is Friday noon: D-2 of Monday is Saturday, D-3 was this morning.
    emits("not-in-this-horizon", change(2), change(3), where="visit V2", says="class 'start'")


def test_possible_later_but_not_on_these_dates(emits):
    def vacation(*dates):
        return all_of(
            only(2),
            lambda d: d["practice"]["staff_blocks"].append(
                {"kind": "vacation", "staff": ["RT1"], "dates": list(dates)}
            ),
        )

    week = [f"2026-12-{day:02d}" for day in range(1, 5)]
    emits(
        "not-in-this-horizon",
        vacation("2026-11-30", *week),
        vacation(*week),
        where="visit V3",
        says="not on the dates to fill: needs a records technician for 20 min; the longest such "
        "presence on an open date is 0 min",
    )


def test_now_cuts_the_first_day(emits):
    def change(now):
        return all_of(
            only(2, latest="2026-11-30", due="2026-11-30"),
            lambda d: d.update(as_of=f"2026-11-30T{now}", bookings=[]),
        )

    # SCAN takes 20 min; 16:40 is the last start.
    emits(
        "longer-than-hours",
        change("16:40:01"),
        change("16:40:00"),
        where="visit V3",
        says="never from a start every 5 min",
    )


def test_without_a_horizon_four_weeks_stand_for_ordinary_life(emits):
    def change(day):
        return only(0, availability=[{"weekdays": [day], "start": "08:00", "end": "12:00"}])

    emits(
        "availability-never-open",
        change("sun"),
        change("fri"),
        where="visit V1",
        days=None,
        good_days=None,
    )
