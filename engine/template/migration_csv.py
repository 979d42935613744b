"""migration.csv: one row for each booking under the new model days."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from engine.template.migrate import BookingFit

MIGRATION_COLUMNS = (
    "date",
    "start",
    "visit",
    "patient",
    "procedure",
    "class",
    "chair",
    "movable",
    "model_day",
    "fit",
    "before",
    "cells",
    "opens",
    "new_time",
)
"""Columns of migration.csv. FORMAT.md of `engine.files` says what they hold."""


def migration_row(one: BookingFit, new_times: Mapping[str, dt.datetime | None]) -> dict[str, Any]:
    """The cells of one booking. `new_times`: proposals by visit, of those that clash."""
    new_time = new_times.get(one.booking.visit.id)
    booking = one.booking
    return {
        "date": booking.date.isoformat(),
        "start": booking.start.strftime("%H:%M"),
        "visit": booking.visit.id,
        "patient": booking.visit.patient,
        "procedure": booking.visit.procedure,
        "class": one.procedure_class,
        "chair": booking.chair,
        "movable": booking.movable,
        "model_day": one.model_day,
        "fit": one.fit.value,
        "before": one.before.value,
        "cells": "; ".join(f"{use.cell.id} ({use.cell.procedure_class})" for use in one.cells),
        "opens": one.opens.strftime("%Y-%m-%d %H:%M") if one.opens else None,
        "new_time": new_time.strftime("%Y-%m-%d %H:%M") if new_time else None,
    }
