"""What rows are read against: the practice (if it could be read), today, and the history."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.files.case_types import ImportDefaults
from engine.files.rows import Row
from engine.practice import PastVisit, Practice, Procedure, Role


@dataclass(slots=True)
class ImportContext:
    """`practice` is None where practice.toml is refused: rows are then read without its ids."""

    practice: Practice | None
    as_of: dt.datetime
    defaults: ImportDefaults = field(default_factory=ImportDefaults)
    history: dict[str, list[PastVisit]] = field(default_factory=dict)
    given_ids: frozenset[str] = frozenset()

    def check_known(
        self, row: Row, column: str, code: str, found: Iterable[str], known: Iterable[str]
    ) -> None:
        """A fault for each id that the practice does not have."""
        if self.practice is None:
            return
        allowed = set(known)
        listed = ", ".join(sorted(allowed)[:12]) + (", ..." if len(allowed) > 12 else "")
        for one in found:
            if one not in allowed:
                row.fault(
                    code,
                    column,
                    f"'{one}' is not in practice.toml",
                    f"write one of {listed}, or add it there",
                )

    @property
    def procedures(self) -> dict[str, Procedure]:
        """Procedures by code; empty where the practice is unknown."""
        found = self.practice.procedures if self.practice else ()
        return {procedure.code: procedure for procedure in found}

    @property
    def chairs(self) -> set[str]:
        """Ids of the chairs."""
        return {chair.id for chair in self.practice.chairs} if self.practice else set()

    @property
    def model_days(self) -> set[str]:
        """Ids of the model days."""
        return {model_day.id for model_day in self.practice.model_days} if self.practice else set()

    @property
    def doctors(self) -> set[str]:
        """Ids of the doctors."""
        people = self.practice.staff if self.practice else ()
        return {person.id for person in people if person.role is Role.DOCTOR}

    @staticmethod
    def kind_of(row: Row) -> str:
        """`booking` or `visit`, as codes of faults begin."""
        return "booking" if row.file.startswith("booking") else "visit"
