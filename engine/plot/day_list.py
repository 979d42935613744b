"""A day as a list, by time: the same as the sheet for those who read rather than look."""

from dataclasses import dataclass

from engine.plot.day_view import DayView
from engine.plot.names import Names
from engine.plot.visit_signs import signs_of
from engine.schedule import Placement
from engine.units import clock_text, to_minutes


@dataclass(frozen=True, slots=True)
class DayRow:
    """One visit of the day; several chairs or people are joined by a plus sign."""

    when: str
    patient: str
    procedure: str
    chair: str
    staff: str
    doctor: str
    signs: str


def day_rows(view: DayView) -> tuple[DayRow, ...]:
    """The placements of a day, earliest first."""
    ordered = sorted(view.placements, key=lambda p: (p.start, p.end, p.visit))
    return tuple(_row(view, placement) for placement in ordered)


def _row(view: DayView, placement: Placement) -> DayRow:
    problem, names = view.problem, view.names
    visit = problem.all_visits[placement.visit]
    segments = placement.segments
    return DayRow(
        f"{clock_text(to_minutes(placement.start))}–{clock_text(to_minutes(placement.end))}",
        names.of(visit.patient),
        f"{visit.procedure} {problem.procedures[visit.procedure].title}",
        _joined(names, [segment.chair for segment in segments]),
        _joined(names, [segment.staff for segment in segments]),
        _joined(names, [segment.doctor for segment in segments]),
        "; ".join(sign.sentence for sign in signs_of(problem, placement, view.no_show)),
    )


def _joined(names: Names, ids: list[str | None]) -> str:
    return " + ".join(names.of(one) for one in dict.fromkeys(ids) if one is not None)
