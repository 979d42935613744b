"""A day as a list, by time: the same as the sheet for those who read rather than look."""

from dataclasses import dataclass

from engine.plot.names import Names
from engine.plot.visit_signs import NoShow, signs_of
from engine.practice import Problem
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


def day_rows(
    problem: Problem, placements: tuple[Placement, ...], names: Names, no_show: NoShow | None
) -> tuple[DayRow, ...]:
    """The placements of a day, earliest first."""
    ordered = sorted(placements, key=lambda p: (p.start, p.end, p.visit))
    return tuple(_row(problem, placement, names, no_show) for placement in ordered)


def _row(problem: Problem, placement: Placement, names: Names, no_show: NoShow | None) -> DayRow:
    visit = problem.all_visits[placement.visit]
    segments = placement.segments
    return DayRow(
        f"{clock_text(to_minutes(placement.start))}–{clock_text(to_minutes(placement.end))}",
        names.of(visit.patient),
        f"{visit.procedure} {problem.procedures[visit.procedure].title}",
        _joined(names, [segment.chair for segment in segments]),
        _joined(names, [segment.staff for segment in segments]),
        _joined(names, [segment.doctor for segment in segments]),
        "; ".join(sign.sentence for sign in signs_of(problem, placement, no_show)),
    )


def _joined(names: Names, ids: list[str | None]) -> str:
    return " + ".join(names.of(one) for one in dict.fromkeys(ids) if one is not None)
