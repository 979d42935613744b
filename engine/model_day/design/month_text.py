"""What is told of a planned month: days, the table of its places, calendar, types without a day."""

from collections.abc import Mapping

from engine.model_day.design.month import MonthPlan
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.month_calendar import calendar_line
from engine.model_day.place_table import KindPlaces, TypePlaces


def month_text(month: MonthPlan) -> str:
    """`a month: 10.8 full, 3.6 catch-up, 3.6 short`."""
    return "a month: " + ", ".join(f"{count:g} {name}" for name, count in month.days.items())


def calendar_lines(month: MonthPlan, facts: Mapping[str, TypeFacts]) -> list[str]:
    """Types whose weekdays come more often than they are planned."""
    found = (calendar_line(one.day_type, month.days[name]) for name, one in facts.items())
    return [line for line in found if line is not None]


def unbuilt_lines(month: MonthPlan, facts: Mapping[str, TypeFacts]) -> list[str]:
    """Day types for which there is nothing to design, each with the reason."""
    lines = []
    for name, one in facts.items():
        weekdays = ", ".join(day.value for day in one.day_type.weekdays)
        if not one.open:
            lines.append(f"{name}: its weekdays ({weekdays}) share no patient hour")
        elif not month.days[name]:
            lines.append(f"{name}: no day of an average month is left for it")
        elif not month.slots[name]:
            lines.append(f"{name}: no place of any kind is planned on it")
    return lines


def kind_places(month: MonthPlan) -> tuple[KindPlaces, ...]:
    """The rows of the table, kinds in the order of the demand, holds last."""
    return tuple(_row(month, slot) for slot in month.kinds)


def _row(month: MonthPlan, slot: Slot) -> KindPlaces:
    by_type = tuple(
        TypePlaces(
            day_type=name,
            asked=month.shares[name].get(slot, 0.0),
            places=month.slots[name].get(slot, 0),
        )
        for name, days in month.days.items()
        if days and (slot in month.shares[name] or slot in month.slots[name])
    )
    return KindPlaces(
        kind=month.kinds[slot],
        asked=month.wanted.get(slot, sum(one.asked * month.days[one.day_type] for one in by_type)),
        places=sum(one.places * month.days[one.day_type] for one in by_type),
        missed=month.missed.get(slot, 0.0),
        by_type=by_type,
    )
