"""`chair_once`: one patient in a chair, turnover included. CLEAN: 10 minutes and 5 of turnover."""

import itertools

import pytest

from engine.practice import Chair, ChairBlock, ChairKind


def together(tiny, problem, *placements):
    """Every order of the placements must say the same."""
    reports = [tiny.check(problem, *order) for order in itertools.permutations(placements)]
    assert len({(tuple(tiny.rules(r)), tuple(tiny.inherited(r))) for r in reports}) == 1
    return reports[0]


def two(tiny, first, second, chair="C1", text="A10"):
    """V1 in C1, V2 in the chair; two assistants, so that only the chair is short."""
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN"), tiny.visit("V2", "CLEAN"), clinic=2, assistants=2
    )
    return together(
        tiny,
        problem,
        tiny.place("V1", first, text),
        tiny.place("V2", second, text, chair=chair, staff="AS2"),
    )


def test_next_patient_when_the_turnover_is_done(tiny):
    assert two(tiny, "09:00", "09:15").ok
    assert two(tiny, "09:15", "09:00").ok


@pytest.mark.parametrize("second", ["09:10", "09:05", "09:00", "08:50", "08:55"])
def test_next_patient_in_the_visit_or_its_turnover(tiny, second):
    report = two(tiny, "09:00", second)
    assert tiny.rules(report) == ["chair_once"]
    assert set(report.violations[0].visits) == {"V1", "V2"}


def test_sentence_for_the_coordinator(tiny):
    assert two(tiny, "09:00", "09:10").violations[0].sentence == (
        "2026-03-03 09:10: chair C1 holds V1 (09:00-09:10, turnover to 09:15) "
        "and V2 (09:10-09:20, turnover to 09:25)"
    )


def test_other_chair_and_other_date(tiny):
    assert two(tiny, "09:00", "09:00", chair="C2").ok
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), tiny.visit("V2", "CLEAN"))
    second = tiny.place("V2", "09:00", "A10", date=tiny.wednesday)
    assert tiny.check(problem, tiny.place("V1", "09:00", "A10"), second).ok


def test_long_visit_over_two_short_ones(tiny):
    # BOND 09:00-10:15; the short ones at 09:20 and 09:45 clash with it, not with each other.
    names = [tiny.visit("V1", "BOND"), tiny.visit("V2", "CLEAN"), tiny.visit("V3", "CLEAN")]
    problem = tiny.problem(*names, clinic=3, assistants=3)
    report = together(
        tiny,
        problem,
        tiny.place("V1", "09:00", "A25 D15 A35"),
        tiny.place("V2", "09:20", "A10", staff="AS2"),
        tiny.place("V3", "09:45", "A10", staff="AS3"),
    )
    assert tiny.rules(report) == ["chair_once", "chair_once"]
    assert {v.visits for v in report.violations} == {("V1", "V2"), ("V1", "V3")}


@pytest.mark.parametrize(
    ("start", "broken"), [("09:45", False), ("09:50", True), ("10:55", True), ("11:00", False)]
)
def test_blocked_chair(tiny, start, broken):
    # Blocked 10:00-11:00: from 09:45 the turnover is done at 10:00, from 09:50 at 10:05.
    span = tiny.window("10:00", "11:00")
    block = ChairBlock(date=tiny.tuesday, start=span.start, end=span.end)
    chair = Chair(id="C1", kind=ChairKind.CLINIC, blocks=(block,))
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), chairs=(chair,))
    report = tiny.check(problem, tiny.place("V1", start, "A10"))
    assert tiny.rules(report) == ["chair_once"] * broken


def test_chair_blocked_all_day_on_its_date_only(tiny):
    block = ChairBlock(date=tiny.tuesday)
    chair = Chair(id="C1", kind=ChairKind.CLINIC, blocks=(block,))
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), chairs=(chair,))
    assert tiny.rules(tiny.check(problem, tiny.place("V1", "09:00", "A10"))) == ["chair_once"]
    assert tiny.check(problem, tiny.place("V1", "09:00", "A10", date=tiny.monday)).ok


def booked(tiny, *extra, chairs=("C1", "C1")):
    """Two bookings at 09:00 and 09:05 in the given chairs of the book."""
    return tiny.problem(
        tiny.booking("B1", "09:00", chairs[0], "CLEAN"),
        tiny.booking("B2", "09:05", chairs[1], "CLEAN"),
        *extra,
        clinic=3,
        assistants=3,
    )


