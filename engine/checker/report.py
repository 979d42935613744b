"""What the checker says: broken rules, each in a sentence with ids, what was found and allowed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engine.checker.book import Entry
from engine.practice.base import Frozen
from engine.units import clock_text


class Violation(Frozen):
    """One broken rule. `date` None: it concerns no single date (a visit that is nowhere)."""

    rule: str
    visits: tuple[str, ...]
    date: dt.date | None
    sentence: str
    found: str
    allowed: str


class CheckReport(Frozen):
    """All broken rules. `inherited`: broken by the book alone, kept and never worsened."""

    violations: tuple[Violation, ...] = ()
    inherited: tuple[Violation, ...] = ()

    @property
    def ok(self) -> bool:
        """True where nothing but the book itself breaks a rule."""
        return not self.violations


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found, before it is filed under violations or inherited clashes."""

    visits: tuple[str, ...]
    date: dt.date | None
    sentence: str
    found: str
    allowed: str
    inherited: bool = False


def finding(
    parties: Iterable[Entry],
    minute: int,
    text: str,
    found: str,
    allowed: str,
    *,
    inherited: bool | None = None,
) -> Finding:
    """A finding on a date at a minute; inherited where all parties are kept bookings.

    `inherited` overrides that where a rule knows better (a free choice of the fill, a chair).
    """
    entries = tuple(parties)
    day = entries[0].date
    kept = all(entry.kept for entry in entries)
    return Finding(
        tuple(dict.fromkeys(entry.id for entry in entries)),
        day,
        f"{day} {clock_text(minute)}: {text}",
        found,
        allowed,
        kept if inherited is None else kept and inherited,
    )
