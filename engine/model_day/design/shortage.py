"""Which goal cannot be met: arithmetic first, with numbers, before anything is solved."""

from collections.abc import Mapping

from engine.model_day.design.month import MonthPlan
from engine.model_day.design.resources import (
    Resource,
    planned_minutes,
    planned_share,
)
from engine.model_day.design.slots import Slot
from engine.model_day.goals import Goals
from engine.practice.base import Frozen
from engine.units import clock_text


class Shortage(Frozen):
    """A resource of a day type that is asked for more than is planned of it. Minutes of one day.

    `columns`: how many more of it, all through its window, what is planned of each, would do.
    """

    day_type: str
    resource: str
    asked: float
    planned: int
    there: int
    columns: float
    sentence: str


def shortages(
    day_type: str,
    wanted: Mapping[Slot, float],
    resources: tuple[Resource, ...],
    goals: Goals,
) -> list[Shortage]:
    """Resources that cannot hold the places whatever their order; the scarcest first."""
    found = []
    for resource in resources:
        asked = sum(count * resource.takes.get(slot, 0) for slot, count in wanted.items())
        planned = planned_minutes(resource, goals)
        if asked > planned + 0.5:
            share = planned_share(resource, goals)
            columns = (asked - planned) / share / (resource.open_minutes or 1)
            found.append(
                Shortage(
                    day_type=day_type,
                    resource=resource.text,
                    asked=asked,
                    planned=planned,
                    there=resource.minutes,
                    columns=columns,
                    sentence=f"{day_type}: {_sentence(resource, asked, planned, columns)}",
                )
            )
    return sorted(found, key=lambda one: -one.columns)


def precheck(month: MonthPlan, goals: Goals) -> list[Shortage]:
    """Of each resource of a day type the window that is shortest, if nothing of a month is cut."""
    found: list[Shortage] = []
    for name, resources in month.resources.items():
        by_label: dict[str, Shortage] = {}
        for one in shortages(name, month.shares[name], resources, goals):
            by_label.setdefault(one.resource.rpartition(",")[0], one)
        found += by_label.values()
    return found


def missed_lines(month: MonthPlan, goals: Goals) -> list[str]:
    """Visits of a month without a place, kind by kind, and where the month is full.

    And day types whose doctor is planned above the load of the goals so that fewer are missed.
    """
    lines = [
        f"{month.kinds[slot]}: {left:.1f} of {month.wanted[slot]:.1f} places a month do not fit"
        for slot, left in month.missed.items()
    ]
    full = _load_lines(month, goals) if lines else ()
    return [*lines, *full, *_overload_lines(month, goals)]


def _sentence(resource: Resource, asked: float, planned: int, columns: float) -> str:
    """`0.4 assistant column short between 15:00 and 17:00: 288 min asked, 240 there`."""
    first, last = (clock_text(minute) for minute in resource.window)
    # A twentieth of a column is told as minutes alone.
    short = f"{columns:.1f} {resource.one} short" if columns >= 0.05 else f"{resource.label} short"
    there = f"{planned:,} there"
    if planned < resource.minutes:
        there = f"{planned:,} planned of {resource.minutes:,} there"
    return f"{short} between {first} and {last}: {asked:,.0f} min asked, {there}"


def _load_lines(month: MonthPlan, goals: Goals) -> list[str]:
    """Resources of the whole month whose planned share would be nearly used up, nothing missed."""
    asked: dict[str, float] = {}
    there: dict[str, float] = {}
    planned: dict[str, float] = {}
    for name, resources in month.resources.items():
        widest = {(one.kind, one.label): one for one in resources if _is_whole(one, resources)}
        for one in widest.values():
            days = month.days[name]
            takes = sum(
                minutes * month.shares[name].get(slot, 0.0) for slot, minutes in one.takes.items()
            )
            asked[one.label] = asked.get(one.label, 0.0) + days * takes
            there[one.label] = there.get(one.label, 0.0) + days * one.minutes
            planned[one.label] = planned.get(one.label, 0.0) + days * planned_minutes(one, goals)
    return [
        f"{label}: {asked[label]:,.0f} min a month asked, {planned[label]:,.0f} planned of "
        f"{there[label]:,.0f} there ({asked[label] / planned[label]:.0%} of what is planned)"
        for label in asked
        if planned[label] and asked[label] > 0.95 * planned[label]
    ]


def _overload_lines(month: MonthPlan, goals: Goals) -> list[str]:
    lines = []
    for name, resources in month.resources.items():
        for one in resources:
            if one.kind == "doctor" and _is_whole(one, resources):
                asked = sum(n * one.takes.get(slot, 0) for slot, n in month.slots[name].items())
                if asked > planned_minutes(one, goals):
                    lines.append(
                        f"{name}: {asked} of {one.minutes} min of the doctor's are planned "
                        f"({asked / one.minutes:.0%}, above the {goals.doctor_load:.0%} of the "
                        "goals), so that fewer visits are without a place"
                    )
    return lines


def _is_whole(resource: Resource, resources: tuple[Resource, ...]) -> bool:
    first = min(one.window[0] for one in resources)
    last = max(one.window[1] for one in resources)
    return resource.window == (first, last)
