"""Which goal cannot be met: arithmetic first, with numbers, before anything is solved."""

from collections.abc import Mapping

from engine.model_day.demand import Demand
from engine.model_day.design.month import MonthPlan
from engine.model_day.design.resources import Resource
from engine.model_day.design.slots import Slot
from engine.practice.base import Frozen


class Shortage(Frozen):
    """A resource of a day type that its places ask too much of. Minutes of one day."""

    day_type: str
    resource: str
    asked: int
    there: int
    sentence: str


def missed_lines(month: MonthPlan, demand: Demand) -> list[str]:
    """Places that a month lacks, and the resources of the month that are shortest."""
    monthly = demand.places_per_month()
    lines = [
        f"{code}: {left:.1f} of {monthly.get(code, left):.1f} places a month do not fit"
        for code, left in month.missed.items()
    ]
    return [*lines, *(_month_text(month, demand) if lines else ())]


def shortages(
    day_type: str, wanted: Mapping[Slot, int], resources: tuple[Resource, ...]
) -> list[Shortage]:
    """Resources that cannot hold the places whatever their order; the scarcest first."""
    found = []
    for resource in resources:
        asked = sum(count * resource.takes.get(slot, 0) for slot, count in wanted.items())
        if asked > resource.minutes:
            hours = (resource.window[1] - resource.window[0]) or 1
            short = (asked - resource.minutes) / hours
            found.append(
                Shortage(
                    day_type=day_type,
                    resource=resource.text,
                    asked=asked,
                    there=resource.minutes,
                    sentence=f"{day_type}: {asked} min of {resource.text} asked, "
                    f"{resource.minutes} there: {short:.1f} short all through",
                )
            )
    return sorted(found, key=lambda one: one.there - one.asked)


def _month_text(month: MonthPlan, demand: Demand) -> list[str]:
    """Load of the doctor and of every room over the month if nothing were missed."""
    wanted: dict[str, float] = demand.places_per_month()
    asked: dict[str, float] = {}
    there: dict[str, float] = {}
    for name, resources in month.resources.items():
        widest = {(one.kind, one.label): one for one in resources if _is_whole(one, resources)}
        for one in widest.values():
            there[one.label] = there.get(one.label, 0.0) + month.days[name] * one.minutes
            for slot, minutes in one.takes.items():
                asked.setdefault(one.label, 0.0)
                if name == next(iter(month.resources)):
                    asked[one.label] += minutes * wanted.get(slot.procedure.code, 0.0)
    return [
        f"{label}: {asked[label]:.0f} min a month asked, {there[label]:.0f} there "
        f"({asked[label] / there[label]:.0%})"
        for label in asked
        if there.get(label) and asked[label] > 0.8 * there[label]
    ]


def _is_whole(resource: Resource, resources: tuple[Resource, ...]) -> bool:
    first = min(one.window[0] for one in resources)
    last = max(one.window[1] for one in resources)
    return resource.window == (first, last)
