"""Drift alarm, the slots that a schedule chose, and which visits a report judges on."""

import dataclasses
import datetime as dt
import math

import numpy as np
import pytest

from engine.plot.risk_rows import drift_verdict, selected_sentence
from engine.practice import Account, Outcome, PastVisit, Policy, RiskPolicy
from engine.risk.fit.drift import drift_of
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.fit.known import known_rows
from engine.risk.fit.measures import ratio_of
from engine.risk.fit.report import report_of
from engine.risk.fit.selected import selected_of
from engine.risk.no_show import NoShow
from engine.risk.prior import prior_model

LAST = dt.date(2025, 9, 30)


@pytest.fixture(scope="module")
def model(frail_history):
    """Fitted on what was known at the end of September 2025."""
    return fit_no_show([visit for visit in frail_history if visit.date <= LAST], 0.05)


def changed(history, **fields):
    """The visits after the fit with other fields; `outcome` only for every fourth of them."""
    after = [visit for visit in history if visit.date > LAST]
    every = 4 if "outcome" in fields else 1
    return [
        *(visit for visit in history if visit.date <= LAST),
        *(
            dataclasses.replace(visit, **fields) if n % every == 0 else visit
            for n, visit in enumerate(after)
        ),
    ]


def test_no_alarm_while_all_is_as_it_was(model, frail_history):
    drift = drift_of(model, known_rows(frail_history, model.base_rate))
    assert drift.ratio is not None
    assert drift.ratio.visits > 500
    assert not drift.alarm, (drift.ratio, drift.shifts)
    assert "keep the model" in drift.advice


def test_more_misses_raise_the_alarm(model, frail_history):
    drift = drift_of(
        model, known_rows(changed(frail_history, outcome=Outcome.MISSED), model.base_rate)
    )
    assert drift.alarm
    assert drift.ratio is not None
    assert drift.ratio.ratio.low > 1
    assert drift.advice.startswith("more visits are missed")
    assert "modelday risk fit" in drift.advice


def test_other_patients_raise_the_alarm(model, frail_history):
    drift = drift_of(
        model, known_rows(changed(frail_history, account=Account.OVERDUE), model.base_rate)
    )
    assert drift.alarm
    assert "account_overdue" in [shift.feature for shift in drift.shifts]


def test_chance_alone_raises_few_alarms_about_other_patients(model, frail_history):
    """Sixty visits drawn from those of the fit, two hundred times: next to no feature has moved."""
    fitted = [row for row in known_rows(frail_history, model.base_rate) if row.date <= LAST]
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(200):
        drawn = [fitted[at] for at in rng.integers(len(fitted), size=60)]
        day = LAST + dt.timedelta(days=1)
        today = [
            dataclasses.replace(row, date=day, booked_on=day - (row.date - row.booked_on))
            for row in drawn
        ]
        alarms += bool(drift_of(model, today).shifts)
    assert alarms <= 20


def test_what_the_fit_has_seen_cannot_judge_it(model, frail_history):
    seen = [row for row in known_rows(frail_history, model.base_rate) if row.date <= LAST]
    drift = drift_of(model, seen)
    assert (drift.first, drift.last, drift.ratio, drift.alarm) == (None, None, None, False)
    assert f"after the last one of the fit ({LAST})" in drift.advice
    assert drift_verdict(drift) == "Not judged"


def test_the_window_of_the_alarm_begins_after_the_fit(model, frail_history):
    """Forty days after the fit: the ninety days before them lie mostly inside it."""
    until = LAST + dt.timedelta(days=40)
    rows = [row for row in known_rows(frail_history, model.base_rate) if row.date <= until]
    drift = drift_of(model, rows)
    assert (drift.first, drift.last) == (LAST + dt.timedelta(days=1), max(r.date for r in rows))
    assert drift.ratio is not None
    assert drift.ratio.visits == sum(row.date > LAST for row in rows)


