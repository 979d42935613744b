"""From the prices of rows to slot prices: on paper, and of a made-up week."""

import pytest

from engine.certificate.certificate import Priced, PriceLine
from engine.filling import slot_prices as entry
from engine.filling.slot_prices import keeps_tiers, price_slots, slot_shares
from engine.filling.slot_values import SlotValues, slot_values
from engine.generate import generate
from engine.practice import DoctorRule, DoctorRuleKind, Horizon, SlotPrices
from engine.problems import PracticeProblemsError
from engine.validation import problems_of

EIGHT, NINE, TEN = (1, 8), (1, 9), (1, 10)


def values_of(chair: dict, doctor: dict, staff: dict | None = None) -> SlotValues:
    """Millipoints of one free minute by slot; 60 free minutes in each."""
    values = SlotValues()
    things = {Priced.CHAIR: chair, Priced.DOCTOR: doctor, Priced.STAFF: staff or {}}
    for of, worth in things.items():
        values.minutes[of].update(dict.fromkeys(worth, 60))
        values.worth[of].update({slot: 60 * each for slot, each in worth.items()})
    return values


def lines(of: Priced, name: str, day, *steps) -> PriceLine:
    return PriceLine(of=of, id=name, date=day, steps=steps)


def test_shares_of_the_mean():
    # Mean 2,000: half and one and a half. The doctor, worth twice as much, has no better hour.
    chair, doctor = slot_shares(values_of({EIGHT: 1000, NINE: 3000}, {EIGHT: 2000, NINE: 2000}))
    assert chair == {EIGHT: 0.5, NINE: 1.5}
    assert doctor == {EIGHT: 1.0, NINE: 1.0}


def test_the_one_that_is_worth_less_has_smaller_differences():
    # Chair with assistant: 500 + 500 and 1,000 + 2,000, mean 2,000, the doctor 8,000: a quarter.
    chair, doctor = slot_shares(
        values_of({EIGHT: 500, NINE: 1000}, {EIGHT: 4000, NINE: 12_000}, {EIGHT: 500, NINE: 2000})
    )
    assert chair == {EIGHT: 0.875, NINE: 1.125}
    assert doctor == {EIGHT: 0.5, NINE: 1.5}


def test_single_hours_are_cut():
    # Mean 1,000: 0, 0 and 3 become 0.5, 0.5 and 2, on average 1: 0.5, 0.5 and 2.
    chair, _ = slot_shares(values_of({EIGHT: 0, NINE: 0, TEN: 3000}, {}))
    assert chair == {EIGHT: 0.5, NINE: 0.5, TEN: 2.0}


def test_nothing_is_worth_anything():
    chair, doctor = slot_shares(values_of({EIGHT: 0, NINE: 0}, {EIGHT: 0}))
    assert chair == {EIGHT: 1.0, NINE: 1.0}
    assert doctor == {EIGHT: 1.0}


def test_free_minutes_and_what_they_are_worth(tiny, solve):
    booking = tiny.booking("B1", "08:00")
    problem = tiny.problem(booking, tiny.visit("V1"))
    model = solve.model(problem, Horizon(start=tiny.tuesday, days=1))
    found = slot_values(
        model,
        [
            lines(Priced.CHAIR, "C1", tiny.tuesday, (505, 510, 700), (535, 545, 100)),
            lines(Priced.DOCTOR, "DR1", tiny.tuesday, (480, 485, 1100)),
            lines(Priced.QUOTA, "adj", tiny.tuesday, (0, 1440, 9000)),
        ],
    )
    # 08:00-09:00: C1 is taken to 08:25 and E1 and R1 are free: 35 + 60 + 60. The doctor is with B1
    # from 08:05 to 08:10, the only assistant to 08:25.
    assert found.minutes[Priced.CHAIR][EIGHT] == 155
    assert found.minutes[Priced.STAFF][EIGHT] == 155
    assert found.minutes[Priced.DOCTOR][EIGHT] == 55
    assert found.minutes[Priced.CHAIR][NINE] == 180
    # One step of 700 and one of 100 before nine, one of 100 after it; a quota is no minute.
    assert found.worth[Priced.CHAIR] == {EIGHT: 800, NINE: 100}
    assert found.per_minute(Priced.DOCTOR, EIGHT) == 20
    assert (1, 7) not in found.slots(Priced.CHAIR)
    assert (1, 17) not in found.slots(Priced.STAFF)


def test_a_doctor_by_units_is_priced_by_the_minute(tiny, solve):
    rule = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=2)
    problem = tiny.problem(tiny.visit("V1"), doctor_rule=rule)
    model = solve.model(problem, Horizon(start=tiny.tuesday, days=1))
    found = slot_values(model, [lines(Priced.DOCTOR, "DR1", tiny.tuesday, (480, 495, 4))])
    assert found.worth[Priced.DOCTOR][EIGHT] == 4 * 15


@pytest.fixture(scope="module")
def week():
    """A made-up week and its slot prices."""
    made = generate("one-doctor", visits=40, seed=1)
    return made, price_slots(made.problem, made.horizon)


def test_the_same_problem_has_the_same_prices(week):
    made, found = week
    again = made.problem.model_copy(update={"slot_prices": found})
    assert price_slots(again, made.horizon) == found


def test_prices_of_a_week(week):
    made, found = week
    assert (found.start, found.days) == (made.horizon.start, made.horizon.days)
    percent = found.percent_of
    assert {day for day, _ in percent} == {0, 1, 2, 3, 4}
    assert min(hour for _, hour in percent) >= 6
    for of in (0, 1):
        values = [both[of] for both in percent.values()]
        assert max(values) > min(values)
        assert 85 <= sum(values) / len(values) <= 115
    # Most of the visits would come on Monday if they could.
    monday = [both[1] for (day, _), both in percent.items() if day == 0]
    rest = [both[1] for (day, _), both in percent.items() if day > 0]
    assert sum(monday) / len(monday) > sum(rest) / len(rest)


def test_what_comes_out_keeps_the_tiers(week):
    made, found = week
    problem = made.problem.model_copy(update={"slot_prices": found})
    assert keeps_tiers(problem, made.horizon)
    assert [f for f in problems_of(problem, made.horizon) if "slot" in f.code] == []


def test_drawn_in_until_the_tiers_hold(tiny, monkeypatch):
    problem = tiny.problem(tiny.visit("V1"))
    horizon = Horizon(start=tiny.tuesday, days=1)
    shares = ({EIGHT: 4.0, NINE: 0.25}, {})
    monkeypatch.setattr(entry, "slot_shares", lambda values: shares)
    found = price_slots(problem, horizon)
    # A week overdue counts 455 points; BOND's 75 chair minutes could swing by 281 at 3.5 points.
    assert 0 < found.drawn_in_percent < 100
    assert keeps_tiers(problem.model_copy(update={"slot_prices": found}), horizon)
    assert found.percent_of[EIGHT] == (100 + 3 * found.drawn_in_percent, 100)
    further = SlotPrices(slots=entry._slots(*shares, found.drawn_in_percent + 10))
    assert not keeps_tiers(problem.model_copy(update={"slot_prices": further}), horizon)


def test_a_faulty_problem_is_refused(tiny):
    problem = tiny.problem(tiny.visit("V1"), chairs=())
    with pytest.raises(PracticeProblemsError):
        price_slots(problem, Horizon(start=tiny.tuesday, days=1))
