"""Who works when, where practice.toml does not say: an open column has its assistant.

Only a missing key is a gap. `shifts = []` says that a person does not work, and a staff list
without assistants says that there are none (unless [defaults] assistants_per_column asks for them).
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from engine.files.case_types import ImportDefaults
from engine.files.loaded import DefaultsTally
from engine.practice import ChairKind, Practice, Role, Shift, StaffMember

_HOSTS = {
    ChairKind.CLINIC: Role.ASSISTANT,
    ChairKind.EXAM: Role.TREATMENT_COORDINATOR,
    ChairKind.RECORDS: Role.RECORDS_TECHNICIAN,
}
_LETTERS = {
    Role.DOCTOR: "DR",
    Role.ASSISTANT: "AS",
    Role.TREATMENT_COORDINATOR: "TC",
    Role.RECORDS_TECHNICIAN: "RT",
}


@dataclass(frozen=True, slots=True)
class StaffGaps:
    """What the file leaves out: the whole list, or the shifts of some of its entries."""

    no_list: bool = False
    without_shifts: frozenset[int] = frozenset()


def staff_gaps(raw: Any) -> StaffGaps:
    """The gaps of the section [practice]; a missing staff list becomes an empty one in `raw`."""
    if not isinstance(raw, dict):
        return StaffGaps()
    if "staff" not in raw:
        raw["staff"] = []
        return StaffGaps(no_list=True)
    staff = raw["staff"] if isinstance(raw["staff"], list) else []
    without = (
        at for at, person in enumerate(staff) if isinstance(person, dict) and "shifts" not in person
    )
    return StaffGaps(without_shifts=frozenset(without))


def fill_staff(
    practice: Practice, gaps: StaffGaps, defaults: ImportDefaults, tally: DefaultsTally
) -> Practice:
    """The practice with its gaps in people and shifts filled and counted."""
    shifts = tuple(
        Shift(weekday=hours.weekday, date=hours.date, start=hours.start, end=hours.end)
        for hours in practice.hours
    )
    staff = list(practice.staff)
    for at in gaps.without_shifts:
        staff[at] = staff[at].model_copy(update={"shifts": shifts})
        tally.add("shifts", "the opening hours")
    no_assistant = all(person.role is not Role.ASSISTANT for person in staff)
    if gaps.no_list:
        staff += _people(practice, Role.DOCTOR, 1, shifts, staff)
        tally.add("staff", "one doctor, in the opening hours")
    for kind, role in _HOSTS.items():
        asked = role is Role.ASSISTANT and defaults.assistants_per_column and no_assistant
        columns = sum(chair.kind is kind and not chair.overflow for chair in practice.chairs)
        if columns and (gaps.no_list or asked):
            staff += _people(practice, role, columns, shifts, staff)
            host = role.replace("_", " ")
            tally.add("staff", f"one {host} for each open {kind} column, all day", columns)
    return practice.model_copy(update={"staff": tuple(staff)})


def _people(
    practice: Practice,
    role: Role,
    count: int,
    shifts: tuple[Shift, ...],
    staff: list[StaffMember],
) -> list[StaffMember]:
    skills = dict.fromkeys(
        stage.skill
        for procedure in practice.procedures
        for stage in procedure.stages
        if stage.role is role and stage.skill
    )
    taken = {person.id for person in staff}
    free = (f"{_LETTERS[role]}{number}" for number in range(1, 100_000))
    ids = islice((id_ for id_ in free if id_ not in taken), count)
    return [StaffMember(id=one, role=role, skills=tuple(skills), shifts=shifts) for one in ids]
