"""Figures of a log of a few facts, counted on paper."""

import datetime as dt
import math
from dataclasses import replace

import pytest

from engine.practice import Purpose
from engine.simulate.behaviour import Latent, Outcome
from engine.simulate.figures import FIGURES, figures_of, running
from engine.simulate.log import Attended, Completed, DayRun, Log, Waited, WeekState
from engine.simulate.patients import Stage

MONDAY = dt.date(2026, 3, 2)
WEEK = dt.timedelta(days=7)


def attended(day: int, outcome: Outcome, minute: int = 600, doctor: int = 5) -> Attended:
    latent = Latent(0.5, 0.5, 0.5)
    date = MONDAY + dt.timedelta(days=day)
    return Attended(
        date, f"V{day}-{minute}", "P1", Purpose.ACTIVE, minute, 0, latent, outcome, doctor, "fill"
    )


def completed(day: int, months: int, late_days: int) -> Completed:
    date = MONDAY + dt.timedelta(days=day)
    ecd = date - dt.timedelta(days=late_days)
    return Completed(date, f"P{day}", date - dt.timedelta(days=round(30.4 * months)), ecd, ecd)


def week(number: int, active: int, past: tuple[int, int], waiting: int) -> WeekState:
    stages = dict.fromkeys(Stage, 0) | {Stage.ACTIVE: active, Stage.NEW: 3, Stage.ACCEPTED: number}
    arrived = sum(stages.values())
    return WeekState(number, MONDAY + (number - 1) * WEEK, arrived, stages, *past, waiting, 0)


@pytest.fixture
def log() -> Log:
    """Two weeks; the first visit, completion, wait and day lie before the first Monday."""
    return Log(
        attended=[
            attended(-3, Outcome.MISSED),
            attended(0, Outcome.KEPT),
            attended(0, Outcome.KEPT, minute=900),
            attended(1, Outcome.KEPT, minute=1000),
            attended(2, Outcome.MISSED, doctor=15),
            attended(8, Outcome.CANCELLED_LATE, doctor=10),
            attended(9, Outcome.PUT_OFF, doctor=4),
        ],
        unfinished=[MONDAY + WEEK, MONDAY + 2 * WEEK],
        completed=[completed(-3, 10, 90), completed(1, 20, 0), completed(9, 26, 1)],
        waited=[
            Waited(MONDAY - WEEK, "P7", "exam", 70),
            Waited(MONDAY, "P8", "exam", 4),
            Waited(MONDAY + WEEK, "P9", "exam", 9),
            Waited(MONDAY - WEEK, "P6", "start", 80),
            Waited(MONDAY + WEEK, "P5", "start", 12),
        ],
        days=[
            DayRun(MONDAY - WEEK, 50, 60.0, 60.0, 60.0),
            DayRun(MONDAY, 2, 3.0, 0.0, 15.0),
            DayRun(MONDAY + dt.timedelta(days=1), 1, 9.0, 20.0, 15.5),
        ],
        weeks=[
            replace(week(0, 500, (500, 500), 900), fell_back=True),
            week(1, 10, (3, 1), 4),
            replace(week(2, 30, (5, 2), 7), fell_back=True),
        ],
    )


def test_figures_on_paper(log, tiny):
    # The practice is open Monday to Friday: ten days in two weeks; after school from 15:00 on.
    found = figures_of(log, tiny.practice(), MONDAY, MONDAY + 2 * WEEK)
    assert found == pytest.approx(
        {
            # Dates in the two weeks: one finished on it, one a day late, one not finished; those
            # of the first completion and of the second under way lie before and after.
            "dates_kept": 100 / 3,
            "on_time_completion": 50.0,  # the second ended a day late
            "past_original_ecd": 100 * 8 / 40,
            "past_current_ecd": 100 * 3 / 40,
            "treatment_months": (608 + 790) / 2 / 30.4,
            "completed": 2.0,
            "started": 1.0,  # the other one before the first Monday
            "active_at_end": 30.0,
            "no_show_rate": 25.0,  # one of four that were missed or kept
            "late_cancellations": 100 / 6,  # one of six booked
            "put_off": 100 / 6,
            "wasted_doctor_minutes": 14.5,  # 15 missed, 10 cancelled, 4 put off in two weeks
            "days_to_exam": 6.5,
            "days_to_start": 12.0,
            "waiting_to_start": 1.5,  # one at the end of the first week, two of the second
            "patient_wait": (2 * 3 + 9) / 3,
            "doctor_overtime": 2.0,  # 20 minutes in ten open days
            "late_days": 50.0,  # fifteen minutes are not more than fifteen
            "after_school": 100 * 2 / 3,
            "kept_visits": 1.5,
            "waiting_visits": 5.5,
            "fallback_weeks": 1.0,  # that of the first week is before the first Monday
            "misses_of_filled": math.nan,  # no chance was noted
            "misses_of_checkout": math.nan,
        },
        nan_ok=True,
    )
    assert list(found) == [figure.name for figure in FIGURES]


def test_misses_over_expected_by_who_gave_the_time(log, tiny):
    """Filled: two kept and one missed at 0.1, 0.2 and 0.2, so 1 of 0.5 expected.

    A visit without a chance and one that was cancelled count in neither; checkout: 1 of 0.8.
    """
    kept, missed, cancelled = Outcome.KEPT, Outcome.MISSED, Outcome.CANCELLED_LATE
    facts = (
        *((kept, "fill", 0.1), (kept, "fill", 0.2), (missed, "fill", 0.2), (missed, "fill", None)),
        *((cancelled, "fill", 0.9), (missed, "desk", 0.5)),
        *((missed, "checkout", 0.3), (kept, "checkout", 0.5)),
    )
    log.attended = [
        replace(attended(1, outcome, minute=500 + n), by=by, chance_of_miss=chance)
        for n, (outcome, by, chance) in enumerate(facts)
    ]
    found = figures_of(log, tiny.practice(), MONDAY, MONDAY + WEEK)
    assert found["misses_of_filled"] == pytest.approx(1 / 0.5)
    assert found["misses_of_checkout"] == pytest.approx(1 / 0.8)


def test_nothing_counted_is_no_number(tiny):
    found = figures_of(Log(), tiny.practice(), MONDAY, MONDAY + WEEK)
    counts = {"completed", "started", "doctor_overtime", "fallback_weeks"}
    assert {name for name, value in found.items() if not math.isnan(value)} == counts
    assert {found[name] for name in counts} == {0.0}


def test_the_running_line_counts_from_the_beginning(log):
    # Two of five missed, one of three on time.
    assert running(log) == "no-shows 40.0 %, on time 33 % of 3"
