"""Made-up practices, patients and books of any size, with a fixed seed."""

from engine.generate.generate import AS_OF, generate
from engine.generate.generated import Generated
from engine.generate.history import Planted, generate_history
from engine.generate.printed_summary import summary_lines
from engine.generate.summary import Summary

__all__ = [
    "AS_OF",
    "Generated",
    "Planted",
    "Summary",
    "generate",
    "generate_history",
    "summary_lines",
]
