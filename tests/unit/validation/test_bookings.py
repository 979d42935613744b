"""Single bookings."""

import pytest


def first(**fields):
    return lambda d: d["bookings"][0].update(fields)


def first_visit(**fields):
    return lambda d: d["bookings"][0]["visit"].update(fields)


def test_too_short(emits):
    emits(
        "booking-too-short",
        first_visit(procedure="EXAM", minutes=10),
        first_visit(minutes=15),
        where="booking B1",
        says="3 segments of at least 5 min",
    )


def test_past_midnight(emits):
    emits(
        "booking-past-midnight",
        first(start="23:45"),
        first(start="16:00"),
        where="booking B1",
        says="starts at 23:45 and takes 20 min",
    )


def test_in_the_past(emits):
    emits(
        "booking-in-the-past",
        first(date="2026-11-26"),
        first(date="2026-11-27"),
        where="booking B1",
        says="Thu 2026-11-26, now is Fri 2026-11-27",
    )


def test_booked_after_its_date(emits):
    emits(
        "booked-after-date",
        first(booked_on="2026-12-02"),
        first(booked_on="2026-12-01"),
        where="booking B1",
    )


def test_treatment(emits):
    def treatment(started):
        ends = {"original_ecd": "2028-01-10", "current_ecd": "2028-02-10", "remaining_visits": 3}
        return first_visit(treatment={"started": started, **ends})

    emits(
        "booking-treatment-dates",
        treatment("2028-01-11"),
        treatment("2028-01-10"),
        where="booking B1",
    )


@pytest.mark.parametrize("bad", [first(start="09:02"), first_visit(minutes=22)])
def test_off_grid(emits, bad):
    emits("booking-off-grid", bad, first_visit(minutes=25), where="booking B1", says="every 5 min")


def test_off_the_marks(emits):
    def marks(start):
        def change(d):
            d["practice"]["start_mark_minutes"] = 15
            d["bookings"][0]["start"] = start

        return change

    emits("booking-off-grid", marks("09:20"), marks("09:30"), where="booking B1")


def test_closed_date(emits):
    emits(
        "booking-closed-date",
        lambda d: d["practice"].update(closures=[{"date": "2026-12-01"}]),
        lambda d: d["practice"].update(closures=[{"date": "2026-12-03"}]),
        where="booking B1",
        says="Tue 2026-12-01, which is closed",
    )


def test_outside_patient_hours(emits):
    def friday(start):
        def change(d):
            first(date="2026-12-04", start=start)(d)

        return change

    # Friday until 12:00; 20 min. Turnover may be after closing.
    emits(
        "booking-outside-hours",
        friday("11:45"),
        friday("11:40"),
        where="booking B1",
        says="[11:45, 12:05) on Fri 2026-12-04",
    )


def test_outside_allowed_times(emits):
    def bond(start):
        def change(d):
            first_visit(procedure="BOND")(d)
            first(start=start)(d)

        return change

    emits("booking-outside-times", bond("13:00"), bond("09:00"), where="booking B1")


def test_outside_shifts(emits):
    # Lunch of both assistants at 12:00; ADJ needs one until 25 min after its start.
    emits(
        "booking-outside-shift",
        first(start="11:40"),
        first(start="11:35"),
        where="booking B1",
        says="it needs an assistant, and none is there for all of [11:40, 12:05), turnover "
        "included",
    )


def test_outside_the_doctors_shift(emits):
    def late(end):
        def change(d):
            d["practice"]["procedures"][0]["supervision"] = "general"
            d["practice"]["staff"][0]["shifts"] = [
                {"weekday": day, "start": "08:00", "end": end if day == "tue" else "17:00"}
                for day in ("mon", "tue", "wed", "thu", "fri")
            ]
            first_visit(required_doctor="DR1")(d)

        return change

    # Doctor time 09:05-09:10, or up to 5 min later.
    emits(
        "booking-outside-shift",
        late("09:05"),
        late("09:10"),
        where="booking B1",
        says="DR1 is not there for its doctor time",
    )


def test_unsupervised(emits):
    def doctor(end):
        def change(d):
            d["bookings"][1]["date"] = "2026-12-01"
            d["bookings"][1]["chair"] = "C3"
            d["bookings"][1]["start"] = "08:00"
            d["practice"]["staff"][0]["shifts"][1]["end"] = end

        return change

    emits("booking-unsupervised", doctor("09:15"), doctor("09:20"), where="booking B1")


def test_chair_of_the_wrong_kind(emits):
    emits(
        "booking-wrong-chair-kind",
        first(chair="X1"),
        first(chair="C1"),
        where="booking B1",
        says="'X1' (exam); procedure 'ADJ' needs clinic",
    )


def test_overflow_chair(emits):
    def change(classes):
        def apply(d):
            d["practice"]["overflow_classes"] = classes
            first(chair="O1")(d)

        return apply

    emits("booking-in-overflow", change([]), change(["short"]), where="booking B1", says="'O1'")


def test_blocked_chair(emits):
    def change(start):
        def apply(d):
            d["practice"]["chairs"][1]["blocks"] = [{"date": "2026-12-01", "start": start}]

        return apply

    # 09:00-09:20 and turnover until 09:25.
    emits(
        "booking-chair-blocked",
        change("09:20"),
        change("09:25"),
        where="booking B1",
        says="'C2' [09:00, 09:25)",
    )


def test_chair_missing_or_not_needed(emits):
    def remote(chair):
        def change(d):
            stage = {
                "chair_kind": None,
                "role": None,
                "segments": [{"kind": "doctor", "minutes": 5}],
            }
            d["practice"]["procedures"].append(
                {
                    "code": "VIRT",
                    "title": "",
                    "procedure_class": "remote",
                    "purpose": "active",
                    "stages": [stage],
                }
            )
            first(chair=chair)(d)
            first_visit(procedure="VIRT")(d)

        return change

    emits("booking-without-chair", first(chair=None), remote(None), where="booking B1")
    emits("booking-chair-not-needed", remote("C2"), remote(None), where="booking B1")


@pytest.mark.parametrize(
    ("bad", "good", "says"),
    [
        ({"earliest": "2026-12-02"}, {"earliest": "2026-12-01"}, "from Wed 2026-12-02 on"),
        ({"latest": "2026-11-30"}, {"latest": "2026-12-01"}, "had to be by Mon 2026-11-30"),
        ({"lab_ready": "2026-12-01"}, {"lab_ready": "2026-11-30"}, "a lab item until"),
        (
            {"clearances": [{"kind": "consent", "expected": "2026-12-02"}]},
            {"clearances": [{"kind": "consent", "expected": "2026-12-01"}]},
            "consent clearance until Wed 2026-12-02",
        ),
        (
            {"clearances": [{"kind": "consent"}]},
            {"clearances": [{"kind": "consent", "granted": True}]},
            "an unknown date",
        ),
        (
            {"availability": [{"start": "09:05", "end": "10:00"}]},
            {"availability": [{"weekdays": ["tue"], "start": "09:00", "end": "09:20"}]},
            "is available every day [09:05, 10:00)",
        ),
    ],
)
def test_against_its_own_visit(emits, bad, good, says):
    emits(
        "booking-against-visit",
        first_visit(**bad),
        first_visit(**good),
        where="booking B1",
        says=says,
    )


def test_dates_outside_the_horizon_are_not_looked_at(emits):
    # A booking on a closed Saturday after the horizon: another fill's matter.
    emits(
        "booking-closed-date",
        first(date="2026-12-05"),
        first(date="2026-12-05"),
        where="booking B1",
        days=None,
    )
