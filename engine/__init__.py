"""The public door of Model Day: everything a caller needs, loaded when it is first asked for.

Importing `engine` is cheap: the solver and the file readers are loaded only by the names that
need them (PEP 562). Nothing inside the package imports this page.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.checker import CheckReport, Violation, check
    from engine.day_run import DayFigures, simulate_days
    from engine.files import read_problem as load
    from engine.filling.by_hand import fill_by_hand
    from engine.filling.fill import FillSettings, fill_certified, fill_days
    from engine.generate import generate as generate_practice
    from engine.kpi import measure
    from engine.model_day.built import BuiltDays
    from engine.model_day.demand import demand_of
    from engine.model_day.design.build import BuildSettings, build_model_days
    from engine.model_day.goals import Goals
    from engine.practice import (
        Booking,
        Horizon,
        Policy,
        Practice,
        Problem,
        Procedure,
        Visit,
    )
    from engine.problems import PracticeProblem, PracticeProblemsError
    from engine.result import KpiValue, Result, Status, TracePoint
    from engine.schedule import PlacedSegment, Placement, Schedule, Unplaced
    from engine.simulate.replicate import replicate as simulate_years
    from engine.simulate.settings import YearSettings

_HOMES: dict[str, tuple[str, str]] = {
    "Booking": ("engine.practice", "Booking"),
    "BuildSettings": ("engine.model_day.design.build", "BuildSettings"),
    "BuiltDays": ("engine.model_day.built", "BuiltDays"),
    "CheckReport": ("engine.checker", "CheckReport"),
    "DayFigures": ("engine.day_run", "DayFigures"),
    "FillSettings": ("engine.filling.fill", "FillSettings"),
    "Goals": ("engine.model_day.goals", "Goals"),
    "Horizon": ("engine.practice", "Horizon"),
    "KpiValue": ("engine.result", "KpiValue"),
    "PlacedSegment": ("engine.schedule", "PlacedSegment"),
    "Placement": ("engine.schedule", "Placement"),
    "Policy": ("engine.practice", "Policy"),
    "Practice": ("engine.practice", "Practice"),
    "PracticeProblem": ("engine.problems", "PracticeProblem"),
    "PracticeProblemsError": ("engine.problems", "PracticeProblemsError"),
    "Problem": ("engine.practice", "Problem"),
    "Procedure": ("engine.practice", "Procedure"),
    "Result": ("engine.result", "Result"),
    "Schedule": ("engine.schedule", "Schedule"),
    "Status": ("engine.result", "Status"),
    "TracePoint": ("engine.result", "TracePoint"),
    "Unplaced": ("engine.schedule", "Unplaced"),
    "Violation": ("engine.checker", "Violation"),
    "Visit": ("engine.practice", "Visit"),
    "YearSettings": ("engine.simulate.settings", "YearSettings"),
    "build_model_days": ("engine.model_day.design.build", "build_model_days"),
    "check": ("engine.checker", "check"),
    "demand_of": ("engine.model_day.demand", "demand_of"),
    "fill_by_hand": ("engine.filling.by_hand", "fill_by_hand"),
    "fill_certified": ("engine.filling.fill", "fill_certified"),
    "fill_days": ("engine.filling.fill", "fill_days"),
    "generate_practice": ("engine.generate", "generate"),
    "load": ("engine.files", "read_problem"),
    "measure": ("engine.kpi", "measure"),
    "simulate_days": ("engine.day_run", "simulate_days"),
    "simulate_years": ("engine.simulate.replicate", "replicate"),
}

__all__ = [
    "Booking",
    "BuildSettings",
    "BuiltDays",
    "CheckReport",
    "DayFigures",
    "FillSettings",
    "Goals",
    "Horizon",
    "KpiValue",
    "PlacedSegment",
    "Placement",
    "Policy",
    "Practice",
    "PracticeProblem",
    "PracticeProblemsError",
    "Problem",
    "Procedure",
    "Result",
    "Schedule",
    "Status",
    "TracePoint",
    "Unplaced",
    "Violation",
    "Visit",
    "YearSettings",
    "build_model_days",
    "check",
    "demand_of",
    "fill_by_hand",
    "fill_certified",
    "fill_days",
    "generate_practice",
    "load",
    "measure",
    "simulate_days",
    "simulate_years",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'engine' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
