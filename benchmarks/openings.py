"""Openings: how quick an answer is, and what a week of answers costs against knowing all calls.

    python -m benchmarks.openings --part latency
    python -m benchmarks.openings --part regret --seeds 3 --time-limit 30 --reproducible

Without `--part` both. A part that is not asked for stays in the file of results as it is.

Latency: ten doctors, 60 days, in process, one question after the other, each by a caller who has
not asked before; without prices, with a price for every half-hour of everybody, and protected for
callers to come as well, where each question comes after a booking. Regret: objective of a week of
online bookings less the best that is known, as a rule that of the fill that knows every call on
Monday morning (same book, same rules); and less that fill's bound, which no way of booking can
beat. "At the fill's prices" are the prices of that fill, and "protected" knows how many calls of
each kind the week really has: no desk knows either. Every schedule passes the checker before it
counts.
"""

import argparse
import datetime as dt
import json
import time
from pathlib import Path

import numpy as np

from benchmarks.calls import CallWeek, call_week
from benchmarks.machine import machine
from benchmarks.online import best_fit, book_online, first_fit
from engine.certificate.certificate import Priced, PriceLine
from engine.checker import check
from engine.filling.fill import FillSettings, fill_certified
from engine.filling.openings.hole import candidates_for
from engine.filling.openings.open_book import OpenBook, TakenError
from engine.filling.openings.phantom import calls_of
from engine.filling.short_notice import hole_of
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem, Purpose, VisitList
from engine.schedule import Schedule
from engine.units import to_minutes

DAYS = 60
QUESTIONS = 1000
HOLES = 60
CANDIDATES = 2000
KINDS = (
    "questions", "questions_with_prices", "questions_protected", "hold_and_commit", "fill_hole"
)  # fmt: skip
"""Of the table of latency."""


def latency(profile: str, booked: int, seed: int = 3) -> dict[str, object]:
    """Milliseconds of questions, of holding with saying yes, and of filling a hole."""
    share = booked / (booked + QUESTIONS)
    made = generate(profile, booked + QUESTIONS, seed, weeks=9, booked_share=share)
    problem = made.problem
    horizon = Horizon(start=made.horizon.start, days=DAYS)
    began = time.perf_counter()
    book = OpenBook(problem, horizon)
    book.warm_up()
    ready = time.perf_counter() - began
    asking, holding, offers = [], [], 0
    now, until = problem.as_of, problem.as_of + dt.timedelta(minutes=15)
    for visit in problem.visits:
        began = time.perf_counter()
        found = book.best(visit, now)
        asking.append(time.perf_counter() - began)
        offers += len(found)
        if found:
            began = time.perf_counter()
            try:
                start = to_minutes(found[0].start)
                book.hold(visit, found[0].date, start, now=now, until=until)
                book.commit(visit.id, now)
            except TakenError as error:
                raise AssertionError(f"{visit.id} was offered what cannot be had") from error
            holding.append(time.perf_counter() - began)
    book = OpenBook(problem, horizon, prices=made_up_prices(problem, horizon, seed))
    book.warm_up()
    priced = []
    for visit in problem.visits:
        began = time.perf_counter()
        book.best(visit, now)
        priced.append(time.perf_counter() - began)
    return {
        "profile": profile,
        "days": DAYS,
        "bookings": len(problem.bookings),
        "seconds_to_set_up": ready,
        "questions": spread(asking),
        "questions_with_prices": spread(priced),
        **protected_latency(problem, horizon, seed),
        "offers_for_a_question": offers / max(1, len(asking)),
        "hold_and_commit": spread(holding),
        "fill_hole": hole_latency(seed),
    }


def protected_latency(problem: Problem, horizon: Horizon, seed: int) -> dict[str, object]:
    """Questions with prices for callers to come: the first of the day, and the others after it.

    Every caller takes the first offer, so that each question finds a date that has changed.
    """
    assert calls_of(problem), "nobody has called: there is nothing to protect"
    book = OpenBook(problem, horizon, prices=made_up_prices(problem, horizon, seed))
    book.warm_up()
    now, until = problem.as_of, problem.as_of + dt.timedelta(minutes=15)
    began = time.perf_counter()
    book.best(problem.visits[0], now, protect=True)
    first = time.perf_counter() - began
    asking = []
    for visit in problem.visits:
        began = time.perf_counter()
        found = book.best(visit, now, protect=True)
        asking.append(time.perf_counter() - began)
        if found:
            book.hold(visit, found[0].date, to_minutes(found[0].start), now=now, until=until)
            book.commit(visit.id, now)
    return {"seconds_to_protect": first, "questions_protected": spread(asking)}


def made_up_prices(problem: Problem, horizon: Horizon, seed: int) -> list[PriceLine]:
    """A price for each chair, person and doctor in each half-hour: more than any fill leaves."""
    drawn = np.random.default_rng(seed)
    doctors = [doctor.id for doctor in problem.doctors]
    groups = ((Priced.CHAIR, problem.chairs), (Priced.STAFF, problem.staff))
    return [
        PriceLine(
            of=of,
            id=name,
            date=day,
            steps=tuple(
                (start, start + 30, int(drawn.integers(1, 900))) for start in range(420, 1080, 30)
            ),
        )
        for day in horizon.dates
        for of, names in (*groups, (Priced.DOCTOR, doctors))
        for name in names
    ]


