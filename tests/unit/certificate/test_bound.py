"""Bounds worked out on paper, and that no prices raise a bound above a schedule that exists."""

import random

import pytest

from engine.certificate.bound import PricedProblem
from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.lacks import lacks_of
from engine.certificate.price_table import PriceTable
from engine.certificate.verify import measured_millipoints
from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import (
    DailyLimit,
    DoctorRule,
    DoctorRuleKind,
    Effect,
    Follows,
    Horizon,
    ModelDay,
    ModelDayDate,
    NoShowFeature,
    NoShowModel,
    OpenHours,
    Policy,
    Quota,
    RiskPolicy,
    Weekday,
    WeightOverride,
)
from engine.schedule import Schedule
from engine.weights import weights_with

GONE = 520_000
"""Millipoints of a visit without a time, where nothing else has a price."""
ONLY = Policy(
    weights=tuple(
        WeightOverride(kpi=kpi, value=0, reason="not asked here")
        for kpi in ("overdue_days", "access_days", "lost_minutes", "doctor_overload", "uneven_load")
    ),
    risk=RiskPolicy(),
)


def certify_bound(problem, horizon, lines, without=()) -> int:
    return PricedProblem(problem, horizon, without).bound(lines)


def day_of(tiny) -> Horizon:
    return Horizon(start=tiny.tuesday, days=1)


def half_hour(tiny, *asked, **changes):
    """Patient hours 08:00-08:30: a CLEAN (10 min, turnover 5) may start at 08:00 to 08:20.

    Each of these starts holds its chair at exactly one of 08:10 and 08:25, so two visits fit.
    """
    hours = (OpenHours(weekday=Weekday.TUE, start="08:00", end="08:30"),)
    return tiny.problem(*asked, policy=ONLY, hours=hours, **changes)


def priced(of: Priced, name: str, day, *steps) -> PriceLine:
    return PriceLine(of=of, id=name, date=day, steps=steps)


def at_both(of: Priced, name: str, day, price: int) -> PriceLine:
    return priced(of, name, day, (490, 495, price), (505, 510, price))


def test_hours_that_a_fitted_model_tells_apart_are_not_taken_for_noon(tiny) -> None:
    """Early visits are missed less by this model, so the cheapest place is that of 08:00."""
    clock = Effect(feature=NoShowFeature.CLOCK_1, logit=0.5, prior=0.0)
    model = NoShowModel(intercept=-2.0, effects=(clock,))
    problem = tiny.problem(tiny.visit("V1", "BOND")).model_copy(update={"no_show_model": model})
    horizon = day_of(tiny)
    early, noon = (
        measured_millipoints(
            problem,
            Schedule(
                start=tiny.tuesday,
                days=1,
                placements=(tiny.place("V1", time, "A25 D15 A35"),),
            ),
        )
        for time in ("08:00", "12:00")
    )
    assert certify_bound(problem, horizon, ()) <= early < noon


@pytest.mark.parametrize(("of", "name"), [(Priced.CHAIR, "C1"), (Priced.STAFF, "AS1")])
def test_three_cleanings_where_two_fit_leave_one_without_a_time(tiny, of, name) -> None:
    problem = half_hour(tiny, *(tiny.visit(f"V{n}", "CLEAN") for n in range(3)))
    horizon = day_of(tiny)
    assert certify_bound(problem, horizon, ()) == 0
    # Each pays 520 for a time or 520 for none; the two moments are worth 520 each: 3 - 2 = 1.
    assert certify_bound(problem, horizon, [at_both(of, name, tiny.tuesday, GONE)]) == GONE
    # Too dear: all three go, the moments are worth more than that: 3 * 520 - 2 * 600 = 360.
    assert certify_bound(problem, horizon, [at_both(of, name, tiny.tuesday, 600_000)]) == 360_000


def test_a_second_chair_is_only_held_by_who_sits_in_it(tiny) -> None:
    visits = [tiny.visit(f"V{n}", "CLEAN") for n in range(3)]
    problem = half_hour(tiny, *visits, clinic=2, assistants=2)
    line = at_both(Priced.CHAIR, "C1", tiny.tuesday, GONE)
    # All sit in C2 for nothing, and C1 is worth 2 * 520.
    assert certify_bound(problem, day_of(tiny), [line]) == -2 * GONE


def test_a_frozen_booking_takes_its_chair_out(tiny) -> None:
    visits = [tiny.visit(f"V{n}", "CLEAN") for n in range(3)]
    problem = half_hour(tiny, tiny.booking("B1", "08:00", procedure="CLEAN"), *visits)
    line = at_both(Priced.CHAIR, "C1", tiny.tuesday, GONE)
    # C1 is free from 08:15 on: one of the three visits fits, the booking pays nothing: 3 - 1 = 2.
    assert certify_bound(problem, day_of(tiny), [line]) == 2 * GONE


