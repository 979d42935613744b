"""A clash of the book is told once: by the row where a row tells it, else by itself."""

import datetime as dt

from engine.checker import Violation
from engine.cli.attention import attention_list
from engine.problems import PracticeProblem, Severity

TWICE = PracticeProblem(
    "book-chair-twice",
    "bookings.csv row 8 (booking B1)",
    "is in chair 'C5' [10:00, 10:20), where booking 'B22' is [10:10, 10:40)",
    "move one",
    Severity.KEPT,
)


def clash(rule: str, *visits: str) -> Violation:
    return Violation(
        rule=rule, visits=visits, date=dt.date(2026, 3, 3), sentence="s", found="f", allowed="a"
    )


def codes(*clashes: Violation) -> list[str]:
    return [one.code for one in attention_list([TWICE], clashes)]


def test_a_clash_that_a_row_tells_is_not_told_again_in_either_order() -> None:
    assert codes(clash("chair_once", "B1", "B22")) == ["book-chair-twice"]
    assert codes(clash("chair_once", "B22", "B1")) == ["book-chair-twice"]


def test_another_rule_or_another_booking_is_told() -> None:
    assert codes(clash("patient_once", "B1", "B22"))[1:] == ["inherited-patient-once"]
    assert codes(clash("chair_once", "B1", "B2"))[1:] == ["inherited-chair-once"]
    assert codes(clash("quotas", "B1"))[1:] == ["inherited-quotas"]


def test_the_remedy_counts_the_bookings() -> None:
    remedies = [
        one.remedy
        for one in attention_list([], [clash("quotas", "B1"), clash("order", "B1", "B2")])
    ]
    assert [remedy.split(" by hand")[0] for remedy in remedies] == ["move it", "move one of them"]
