"""Every change that a scenario can make."""

from typing import Annotated

from pydantic import Field

from engine.what_if.changes.absences import DoctorAbsent, Vacation
from engine.what_if.changes.chairs import ChairAdded, ChairClosed
from engine.what_if.changes.days import DayClosed, DayOpened
from engine.what_if.changes.demand import DemandUp
from engine.what_if.changes.doctor_time import DoctorTime
from engine.what_if.changes.hours import HoursChanged
from engine.what_if.changes.meeting import MeetingMoved
from engine.what_if.changes.procedure_length import ProcedureLength
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
