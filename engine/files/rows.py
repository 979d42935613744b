"""One row while it is being read: values out, faults collected, nothing stopped at the first."""

from collections.abc import Callable
from typing import TypeVar

from engine.files.cell_values import NO_VALUES, CellFault, id_fault
from engine.files.loaded import DefaultsTally, SetAside
from engine.files.tables import TextRow
from engine.problems import PracticeProblem, Severity

Value = TypeVar("Value")


class Row:
    """Reads cells by column. `id_column` names the row in its problems once that cell is good.

    `essential`: the columns whose faults set the row aside; a fault elsewhere leaves the cell out
    and keeps the row (a booking with a bad wish still occupies its chair). Every column is
    essential where none are named.
    """

    def __init__(
        self, file: str, text: TextRow, id_column: str, essential: frozenset[str] = frozenset()
    ) -> None:
        self.file = file
        self.number = text.number
        self.problems: list[PracticeProblem] = []
        self.defaults = DefaultsTally()
        self.usable = True
        self.id_is_made = False
        self._cells = text.cells
        self._essential = essential
        named = text.cells.get(id_column, "")
        self.id = named if named and id_fault(named) is None else ""
        if text.too_wide:
            self._cells = {}
            self.id = ""
            self.fault(
                "row-too-wide",
                "",
                f"the row has {text.too_wide} cells, more than the header",
                "put quotes around a cell that holds a comma",
            )

    @property
    def too_wide(self) -> bool:
        """True where cells may stand under the wrong column, so none is read."""
        return any(problem.code == "row-too-wide" for problem in self.problems)

    @property
    def origin(self) -> SetAside:
        """File, row number and id."""
        return SetAside(self.file, self.number, self.id)

    @property
    def where(self) -> str:
        """`visits.csv row 7 (V12)`; an id that was made from the row says nothing new."""
        given = self.id and not self.id_is_made
        return f"{self.file} row {self.number}" + (f" ({self.id})" if given else "")

    def fault(self, code: str, column: str, cause: str, remedy: str) -> None:
        """Note a fault of this row; the column is said in front of the cause."""
        spared = bool(self._essential) and column not in self._essential and column != ""
        if not spared:
            self.usable = False
        said = f"column '{column}': {cause}" if column else cause
        severity = Severity.KEPT if spared else Severity.SET_ASIDE
        if spared:
            remedy += " (the booking is kept without this cell)"
        elif self._essential:
            remedy += " (until then its time counts as free)"
        self.problems.append(PracticeProblem(code, self.where, said, remedy, severity))

    def is_empty(self, column: str) -> bool:
        """True where the cell, or its whole column, is missing."""
        return not self._cells.get(column)

    def read(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        """The value of a cell; None where it is empty, or faulty (which is then noted)."""
        text = self._cells.get(column, "")
        if not text:
            return None
        try:
            if text.lower() in NO_VALUES:
                raise CellFault(
                    "not-a-value",
                    "the cell holds the text that programs write for 'nothing' or 'error'",
                    "write the value, or leave the cell empty",
                )
            return parse(text)
        except CellFault as fault:
            self.fault(fault.code, column, fault.cause, fault.remedy)
            return None

    def require(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        """Like `read`, and an empty cell is a fault."""
        if self.is_empty(column) and not self.too_wide:
            self.fault("empty-cell", column, "the cell is empty", "fill it in; it is required")
            return None
        return self.read(column, parse)

    def default(self, field: str, sentence: str) -> None:
        """This row had a gap which the default fills that the sentence says."""
        self.defaults.add(field, sentence)
