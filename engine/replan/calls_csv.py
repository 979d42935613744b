"""The calls of a changed plan as rows of a table."""

from collections.abc import Iterable, Iterator

from engine.replan.answers import PatientCall

DAY_CALL_COLUMNS = (
    "order", "patient", "visit", "procedure", "old_time", "new_time", "offer_1", "offer_2",
    "confirmed", "reason",
)  # fmt: skip
"""Columns of day_calls.csv."""


def call_rows(calls: Iterable[PatientCall]) -> Iterator[dict[str, str]]:
    """Rows in order of the calls; `new_time` empty: the visit leaves the day."""
    for order, call in enumerate(calls, start=1):
        offers = [f"{offer:%Y-%m-%d %H:%M}" for offer in call.offers] + ["", ""]
        values = (
            str(order),
            call.patient,
            call.visit,
            call.procedure,
            f"{call.old:%Y-%m-%d %H:%M}",
            f"{call.new:%Y-%m-%d %H:%M}" if call.new else "",
            offers[0],
            offers[1],
            "yes" if call.confirmed else "no",
            call.reason,
        )
        yield dict(zip(DAY_CALL_COLUMNS, values, strict=True))
