"""Every change that a scenario can make."""

from typing import Annotated

from pydantic import Field

from engine.what_if.changes.absences import DoctorAbsent, Vacation
from engine.what_if.changes.chairs import ChairAdded, ChairClosed
from engine.what_if.changes.demand import DemandUp
from engine.what_if.changes.hours import DayClosed, DayOpened, HoursChanged
from engine.what_if.changes.meeting import MeetingMoved
from engine.what_if.changes.procedures import DoctorTime, ProcedureLength
from engine.what_if.changes.staff import SkillAdded, StaffAdded, StaffOut

AnyChange = Annotated[
    StaffOut
    | StaffAdded
    | SkillAdded
    | ChairAdded
    | ChairClosed
    | HoursChanged
    | DayOpened
    | DayClosed
    | ProcedureLength
    | DoctorTime
    | DemandUp
    | DoctorAbsent
    | MeetingMoved
    | Vacation,
    Field(discriminator="kind"),
]
"""One change, told by its `kind`."""
