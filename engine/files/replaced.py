"""A problem with some of its parts exchanged."""

from typing import Any

from engine.practice import Problem


def replaced(problem: Problem, **parts: Any) -> Problem:
    """A new problem. `model_copy` would carry over the cached tables of the old visits."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem(**(fields | parts))
