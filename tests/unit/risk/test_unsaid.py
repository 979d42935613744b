"""A history that does not say what list and book do: the level of its model is still its own."""

import datetime as dt
from statistics import fmean

import pytest

from engine.plot.risk_rows import unseen_sentence
from engine.practice import Account, AgeBand, NoShowFeature, Outcome, PastVisit, Purpose
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.no_show import NoShow

F = NoShowFeature
DAY = dt.date(2025, 1, 6)


def history(**columns) -> list[PastVisit]:
    """200 patients with one visit each, 10 of them missed."""
    outcomes = [Outcome.MISSED] * 10 + [Outcome.KEPT] * 190
    days = [DAY + dt.timedelta(days=n % 40) for n in range(200)]
    return [
        PastVisit(f"P{n}", day, one, **columns)
        for n, (day, one) in enumerate(zip(days, outcomes, strict=True))
    ]


@pytest.fixture
def book(tiny):
    """Twenty visits of teenagers, every fifth of them of somebody whose account is overdue."""
    accounts = [Account.NEUTRAL, *[Account.NEUTRAL] * 3, Account.OVERDUE] * 4
    return tiny.problem(
        *(
            tiny.visit(f"V{n}", account=account, age_band=AgeBand.AGE_12_17)
            for n, account in enumerate(accounts)
        )
    )


def chances(model, book) -> list[float]:
    no_show = NoShow(book.model_copy(update={"no_show_model": model}))
    return [no_show.at_booking(visit, Purpose.ACTIVE) for visit in book.visits]


def test_what_no_row_says_does_not_move_the_level_and_still_tells_visits_apart(book):
    """Counted from zero, age alone would make 1.4 times as many misses, accounts 1.4 times more."""
    model = fit_no_show(history(), book=book)
    found = chances(model, book)
    assert fmean(found) == pytest.approx(0.05, rel=0.05)
    assert found[4] > 2 * found[0]
    (note,) = (note for note in model.notes if note.startswith("no row says"))
    assert "the account, age band, start of treatment, purpose of the visit: " in note
    assert "account overdue" in unseen_sentence(model)
    assert "Unknown or the same in all visits" in unseen_sentence(model)


def test_without_a_practice_what_no_row_says_counts_for_nothing(book):
    model = fit_no_show(history(account=Account.NEUTRAL))
    logits = {one.feature: one.logit for one in model.effects}
    assert {logits[F.AGE_12_17], logits[F.MONTHS_1], logits[F.PURPOSE_EXAM]} == {0}
    # Everybody's account is known; that nobody's is overdue leaves the literature's effect.
    assert logits[F.ACCOUNT_OVERDUE] == pytest.approx(1.2)
    (note,) = (note for note in model.notes if note.startswith("no row says"))
    assert "the age band, start of treatment, purpose of the visit: " in note
    assert "age 12 to 17" not in unseen_sentence(model)
    # The neutral ones are those of the history.
    assert chances(model, book)[0] == pytest.approx(0.05, rel=0.05)
