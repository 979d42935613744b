"""The model day taken at its word: every cell takes its own class and nothing else."""

from engine.practice import ModelDay, Problem


def own_cells_only(problem: Problem) -> Problem:
    """The same question without fallbacks and releases; time in no cell stays open to all."""
    strict = tuple(_own_classes(model_day) for model_day in problem.practice.model_days)
    return problem.model_copy(
        update={
            "practice": problem.practice.model_copy(update={"model_days": strict}),
            "policy": problem.policy.model_copy(update={"release": ()}),
        }
    )


def _own_classes(model_day: ModelDay) -> ModelDay:
    cells = tuple(
        cell.model_copy(update={"fallbacks": (), "release": ()}) for cell in model_day.cells
    )
    return model_day.model_copy(update={"cells": cells})
