"""Who and what is there otherwise than usual on one date: people and chairs."""

import datetime as dt
from dataclasses import dataclass

from engine.practice import Chair, Practice, StaffBlock, StaffMember
from engine.practice.calendar import present_intervals, usable_intervals
from engine.units import MINUTES_PER_DAY, Interval, clock_text, subtract, to_minutes


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody or a chair, and in a sentence what is different; `all_day`: not there at all."""

    who: str
    what: str
    all_day: bool


def changes_on(practice: Practice, day: dt.date) -> tuple[Change, ...]:
    """Against the same weekday without anything dated: what concerns everyone, people, chairs."""
    usual = _usual(practice, day)
    everyone = (
        Change("everyone", _block_text(block), False)
        for block in practice.staff_blocks
        if day in block.dates and not block.staff
    )
    people = (_of_person(practice, usual, person, day) for person in practice.staff)
    chairs = (_of_chair(practice, chair, day) for chair in practice.chairs)
    return tuple(change for change in (*everyone, *people, *chairs) if change is not None)


def _usual(practice: Practice, day: dt.date) -> Practice:
    """The practice as its weeks usually are: nothing dated but what concerns everyone that day."""
    staff = tuple(
        person.model_copy(
            update={"shifts": tuple(shift for shift in person.shifts if shift.date is None)}
        )
        for person in practice.staff
    )
    blocks = tuple(
        block if not block.staff else block.model_copy(update={"dates": ()})
        for block in practice.staff_blocks
        if block.weekdays or (day in block.dates and not block.staff)
    )
    return practice.model_copy(update={"staff": staff, "staff_blocks": blocks})


def _block_text(block: StaffBlock) -> str:
    start = to_minutes(block.start) if block.start else 0
    end = to_minutes(block.end) if block.end else MINUTES_PER_DAY
    whole = (start, end) == (0, MINUTES_PER_DAY)
    return f"{block.kind.value} {'all day' if whole else _spans(((start, end),))}"


def _of_person(
    practice: Practice, usual: Practice, person: StaffMember, day: dt.date
) -> Change | None:
    as_usual = next(one for one in usual.staff if one.id == person.id)
    before = present_intervals(usual, as_usual, day)
    there = present_intervals(practice, person, day)
    if before == there:
        return None
    why = _why(practice, person, day)
    if not there:
        return Change(person.id, f"not there{why}, usually {_spans(before)}", True)
    if not before:
        return Change(person.id, f"there {_spans(there)}, usually not on this weekday", False)
    return Change(person.id, f"there {_spans(there)}{why}, usually {_spans(before)}", False)


def _why(practice: Practice, person: StaffMember, day: dt.date) -> str:
    """The kinds of the dated blocks of the person on that date."""
    kinds = [
        block.kind.value
        for block in practice.staff_blocks
        if day in block.dates and person.id in block.staff
    ]
    return f" ({', '.join(dict.fromkeys(kinds))})" if kinds else ""


def _of_chair(practice: Practice, chair: Chair, day: dt.date) -> Change | None:
    out = subtract([(0, MINUTES_PER_DAY)], usable_intervals(practice, chair, day))
    if not out:
        return None
    whole = out == ((0, MINUTES_PER_DAY),)
    return Change(chair.id, "out of use" + ("" if whole else f" {_spans(out)}"), whole)


def _spans(intervals: tuple[Interval, ...]) -> str:
    return ", ".join(f"{clock_text(start)}-{clock_text(end)}" for start, end in intervals) or "away"
