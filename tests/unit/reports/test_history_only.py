"""Who is in treatment by the history alone. Now is Monday, 2 March 2026."""

import csv
import datetime as dt
import io

import pytest

from engine.files.csv_text import csv_text
from engine.practice import Outcome, PastVisit, Purpose
from engine.reports.history_only import in_treatment_by_history_only
from engine.reports.ledger import make_ledger
from engine.reports.ledger_csv import LEDGER_COLUMNS, ledger_rows

STARTED = dt.date(2025, 1, 7)
LATER = dt.date(2025, 9, 2)
KEPT, MISSED = Outcome.KEPT, Outcome.MISSED


def past(patient: str, day: dt.date, outcome: Outcome = KEPT, **known) -> PastVisit:
    return PastVisit(patient, day, outcome, **known)


def found(problem, *visits: PastVisit) -> tuple[str, ...]:
    """With a visit of a patient of the book, so that the history is about these patients."""
    return in_treatment_by_history_only(problem, [past("P-V1", LATER), *visits])


@pytest.fixture
def problem(tiny):
    """V1 waits, B1 is booked tomorrow, B2 was last Tuesday. DEB is a debond."""
    return tiny.problem(
        tiny.visit("V1"),
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "09:00", date=dt.date(2026, 2, 24)),
        procedures=(tiny.procedure("DEB", "A20", purpose=Purpose.DEBOND),),
    )


def test_who_started_and_has_nothing_open_is_found(problem):
    visits = [
        past("L1", LATER, started=STARTED),
        past("L2", STARTED, purpose=Purpose.START),
        past("L3", LATER, MISSED, started=STARTED),
        past("P-V1", LATER, started=STARTED),
        past("P-B1", LATER, started=STARTED),
        past("P-B2", LATER, started=STARTED),
    ]
    # P-V1 waits and P-B1 is booked; the booking of P-B2 is over.
    assert found(problem, *visits) == ("L1", "L2", "L3", "P-B2")


def test_what_has_broken_is_nothing_that_goes_on(tiny):
    # L1 has only a repair to come, which states no treatment; L2's next visit states none either.
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2", "FIX", patient="L1"),
        tiny.visit("V3", patient="L2"),
        procedures=(tiny.procedure("FIX", "A10", purpose=Purpose.REPAIR),),
    )
    visits = [past(patient, LATER, started=STARTED) for patient in ("L1", "L2", "L3")]
    assert found(problem, *visits) == ("L1", "L3")
    assert make_ledger(problem, tiny.schedule(problem), visits).by_history_only == ("L1", "L3")


@pytest.mark.parametrize(
    ("end", "under_way"),
    [
        ({"purpose": Purpose.DEBOND}, False),
        ({"procedure": "DEB"}, False),
        ({"purpose": Purpose.RETENTION}, False),
        ({"purpose": Purpose.DEBOND, "outcome": MISSED}, True),
        ({"purpose": Purpose.ACTIVE}, True),
    ],
)
def test_a_debond_that_was_kept_ends_a_treatment(problem, end, under_way):
    visits = past("L1", STARTED, purpose=Purpose.START), past("L1", LATER, **end)
    assert found(problem, *visits) == (("L1",) if under_way else ())


def test_a_second_treatment_begins_after_the_debond_of_the_first(problem):
    visits = (
        past("L1", STARTED, purpose=Purpose.DEBOND),
        past("L1", LATER, purpose=Purpose.START),
    )
    assert found(problem, *visits) == ("L1",)


@pytest.mark.parametrize(
    "visit",
    [
        past("L1", LATER, purpose=Purpose.EXAM),
        past("L1", STARTED, MISSED, purpose=Purpose.START),
        past("L1", LATER, started=dt.date(2026, 3, 9)),
    ],
)
def test_who_never_started_is_not_in_treatment(problem, visit):
    assert found(problem, visit) == ()


def test_a_history_of_other_patients_says_nothing(problem):
    visits = [past("L1", LATER, started=STARTED)]
    assert in_treatment_by_history_only(problem, visits) == ()
    assert in_treatment_by_history_only(problem, []) == ()


def test_their_rows_hold_the_id_alone_and_end_the_worklist(tiny, treatment):
    near, far = dt.date(2026, 3, 20), dt.date(2026, 12, 1)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=treatment(far)),
        tiny.visit("V1", treatment=treatment(near)),
    )
    history = [past("P-V1", LATER), past("L1", LATER, started=STARTED)]
    ledger = make_ledger(problem, tiny.schedule(problem, tiny.place("B1", "09:00")), history)
    assert len(ledger.rows) == 2
    rows = list(csv.DictReader(io.StringIO(csv_text(LEDGER_COLUMNS, ledger_rows(ledger)))))
    assert [(row["patient"], row["worklist"]) for row in rows] == [
        ("P-V1", "near_ecd; without_next"),
        ("L1", "without_next"),
        ("P-B1", ""),
    ]
    filled = {column for column, cell in rows[1].items() if cell}
    assert filled == {"patient", "worklist"}
