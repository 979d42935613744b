"""Time zones and clock changes. New York skips 02:00-03:00 on Sunday 14 March 2027."""

import datetime as dt

import pytest

from engine.practice import Horizon

MARCH = Horizon(start=dt.date(2027, 3, 11), days=5)


@pytest.mark.parametrize(
    "zone",
    ["America/New_Yrok", "EDT?", "", "../etc/passwd", "America", "x" * 5000, "A\0B", "Ämerica"],
)
def test_unknown_zone(emits, zone):
    emits(
        "time-zone-unknown",
        lambda d: d["practice"].update(time_zone=zone),
        lambda d: d["practice"].update(time_zone="Europe/Berlin"),
        where="practice",
        says="IANA",
    )


def test_a_near_name_is_offered(emits):
    emits(
        "time-zone-unknown",
        lambda d: d["practice"].update(time_zone="america/new york"),
        lambda d: None,
        where="practice",
        says="'America/New_York'",
    )


def opened(start, end, zone="America/New_York"):
    def change(d):
        d["as_of"] = "2027-03-10T07:00:00"
        d["visits"], d["bookings"] = [], []
        d["practice"]["time_zone"] = zone
        d["practice"]["hours"].append({"weekday": "sun", "start": start, "end": end})

    return change


def test_skipped_clock_time(emits):
    emits(
        "clock-time-skipped",
        opened("02:30", "09:00"),
        opened("03:00", "09:00"),
        where="practice",
        says="02:30",
        days=MARCH,
        good_days=MARCH,
    )


def test_another_zone_skips_on_another_date(emits):
    emits(
        "clock-time-skipped",
        opened("02:30", "09:00"),
        opened("02:30", "09:00", "Europe/Berlin"),  # skips on 28 March
        where="practice",
        days=MARCH,
        good_days=MARCH,
    )


def test_shift_at_a_skipped_time(emits):
    def shift(start):
        def change(d):
            opened("09:00", "12:00")(d)
            d["practice"]["staff"][1]["shifts"].append(
                {"date": "2027-03-14", "start": start, "end": "12:00"}
            )

        return change

    emits(
        "clock-time-skipped",
        shift("02:15"),
        shift("08:15"),
        where="staff AS1",
        days=MARCH,
        good_days=MARCH,
    )


def test_clock_changes_while_open(emits):
    emits(
        "clock-changes-in-hours",
        opened("01:00", "09:00"),
        opened("03:00", "09:00"),
        where="practice",
        says="[01:00, 09:00) on Sun 2027-03-14",
        days=MARCH,
        good_days=MARCH,
    )


def test_autumn_repeats_an_hour(emits):
    autumn = Horizon(start=dt.date(2027, 11, 5), days=5)
    emits(
        "clock-changes-in-hours",
        opened("00:30", "04:00"),
        opened("08:00", "12:00"),
        where="practice",
        says="Sun 2027-11-07",
        days=autumn,
        good_days=autumn,
    )


def test_booking_at_a_skipped_time(emits, booking):
    def at(start):
        return lambda d: d["bookings"].append(booking("B3", "P6", "2027-03-14", start))

    emits(
        "booking-time-skipped", at("02:30"), at("03:30"), where="booking B3", says="Sun 2027-03-14"
    )
