"""backups.csv: for each risky long slot a row for each patient who could take it.

A slot that nobody fits into has one row with the columns of the patient empty.
"""

from collections.abc import Iterator
from typing import Any

from engine.reports.backups import Backup, SlotBackups
from engine.units import clock_text

BACKUP_COLUMNS = (
    "slot_date",
    "slot_start",
    "slot_end",
    "slot_minutes",
    "chair",
    "slot_patient",
    "slot_visit",
    "slot_procedure",
    "probability_of_miss",
    "slot_expected_lost_minutes",
    "rank",
    "patient",
    "visit",
    "procedure",
    "minutes",
    "start",
    "list",
    "now_booked",
    "now_standing",
    "household",
    "days_past_ecd",
)
"""Columns of backups.csv. FORMAT.md of `engine.files` says what they hold."""


def backup_rows(one: SlotBackups) -> Iterator[dict[str, Any]]:
    """The rows of one slot."""
    slot = one.slot
    about_slot: dict[str, Any] = {
        "slot_date": slot.date,
        "slot_start": clock_text(slot.start),
        "slot_end": clock_text(slot.end),
        "slot_minutes": slot.end - slot.start,
        "chair": slot.chair,
        "slot_patient": slot.visit.patient,
        "slot_visit": slot.visit.id,
        "slot_procedure": slot.visit.procedure,
        "probability_of_miss": f"{slot.chance_of_miss:.3f}",
        "slot_expected_lost_minutes": f"{slot.expected_lost_minutes:.2f}",
    }
    if not one.backups:
        yield about_slot
    for rank, backup in enumerate(one.backups, start=1):
        yield about_slot | _about_backup(rank, backup)


def _about_backup(rank: int, backup: Backup) -> dict[str, Any]:
    waiting = backup.waiting
    return {
        "rank": rank,
        "patient": waiting.visit.patient,
        "visit": waiting.visit.id,
        "procedure": waiting.visit.procedure,
        "minutes": waiting.minutes,
        "start": clock_text(backup.start),
        "list": waiting.visit.listed.value,
        "now_booked": f"{waiting.now:%Y-%m-%d %H:%M}" if waiting.now else None,
        "now_standing": backup.standing,
        "household": waiting.visit.household,
        "days_past_ecd": waiting.days_past_ecd or None,
    }
