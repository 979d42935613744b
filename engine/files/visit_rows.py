"""visits.csv: what is to be placed."""

from engine.files.import_context import ImportContext
from engine.files.rows import Row
from engine.files.tables import Table
from engine.files.visit_cells import VISIT_COLUMNS, VISIT_HELP_COLUMNS, read_visit
from engine.practice import Visit

VISIT_FILE_COLUMNS = (*VISIT_COLUMNS, *VISIT_HELP_COLUMNS)
VISIT_FILE_REQUIRED = (("patient",), ("procedure", "type"))


def read_visits(table: Table, context: ImportContext) -> list[tuple[Row, Visit | None]]:
    """Each row with its visit, None where it is set aside. A visit without due date is due now."""
    found: list[tuple[Row, Visit | None]] = []
    for text in table.rows:
        row = Row(table.file, text, id_column="id")
        today = context.as_of.date()
        found.append((row, read_visit(row, context, today, f"as_of ({today})")))
    return found
