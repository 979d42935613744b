"""The treatment of a row: start, completion dates, remaining visits, and how gaps are filled.

An estimated completion date that is missing is the start plus the contract months of the row, else
of its case type; at the first import it becomes the original one, which never moves again.
Remaining visits are the case type's visits less those kept. They are never (ECD - today) divided by
the interval: that would hide every overrun, since it always ends on time.
"""

from engine.files.case_types import CaseType, months_later
from engine.files.cell_values import a_date, a_whole_number, an_id
from engine.files.history_rows import kept_since
from engine.files.import_context import ImportContext
from engine.files.rows import Row
from engine.practice import Treatment

TREATMENT_COLUMNS = ("started", "original_ecd", "current_ecd", "remaining_visits", "interval_days")
TREATMENT_HELP_COLUMNS = ("case_type", "contract_months")


def read_treatment(
    row: Row, context: ImportContext, patient: str | None, kept: int | None
) -> Treatment | None:
    """The treatment block, None where the row tells of none. `kept`: the row's own count."""
    started = row.read("started", a_date)
    original = row.read("original_ecd", a_date)
    current = row.read("current_ecd", a_date)
    remaining = row.read("remaining_visits", a_whole_number(1, 60))
    interval = row.read("interval_days", a_whole_number(7, 200))
    months = row.read("contract_months", a_whole_number(1, 96))
    case = _case_of(row, context)
    given = [column for column in TREATMENT_COLUMNS if not row.is_empty(column)]
    if not given:
        row.default("treatment", "none: not in active treatment, so there is no completion date")
        return None
    if started is None:
        if row.is_empty("started"):
            cause = f"the cell is empty, though '{given[0]}' is filled in"
            row.fault("empty-cell", "started", cause, "fill in when treatment began")
        return None
    if case is None:
        return None
    if original is None and current is None:
        source = "the row's contract months" if months else f"{case.months} months ('{case.id}')"
        original = months_later(started, months or case.months)
        row.default("original_ecd", f"start plus {source}, frozen as the original")
    elif original is None:
        original = current
        row.default("original_ecd", "the current_ecd of this first import, frozen as the original")
    if current is None:
        current = original
        row.default("current_ecd", "the original completion date")
    if remaining is None:
        past = context.history.get(patient or "", [])
        seen = kept_since(past, started) if past else kept
        source = "history.csv since the start" if past else "column 'kept'"
        row.default("remaining_visits", _remaining_sentence(case, source, seen is not None))
        remaining = max(1, case.visits - (seen or 0))
    if interval is None:
        interval = case.interval_days
        row.default("interval_days", f"{interval} days, as in case type '{case.id}'")
    return Treatment(
        started=started,
        original_ecd=original,
        current_ecd=current,
        remaining_visits=remaining,
        interval_days=interval,
    )


def _case_of(row: Row, context: ImportContext) -> CaseType | None:
    name = row.read("case_type", an_id)
    case = context.defaults.case_named(name)
    if case is None:
        row.fault(
            "unknown-case-type",
            "case_type",
            f"'{name}' is not among the case types of practice.toml",
            "add it to [defaults] case_types, or leave the cell empty",
        )
        return context.defaults.case_named(None)
    return case


def _remaining_sentence(case: CaseType, source: str, known: bool) -> str:
    named = f"the {case.visits} visits of case type '{case.id}'"
    if known:
        return f"{named} less the kept ones of {source}, at least 1"
    return f"{named}: no kept visit is known, which overstates what is left"