def hole_latency(seed: int) -> dict[str, float]:
    """2,000 visits on the lists that are asked at short notice; one doctor's week."""
    made = generate("one-doctor", CANDIDATES + 140, seed, booked_share=140 / (CANDIDATES + 140))
    lists = (VisitList.ASAP, VisitList.WILL_CALL, VisitList.UNSCHEDULED)
    asked = tuple(
        visit.model_copy(update={"listed": lists[number % 3]})
        for number, visit in enumerate(made.problem.visits)
    )
    problem = made.problem.model_copy(update={"visits": asked})
    book = OpenBook(problem, made.horizon)
    book.warm_up()
    seconds = []
    for booking in problem.bookings[:HOLES]:
        placement = book.release(booking.visit.id)
        hole = hole_of(placement, booking.visit)
        began = time.perf_counter()
        candidates_for(book, hole, problem.as_of, count=10)
        seconds.append(time.perf_counter() - began)
        book.restore(placement)
    return {"candidates": len(asked), **spread(seconds)}


def spread(seconds: list[float]) -> dict[str, float]:
    """Milliseconds at the median and the 99th percentile, and the longest."""
    milliseconds = 1000 * np.array(seconds)
    return {
        "count": len(seconds),
        "p50_ms": float(np.quantile(milliseconds, 0.5)),
        "p99_ms": float(np.quantile(milliseconds, 0.99)),
        "max_ms": float(milliseconds.max()),
    }


def regret(seed: int, time_limit: float, *, reproducible: bool = False) -> dict[str, object]:
    """One week by every way of booking. `reproducible`: the limit is solver work."""
    week = call_week(seed)
    settings = FillSettings(time_limit=time_limit, workers=2, seed=seed, reproducible=reproducible)
    known, paper = fill_certified(week.problem, week.horizon, settings)
    assert known.schedule is not None
    assert paper is not None
    at_prices = book_online(week, best_fit, prices=paper.prices)
    rows = {
        "first fit": row(week, book_online(week, first_fit)),
        "best fit": row(week, book_online(week, best_fit)),
        "best fit, protected": row(week, book_online(week, best_fit, protect=True)),
        "best fit, at the fill's prices": row(week, at_prices),
        "clairvoyant": row(week, known.schedule),
    }
    # The fill that knows all calls may still end above what a caller's luck has found.
    best = min(one["objective"] for one in rows.values())
    for one in rows.values():
        one["regret"] = one["objective"] - best
        if known.bound is not None:
            one["above_bound"] = one["objective"] - known.bound
    return {"seed": seed, "calls": len(week.calls), "gap": known.gap, "ways": rows}


def row(week: CallWeek, schedule: Schedule) -> dict[str, float]:
    """Objective in points, callers without a time, and how soon new patients come."""
    report = check(week.problem, schedule)
    assert report.ok, [violation.sentence for violation in report.violations[:3]]
    new = {
        one.code
        for one in week.problem.practice.procedures
        if one.purpose in (Purpose.EXAM, Purpose.START)
    }
    asked = [call for call in week.calls if call.visit.procedure in new]
    placed = schedule.placement_of
    waits = [
        (placed[call.visit.id].date - call.at.date()).days
        for call in asked
        if call.visit.id in placed
    ]
    return {
        "objective": objective_points(measure(week.problem, schedule)),
        "without_time": sum(call.visit.id not in placed for call in week.calls),
        "new_patients": len(asked),
        "within_7_days": sum(wait <= 7 for wait in waits),
        "mean_days": float(np.mean(waits)) if waits else 0.0,
    }


def table(found: dict) -> str:
    """The record in words."""
    parts = []
    if "latency" in found:
        parts.append(latency_table(found["latency"]))
    if "regret" in found:
        parts.append(regret_table(found["regret"]))
    return "\n\n".join(parts)


def latency_table(speed: dict) -> str:
    """Milliseconds, a row for each kind of question."""
    lines = ["| question | count | p50 ms | p99 ms | max ms |", "|---|---|---|---|---|"]
    for name in KINDS:
        one = speed[name]
        figures = " | ".join(f"{one[key]:.2f}" for key in ("p50_ms", "p99_ms", "max_ms"))
        lines.append(f"| {name.replace('_', ' ')} | {one['count']} | {figures} |")
    return "\n".join(lines)


def regret_table(weeks: list[dict]) -> str:
    """A row for each way of booking each week."""
    lines = [
        "| seed | way | objective | regret | without a time | new patients within 7 days | days |",
        "|---|---|---|---|---|---|---|",
    ]
    for week in weeks:
        for way, one in week["ways"].items():
            lines.append(
                f"| {week['seed']} | {way} | {one['objective']:,.1f} | {one['regret']:,.1f} | "
                f"{one['without_time']} of {week['calls']} | "
                f"{one['within_7_days']} of {one['new_patients']} | {one['mean_days']:.1f} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Runs what is asked for, prints the tables, and writes the record."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--part", choices=("latency", "regret"), action="append")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--time-limit", type=float, default=30.0)
    parser.add_argument("--reproducible", action="store_true", help="limit in solver work")
    parser.add_argument("--profile", default="ten-doctor")
    parser.add_argument("--booked", type=int, default=6000)
    parser.add_argument("--out", type=Path, default=Path("out/bench/openings.json"))
    options = parser.parse_args()
    parts = options.part or ("latency", "regret")
    found = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    found["machine"] = machine()
    if "latency" in parts:
        found["latency"] = latency(options.profile, options.booked)
    if "regret" in parts:
        found["regret"] = [
            regret(seed, options.time_limit, reproducible=options.reproducible)
            for seed in range(options.seeds)
        ]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
