"""The service's clock. The engine has none: its `as_of` is part of the question."""

import datetime as dt
import time


def now_ms() -> int:
    """Milliseconds since 1970 (UTC)."""
    return time.time_ns() // 1_000_000


def moment(milliseconds: int) -> dt.datetime:
    """The same as a date and time in UTC."""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
