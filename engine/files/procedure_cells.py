"""What is done at the visit of a row, and how long: procedure, or type and length."""

import difflib

from engine.files.cell_values import a_whole_number, an_id, shown
from engine.files.import_context import ImportContext
from engine.files.rows import Row
from engine.practice import Procedure


def read_procedure(row: Row, context: ImportContext) -> tuple[str | None, int | None]:
    """Procedure code and own length (None = the procedure's).

    Without a procedure, the `type` (a procedure class, or a purpose such as `retention`) and the
    length choose the procedure of the catalogue that is nearest in length; of equals, the first.
    """
    code = row.read("procedure", an_id)
    kind = row.read("type", an_id)
    minutes = row.read("minutes", a_whole_number(1, 720))
    if row.is_empty("procedure") and not row.too_wide:
        code = _from_type(row, context, kind, minutes)
    if code is None or context.practice is None:
        return code, minutes
    procedure = context.procedures.get(code)
    if procedure is None:
        near = difflib.get_close_matches(code, context.procedures, n=1)
        row.fault(
            f"{context.kind_of(row)}-unknown-procedure",
            "procedure",
            f"{shown(code)} is not in practice.toml",
            f"did you mean '{near[0]}'?" if near else "write a code of its catalogue, or add it",
        )
    elif minutes is None:
        row.default("minutes", "the length of the procedure")
    elif minutes != procedure.minutes:
        row.default("doctor_minutes", "the catalogue pattern, scaled to the length of the row")
    return code, minutes


def _from_type(
    row: Row, context: ImportContext, kind: str | None, minutes: int | None
) -> str | None:
    if row.is_empty("type"):
        row.fault(
            "empty-cell",
            "procedure",
            "neither a procedure nor a type is given",
            "write the procedure, or its type and length",
        )
        return None
    if row.is_empty("minutes"):
        cause = "a type is given without a length"
        row.fault("empty-cell", "minutes", cause, "write the length in minutes")
    if kind is None or context.practice is None:
        return None
    catalogue = context.practice.procedures
    candidates: list[Procedure] = [
        procedure for procedure in catalogue if procedure.procedure_class.lower() == kind.lower()
    ] or [procedure for procedure in catalogue if procedure.purpose == kind.lower()]
    if not candidates:
        row.fault(
            "unknown-type",
            "type",
            f"{shown(kind)} is no class and no purpose of a procedure in practice.toml",
            "write one of them, or the procedure itself",
        )
        return None
    if minutes is None:
        return None
    row.default("procedure", "of the type in the row, the one nearest in length")
    return min(candidates, key=lambda procedure: abs(procedure.minutes - minutes)).code
