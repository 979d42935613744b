"""Whom to remind first. Now is Monday, 2 March 2026, 07:00, unless said otherwise."""

import csv
import datetime as dt
import io

import pytest

from engine.files.csv_text import csv_text
from engine.kpi import measure
from engine.practice import Confirmation, Policy, RiskPolicy
from engine.reports.reminders import REMINDER_COLUMNS, list_reminders

P_TUESDAY = 0.023859
"""Chance of a miss one day ahead (see test_ledger)."""


def said(booking, confirmation):
    return booking.model_copy(update={"confirmation": confirmation})


def test_tomorrow_comes_first_and_then_the_largest_loss(tiny):
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2", "BOND"),
        tiny.booking("B1", "15:00", procedure="BOND", date=tiny.thursday),
        tiny.booking("B2", "09:00", date=dt.date(2026, 3, 9)),
        tiny.booking("B3", "09:00", date=dt.date(2026, 3, 10)),
        tiny.booking("B4", "09:00", date=tiny.monday),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "10:00"),
        tiny.place("V2", "11:00", "A25 D15 A35"),
        tiny.place("B1", "15:00", "A25 D15 A35", date=tiny.thursday),
        tiny.place("B4", "09:00", date=tiny.monday),
    )
    found = list_reminders(problem, schedule)
    # Seven days from Tuesday on: Monday the 9th is the last. Today's visits need no reminder.
    assert [(one.visit, one.due.value) for one in found] == [
        ("V2", "tomorrow"),
        ("V1", "tomorrow"),
        ("B1", "coming week"),
        ("B2", "coming week"),
    ]
    # BOND: 75 minutes of chair and 15 of doctor. ADJ: 20 and 5.
    assert [one.minutes_at_stake for one in found] == [90, 25, 90, 25]
    assert found[0].expected_lost_minutes == pytest.approx(90 * P_TUESDAY, rel=1e-3)


def test_over_a_weekend_tomorrow_is_monday(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", date=dt.date(2026, 3, 9)),
        tiny.booking("B2", "09:00", date=dt.date(2026, 3, 13)),
        tiny.booking("B3", "09:00", date=dt.date(2026, 3, 16)),
        as_of=dt.datetime(2026, 3, 6, 12),
    )
    found = list_reminders(problem, tiny.schedule(problem))
    assert [(one.visit, one.due.value) for one in found] == [
        ("B1", "tomorrow"),
        ("B2", "coming week"),
    ]


def test_what_the_patient_has_said(tiny):
    problem = tiny.problem(
        said(tiny.booking("B1", "09:00"), Confirmation.CONFIRMED),
        said(tiny.booking("B2", "10:00"), Confirmation.REMINDED),
        said(tiny.booking("B3", "11:00", movable=True), Confirmation.CONFIRMED),
        tiny.visit("V1"),
        said(tiny.booking("B4", "13:00", movable=True), Confirmation.REMINDED),
    )
    placed = [tiny.place(f"B{n}", f"{n + 8:02d}:00") for n in (1, 2)]
    placed += [tiny.place("B3", "14:00", date=tiny.wednesday), tiny.place("V1", "12:00")]
    found = list_reminders(problem, tiny.schedule(problem, *placed, displaced=("B4",)))
    # B3 moved, so that its patient is asked again; B4 has lost its time.
    assert {one.visit: one.confirmation for one in found} == {
        "B1": "confirmed",
        "B2": "reminded",
        "B3": "proposed",
        "V1": "proposed",
    }
    assert min(found, key=lambda one: one.chance_of_miss).visit == "B1"


def test_the_expected_loss_is_that_of_the_objective(tiny):
    # Two visits of 25 minutes at stake, each missed with 0.3.
    policy = Policy(risk=RiskPolicy(base_rate=0.3, constant_no_show=True))
    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "09:00"), policy=policy)
    schedule = tiny.schedule(problem, tiny.place("V1", "10:00"), tiny.place("B1", "09:00"))
    lost = next(kpi.value for kpi in measure(problem, schedule) if kpi.kpi == "lost_minutes")
    found = list_reminders(problem, schedule)
    assert sum(one.expected_lost_minutes for one in found) == pytest.approx(lost)
    assert lost == pytest.approx(2 * 25 * 0.3)


def test_the_expected_loss_goes_by_what_the_slot_is_worth(tiny):
    policy = Policy(risk=RiskPolicy(base_rate=0.3, constant_no_show=True))
    # ADJ at 10:00: 20 chair minutes at 300 % and 5 of the doctor at 100 %: 65 for 25, 260 %. The
    # booking lies outside the dates of the schedule, in an hour of a quarter: 20 / 4 + 5 / 4.
    slots = tiny.slots(("tue", 10, 300, 100), ("mon", 9, 25, 25))
    late = tiny.booking("B1", "09:00", date=dt.date(2026, 3, 9))
    problem = tiny.problem(tiny.visit("V1"), late, policy=policy, slots=slots)
    found = list_reminders(problem, tiny.schedule(problem, tiny.place("V1", "10:00")))
    assert [(one.visit, one.slot_percent) for one in found] == [("V1", 260), ("B1", 25)]
    assert [one.expected_lost_minutes for one in found] == pytest.approx([65 * 0.3, 6.25 * 0.3])
    assert [one.minutes_at_stake for one in found] == [25, 25]


def test_visits_of_a_day_of_one_patient_stand_together(tiny):
    # Alone each of P1's visits loses less than B3; together they lose more. B4 is another day's.
    problem = tiny.problem(
        tiny.booking("B1", "09:00", patient="P1"),
        tiny.booking("B2", "15:00", patient="P1"),
        tiny.booking("B3", "11:00", minutes=30),
        tiny.booking("B4", "09:00", patient="P1", date=tiny.thursday),
        policy=Policy(risk=RiskPolicy(base_rate=0.3, constant_no_show=True)),
    )
    placed = [tiny.place("B1", "09:00"), tiny.place("B2", "15:00"), tiny.place("B3", "11:00")]
    placed.append(tiny.place("B4", "09:00", date=tiny.thursday))
    found = list_reminders(problem, tiny.schedule(problem, *placed))
    assert [one.visit for one in found] == ["B1", "B2", "B3", "B4"]
    first, second, third, _ = (one.expected_lost_minutes for one in found)
    assert first == second < third < first + second


def test_the_file_read_back(week):
    found = list_reminders(*week)
    rows = (one.as_row(order) for order, one in enumerate(found, start=1))
    read = list(csv.DictReader(io.StringIO(csv_text(REMINDER_COLUMNS, rows))))
    assert len(read) == len(found) > 20
    assert [int(row["order"]) for row in read] == list(range(1, len(read) + 1))
    losses: dict[tuple[str, str], float] = {}
    for row in read:
        if row["due"] == "coming week":
            day = row["patient"], row["date"]
            losses[day] = losses.get(day, 0.0) + float(row["expected_lost_minutes"])
    assert list(losses.values()) == pytest.approx(sorted(losses.values(), reverse=True), abs=0.02)
    for row in read:
        product = float(row["probability_of_miss"]) * int(row["minutes_at_stake"])
        assert float(row["expected_lost_minutes"]) == pytest.approx(product, abs=0.1)
        assert row["slot_percent"] == "100"
        assert row["start"][2] == ":"
