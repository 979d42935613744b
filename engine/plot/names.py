"""Names on the page: ids, unless a local list of labels puts names in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Names:
    """Labels by id (patients, people, chairs); what has no label is shown by its id."""

    labels: Mapping[str, str] = field(default_factory=dict)

    def of(self, some_id: str) -> str:
        """The label of an id, else the id."""
        return self.labels.get(some_id, some_id)


def day_text(day: date) -> str:
    """`Tue 13 Jan 2026`, the same in every locale."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """`Tue 13 Jan`."""
    return day_text(day)[:-5]


def date_text(day: date) -> str:
    """`13 Jan 2026`."""
    return day_text(day).partition(" ")[2]
