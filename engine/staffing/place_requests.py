"""Requests at their times, all together: CP-SAT over times and over who serves which column.

    one time for each request;  nobody in two requests at once, nor in a column while away
    maximise the points that are served

For fixed times what is left is an assignment for each piece, so the model is small and its
relaxation tight. Limited in solver work alone: the same question has the same answer everywhere.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from engine.staffing.cost import Demand, doctor_points
from engine.staffing.options import Option
from engine.staffing.pieces import Piece, is_away

WORK = 20.0
"""CP-SAT's deterministic units, which are about seconds."""

SCALE = 100
"""Whole hundredths of points."""


def choose_options(
    demand: Demand, choices: Sequence[Sequence[Option]], seed: int = 0
) -> tuple[Option, ...] | None:
    """One option for each request so that the least demand is displaced, the earliest of equals.

    None where no choice fits together, or none was found within the limit.
    """
    model = cp_model.CpModel()
    chosen = [[model.new_bool_var("") for _ in options] for options in choices]
    for row in chosen:
        model.add_exactly_one(row)
    flat = [
        (option, variable)
        for options, row in zip(choices, chosen, strict=True)
        for option, variable in zip(options, row, strict=True)
    ]
    _part_clashes(model, choices, chosen)
    on_day: dict[dt.date, list[tuple[Option, cp_model.IntVar]]] = defaultdict(list)
    terms: list[cp_model.IntVar] = []
    gains: list[int] = []
    for place, (option, variable) in enumerate(flat):
        doctors = sum(doctor_points(demand.pieces(day), option) for day in option.dates)
        # A hundredth of a point at most for being later: the earliest of equals is taken.
        terms.append(variable)
        gains.append(-round(doctors * SCALE) * len(flat) - place)
        for day in option.dates:
            on_day[day].append((option, variable))
    for day, taken in on_day.items():
        for piece in demand.pieces(day):
            for variable, points in _serve(model, piece, taken):
                terms.append(variable)
                gains.append(round(points * SCALE) * len(flat))
    model.maximize(cp_model.LinearExpr.weighted_sum(terms, gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = WORK
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return tuple(
        next(o for o, v in zip(options, row, strict=True) if solver.boolean_value(v))
        for options, row in zip(choices, chosen, strict=True)
    )


def _part_clashes(
    model: cp_model.CpModel,
    choices: Sequence[Sequence[Option]],
    chosen: Sequence[Sequence[cp_model.IntVar]],
) -> None:
    """Nobody is in two requests at once."""
    for one, other in combinations(range(len(choices)), 2):
        for option, variable in zip(choices[one], chosen[one], strict=True):
            clashing = [
                theirs
                for second, theirs in zip(choices[other], chosen[other], strict=True)
                if option.clashes_with(second)
            ]
            if clashing:
                model.add_at_most_one([variable, *clashing])


def _serve(
    model: cp_model.CpModel, piece: Piece, taken: Sequence[tuple[Option, cp_model.IntVar]]
) -> list[tuple[cp_model.IntVar, float]]:
    """Who serves which column in a piece, with the points of each."""
    by_person: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    by_column: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    served = []
    for (who, column), points in piece.served.items():
        variable = model.new_bool_var("")
        by_person[who].append(variable)
        by_column[column].append(variable)
        served.append((variable, points))
    for variables in by_column.values():
        model.add_at_most_one(variables)
    for who, variables in by_person.items():
        away = [
            variable
            for option, variable in taken
            if is_away(piece, who, option.away_on(piece.date))
        ]
        model.add_at_most_one([*variables, *away])
    return served
