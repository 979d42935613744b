"""ledger.csv, read back."""

import csv
import datetime as dt
import io

import pytest

from engine.files.csv_text import csv_text
from engine.reports.ledger import make_ledger
from engine.reports.ledger_csv import LEDGER_COLUMNS, ledger_rows

EARLY, MAY = dt.date(2026, 2, 24), dt.date(2026, 5, 29)


def read_back(problem, schedule) -> list[dict[str, str]]:
    ledger = make_ledger(problem, schedule)
    text = csv_text(LEDGER_COLUMNS, ledger_rows(ledger))
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_on_paper(tiny, treatment):
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(EARLY, MAY)),
        tiny.visit("V2", treatment=treatment(EARLY)),
    )
    rows = read_back(problem, tiny.schedule(problem, tiny.place("V1", "09:05")))
    one = next(row for row in rows if row["visit"] == "V1")
    assert tuple(one) == LEDGER_COLUMNS
    wanted = {
        "patient": "P-V1",
        "worklist": "past_ecd",
        "original_ecd_date": "2026-02-24",
        "current_ecd_date": "2026-05-29",
        "extended_days": "94",  # 4 left of February, 31, 30, 29 of May
        "days_past_original_ecd": "6",
        "days_past_current_ecd": "-88",
        "remaining_visits": "1",
        "next_appointment": "2026-03-03 09:05",
        "procedure": "ADJ",
        "in_these_dates": "yes",
        "standing": "new",
        "visit_date": "2026-03-03",
        "visit_start": "09:05",
        "probability_past_original_ecd_with_plan": "1.0000",
        "probability_past_current_ecd_with_plan": "0.0000",
        # The Monday of that week is 6 days past, and 21 more if the visit is missed then.
        "expected_weeks_past_ecd_with_plan": f"{(6 + 21 * 0.020135) / 7:.3f}",
    }
    assert {key: one[key] for key in wanted} == wanted
    two = next(row for row in rows if row["visit"] == "V2")
    assert two["worklist"] == "past_ecd; without_next"
    assert [two[key] for key in ("standing", "visit_date", "visit_start")] == ["none", "", ""]
    assert two["weeks_bought"] == "0.00"
    assert two["finish_date_with_plan"] == two["finish_date_without_plan"] == "2026-03-29"


def test_the_file_adds_up_to_the_ledger(week):
    ledger = make_ledger(*week)
    rows = [row for row in read_back(*week) if row["in_these_dates"] == "yes"]
    assert len(rows) == len(ledger.counted)
    for column, figure in (
        ("probability_past_original_ecd_floor", lambda row: row.floor.past_original),
        ("probability_past_current_ecd_without_plan", lambda row: row.without_plan.past_current),
        ("expected_weeks_past_ecd_with_plan", lambda row: row.with_plan.late_weeks),
    ):
        assert sum(float(row[column]) for row in rows) == pytest.approx(ledger.total(figure))
