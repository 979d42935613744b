"""The unavoidable part: every visit at its cheapest admissible place.

No schedule costs less, because each item takes exactly one of its columns and every other price
is at least zero. Costs are shifted so that an item's cheapest column costs nothing: the program's
own value is then the avoidable part, and a relative gap of the solver is a gap over it.
"""

from engine.solver.model import Item, Model


def shift_to_floor(model: Model) -> None:
    """Move each item's cheapest cost, and the costs of frozen bookings, into the constant."""
    program = model.program
    for item in model.items.values():
        columns = _places(item)
        cheapest = min(program.cost[column] for column in columns)
        for column in columns:
            program.cost[column] -= cheapest
        program.constant += cheapest
    for column in model.keep_column.values():
        if program.lower[column] == 1:
            program.constant += program.cost[column]
            program.cost[column] = 0


def floor_millipoints(model: Model) -> int:
    """Sum of each visit's cheapest admissible cost; needs shifted costs."""
    return model.program.constant - model.reducible


def _places(item: Item) -> list[int]:
    columns = [choice.column for choice in item.columns] + [item.unplaced]
    if item.keep >= 0:
        columns.append(item.keep)
    return columns
