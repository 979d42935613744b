"""The sample practice."""

import datetime as dt
from collections import Counter
from math import sqrt

import pytest

from engine.generate import Generated
from engine.generate.sample import open_week, rolling_book
from engine.practice import ChairKind, Confirmation, Problem, Role, VisitList
from engine.practice.pattern import pattern_of
from engine.units import to_minutes


@pytest.fixture(scope="module")
def book() -> Generated:
    return rolling_book()


@pytest.fixture(scope="module")
def week() -> Generated:
    return open_week()


def test_the_samples_are_always_the_same(book: Generated) -> None:
    assert rolling_book().problem == book.problem


def test_one_doctor_six_clinic_chairs_exam_and_records(book: Generated) -> None:
    practice = book.problem.practice
    kinds = Counter((chair.kind, chair.overflow) for chair in practice.chairs)
    assert kinds == {
        (ChairKind.CLINIC, False): 5,
        (ChairKind.CLINIC, True): 1,
        (ChairKind.EXAM, False): 1,
        (ChairKind.RECORDS, False): 1,
    }
    roles = Counter(person.role for person in practice.staff)
    assert roles[Role.DOCTOR] == 1
    assert roles[Role.ASSISTANT] == 5
    assert {day.id for day in practice.model_days} == {"full", "short", "catch-up"}


def test_next_week_is_nine_tenths_booked_and_the_tenth_one_tenth(book: Generated) -> None:
    bookings = book.problem.bookings
    weeks = Counter((booking.date - book.horizon.start).days // 7 for booking in bookings)
    # 52 a day are 260 a week: 234, and two deliberate clashes, of the part that is open.
    assert 225 <= weeks[0] <= 240
    assert 20 <= weeks[9] <= 30
    assert [weeks[w] for w in range(3)] == sorted((weeks[w] for w in range(3)), reverse=True)
    assert book.horizon.days == 7
    assert book.problem.as_of == dt.datetime(2026, 3, 5, 8)


def test_enough_to_place_and_each_in_its_week(book: Generated, week: Generated) -> None:
    assert len(book.problem.visits) >= 350
    assert 60 <= book.summary.due_now <= 90
    assert len(week.problem.visits) >= 350
    assert week.summary.due_now == len(week.problem.visits)
    assert week.problem.bookings == ()
    assert week.problem.practice == book.problem.practice
    for visit in book.problem.visits:
        if visit.due >= book.horizon.end:
            assert visit.earliest is not None
            assert visit.earliest >= book.horizon.end


def test_every_list_and_kind_of_visit_is_there(book: Generated, week: Generated) -> None:
    listed = {visit.listed for visit in week.problem.visits}
    assert listed == set(VisitList)
    codes = {visit.procedure for visit in week.problem.visits}
    assert {"NPEX", "OBS", "RETC", "REP", "DEB", "ADJR", "BOND", "PROG", "VIRT"} <= codes
    near = {visit.listed for visit in book.problem.visits}
    assert near == set(VisitList)
    assert any(visit.lab_ready for visit in week.problem.visits)
    assert any(not c.granted for visit in week.problem.visits for c in visit.clearances)
    confirmations = {booking.confirmation for booking in book.problem.bookings}
    assert confirmations == set(Confirmation)


def test_shares(book: Generated, week: Generated) -> None:
    for made in (book, week):
        s = made.summary
        assert s.window_share >= 0.3
        assert s.together_share >= 0.1
        assert s.wish_share >= 0.15
        # 0.21 of the patients in treatment are drawn late, 0.45 of the one in seven about to
        # finish: 0.244 in all. A share among n patients spreads by sqrt(0.244 x 0.756 / n): 0.013
        # among the 1,030 of the book, 0.029 among the 223 of the week. The book's seed draws high.
        patients = len(
            {v.patient for v in made.problem.all_visits.values() if v.treatment is not None}
        )
        assert abs(s.past_ecd_share - 0.244) <= 3 * sqrt(0.244 * 0.756 / patients)
        assert s.reserved_share >= 0.7
        assert s.cells >= 40
        assert s.cell_classes >= 8


def _clinic_spans(problem: Problem) -> dict[tuple[dt.date, str], list[tuple[int, int, str]]]:
    spans: dict[tuple[dt.date, str], list[tuple[int, int, str]]] = {}
    for booking in problem.bookings:
        procedure = problem.procedures[booking.visit.procedure]
        (first, *more) = pattern_of(procedure, booking.visit.minutes, 5)
        if booking.chair is not None and not more:
            start = to_minutes(booking.start)
            spans.setdefault((booking.date, booking.chair), []).append(
                (start, start + first.busy_until, booking.visit.id)
            )
    return spans


def test_only_the_deliberate_booking_shares_a_chair(book: Generated) -> None:
    clashing = [
        {one[2], other[2]}
        for spans in _clinic_spans(book.problem).values()
        for at, one in enumerate(spans)
        for other in spans[at + 1 :]
        if one[0] < other[1] and other[0] < one[1]
    ]
    assert clashing
    doubled = set.intersection(*clashing)
    assert len(doubled) >= 1
    locked = {b.visit.id for b in book.problem.bookings if b.chair_locked and not b.movable}
    assert doubled & locked


def test_one_booking_stands_at_the_doctors_lunch(book: Generated) -> None:
    tuesday = dt.date(2026, 3, 10)
    at_lunch = [
        booking.visit.procedure
        for booking in book.problem.bookings
        if booking.date == tuesday and booking.start == dt.time(12, 15)
    ]
    assert "ADJR" in at_lunch


def test_pairs_with_a_booked_visit(book: Generated) -> None:
    booked = book.problem.booking_of
    pairs = {
        (booked[follows.visit].visit.procedure, visit.procedure)
        for visit in book.problem.visits
        for follows in visit.follows
        if follows.visit in booked
    }
    assert pairs == {("SCAN", "DEB"), ("REC", "BOND"), ("DEB", "RETD")}
