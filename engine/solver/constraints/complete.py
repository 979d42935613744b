"""Rule `complete`: a visit has one time or is unplaced; a booking stays, moves or gives way."""

from engine.solver.model import Model


def add(model: Model) -> None:
    """Per item: places + keep + unplaced = 1."""
    for item in model.items.values():
        columns = [choice.column for choice in item.columns] + [item.unplaced]
        if item.keep >= 0:
            columns.append(item.keep)
        model.program.row("complete", columns, lower=1, upper=1)
