"""What all data types share: frozen, no unknown keys, clock times as HH:MM, an `external` map."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, PlainSerializer


class Frozen(BaseModel):
    """Base of the question and the answer: values that never change once made."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced; cached lookups of the original are not carried over."""
        copied = super().model_copy(update=update, deep=deep)
        for name in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied


# A question holds thousands of clock times, nearly all of them written like this.
_CLOCKS = {
    f"{hours:02}:{minutes:02}": time(hours, minutes) for hours in range(24) for minutes in range(60)
}


def _read_clock(value: Any) -> Any:
    if isinstance(value, str):
        if value in _CLOCKS:
            return _CLOCKS[value]
        hours, colon, minutes = value.strip().partition(":")
        if not (colon and hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
            raise ValueError(f"'{value}' is not a clock time HH:MM")
        if not (int(hours) < 24 and int(minutes) < 60):
            raise ValueError(f"'{value}' is not a clock time between 00:00 and 23:59")
        return time(int(hours), int(minutes))
    if isinstance(value, time) and (value.second or value.microsecond or value.tzinfo):
        raise ValueError("a clock time has hours and minutes only")
    return value


def _read_external(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else value


ClockTime = Annotated[
    time,
    BeforeValidator(_read_clock),
    PlainSerializer(lambda clock: clock.isoformat("minutes"), return_type=str),
]
"""A local clock time, written HH:MM."""

External = Annotated[
    tuple[tuple[str, JsonValue], ...],
    BeforeValidator(_read_external, json_schema_input_type=dict[str, JsonValue]),
    PlainSerializer(dict, return_type=dict[str, JsonValue]),
]
"""An opaque map that is echoed and never read, kept as pairs so that it stays immutable."""

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s,;\"'\x00-\x1f\x7f]+$")]
"""A short code: no blanks, commas, semicolons, quotes or control signs. Never a person's name."""


class Weekday(StrEnum):
    """Days as they are written in files."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


WEEKDAYS: tuple[Weekday, ...] = tuple(Weekday)
"""In the order of `date.weekday()`."""


class ClockWindow(Frozen):
    """A daily time window [start, end) on some weekdays; no weekday named means every day."""

    weekdays: tuple[Weekday, ...] = ()
    start: ClockTime
    end: ClockTime

    def on(self, weekday: int) -> bool:
        """True where the window applies on `date.weekday()`."""
        return not self.weekdays or WEEKDAYS[weekday] in self.weekdays
