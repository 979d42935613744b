"""What no row of a history says leaves the level of its model alone.

The level was fitted on rows that know nothing of it, so the literature's effect must not come on
top of it for the visits of list and book, which do. Where these are there, the effect counts from
where it leaves their mean odds alone, and still tells them apart; else it is left out.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from engine.practice import Effect, NoShowFeature, NoShowModel, Problem
from engine.risk.fit.known import Known
from engine.risk.no_show import NoShow

_GROUPS = {
    "account": "account_",
    "age band": "age_",
    "start of treatment": "months_",
    "purpose of the visit": "purpose_",
}
"""What a history may be silent on, and how its features begin."""
_LEFT_OUT = (
    "no row says the {silent}: of that nothing counts; a history that says it, or --practice, "
    "whose list and book do, lets it count"
)
_CENTRED = (
    "no row says the {silent}: of that the literature's effects hold, counted from their mean in "
    "the practice's list and book, so that the level is the history's"
)


def with_level_kept(
    model: NoShowModel, rows: Sequence[Known], book: Problem | None = None
) -> NoShowModel:
    """The model, with effects of which no row tells anything counted from the mean of the book."""
    told = {feature for row in rows for feature in row.fixed}
    silent = {
        name: begin
        for name, begin in _GROUPS.items()
        if not any(feature.startswith(begin) for feature in told)
    }
    if not silent:
        return model
    known = {} if book is None else _known(model, book)
    begins = tuple(silent.values())
    effects = tuple(
        _centred(one, known.get(one.feature, ())) if one.feature.startswith(begins) else one
        for one in model.effects
    )
    note = (_CENTRED if known else _LEFT_OUT).format(silent=", ".join(silent))
    return model.model_copy(update={"effects": effects, "notes": (*model.notes, note)})


def _centred(effect: Effect, values: Sequence[float]) -> Effect:
    """The effect counted from these values: the odds that it multiplies are on average the same."""
    if not values:
        return effect.model_copy(update={"logit": 0.0})
    if effect.logit == 0:
        return effect
    mean_odds = fmean(math.exp(effect.logit * value) for value in values)
    return effect.model_copy(update={"centre": math.log(mean_odds) / effect.logit})


def _known(model: NoShowModel, book: Problem) -> dict[NoShowFeature, list[float]]:
    """The values of each feature in the visits of list and book of which it is known."""
    no_show = NoShow(book.model_copy(update={"no_show_model": model}))
    known: dict[NoShowFeature, list[float]] = defaultdict(list)
    for visit in book.all_visits.values():
        values = no_show.values(visit, book.procedures[visit.procedure].purpose)
        for feature, value in values.items():
            known[feature].append(value)
    return known
