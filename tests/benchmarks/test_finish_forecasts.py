"""Forecasts held against outcomes: the figures on paper, and the asking in a small year."""

import datetime as dt

import pytest

from benchmarks.finish_forecasts import (
    ASKED_BEFORE_WEEK,
    Followed,
    Forecast,
    follow_year,
    line_of,
    table,
)
from engine.generate import generate
from engine.simulate.settings import PatientSettings, YearSettings

END = dt.date(2026, 12, 28)


def followed(
    number: int, *, left: int, ecd: dt.date, past: float, expected: int, finished: int | None
) -> Followed:
    """`expected`, `finished`: days before the end of the year."""
    forecast = Forecast(
        f"P{number}",
        left,
        ecd,
        ecd < dt.date(2026, 3, 2),
        past,
        END.toordinal() - expected,
    )
    day = None if finished is None else END - dt.timedelta(days=finished)
    return Followed(1 + number % 2, forecast, day, END)


def test_a_line_on_paper():
    june = dt.date(2026, 6, 1)
    days = (END - june).days
    lines = [
        # Two years. In the first: past with 0.5, and it was; a week later than expected.
        followed(0, left=2, ecd=june, past=0.5, expected=days, finished=days - 7),
        # In the second: past with 0.25 and 0.75; one was past, the other on the very date.
        followed(1, left=5, ecd=june, past=0.25, expected=days, finished=days),
        followed(3, left=6, ecd=june, past=0.75, expected=days, finished=None),
        # Late already, and not due within the year: neither is held against its chance.
        followed(2, left=1, ecd=dt.date(2026, 2, 1), past=1.0, expected=100, finished=86),
        followed(4, left=9, ecd=END, past=0.1, expected=10, finished=None),
    ]
    line = line_of("all", lines)
    assert (line.dated, line.expected_past, line.were_past) == (3, 1.5, 2)
    assert line.over_expected.mean == pytest.approx((1 / 0.5 + 1 / 1.0) / 2)
    # 56 days before the end: four are expected by then; the third is under way to the end.
    assert (line.settled, line.under_way) == (4, 1)
    first, second = (1 + 2) / 2, (0 + days / 7) / 2
    assert line.weeks_later.mean == pytest.approx((first + second) / 2)
    assert line_of("3 to 5", lines).dated == 1
    late = line_of("past the date already", lines)
    assert (late.dated, late.settled, late.over_expected.mean) == (0, 1, None)
    assert "| past the date already | 0 | 0 | 0 | – | 1 | 2.00 | 0 |" in table([late])


def test_everybody_in_treatment_is_asked_about_once():
    problem = generate("one-doctor", visits=60, seed=3, booked_share=0.4).problem
    settings = YearSettings(
        weeks=ASKED_BEFORE_WEEK + 6,
        warm_up_weeks=2,
        patients=PatientSettings(new_a_week=4.0),
    )
    found = follow_year(problem, settings, 1)
    patients = [one.forecast.patient for one in found]
    assert len(patients) == len(set(patients)) > 20
    assert any(one.finished is not None for one in found)
    monday = found[0].end - dt.timedelta(days=7 * 7)
    assert all(one.finished is None or one.finished >= monday for one in found)
    assert all(0 <= one.forecast.chance_past <= 1 for one in found)
    assert {one.forecast.chance_past for one in found if one.forecast.late} <= {1.0}
