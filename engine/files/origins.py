"""Where an object of the problem was read: file and row, for problems that only know its id."""

import re
from dataclasses import dataclass, field

from engine.files.loaded import SetAside

_LABEL = re.compile(r"\b(visit|booking|cell) ([^\s,;\"']+)")


@dataclass(slots=True)
class Origins:
    """`file`: what everything else was read from. `rows`: by label such as `visit V12`."""

    file: str
    rows: dict[str, SetAside] = field(default_factory=dict)

    def labels_in(self, where: str) -> list[str]:
        """The visits, bookings and cells that a text names, as far as they are known here."""
        found = (f"{kind} {name}" for kind, name in _LABEL.findall(where))
        return [known for label in found if (known := self._known(label)) is not None]

    def of(self, label: str) -> SetAside:
        """File, row and id of an object."""
        return self.rows.get(label) or SetAside(self.file, 0, label.partition(" ")[2])

    def translate(self, where: str) -> str:
        """The same place, with file and row in front: `visits.csv row 7 (visit V12)`."""
        rows = [row for label in self.labels_in(where) if (row := self.rows.get(label))]
        places = dict.fromkeys(f"{row.file} row {row.row}" for row in rows)
        return f"{', '.join(places) or self.file} ({where})"

    def _known(self, label: str) -> str | None:
        for candidate in (label, label.rstrip(":.)")):
            if candidate in self.rows:
                return candidate
        return label if not self.rows else None
