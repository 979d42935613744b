"""Fit a no-show model on a practice's own history: split, fit, judge, fit again on all of it.

The figures in the model come from a part of the history that the fit before them had not seen; the
coefficients and their calibration come from a last fit on every row.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from engine.practice import HeldOut, NoShowModel, PastVisit, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.risk.fit.calibrate import chances, fit_calibrated
from engine.risk.fit.coefficients import fit_coefficients, with_cap_note
from engine.risk.fit.known import Known, known_rows, usual_rate
from engine.risk.fit.measures import held_out_of
from engine.risk.fit.split import (
    FEWEST_MISSES,
    FEWEST_VISITS,
    Parts,
    after_run_in,
    is_enough,
    split,
)
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
_NOT_JUDGED = (
    "{visits} visits with {misses} misses, but of the last third of them too few are misses of "
    "patients who can be held out, so nothing was measured"
)
_ONE_DATE = (
    "{visits} of {all} visits bear the date {day}: if that is the day of the export, nothing that "
    "the model says of records, weekdays and days ahead holds"
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

    PracticeProblemsError where no visit was missed, or none kept, or half of them were missed.
    """
    past = tuple(visits)
    usual = usual_rate(past, base_rate)
    all_rows = known_rows(past, usual)
    _refuse_one_outcome(all_rows)
    _refuse_mostly_missed(all_rows)
    rows = after_run_in(all_rows)
    _refuse_one_outcome(rows, " after those that count as records only")
    parts = split(rows, seed)
    held_out = None if parts is None else _judged(past, parts, base_rate, seed)
    enough = is_enough(rows)
    whole = (
        fit_calibrated(rows, base_rate, seed) if enough else fit_coefficients(rows, base_rate).model
    )
    notes = _notes(whole, held_out, enough)
    if len(rows) < len(all_rows):
        notes.append(_RUN_IN.format(visits=len(all_rows) - len(rows), day=rows[0].date))
    day, there = Counter(row.date for row in all_rows).most_common(1)[0]
    if there > len(all_rows) / 2:
        notes.append(_ONE_DATE.format(visits=there, all=len(all_rows), day=day))
    said = {"base_rate": usual, "held_out": held_out, "notes": (*notes, *whole.notes)}
    model = with_level_kept(with_cap_note(whole.model_copy(update=said)), rows, book)
    # Copies are not looked at: what is written must be what can be read.
    return NoShowModel.model_validate(model.model_dump())


def _judged(past: Sequence[PastVisit], parts: Parts, base_rate: float, seed: int) -> HeldOut:
    """The figures of a fit on one part, on the other.

    Records are held against the share missed before the judged part: no later outcome is known.
    """
    border = min(row.date for row in parts.held_out)
    usual = usual_rate((visit for visit in past if visit.date < border), base_rate)
    # Patients, dates and outcomes make the parts, so these are the same rows again.
    parts = split(after_run_in(known_rows(past, usual)), seed) or parts
    earlier = fit_calibrated(parts.fitted, base_rate, seed)
    p = chances(earlier, parts.held_out)
    return held_out_of(parts.held_out, p, earlier.misses / earlier.rows, seed)


def _notes(whole: NoShowModel, held_out: HeldOut | None, enough: bool) -> list[str]:
    """What was measured, or why nothing was."""
    if held_out is not None:
        return [_HELD_OUT.format(share=held_out.rows / whole.rows)]
    found = {"visits": whole.rows, "misses": whole.misses}
    if enough:
        return [_NOT_JUDGED.format(**found)]
    return [_TOO_FEW.format(**found, least=FEWEST_VISITS, fewest=FEWEST_MISSES)]


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


def _refuse_mostly_missed(rows: Sequence[Known]) -> None:
    misses = sum(row.missed for row in rows)
    if 2 * misses < len(rows):
        return
    found = f"{misses} of {len(rows)} kept or missed visits were missed"
    remedy = (
        "look whether the outcomes are written the wrong way round, and whether kept visits were "
        "exported, too"
    )
    raise PracticeProblemsError(
        [PracticeProblem("history-mostly-missed", "history", found, remedy)]
    )