def test_a_booking_pays_for_the_person_that_serves_it(tiny) -> None:
    visits = [tiny.visit(f"V{n}", "CLEAN") for n in range(3)]
    booking = tiny.booking("B1", "08:00", procedure="CLEAN")
    problem = half_hour(tiny, booking, *visits, clinic=3)
    line = at_both(Priced.STAFF, "AS1", tiny.tuesday, GONE)
    # It holds AS1 at 08:10 (520), each of the three pays 520; two moments are worth 2 * 520.
    assert certify_bound(problem, day_of(tiny), [line]) == 2 * GONE


def test_bookings_that_go_without_pay_nothing(tiny) -> None:
    booked = [tiny.booking(f"B{n}", "08:00", f"C{n}", "CLEAN") for n in (1, 2)]
    problem = half_hour(tiny, *booked, tiny.visit("V1", "CLEAN"), clinic=3)
    line = at_both(Priced.STAFF, "AS1", tiny.tuesday, GONE)
    # There is one assistant for both: each of the two and the visit 520, two moments 2 * 520.
    assert certify_bound(problem, day_of(tiny), [line]) == GONE
    assert certify_bound(problem, day_of(tiny), [line], [("B2", "staff", 0)]) == 0


def test_nothing_new_where_the_book_needs_everybody(tiny) -> None:
    """AS1 serves B1 to 08:15, turnover included, so V1 may start at 08:15 or 08:20 only."""
    booking = tiny.booking("B1", "08:00", procedure="CLEAN")
    late = tiny.visit("V1", "CLEAN", availability=(tiny.window("08:00", "08:20"),))
    assert certify_bound(half_hour(tiny, booking, late, clinic=2), day_of(tiny), ()) == GONE
    spare = half_hour(tiny, booking, late, clinic=2, assistants=2)
    assert certify_bound(spare, day_of(tiny), ()) == 0
    # A booking that goes without still keeps new visits from those it lacks.
    more = tiny.booking("B2", "08:05", "C2", procedure="CLEAN")
    crowded = half_hour(tiny, booking, more, late, clinic=3)
    assert certify_bound(crowded, day_of(tiny), (), [("B2", "staff", 0)]) == GONE


def test_a_movable_booking_may_go_where_it_is_cheap(tiny) -> None:
    booking = tiny.booking("B1", "08:00", procedure="CLEAN", movable=True)
    problem = half_hour(tiny, booking)
    early = priced(Priced.CHAIR, "C1", tiny.tuesday, (480, 485, 9_000))
    # To stay costs 9 points, to move 3; 08:00 is worth 9.
    assert certify_bound(problem, day_of(tiny), [early]) == 3_000 - 9_000


