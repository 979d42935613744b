"""The judge: every hard rule checked on a finished schedule, blind to how it was made."""

from engine.checker.check import check
from engine.checker.report import CheckReport, Violation

__all__ = ["CheckReport", "Violation", "check"]
