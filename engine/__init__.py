"""The public door of Model Day: everything a caller needs, loaded when it is first asked for.

Importing `engine` is cheap: the solver and the file readers are loaded only by the names that
need them (PEP 562). Nothing inside the package imports this page.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.checker import CheckReport, Violation, check
    from engine.day_run import DayFigures, simulate_days
    from engine.explain.explain import WhySettings
    from engine.explain.explain import explain as explain_visits
    from engine.files import read_problem as load
    from engine.filling.by_hand import fill_by_hand
    from engine.filling.fill import FillSettings, fill_certified, fill_days
    from engine.filling.openings.answers import Candidate, Opening
    from engine.filling.openings.hole import candidates_for
    from engine.filling.openings.open_book import OpenBook
    from engine.filling.short_notice import Hole
    from engine.filling.slot_prices import price_slots, with_slot_prices
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
    from engine.replan.absence import Absence
    from engine.replan.few_moves import MoveSettings, few_moves
    from engine.replan.repair import repair_day
    from engine.result import KpiValue, Result, Status, TracePoint
    from engine.schedule import Hold, PlacedSegment, Placement, Schedule, Unplaced
    from engine.simulate.replicate import replicate as simulate_years
    from engine.simulate.settings import YearSettings
    from engine.what_if.compare_scenarios import compare_scenarios
    from engine.what_if.scenarios import Scenario, ScenarioSettings

_HOMES: dict[str, tuple[str, str]] = {
    "Absence": ("engine.replan.absence", "Absence"),
    "Booking": ("engine.practice", "Booking"),
    "BuildSettings": ("engine.model_day.design.build", "BuildSettings"),
    "BuiltDays": ("engine.model_day.built", "BuiltDays"),
    "Candidate": ("engine.filling.openings.answers", "Candidate"),
    "CheckReport": ("engine.checker", "CheckReport"),
    "DayFigures": ("engine.day_run", "DayFigures"),
    "FillSettings": ("engine.filling.fill", "FillSettings"),
    "Goals": ("engine.model_day.goals", "Goals"),
    "Hold": ("engine.schedule", "Hold"),
    "Hole": ("engine.filling.short_notice", "Hole"),
    "Horizon": ("engine.practice", "Horizon"),
    "KpiValue": ("engine.result", "KpiValue"),
    "MoveSettings": ("engine.replan.few_moves", "MoveSettings"),
    "OpenBook": ("engine.filling.openings.open_book", "OpenBook"),
    "Opening": ("engine.filling.openings.answers", "Opening"),
    "PlacedSegment": ("engine.schedule", "PlacedSegment"),
    "Placement": ("engine.schedule", "Placement"),
    "Policy": ("engine.practice", "Policy"),
    "Practice": ("engine.practice", "Practice"),
    "PracticeProblem": ("engine.problems", "PracticeProblem"),
    "PracticeProblemsError": ("engine.problems", "PracticeProblemsError"),
    "Problem": ("engine.practice", "Problem"),
    "Procedure": ("engine.practice", "Procedure"),
    "Result": ("engine.result", "Result"),
    "Scenario": ("engine.what_if.scenarios", "Scenario"),
    "ScenarioSettings": ("engine.what_if.scenarios", "ScenarioSettings"),
    "Schedule": ("engine.schedule", "Schedule"),
    "Status": ("engine.result", "Status"),
    "TracePoint": ("engine.result", "TracePoint"),
    "Unplaced": ("engine.schedule", "Unplaced"),
    "Violation": ("engine.checker", "Violation"),
    "Visit": ("engine.practice", "Visit"),
    "WhySettings": ("engine.explain.explain", "WhySettings"),
    "YearSettings": ("engine.simulate.settings", "YearSettings"),
    "build_model_days": ("engine.model_day.design.build", "build_model_days"),
    "candidates_for": ("engine.filling.openings.hole", "candidates_for"),
    "check": ("engine.checker", "check"),
    "compare_scenarios": ("engine.what_if.compare_scenarios", "compare_scenarios"),
    "demand_of": ("engine.model_day.demand", "demand_of"),
    "explain_visits": ("engine.explain.explain", "explain"),
    "few_moves": ("engine.replan.few_moves", "few_moves"),
    "fill_by_hand": ("engine.filling.by_hand", "fill_by_hand"),
    "fill_certified": ("engine.filling.fill", "fill_certified"),
    "fill_days": ("engine.filling.fill", "fill_days"),
    "generate_practice": ("engine.generate", "generate"),
    "load": ("engine.files", "read_problem"),
    "measure": ("engine.kpi", "measure"),
    "price_slots": ("engine.filling.slot_prices", "price_slots"),
    "repair_day": ("engine.replan.repair", "repair_day"),
    "simulate_days": ("engine.day_run", "simulate_days"),
    "simulate_years": ("engine.simulate.replicate", "replicate"),
    "with_slot_prices": ("engine.filling.slot_prices", "with_slot_prices"),
}

__all__ = [
    "Absence",
    "Booking",
    "BuildSettings",
    "BuiltDays",
    "Candidate",
    "CheckReport",
    "DayFigures",
    "FillSettings",
    "Goals",
    "Hold",
    "Hole",
    "Horizon",
    "KpiValue",
    "MoveSettings",
    "OpenBook",
    "Opening",
    "PlacedSegment",
    "Placement",
    "Policy",
    "Practice",
    "PracticeProblem",
    "PracticeProblemsError",
    "Problem",
    "Procedure",
    "Result",
    "Scenario",
    "ScenarioSettings",
    "Schedule",
    "Status",
    "TracePoint",
    "Unplaced",
    "Violation",
    "Visit",
    "WhySettings",
    "YearSettings",
    "build_model_days",
    "candidates_for",
    "check",
    "compare_scenarios",
    "demand_of",
    "explain_visits",
    "few_moves",
    "fill_by_hand",
    "fill_certified",
    "fill_days",
    "generate_practice",
    "load",
    "measure",
    "price_slots",
    "repair_day",
    "simulate_days",
    "simulate_years",
    "with_slot_prices",
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
