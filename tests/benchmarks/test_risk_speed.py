"""The speed of risk tables: what is timed, on a small problem. No time is asserted."""

from benchmarks.risk_speed import time_tables


def test_every_visit_date_and_hour_is_asked_for():
    # Twelve visits, each once without a time; then on the open dates of the week, by the literature
    # for the date alone, by a model with hours for twelve hours of each.
    literature, with_hours = time_tables(visits=12, repeats=2)
    dates = (literature.values // 12) - 1
    assert literature.values == 12 * (1 + dates)
    assert with_hours.values == 12 * (1 + 12 * dates)
    assert 1 <= dates <= 7
    assert literature.model != with_hours.model
    assert min(literature.seconds, with_hours.seconds) > 0