def test_too_few_recent_visits_say_so(model):
    day = dt.date(2026, 1, 5)
    rows = known_rows([PastVisit("P1", day, Outcome.KEPT)], 0.05)
    drift = drift_of(model, rows)
    assert (drift.ratio, drift.alarm) == (None, False)
    assert "too few" in drift.advice


def test_visits_after_the_fit_judge_it(model, frail_history):
    report = report_of(frail_history, 0.05, model=model)
    assert report.judged is not None
    assert report.judged.first > LAST
    assert "which the fit has not seen" in report.source
    before = report_of([v for v in frail_history if v.date <= LAST], 0.05, model=model)
    assert before.judged == model.held_out
    assert "held out" in before.source


def test_the_slots_that_a_schedule_chose(tiny):
    """V1 and V2 were placed, B1 stayed where it was; the history knows V1 (missed) and B1."""
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.booking("B1", "10:00"))
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "08:00"),
        tiny.place("V2", "09:00"),
        tiny.place("B1", "10:00"),
    )
    past = [
        PastVisit("P-V1", tiny.tuesday, Outcome.MISSED),
        PastVisit("P-B1", tiny.tuesday, Outcome.KEPT),
        PastVisit("P-V2", tiny.monday, Outcome.MISSED),
    ]
    selected = selected_of(problem, schedule, known_rows(past, 0.05))
    assert selected.chosen == 2
    assert selected.ratio is not None
    assert (selected.ratio.visits, selected.ratio.observed) == (1, 1)
    # Both are alike, so half of what was expected of the two was expected of V1.
    assert selected.ratio.expected == pytest.approx(selected.expected / 2)
    assert selected_of(problem, schedule, []).ratio is None


def test_of_two_visits_on_one_date_each_has_its_own_outcome(tiny):
    """The bonding of the morning was missed, the adjustment of the afternoon was kept."""
    visits = tiny.visit("V1", "BOND", patient="P"), tiny.visit("V2", patient="P")
    problem = tiny.problem(*visits)
    bond = tiny.place("V1", "08:00", "A25 D15 A35")
    schedule = tiny.schedule(problem, bond, tiny.place("V2", "14:00"))

    def outcomes(*codes: str | None) -> tuple[int, int] | None:
        became = (Outcome.MISSED, Outcome.KEPT)
        past = [
            PastVisit("P", tiny.tuesday, one, procedure=code, start=dt.time(8 + 6 * at))
            for at, (one, code) in enumerate(zip(became, codes, strict=True))
        ]
        ratio = selected_of(problem, schedule, known_rows(past, 0.05)).ratio
        return None if ratio is None else (ratio.visits, ratio.observed)

    assert outcomes(visits[0].procedure, visits[1].procedure) == (2, 1)
    # Which of the two was missed is not said: neither judges the model.
    assert outcomes(None, None) is None


def test_misses_of_one_patient_make_the_interval_of_the_chosen_slots_wider(tiny):
    """Two visits each of two patients at a chance of 0.1; one misses both, the other none.

    At the level of the misses, 1/2, the patients are off by 2 - 1 and 0 - 1; squared and over the
    sum of p (1 - p), which is 1: twice what chance has. So the interval is that of 2 / 2 misses.
    """
    constant = Policy(risk=RiskPolicy(base_rate=0.1, constant_no_show=True))
    visits = [tiny.visit(f"V{n}", patient="PPQQ"[n]) for n in range(4)]
    problem = tiny.problem(*visits, policy=constant)
    days = tiny.tuesday, tiny.wednesday
    places = [tiny.place(f"V{n}", "08:00", date=days[n % 2]) for n in range(4)]
    past = [PastVisit("P", day, Outcome.MISSED) for day in days]
    past += [PastVisit("Q", day, Outcome.KEPT) for day in days]
    selected = selected_of(problem, tiny.schedule(problem, *places), known_rows(past, 0.05))
    assert selected.ratio is not None
    found, wanted = selected.ratio.ratio, ratio_of(2, 0.4, 2.0)
    assert (found.value, found.low, found.high) == pytest.approx(
        (wanted.value, wanted.low, wanted.high)
    )
    assert found.high > ratio_of(2, 0.4).high


