"""What a practice says about its case types, and what the literature says where it says nothing.

Source of the fallback: A. Tsichlaki, S. Y. Chin, N. Pandis, P. S. Fleming, "How long does treatment
with fixed orthodontic appliances last? A systematic review", American Journal of Orthodontics and
Dentofacial Orthopedics 149(3), 2016: mean 19.9 months (95 % CI 19.58 to 20.22; 22 studies, 1,089
patients) and 17.81 visits (15.47 to 20.15; 5 studies).
"""

import calendar
import datetime as dt
from typing import Annotated

from pydantic import Field

from engine.practice import Frozen, Id


class CaseType(Frozen):
    """A kind of treatment: contract months, visits in all, days from visit to visit."""

    id: Id
    months: Annotated[int, Field(ge=1, le=96)]
    visits: Annotated[int, Field(ge=1, le=60)]
    interval_days: Annotated[int, Field(ge=7, le=200)]


AVERAGE_CASE = CaseType(id="average", months=20, visits=18, interval_days=34)
"""Rounded from 19.9 months and 17.81 visits; 34 days = 19.9 x 30.44 / 17.81 joins the two."""


class ImportDefaults(Frozen):
    """Section [defaults] of practice.toml. It helps to read the rows and is no part of the problem.

    `case_type`: the one of rows that name none. `assistants_per_column`: one assistant for each
    clinic column where the staff list has none.
    """

    case_type: Id | None = None
    case_types: tuple[CaseType, ...] = ()
    assistants_per_column: bool = False

    def case_named(self, name: str | None) -> CaseType | None:
        """The case type of that name; without a name the practice's usual one, else the average."""
        wanted = name or self.case_type or AVERAGE_CASE.id
        own = next((case for case in self.case_types if case.id == wanted), None)
        return own or (AVERAGE_CASE if wanted == AVERAGE_CASE.id else None)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or its last one: 31 August + 6 months is 28 February.

    The ends of the calendar stand for what lies beyond them.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if months > 0 else dt.date.min
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
