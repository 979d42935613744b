"""Colours of procedure classes: light fills under dark text, told apart by colour-blind readers.

Source: P. Tol, 'Colour Schemes', SRON technical note SRON/EPS/TN/09-002, issue 3.2 (2021),
schemes 'light' and 'pale', made for labels under black text; the last ones fill up to sixteen and
are not told apart by everybody. Colour is never the only sign: every block and cell bears its code.
"""

from engine.practice import Problem

CLASS_COLOURS: tuple[str, ...] = (
    "#77aadd",
    "#eedd88",
    "#44bb99",
    "#ee8866",
    "#99ddff",
    "#bbcc33",
    "#ffaabb",
    "#ccddaa",
    "#bbccee",
    "#d2b48c",
    "#eeeebb",
    "#cdb5e0",
    "#ffcccc",
    "#a8c5bd",
    "#c9a0b8",
    "#cccc66",
)
"""In the order in which classes get them; they repeat after the last."""


def class_colours(problem: Problem) -> dict[str, str]:
    """A fill for every class that a procedure or a cell names, in the order of the practice."""
    named = [procedure.procedure_class for procedure in problem.practice.procedures]
    named += [cell.procedure_class for day in problem.practice.model_days for cell in day.cells]
    order = dict.fromkeys(named)
    return {name: CLASS_COLOURS[at % len(CLASS_COLOURS)] for at, name in enumerate(order)}


def legend(problem: Problem) -> tuple[tuple[str, str, str], ...]:
    """Class, fill, and the procedure codes of the class."""
    codes: dict[str, list[str]] = {}
    for procedure in problem.practice.procedures:
        codes.setdefault(procedure.procedure_class, []).append(procedure.code)
    colours = class_colours(problem)
    return tuple((name, fill, ", ".join(codes.get(name, ()))) for name, fill in colours.items())
