"""Log-odds and probability of a miss from a model's coefficients; no fitting library is needed."""

import math
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.practice import (
    Confirmation,
    NoShowFeature,
    NoShowModel,
    SplineOf,
)
from engine.risk.features import (
    KNOTS,
    PRIORS,
    TIME_CAP,
    Values,
    clock_features,
    lead_features,
    said_features,
    weekday_features,
)

_WEEKDAYS = tuple(feature for feature in PRIORS if feature.startswith("weekday_"))
_CLOCK = (NoShowFeature.CLOCK_1, NoShowFeature.CLOCK_2)
MOST_LOGIT = 30.0
"""Beyond it a chance would count as 0 or 1 in floating point; nobody is that sure of anybody."""
_SHARES = 1e-300, 1 - 1e-15
"""Bounds of a mean chance, between which its log-odds are finite."""
Floats = NDArray[np.float64]
State = tuple[float, float]
"""A share, and the log-odds that go with it."""


def logistic(logit: float) -> float:
    """Probability of a log-odds value, without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    odds = math.exp(logit)
    return odds / (1.0 + odds)


def log_odds(probability: float) -> float:
    """Log-odds of a probability between 0 and 1."""
    return math.log(probability / (1.0 - probability))


class Scorer:
    """The parts of a model's log-odds. What is asked twice is worked out once."""

    def __init__(self, model: NoShowModel) -> None:
        self.model = model
        self._lead: dict[int, float] = {}
        self._time_cap = TIME_CAP / model.calibration.slope
        """In the log-odds before the calibration, whose slope multiplies them."""

    def plain(self, values: Values) -> float:
        """Sum of coefficient x (feature - centre) over the features that are given."""
        effects = self.model.effect_of
        return sum(
            effects[feature].logit * (value - effects[feature].centre)
            for feature, value in values.items()
            if feature in effects
        )

    def lead(self, lead_days: int) -> float:
        """Effect of booking so many days ahead."""
        if lead_days not in self._lead:
            self._lead[lead_days] = self.plain(lead_features(lead_days, self.knots("lead_days")))
        return self._lead[lead_days]

    @cached_property
    def weekdays(self) -> tuple[float, ...]:
        """Effects of Monday to Sunday, within the cap; on average 0 in the rows of the fit."""
        return tuple(map(self._capped, self._weekdays))

    @cached_property
    def _weekdays(self) -> tuple[float, ...]:
        effects = self.model.effect_of
        rest = dict.fromkeys((f for f in _WEEKDAYS if f in effects), 0.0)
        return tuple(self.plain(rest | weekday_features(day)) for day in range(7))

    def clock(self, hour: float, stated: float = 0.0) -> float:
        """Effect of a clock hour (12.5 is half past noon), within the cap.

        `stated`: what the practice's policy adds there; the cap is that of both together.
        """
        return self._capped(self._clock(hour) + stated)

    def _clock(self, hour: float) -> float:
        return self.plain(clock_features(hour, self.knots("clock_hour")))

    def hour(self, hour: int | None, stated: float = 0.0) -> float:
        """Effect of starting somewhere in a clock hour; None: an average one."""
        return 0.0 if hour is None else self.clock(hour + 0.5, stated)

    def _capped(self, logit: float) -> float:
        """The one place of the cap: after the calibration a time weighs `TIME_CAP` at most."""
        return max(-self._time_cap, min(self._time_cap, logit))

    @property
    def cap_bites(self) -> bool:
        """True where a weekday, or an hour from 7:00 to 19:00, would weigh more without the cap."""
        times = (*self._weekdays, *(self._clock(hour + 0.5) for hour in range(7, 19)))
        return any(abs(effect) > self._time_cap for effect in times)

    @cached_property
    def hours_matter(self) -> bool:
        """False where no hour is better than another."""
        effects = self.model.effect_of
        return any(effects[feature].logit != 0 for feature in _CLOCK if feature in effects)

    def states(self, known: Confirmation | None) -> tuple[State, ...]:
        """What a patient may still say, with shares: what is said already is not taken back.

        None, or unconfirmed: as the practice's patients usually do; reminded: may yet confirm.
        """
        shares = self.model.confirmation
        if known is Confirmation.CONFIRMED:
            return ((1.0, self.said(Confirmation.CONFIRMED)),)
        if shares is None:
            return ((1.0, self.said(known) if known is not None else 0.0),)
        open_to = {
            Confirmation.UNCONFIRMED: shares.unconfirmed,
            Confirmation.REMINDED: shares.reminded,
            Confirmation.CONFIRMED: shares.confirmed,
        }
        if known is Confirmation.REMINDED:
            del open_to[Confirmation.UNCONFIRMED]
        total = sum(open_to.values())
        if total == 0:
            return ((1.0, self.said(Confirmation.REMINDED)),)
        return tuple((share / total, self.said(said)) for said, share in open_to.items() if share)

    def said(self, confirmation: Confirmation) -> float:
        """Effect of what a patient has said."""
        return self.plain(said_features(confirmation))

    def probability(self, logit: float, states: tuple[State, ...]) -> float:
        """Mean over the states of the chance of a miss, then calibrated."""
        calibration = self.model.calibration
        if len(states) == 1:
            total = logit + states[0][1]
        else:
            mixed = sum(share * logistic(logit + said) for share, said in states)
            total = log_odds(min(_SHARES[1], max(_SHARES[0], mixed)))
        last = calibration.intercept + calibration.slope * total
        return logistic(max(-MOST_LOGIT, min(MOST_LOGIT, last)))

    def probabilities(self, logits: Floats, states: tuple[State, ...]) -> Floats:
        """The same for many log-odds at once."""
        calibration = self.model.calibration
        if len(states) == 1:
            total = logits + states[0][1]
        else:
            mixed = sum(share / (1.0 + np.exp(-logits - said)) for share, said in states)
            mixed = np.clip(mixed, *_SHARES)
            total = np.log(mixed / (1.0 - mixed))
        last = np.clip(calibration.intercept + calibration.slope * total, -MOST_LOGIT, MOST_LOGIT)
        return np.asarray(1.0 / (1.0 + np.exp(-last)))

    def knots(self, of: str) -> tuple[float, ...]:
        """Knots of a spline: the model's own, else the usual ones."""
        return self.model.knots_of.get(SplineOf(of), KNOTS[SplineOf(of)])
