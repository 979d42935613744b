"""The dates to fill."""

import datetime as dt

import pytest

from engine.practice import Horizon

START = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("start", "days"),
    [(START, 0), (START, -3), (START, 401), (START, 10**12), (dt.date.max, 1)],
)
def test_length(emits, start, days):
    emits(
        "horizon-length",
        None,
        None,
        where="practice",
        says=f"{days} days",
        days=Horizon(start=start, days=days),
        good_days=Horizon(start=START, days=400),
    )


def test_before_now(emits):
    emits(
        "horizon-in-the-past",
        None,
        None,
        where="practice",
        says="Thu 2026-11-26, now is Fri 2026-11-27",
        days=Horizon(start=dt.date(2026, 11, 26), days=7),
        good_days=Horizon(start=dt.date(2026, 11, 27), days=7),
    )


def test_all_closed(emits):
    emits(
        "horizon-without-open-date",
        None,
        None,
        where="practice",
        says="from Sat 2026-11-28 to Sun 2026-11-29",
        days=Horizon(start=dt.date(2026, 11, 28), days=2),
        good_days=Horizon(start=dt.date(2026, 11, 28), days=3),
    )
