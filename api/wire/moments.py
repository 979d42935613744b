"""The practice's wall clock, as it is told from outside."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator

_FIRST, _LAST = 1900, 2200


def _local(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is not None:
        raise ValueError("local clock time of the practice has no offset")
    if not _FIRST <= value.year <= _LAST:
        raise ValueError("the year is out of reach")
    return value


LocalMoment = Annotated[dt.datetime, AfterValidator(_local)]
"""Date and time without an offset, in a year in which dates can still be added up."""


def monday_after(day: dt.date) -> dt.date:
    """The first date of the week that is filled where none is named."""
    return day + dt.timedelta(days=7 - day.weekday())