def test_doctor_minutes_by_units(tiny) -> None:
    units = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=2)
    visits = [tiny.visit(f"V{n}", "QUICK") for n in range(3)]
    quick = tiny.procedure("QUICK", "D5 A5", turnover=(0,))
    changes = {"procedures": (quick,), "doctor_rule": units, "clinic": 3, "assistants": 3}
    hours = (OpenHours(weekday=Weekday.TUE, start="08:00", end="08:15"),)
    problem = tiny.problem(*visits, policy=ONLY, hours=hours, **changes)
    # Starts 08:00 and 08:05, all in the slot to 08:15 with 10 doctor minutes: 104 points a minute.
    line = priced(Priced.DOCTOR, "DR1", tiny.tuesday, (480, 495, GONE // 5))
    assert certify_bound(problem, day_of(tiny), [line]) == GONE
    inside = priced(Priced.DOCTOR, "DR1", tiny.tuesday, (480, 485, 1))
    with pytest.raises(ValueError, match="every 15 min only"):
        certify_bound(problem, day_of(tiny), [inside])


def test_quotas_and_limits(tiny) -> None:
    visits = [tiny.visit(f"V{n}", "CLEAN") for n in range(3)]
    day = ModelDay(id="M", title="M", quotas=(Quota(procedure_class="clean", at_most=1),))
    changes = {
        "clinic": 3,
        "assistants": 3,
        "model_days": (day,),
        "model_day_dates": (ModelDayDate(model_day="M", weekday=Weekday.TUE),),
        "limits": (DailyLimit(id="kits", procedures=("CLEAN",), per_day=2, at_once=1),),
    }
    problem, tuesday = half_hour(tiny, *visits, **changes), tiny.tuesday
    bound = PricedProblem(problem, day_of(tiny)).bound
    assert bound([priced(Priced.QUOTA, "clean", tuesday, (0, 1440, GONE))]) == 2 * GONE
    assert bound([priced(Priced.PER_DAY, "kits", tuesday, (0, 1440, GONE))]) == GONE
    # Without turnover a visit lasts two grid steps; every start covers one of 08:05, 08:15, 08:25.
    steps = [(m, m + 5, GONE) for m in (485, 495, 505)]
    assert bound([priced(Priced.AT_ONCE, "kits", tuesday, *steps)]) == 0
    # The book's own four count where they are more than the rule takes.
    booked = [tiny.booking(f"B{n}", "08:00", f"C{n}", "CLEAN") for n in range(1, 5)]
    full = half_hour(tiny, *booked, *visits, **{**changes, "clinic": 4, "assistants": 4})
    line = priced(Priced.QUOTA, "clean", tuesday, (0, 1440, GONE))
    assert certify_bound(full, day_of(tiny), [line]) == (4 + 3 - 4) * GONE


def test_a_household_that_cannot_come_together_costs_its_price(tiny) -> None:
    tuesday = tiny.visit("V1", "CLEAN", household="H1", latest=tiny.tuesday)
    wednesday = tiny.visit("V2", "CLEAN", household="H1", earliest=tiny.wednesday)
    two_days = Horizon(start=tiny.tuesday, days=2)
    problem = tiny.problem(tuesday, wednesday, policy=ONLY)
    assert certify_bound(problem, two_days, ()) == 20_000
    other = wednesday.model_copy(update={"earliest": None})
    assert certify_bound(tiny.problem(tuesday, other, policy=ONLY), two_days, ()) == 0


def test_a_household_of_which_each_wishes_another_day(tiny) -> None:
    """Apart costs 20 points, together one of them misses a wish, 15: the optimum."""
    visits = [
        tiny.visit(f"V{n}", "CLEAN", household="H1", wishes=(tiny.window("08:00", "17:00", day),))
        for n, day in ((1, Weekday.TUE), (2, Weekday.WED))
    ]
    problem, two_days = tiny.problem(*visits, policy=ONLY), Horizon(start=tiny.tuesday, days=2)
    assert certify_bound(problem, two_days, ()) == 0
    table = PriceTable()
    for name, wished, other in (
        ("V1", tiny.tuesday, tiny.wednesday),
        ("V2", tiny.wednesday, tiny.tuesday),
    ):
        table.add(Priced.HOUSEHOLD, name, wished, 0, 1440, 7_500, "H1")
        table.add(Priced.HOUSEHOLD, name, other, 0, 1440, -7_500, "H1")
    # Each pays 7.5 on either day; on one day together nothing, apart 15 - 20 < 0.
    assert certify_bound(problem, two_days, table.lines()) == 15_000


def test_a_visit_that_cannot_come_after_the_other(tiny) -> None:
    first = tiny.visit("V1", "CLEAN", availability=(tiny.window("08:20", "08:30"),))
    then = tiny.visit("V2", "CLEAN", follows=(Follows(visit="V1"),))
    problem = half_hour(tiny, first, then)
    assert certify_bound(problem, day_of(tiny), ()) == 0
    table = PriceTable()
    table.add(Priced.ORDER, "V2", tiny.tuesday, 0, 1440, GONE, "V1")
    assert certify_bound(problem, day_of(tiny), table.lines()) == GONE
    # With the first one at 08:00 there is room behind it, and nothing is proved.
    early = first.model_copy(update={"availability": (tiny.window("08:00", "08:10"),)})
    assert certify_bound(half_hour(tiny, early, then), day_of(tiny), table.lines()) == 0


def test_a_visit_after_a_frozen_booking(tiny) -> None:
    then = tiny.visit("V2", "CLEAN", follows=(Follows(visit="B1", min_minutes=10),))
    booked = [tiny.booking("B1", start, procedure="CLEAN") for start in ("08:00", "08:10")]
    # From 08:20 on it may start at 08:20; from 08:30 on there is no start left.
    problems = [half_hour(tiny, booking, then) for booking in booked]
    assert [certify_bound(one, day_of(tiny), ()) for one in problems] == [0, GONE]


@pytest.mark.parametrize("price", [0.4, 1, 3])
def test_a_chain_in_the_book_costs_its_price(tiny, price) -> None:
    """09:00-10:10 without a gap: windows of 65 min begin at 09:00 and 09:05."""
    parts = (tiny.procedure("LONG", "D40"), tiny.procedure("MORE", "D30"))
    booked = [tiny.booking("B1", "09:00", "C1", "LONG"), tiny.booking("B2", "09:40", "C2", "MORE")]
    problem = tiny.problem(*booked, clinic=2, procedures=parts, policy=ONLY)
    weight = weights_with({})["doctor_chains"].millipoints_per_quantum
    asked = round(price * weight)
    floor = certify_bound(problem, day_of(tiny), ())
    line = priced(Priced.DOCTOR_CHAIN, "", tiny.tuesday, (540, 550, asked))
    # What is asked above the weight proves nothing more.
    assert certify_bound(problem, day_of(tiny), [line]) - floor == 2 * min(asked, weight)
    # In the window from 08:55 on the doctor is free at 08:55: one step fewer than a full one.
    line = priced(Priced.DOCTOR_CHAIN, "", tiny.tuesday, (535, 540, asked))
    assert certify_bound(problem, day_of(tiny), [line]) - floor == -max(0, asked - weight)


def test_moves_are_few(tiny) -> None:
    """Three bookings of Tuesday, of which one may move: a price of moves is paid by all who go."""
    booked = [
        tiny.booking(f"B{n}", "08:00", f"C{n}", "CLEAN", movable=True, latest=tiny.tuesday)
        for n in range(1, 4)
    ]
    few = ONLY.model_copy(update={"max_moves": 1})
    problem = tiny.problem(*booked, clinic=3, assistants=3, policy=few)
    line = priced(Priced.MOVES, "", tiny.tuesday, (0, 1440, 700))
    # Nobody has to move: the one move that is allowed is worth its price.
    assert (
        certify_bound(problem, day_of(tiny), [line])
        == certify_bound(problem, day_of(tiny), ()) - 700
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"id": "C9"}, "no such thing"),
        ({"of": Priced.QUOTA, "id": "clean"}, "no such thing"),
        ({"steps": ((480, 485, -1),)}, "below zero"),
        ({"steps": ((480, 485, 10**13),)}, "above"),
        ({"steps": ((485, 480, 1),)}, "out of order"),
        ({"steps": ((480, 490, 1), (485, 495, 1))}, "out of order"),
        ({"other": "H1"}, "no such thing"),
        ({"of": Priced.HOUSEHOLD, "id": "V1", "other": "H1"}, "no such thing"),
        ({"of": Priced.DOCTOR_LOAD, "id": "", "steps": ((480, 540, 51),)}, "above 50"),
        ({"of": Priced.MOVES, "id": "", "steps": ((0, 1440, 1),)}, "no such thing"),
    ],
)
def test_what_is_no_price_is_refused(tiny, line, words) -> None:
    fields = {"of": Priced.CHAIR, "id": "C1", "date": tiny.tuesday, "steps": ((480, 485, 1),)}
    problem = tiny.problem(tiny.visit("V1"))
    with pytest.raises(ValueError, match=words):
        certify_bound(problem, day_of(tiny), [PriceLine(**{**fields, **line})])


