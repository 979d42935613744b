"""Known-good schedules are accepted by the model, at exactly the price that the KPIs give them.

The cheapest guard against a model that forbids too much or prices wrongly: places, counts and
seats are those of the schedule, only the pricing columns are free.
"""

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import Follows, Horizon, Policy, Problem
from engine.result import Status
from engine.schedule import Schedule
from engine.solver.decode import decode
from engine.solver.pin import NotInModelError
from engine.weights import weights_with


def millipoints(problem: Problem, schedule: Schedule) -> int:
    return round(objective_points(measure(problem, schedule)) * 1000)


def assert_accepted(solve, problem: Problem, horizon: Horizon, schedule: Schedule, **how) -> None:
    model = solve.model(problem, horizon)
    answer = solve.pinned(model, schedule, **how)
    assert answer.status is Status.OPTIMAL
    decoded = assert_decoded(problem, model, answer.values, schedule)
    # With seats open the model may find a chair whose cell is meant for the visit: that is all
    # that may differ, and to the point.
    saved = off_template(problem, schedule) - off_template(problem, decoded)
    assert saved == 0 or (saved > 0 and not how.get("seats", True))
    price = weights_with({})["off_template"].millipoints_per_quantum
    assert answer.objective == millipoints(problem, schedule) - saved * price


def off_template(problem: Problem, schedule: Schedule) -> int:
    return next(v.quanta for v in measure(problem, schedule) if v.kpi == "off_template")


def assert_decoded(problem: Problem, model, values, schedule: Schedule) -> Schedule:
    """Written out again, its times and prices are the same, and the rules are kept.

    Off-template seats are compared by the caller.

    Who has which of several visits of a kind and length is open; so is the doctor of a visit
    whose wish for a doctor is given up, and who may be the wished one after all.
    """
    decoded = decode(model, values).schedule
    assert decoded is not None
    report = check(problem, decoded)
    assert report.ok, [violation.sentence for violation in report.violations[:5]]
    found = {value.kpi: value.quanta for value in measure(problem, decoded)}
    expected = {value.kpi: value.quanta for value in measure(problem, schedule)}
    assert found.pop("preferences_missed") <= expected.pop("preferences_missed")
    del found["off_template"], expected["off_template"]
    assert found == expected
    assert times_of(problem, decoded) == times_of(problem, schedule)
    return decoded


def times_of(problem: Problem, schedule: Schedule) -> list[tuple[object, ...]]:
    visits = ((placed, problem.all_visits[placed.visit]) for placed in schedule.placements)
    return sorted(
        (placed.date, placed.start, visit.procedure, placed.end) for placed, visit in visits
    )


@pytest.mark.parametrize(
    ("profile", "visits", "seed", "booked"),
    [
        ("one-doctor", 60, 1, 0.0),
        ("one-doctor", 150, 2, 0.4),
        ("one-doctor-units", 120, 3, 0.0),
        ("one-doctor-units", 120, 4, 0.3),
        ("two-doctor", 120, 5, 0.0),
        ("two-doctor", 150, 6, 0.5),
    ],
)
def test_planted_weeks(solve, profile, visits, seed, booked) -> None:
    made = generate(profile, visits, seed, planted=True, booked_share=booked)
    assert made.planted_schedule is not None
    assert_accepted(solve, made.problem, made.horizon, made.planted_schedule)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 16))
@pytest.mark.parametrize("profile", ["one-doctor", "one-doctor-units", "two-doctor"])
def test_many_planted_weeks(solve, profile, seed) -> None:
    made = generate(profile, 330, seed, planted=True, booked_share=(seed % 3) * 0.3)
    assert made.planted_schedule is not None
    assert_accepted(solve, made.problem, made.horizon, made.planted_schedule)


@pytest.mark.parametrize(
    ("profile", "visits", "seed", "booked"),
    [("one-doctor", 90, 7, 0.0), ("one-doctor", 90, 8, 0.4), ("two-doctor", 90, 9, 0.3)],
)
def test_weeks_filled_by_hand(solve, profile, visits, seed, booked) -> None:
    made = generate(profile, visits, seed, booked_share=booked)
    schedule = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    assert_accepted(solve, made.problem, made.horizon, schedule, seats=not booked)


def test_what_tried_everything_found_best(tiny_day, solve) -> None:
    schedule = tiny_day.tried.schedule
    assert_accepted(solve, tiny_day.problem, tiny_day.horizon, schedule, seats=False)


def test_a_start_that_the_model_does_not_offer(tiny, solve) -> None:
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), start_mark_minutes=15)
    horizon = Horizon(start=tiny.tuesday, days=1)
    model = solve.model(problem, horizon)
    early = tiny.schedule(problem, tiny.place("V1", "09:05", "A10"), start=tiny.tuesday, days=1)
    with pytest.raises(NotInModelError, match="V1: no start 2026-03-03 09:05"):
        solve.pinned(model, early)


@pytest.mark.parametrize(
    ("second", "status"), [("09:15", Status.OPTIMAL), ("09:10", Status.INFEASIBLE)]
)
def test_places_that_fit_alone_and_not_together(tiny, solve, second, status) -> None:
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), tiny.visit("V2", "CLEAN"), assistants=2)
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", "A10"),
        tiny.place("V2", second, "A10", staff="AS2"),
        start=tiny.tuesday,
        days=1,
    )
    model = solve.model(problem, Horizon(start=tiny.tuesday, days=1))
    assert solve.pinned(model, schedule).status is status


def test_every_shared_price_in_one_schedule(tiny, solve) -> None:
    # Members of H1 3 hours apart; V3 misses its wish; B1 moves; the doctor is never free from
    # 09:05 to 09:25; V2 follows V1. Worked out: 1 household, 1 wish, 1 moved, chains of more than
    # 10 minutes: from 09:05 on and from 09:10 on.
    back = tiny.procedure("BACK", "A5 D10 A5")
    problem = tiny.problem(
        tiny.visit("V1", "BACK", patient="P1", household="H1"),
        tiny.visit("V2", "CLEAN", patient="P1", household="H1", follows=(Follows(visit="V1"),)),
        tiny.visit("V3", "BACK", wishes=(tiny.window("14:00", "15:00"),)),
        tiny.booking("B1", "16:00", "C1", "CLEAN", movable=True),
        procedures=[back],
        policy=Policy(chain_minutes=10, doctor_load_share=0.2),
        clinic=2,
        assistants=2,
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", "A5 D10 A5"),
        tiny.place("V3", "09:10", "A5 D10 A5", chair="C2", staff="AS2"),
        tiny.place("V2", "12:00", "A10"),
        tiny.place("B1", "10:00", "A10"),
        start=tiny.tuesday,
        days=1,
    )
    quanta = {value.kpi: value.quanta for value in measure(problem, schedule)}
    assert quanta["households_apart"] == quanta["preferences_missed"] == 1
    assert quanta["moved_bookings"] == 1
    assert quanta["doctor_chains"] == 2
    assert quanta["doctor_overload"] == 8  # 20 of the 12 minutes that a fifth of the hour gives
    assert_accepted(solve, problem, Horizon(start=tiny.tuesday, days=1), schedule)
