"""The morning meeting for machines: the lists of the page with ids."""

from typing import Any

from engine.reports.huddle import Huddle
from engine.reports.huddle_visits import HuddleVisit
from engine.units import clock_text


def huddle_document(huddle: Huddle) -> dict[str, Any]:
    """Plain values for JSON."""
    return {
        "date": huddle.day.isoformat(),
        "visits": len(huddle.visits),
        "late": [_visit(one) for one in huddle.late],
        "unconfirmed": [_visit(one) for one in huddle.unconfirmed],
        "risky": [
            {
                "visit": one.slot.visit.id,
                "start": clock_text(one.slot.start),
                "chance_of_miss": one.slot.chance_of_miss,
                "backups": [backup.waiting.visit.id for backup in one.backups],
            }
            for one in huddle.risky
        ],
        "starts": [_visit(one) for one in huddle.starts],
        "debonds": [_visit(one) for one in huddle.debonds],
        "missing": [
            {
                **_visit(gap.visit),
                "what": gap.what,
                "expected": gap.expected.isoformat() if gap.expected else None,
            }
            for gap in huddle.missing
        ],
        "held_cells": [
            {
                "cell": one.cell,
                "class": one.procedure_class,
                "chair": one.chair,
                "free": [[clock_text(start), clock_text(end)] for start, end in one.free],
            }
            for one in huddle.held_cells
        ],
        "emergencies_left": huddle.emergencies_left,
        "holds": [one.model_dump(mode="json") for one in huddle.holds],
        "changes": [{"who": one.who, "what": one.what} for one in huddle.changes],
    }


def _visit(one: HuddleVisit) -> dict[str, Any]:
    return {
        "visit": one.visit.id,
        "patient": one.visit.patient,
        "procedure": one.visit.procedure,
        "start": clock_text(one.start),
        "chair": one.chair,
        "said": one.said,
        "days_past_ecd": one.days_past_ecd,
        "days_overdue": one.days_overdue,
        "chance_of_miss": one.chance_of_miss,
    }
