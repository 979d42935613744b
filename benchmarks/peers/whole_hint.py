"""A hint made whole: CP-SAT takes a start at once only where every variable has its value."""

from ortools.sat.python import cp_model

from engine.solver.cp_sat import give_hint, solution_of

HINT_SHARE = 0.1
"""At most this share of the time left goes into completing the hint."""


def complete_hint(cp: cp_model.CpModel, seconds: float) -> bool:
    """Values for the variables that the hint leaves open; False where the time was too short."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.max_time_in_seconds = max(0.1, HINT_SHARE * seconds)
    if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return False
    cp.clear_hints()  # type: ignore[no-untyped-call]
    give_hint(cp, dict(enumerate(solution_of(solver).tolist())))
    return True
