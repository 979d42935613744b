"""Everything that `risk report` says of a model, from a history and perhaps a schedule."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import HeldOut, NoShowModel, PastVisit, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.risk.fit.calibrate import chances
from engine.risk.fit.drift import Drift, drift_of
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.fit.known import known_rows, unseen_by
from engine.risk.fit.measures import held_out_of
from engine.risk.fit.selected import Selected, selected_of
from engine.schedule import Schedule

FEWEST_NEW = 200
"""New visits from which on a model is judged by them."""


@dataclass(frozen=True, slots=True)
class RiskReport:
    """`judged`: figures on visits that the fit has not seen, None where there are too few.

    `source`: a sentence that says which visits those are.
    """

    model: NoShowModel
    judged: HeldOut | None
    source: str
    drift: Drift
    selected: Selected | None


def report_of(
    visits: Iterable[PastVisit],
    base_rate: float,
    *,
    model: NoShowModel | None = None,
    problem: Problem | None = None,
    schedule: Schedule | None = None,
    seed: int = 0,
) -> RiskReport:
    """The report on `model`; without one, on the model that these visits give.

    The slots of a schedule are held against the chances that chose them: those of `model`, without
    one those of the literature. Visits after the last one of the model's own fit judge
    it, if there are enough; else the figures stand that were measured when it was fitted.
    PracticeProblemsError as in `fit_no_show`.
    """
    past = tuple(visits)
    own = model or fit_no_show(past, base_rate, seed, problem)
    rows = known_rows(past, own.base_rate)
    new = unseen_by(rows, own.last)
    misses = sum(row.missed for row in new)
    if len(new) >= FEWEST_NEW and 0 < misses < len(new):
        rate = own.misses / own.rows if own.rows and own.misses else own.base_rate
        judged: HeldOut | None = held_out_of(new, chances(own, new), rate, seed)
        source = f"{len(new)} visits, of which the fit has seen none"
        if own.last is not None:
            source = f"{len(new)} visits after {own.last}, which the fit has not seen"
    elif own.held_out is not None:
        judged = own.held_out
        source = (
            f"{judged.rows} visits from {judged.first} on, of patients who were held out when the "
            "model was fitted"
        )
    else:
        judged, source = None, "too few visits to hold some out: nothing was measured"
    if not rows:
        fault = PracticeProblem(
            "history-no-visit", "history", "no visit was kept or missed", "export such visits, too"
        )
        raise PracticeProblemsError([fault])
    selected = None
    if problem is not None and schedule is not None:
        chooser = problem.model_copy(update={"no_show_model": model})
        selected = selected_of(chooser, schedule, rows)
    return RiskReport(own, judged, source, drift_of(own, rows), selected)
