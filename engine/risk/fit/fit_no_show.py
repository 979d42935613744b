"""Fit a no-show model on a practice's own history: split, fit, judge, fit again on all of it.

The figures in the model come from a part of the history that the fit before them had not seen; the
coefficients and their calibration come from a last fit on every row.
"""

from collections.abc import Iterable, Sequence

from engine.practice import NoShowModel, PastVisit, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.risk.fit.calibrate import chances, fit_calibrated
from engine.risk.fit.coefficients import fit_coefficients, with_cap_note
from engine.risk.fit.known import Known, known_rows, usual_rate
from engine.risk.fit.measures import held_out_of
from engine.risk.fit.split import FEWEST_MISSES, FEWEST_VISITS, after_run_in, split
from engine.risk.fit.unsaid import with_level_kept

_HELD_OUT = (
    "the figures were measured with {share:.0%} of the visits held out, later ones and of other "
    "patients; the coefficients are those of a last fit on all visits"
)
_RUN_IN = (
    "{visits} visits before {day} count as patients' records only: in the beginning of a history "
    "nobody has one yet"
)
_TOO_FEW = (
    "{visits} visits with {misses} misses: too few to hold some out ({least} visits with "
    "{fewest} misses are needed), so nothing was measured: this is the literature, moved by a few "
    "visits"
)


def fit_no_show(
    visits: Iterable[PastVisit],
    base_rate: float = 0.05,
    seed: int = 0,
    book: Problem | None = None,
) -> NoShowModel:
    """The model of these visits. `base_rate`: the practice's stated share of missed visits, to
    which a short history shrinks. `seed`: which patients are held out. `book`: the practice, from
    whose list and book the literature's effects count where no row of the history tells of them.

    PracticeProblemsError where no visit was missed, or none kept.
    """
    past = tuple(visits)
    usual = usual_rate(past, base_rate)
    all_rows = known_rows(past, usual)
    _refuse_one_outcome(all_rows)
    rows = after_run_in(all_rows)
    _refuse_one_outcome(rows, " after those that count as records only")
    parts = split(rows, seed)
    if parts is None:
        whole = fit_coefficients(rows, base_rate).model
        note = _TOO_FEW.format(
            visits=whole.rows, misses=whole.misses, least=FEWEST_VISITS, fewest=FEWEST_MISSES
        )
        said = {"base_rate": usual, "notes": (note, *whole.notes)}
        return with_level_kept(with_cap_note(whole.model_copy(update=said)), rows, book)
    earlier = fit_calibrated(parts.fitted, base_rate, seed)
    p = chances(earlier, parts.held_out)
    before = max(1, earlier.misses) / earlier.rows
    held_out = held_out_of(parts.held_out, p, before, seed)
    whole = fit_calibrated(rows, base_rate, seed)
    notes = [_HELD_OUT.format(share=held_out.rows / len(rows))]
    if len(rows) < len(all_rows):
        notes.append(_RUN_IN.format(visits=len(all_rows) - len(rows), day=rows[0].date))
    said = {"base_rate": usual, "held_out": held_out, "notes": (*notes, *whole.notes)}
    return with_level_kept(with_cap_note(whole.model_copy(update=said)), rows, book)


def _refuse_one_outcome(rows: Sequence[Known], which: str = "") -> None:
    misses = sum(row.missed for row in rows)
    if 0 < misses < len(rows):
        return
    found = f"no visit{which} was kept or missed"
    if rows:
        found = f"all {len(rows)} visits{which} were {'missed' if misses else 'kept'}"
    remedy = (
        "export kept and missed visits both (many books drop broken ones when they are rebooked); "
        "until then leave the practice without a model: the prior holds, at policy.risk.base_rate"
    )
    raise PracticeProblemsError([PracticeProblem("history-one-outcome", "history", found, remedy)])
