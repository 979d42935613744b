"""What is offered is what the checker accepts: every start and chair, and no other."""

import datetime as dt
import random

import pytest

from engine.certificate.bound import PricedProblem
from engine.certificate.certificate import Priced, PriceLine
from engine.checker import check
from engine.filling.openings.open_book import OpenBook
from engine.generate import generate
from engine.practice import DoctorRuleKind, Horizon, Problem, Visit
from engine.practice.calendar import open_intervals
from engine.schedule import Placement, Schedule, Unplaced

MARK = 5


def schedule_of(problem: Problem, horizon: Horizon, placed: list[Placement]) -> Schedule:
    there = {placement.visit for placement in placed}
    left = tuple(
        Unplaced(visit=visit.id, reason="no-chair")
        for visit in problem.visits_for(horizon)
        if visit.id not in there
    )
    return Schedule(start=horizon.start, days=horizon.days, placements=tuple(placed), unplaced=left)


def accepted(
    ways_to_serve, problem: Problem, horizon: Horizon, visit: Visit, book: list[Placement]
) -> set[tuple[dt.date, int, str | None]]:
    """Date, start and first chair of all that the checker lets a visit have beside the book."""
    found = set()
    for day in horizon.dates:
        for opens, closes in open_intervals(problem.practice, day):
            for minute in range(opens - MARK, closes + MARK, MARK):
                for placement in ways_to_serve(problem, visit, day, minute):
                    key = (day, minute, placement.segments[0].chair)
                    if key in found:
                        continue
                    if check(problem, schedule_of(problem, horizon, [*book, placement])).ok:
                        found.add(key)
    return found


def offered(book: OpenBook, visit: Visit) -> set[tuple[dt.date, int, str | None]]:
    now = book.occupancy.problem.as_of
    return {
        (day, int(start), chair)
        for day, starts in book.starts(visit, now).items()
        for start in starts
        for chair in book.chairs(visit, day, int(start)) or (None,)
    }


def test_every_start_and_chair_of_a_tiny_day(tiny_day, neighbours) -> None:
    ways = neighbours("brute_force").ways_to_serve
    problem, horizon = tiny_day.problem, tiny_day.horizon
    book = OpenBook(problem, horizon)
    placed = list(book.occupancy.placements.values())
    if not check(problem, schedule_of(problem, horizon, placed)).ok:
        pytest.skip("the book as seated by hand does not stand alone")
    for visit in problem.visits_for(horizon):
        assert offered(book, visit) == accepted(ways, problem, horizon, visit, placed), visit.id


def test_tiny_days_leave_something_to_offer(tiny_days) -> None:
    """Days on which nothing is free would agree whatever is offered."""
    offers = [
        len(offered(OpenBook(day.problem, day.horizon), visit))
        for day in tiny_days
        for visit in day.problem.visits_for(day.horizon)
    ]
    assert sum(bool(count) for count in offers) > len(offers) / 2
    assert sum(offers) > 300


@pytest.mark.parametrize("rule", list(DoctorRuleKind))
@pytest.mark.parametrize("seed", [1, 2])
def test_starts_are_those_of_the_occupancy_whatever_the_book(tiny, neighbours, seed, rule) -> None:
    """Clashing books, several doctors and rooms, both doctor rules, template and free days."""
    problem = neighbours("crowded_days").crowded_template(tiny, seed, rule)
    horizon = Horizon(start=tiny.monday, days=3)
    book = OpenBook(problem, horizon)
    for visit in problem.visits:
        starts = book.starts(visit, problem.as_of)
        for day in horizon.dates:
            exact = book.occupancy.feasible_starts(visit, day).tolist()
            found = starts[day].tolist() if day in starts else []
            assert found == exact, (visit.id, day)


@pytest.mark.parametrize("profile", ["one-doctor", "one-doctor-units", "two-doctor"])
def test_one_caller_after_the_other_passes_the_checker(profile) -> None:
    made = generate(profile, 60, 11, booked_share=0.4)
    problem, horizon = made.problem, made.horizon
    book = OpenBook(problem, horizon)
    now = problem.as_of
    for visit in problem.visits_for(horizon):
        best = book.best(visit, now, count=3)
        exact = {day: book.occupancy.feasible_starts(visit, day).tolist() for day in horizon.dates}
        assert bool(best) == any(exact.values())
        for opening in best:
            assert opening.start.hour * 60 + opening.start.minute in exact[opening.date]
        if best:
            start = best[0].start.hour * 60 + best[0].start.minute
            placement = book.book(visit, best[0].date, start, now=now)
            assert placement.segments[0].chair in (*best[0].chairs, None)
    placed = list(book.occupancy.placements.values())
    report = check(problem, schedule_of(problem, horizon, placed))
    assert report.ok, [violation.sentence for violation in report.violations[:5]]


@pytest.mark.parametrize("rule", list(DoctorRuleKind))
@pytest.mark.parametrize("seed", range(4))
def test_reduced_costs_are_those_of_the_certificate(tiny, neighbours, seed, rule) -> None:
    """The bound for one visit alone is its cheapest place less what the capacity is worth, and the
    bound for nobody is less that worth alone. Both are worked out by another arithmetic."""
    crowded = neighbours("crowded_days").crowded_template(tiny, seed, rule)
    horizon = Horizon(start=tiny.monday, days=3)
    lines = _random_prices(crowded, horizon, seed)
    compared = 0
    for listed in crowded.visits:
        if listed.procedure == "CHAIRS":  # the certificate may give both of its stages one chair
            continue
        visit = listed.model_copy(update={"follows": ()})
        alone = crowded.model_copy(update={"visits": (visit,), "bookings": ()})
        nobody = crowded.model_copy(update={"visits": (), "bookings": ()})
        best = OpenBook(alone, horizon, prices=lines).best(visit, alone.as_of, count=1)
        if best:
            bound = PricedProblem(alone, horizon).bound(lines)
            worth = -PricedProblem(nobody, horizon).bound(lines)
            assert best[0].millipoints == bound + worth, visit.procedure
            compared += 1
    assert compared > 8


def _random_prices(problem: Problem, horizon: Horizon, seed: int) -> tuple[PriceLine, ...]:
    """Chairs, people, doctors, load and chains of every date, low enough that nobody stays away."""
    rng = random.Random(seed)
    exact = problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
    named = [(Priced.CHAIR, chair, 5) for chair in problem.chairs]
    named += [(Priced.STAFF, person, 5) for person in problem.staff]
    named += [(Priced.DOCTOR, one.id, 5 if exact else 15) for one in problem.doctors]
    named += [(Priced.DOCTOR_LOAD, "", 60)] + [(Priced.DOCTOR_CHAIN, "", 5)] * exact
    found = []
    for day in horizon.dates:
        for of, name, step in named:
            most = 40 if of in (Priced.DOCTOR_LOAD, Priced.DOCTOR_CHAIN) else 900
            steps = tuple(
                (start, start + step, rng.randrange(1, most))
                for start in range(0, 1440, step)
                if rng.random() < 0.5
            )
            found.append(PriceLine(of=of, id=name, date=day, steps=steps))
    return tuple(found)
