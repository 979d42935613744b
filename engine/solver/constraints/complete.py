"""Rule `complete`: a visit has one time or is unplaced; a booking stays, moves or gives way."""

import numpy as np

from engine.solver.model import Model


def add(model: Model) -> None:
    """Per item: places + keep + unplaced = 1."""
    choices, items = model.choices, list(model.items.values())
    unplaced = np.array([item.unplaced for item in items], dtype=np.int64)
    keep = np.array([item.keep for item in items], dtype=np.int64)
    booked = np.flatnonzero(keep >= 0)
    parts = [
        (choices.item, choices.column, 1),
        (np.arange(len(items)), unplaced, 1),
        (booked, keep[booked], 1),
    ]
    model.program.rows("complete", len(items), parts, lower=1, upper=1)