def keep(tiny, first="C1", second="C1"):
    return (
        tiny.place("B1", "09:00", "A10", chair=first),
        tiny.place("B2", "09:05", "A10", chair=second, staff="AS2"),
    )


def test_clash_of_the_book_is_inherited(tiny):
    report = together(tiny, booked(tiny), *keep(tiny))
    assert report.ok
    assert tiny.inherited(report) == ["chair_once"]


def test_reseating_one_of_them_mends_it(tiny):
    report = together(tiny, booked(tiny), *keep(tiny, second="C2"))
    assert report.ok
    assert report.inherited == ()


def test_reseating_into_the_chair_of_another_is_a_violation(tiny):
    apart = booked(tiny, chairs=("C1", "C2"))
    assert together(tiny, apart, *keep(tiny, second="C2")).ok
    assert tiny.rules(together(tiny, apart, *keep(tiny))) == ["chair_once"]


def test_new_visit_in_a_clash_of_the_book(tiny):
    # V1 09:10-09:20 meets B1's turnover (until 09:15) and B2 (until 09:15, turnover 09:20).
    problem = booked(tiny, tiny.visit("V1", "CLEAN"))
    new = tiny.place("V1", "09:10", "A10", staff="AS3")
    report = together(tiny, problem, *keep(tiny), new)
    assert tiny.rules(report) == ["chair_once"]
    assert "V1" in report.violations[0].visits
    assert tiny.inherited(report) == ["chair_once"]


def test_new_visit_next_to_one_kept_booking(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "CLEAN"), tiny.visit("V1", "CLEAN"), assistants=2
    )
    kept = tiny.place("B1", "09:00", "A10")
    assert together(tiny, problem, kept, tiny.place("V1", "09:15", "A10", staff="AS2")).ok
    late = together(tiny, problem, kept, tiny.place("V1", "09:10", "A10", staff="AS2"))
    assert tiny.rules(late) == ["chair_once"]
    early = together(tiny, problem, kept, tiny.place("V1", "08:50", "A10", staff="AS2"))
    assert tiny.rules(early) == ["chair_once"]


def test_kept_in_a_blocked_chair_is_inherited(tiny):
    block = ChairBlock(date=tiny.tuesday)
    chairs = (
        Chair(id="C1", kind=ChairKind.CLINIC, blocks=(block,)),
        Chair(id="C2", kind=ChairKind.CLINIC, blocks=(block,)),
    )
    problem = tiny.problem(tiny.booking("B1", "09:00", "C1", "CLEAN"), chairs=chairs)
    kept = tiny.check(problem, tiny.place("B1", "09:00", "A10"))
    assert kept.ok
    assert tiny.inherited(kept) == ["chair_once"]
    reseated = tiny.check(problem, tiny.place("B1", "09:00", "A10", chair="C2"))
    assert tiny.rules(reseated) == ["chair_once"]


def test_trap_one_patient_too_many_in_a_chair(tiny, solve):
    # Both in C1 need 10 + 5 + 10 minutes: 09:00-09:25 is enough, five less are not.
    def until(end, **how):
        free = (tiny.window("09:00", end),)
        visits = (tiny.visit(f"V{n}", "CLEAN", availability=free) for n in (1, 2))
        return solve(tiny.problem(*visits, assistants=2), **how)

    assert sorted(until("09:25").times.values()) == ["09:00", "09:15"]
    assert len(until("09:20").unplaced) == 1
    bait = until("09:20", without="chair_once")
    assert bait.unplaced == []
    assert bait.broken == {"chair_once"}


def test_trap_a_blocked_chair(tiny, solve):
    blocks = (ChairBlock(date=tiny.tuesday, start="09:10", end="12:00"),)
    free = (tiny.window("09:00", "09:10"),)  # the turnover runs into the block
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN", availability=free),
        chairs=(Chair(id="C1", kind=ChairKind.CLINIC, blocks=blocks),),
    )
    assert solve(problem, days=2).times == {"V1": "Wed 09:00"}
    bait = solve(problem, days=2, without="chair_once")
    assert bait.times == {"V1": "09:00"}
    assert bait.broken == {"chair_once"}