def test_a_price_table_writes_what_it_reads(tiny) -> None:
    table = PriceTable()
    table.add(Priced.CHAIR, "C1", tiny.tuesday, 480, 500, 3)
    table.add(Priced.CHAIR, "C1", tiny.tuesday, 490, 495, 4)
    table.add(Priced.CHAIR, "C1", tiny.tuesday, 500, 505, 3)
    (line,) = table.lines()
    assert line.steps == ((480, 490, 3), (490, 495, 7), (495, 505, 3))
    assert PriceTable([line]).lines() == (line,)


def random_prices(made, seed: int, top: int) -> tuple[PriceLine, ...]:
    rng, table = random.Random(seed), PriceTable()
    practice = made.problem.practice
    exact = practice.doctor_rule.kind is DoctorRuleKind.EXACT
    step = practice.grid_minutes if exact else practice.doctor_rule.slot_minutes
    for day in made.horizon.dates:
        for of, names in (
            (Priced.CHAIR, made.problem.chairs),
            (Priced.STAFF, made.problem.staff),
            (Priced.DOCTOR, [doctor.id for doctor in made.problem.doctors]),
        ):
            for name in names:
                for start in range(7 * 60, 18 * 60, step):
                    table.add(of, name, day, start, start + step, rng.randint(0, top))
    return table.lines()


@pytest.mark.parametrize(
    ("profile", "visits", "booked"),
    [("one-doctor", 60, 0.0), ("one-doctor", 60, 0.5), ("one-doctor-units", 60, 0.5),
     ("two-doctor", 90, 0.4)],
)  # fmt: skip
def test_no_prices_prove_more_than_a_schedule_costs(profile, visits, booked) -> None:
    made = generate(profile, visits, 5, planted=True, booked_share=booked)
    assert made.planted_schedule is not None
    problem = PricedProblem(made.problem, made.horizon)
    schedules = [made.planted_schedule]
    schedules += [fill_by_hand(made.problem, made.horizon, fit=fit) for fit in ("first", "best")]
    known = []
    for schedule in schedules:
        assert check(made.problem, schedule).ok
        assert lacks_of(made.problem, schedule) == frozenset()
        known.append(round(1000 * objective_points(measure(made.problem, schedule))))
    for seed, top in enumerate((0, 1, 50, 1_000, 30_000, 1_000_000)):
        assert problem.bound(random_prices(made, seed, top)) <= min(known)
