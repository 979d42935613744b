"""Entry page: what lost minutes are worth by slot, from one relaxation without lost minutes.

A miss costs most where others would have liked to come. What they would give is the price of chair,
assistant and doctor in the relaxation of the same problem; it is taken from there once and then
frozen, so that figures stay functions of problem, schedule and weights. Only its shape is used: an
average minute costs what the weight says.

1. Relax the problem with the weight of lost minutes at 0; above two weeks, its first two.
2. Average over the clock hours of a weekday (`slot_values`): what a free minute of a chair with its
   assistant, and of a doctor, is worth there.
3. Over the mean, between a half and twice of it, and on average 1 again. Of the two, the one that
   is worth less has differences smaller in proportion: where no chair is short, no hour of a chair
   is better than another.
4. Draw all of them in towards 1 until the tiers hold (`engine.validation.tiers`).

An hour in which the book leaves nothing free has no price and counts as average.
"""

from collections import Counter
from collections.abc import Mapping

from engine.certificate.certificate import Priced
from engine.filling.blocks import WHOLE_DAYS
from engine.filling.price_lines import price_lines
from engine.filling.slot_values import Slot, SlotValues, slot_values
from engine.practice import (
    AVERAGE_PERCENT,
    WEEKDAYS,
    Horizon,
    Problem,
    SlotPrice,
    SlotPrices,
    WeightOverride,
)
from engine.problems import PracticeProblemsError, Severity
from engine.solver.relaxation import Relaxation
from engine.validation import problems_of
from engine.validation.tiers import weight_faults

KPI = "lost_minutes"
LEAST_OF_MEAN, MOST_OF_MEAN = 0.5, 2.0
"""Prices of single hours are rough; none counts for less or more than this share of the mean."""

DRAWN_IN = range(100, -1, -10)
"""Per cent of the differences that are tried, the most first; with 0 the tiers hold as before."""

LONGEST_FILL_DAYS = 84

STOPPING = (Severity.REFUSED, Severity.SET_ASIDE)


def price_slots(problem: Problem, horizon: Horizon) -> SlotPrices:
    """Slot prices of a problem for the dates of a horizon; those that it has are not looked at.

    The same problem and dates always have the same prices. PracticeProblemsError with everything
    that is wrong with the problem otherwise.
    """
    plain = problem.model_copy(update={"slot_prices": None})
    faults = [one for one in problems_of(plain, horizon) if one.severity in STOPPING]
    if faults:
        raise PracticeProblemsError(faults)
    asked = Horizon(start=horizon.start, days=min(horizon.days, WHOLE_DAYS))
    relaxation = Relaxation(_without_lost_minutes(plain), asked)
    found = relaxation.after()
    lines = price_lines(relaxation.model, found.rows, found.prices, closed=False)
    chair, doctor = slot_shares(slot_values(relaxation.model, lines))
    for percent in DRAWN_IN:
        slots = SlotPrices(
            start=asked.start,
            days=asked.days,
            drawn_in_percent=percent,
            slots=_slots(chair, doctor, percent),
        )
        if keeps_tiers(plain.model_copy(update={"slot_prices": slots}), horizon):
            break
    return slots


def with_slot_prices(problem: Problem, horizon: Horizon) -> Problem:
    """The question with its own slot prices frozen into it; see `price_slots`."""
    return problem.model_copy(update={"slot_prices": price_slots(problem, horizon)})


def slot_shares(values: SlotValues) -> tuple[dict[Slot, float], dict[Slot, float]]:
    """Worth of a chair minute and of a doctor minute over an average one, by slot."""
    chair_slots, staffed = values.slots(Priced.CHAIR), set(values.slots(Priced.STAFF))
    chair = {
        slot: values.per_minute(Priced.CHAIR, slot)
        + (values.per_minute(Priced.STAFF, slot) if slot in staffed else 0.0)
        for slot in chair_slots
    }
    doctor = {slot: values.per_minute(Priced.DOCTOR, slot) for slot in values.slots(Priced.DOCTOR)}
    minutes = values.minutes[Priced.CHAIR], values.minutes[Priced.DOCTOR]
    means = [_mean(own, of) for own, of in zip((chair, doctor), minutes, strict=True)]
    parts = [
        _about_one(own, of, mean / max(means) if mean else 0.0)
        for own, of, mean in zip((chair, doctor), minutes, means, strict=True)
    ]
    return parts[0], parts[1]


def keeps_tiers(problem: Problem, horizon: Horizon) -> bool:
    """True where the slot prices of a problem let no lower tier outweigh a higher one.

    Also in the longest fill from there: prices that are kept must not be refused by the next one.
    """
    longest = Horizon(start=horizon.start, days=LONGEST_FILL_DAYS)
    return not any(
        one.code == "slot-prices-break-tiers"
        for dates in (horizon, longest, None)
        for one in weight_faults(problem, dates)
    )


def _without_lost_minutes(problem: Problem) -> Problem:
    others = (own for own in problem.policy.weights if own.kpi != KPI)
    none = WeightOverride(kpi=KPI, value=0, reason="priced by what else the minutes are good for")
    policy = problem.policy.model_copy(update={"weights": (*others, none)})
    return problem.model_copy(update={"policy": policy})


def _mean(values: Mapping[Slot, float], minutes: Counter[Slot]) -> float:
    """Over minutes; 0 where there are none."""
    total = sum(minutes[slot] for slot in values)
    return sum(value * minutes[slot] for slot, value in values.items()) / total if total else 0.0


def _about_one(values: dict[Slot, float], minutes: Counter[Slot], part: float) -> dict[Slot, float]:
    """Shares of the mean within bounds, on average 1; `part` of their differences."""
    mean = _mean(values, minutes)
    if mean == 0:
        return dict.fromkeys(values, 1.0)
    cut = {
        slot: min(MOST_OF_MEAN, max(LEAST_OF_MEAN, value / mean)) for slot, value in values.items()
    }
    middle = _mean(cut, minutes)
    return {slot: 1 + part * (share / middle - 1) for slot, share in cut.items()}


def _slots(
    chair: Mapping[Slot, float], doctor: Mapping[Slot, float], percent: int
) -> tuple[SlotPrice, ...]:
    """Whole per cent; an hour without a price has none."""
    return tuple(
        SlotPrice(
            weekday=WEEKDAYS[slot[0]],
            hour=slot[1],
            chair_percent=_drawn_in(chair.get(slot, 1.0), percent),
            doctor_percent=_drawn_in(doctor.get(slot, 1.0), percent),
        )
        for slot in sorted({*chair, *doctor})
    )


def _drawn_in(share: float, percent: int) -> int:
    return round(AVERAGE_PERCENT + percent * (share - 1))