def test_slots_that_only_looked_safe_show_the_optimisers_curse(tiny):
    """Every fifth visit of anybody is missed; the model believes 10 % of half of them, else 30 %.

    Over all visits it is right. A schedule that takes those who look reliable meets twice the
    misses that it expected.
    """
    prior = prior_model(0.05, intercept=math.log(0.1 / 0.9))
    three_times = math.log((0.3 / 0.7) / (0.1 / 0.9))
    effects = tuple(
        one.model_copy(update={"logit": three_times if one.feature == "account_overdue" else 0.0})
        for one in prior.effects
    )
    accounts = [Account.NEUTRAL, Account.OVERDUE] * 30
    visits = [tiny.visit(f"V{n}", account=account) for n, account in enumerate(accounts)]
    problem = tiny.problem(*visits).model_copy(
        update={"no_show_model": prior.model_copy(update={"effects": effects})}
    )
    rows = known_rows(
        [
            PastVisit(f"P-V{n}", tiny.tuesday, Outcome.MISSED if n // 2 % 5 == 0 else Outcome.KEPT)
            for n in range(60)
        ],
        0.05,
    )

    def ratio(names: range) -> float:
        placed = [tiny.place(f"V{n}", "08:00") for n in names]
        found = selected_of(problem, tiny.schedule(problem, *placed), rows).ratio
        assert found is not None
        return found.ratio.value

    assert ratio(range(60)) == pytest.approx(12 / (30 * 0.1 + 30 * 0.3))
    assert ratio(range(0, 60, 2)) == pytest.approx(6 / (30 * 0.1))


def test_outcomes_that_the_model_was_fitted_on_do_not_judge_its_slots(tiny):
    model = prior_model(0.05).model_copy(update={"last": tiny.tuesday})
    visits = tiny.visit("V1"), tiny.visit("V2")
    problem = tiny.problem(*visits).model_copy(update={"no_show_model": model})
    places = tiny.place("V1", "08:00"), tiny.place("V2", "08:00", date=tiny.wednesday)
    days = {"P-V1": tiny.tuesday, "P-V2": tiny.wednesday}
    past = [PastVisit(patient, day, Outcome.MISSED) for patient, day in days.items()]
    selected = selected_of(problem, tiny.schedule(problem, *places), known_rows(past, 0.05))
    assert (selected.chosen, selected.seen_by_fit) == (2, 1)
    assert selected.ratio is not None
    assert selected.ratio.visits == 1


def test_without_a_model_the_slots_are_held_against_the_literature_that_chose_them(
    tiny, frail_history
):
    """A model that is fitted now has chosen nothing; its expected misses would prove nothing."""
    problem = tiny.problem(tiny.visit("V1"))
    schedule = tiny.schedule(problem, tiny.place("V1", "08:00"))
    past = [*frail_history, PastVisit("P-V1", tiny.tuesday, Outcome.MISSED)]
    report = report_of(past, 0.05, problem=problem, schedule=schedule)
    assert report.selected is not None
    by_literature = NoShow(problem).probability(problem.visits[0], tiny.tuesday, 8)
    assert report.selected.expected == pytest.approx(by_literature)
    assert report.selected.seen_by_fit == 0
    assert report.selected.ratio is not None
    assert (report.selected.ratio.visits, report.selected.ratio.observed) == (1, 1)
    said = selected_sentence(report)
    assert "the literature expects" in said
    assert "Of 1 the history knows the outcome: 1 missed" in said
    asked = report_of(past, 0.05, model=report.model, problem=problem, schedule=schedule)
    assert "the model expects" in selected_sentence(asked)
