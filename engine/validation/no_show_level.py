"""A practice's own no-show model, held against its own rate: is the file still as it was fitted?"""

from collections.abc import Iterator

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.risk.no_show import NoShow
from engine.validation.codes import fault

_MOST = 3.0
"""Times above or below its rate. Other patients than those of the fit hardly make so much."""


def level_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """A remark where the model expects several times as many misses, or a fraction of them."""
    model = problem.no_show_model
    if model is None or problem.policy.risk.constant_no_show:
        return
    expected = NoShow(problem).on_the_book()
    if expected is None or model.base_rate / _MOST <= expected <= model.base_rate * _MOST:
        return
    yield fault(
        "no-show-model-off",
        "no_show_model",
        f"the model expects {expected:.1%} of list and book to be missed, at a rate of "
        f"{model.base_rate:.1%}",
        "look whether the file was changed by hand; if so, fit it again with 'modelday risk fit'",
    )
