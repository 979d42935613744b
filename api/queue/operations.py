"""The operations: each asks the engine and says how it ended."""

from collections.abc import Callable

from api.queue.compare import compare
from api.queue.design import design
from api.queue.outcome import Outcome, refuses, too_late_to_stop
from api.queue.repair import repair
from api.queue.reporter import Reporter
from api.wire.faults import on_wire
from api.wire.run import Answer, Incumbent
from api.wire.status import Failure, Operation, RunStatus
from api.wire.submission import Submission
from engine.kpi import figures, measure, objective_points
from engine.problems import PracticeProblemsError
from engine.result import Status
from engine.validation import problems_of, put_aside

_LEAST_SECONDS = 0.1
"""Of search that is left to a run whose time was over when its worker was lost."""


def carry_out(
    operation: str, body: bytes, earlier: Incumbent | None, reporter: Reporter
) -> Outcome:
    """Do what the run asks for; a stop before there is any answer is one without content."""
    try:
        outcome = _OPERATIONS[Operation(operation)](body, earlier, reporter)
        too_late_to_stop()
    except KeyboardInterrupt:
        return RunStatus.STOPPED, None, Answer()
    return outcome


def _solve(body: bytes, earlier: Incumbent | None, reporter: Reporter) -> Outcome:
    # The solver is loaded here: the other operations need not wait for it.
    from engine.filling.carry_over import carry_over
    from engine.filling.fill import FillSettings
    from engine.replan.fill_around import fill_around, with_held
    from engine.template.regret import with_regret

    submission = Submission.model_validate_json(body)
    horizon, limits = submission.dates.horizon, submission.limits
    problem, faults = put_aside(submission.problem, horizon)
    validation = tuple(on_wire(fault) for fault in faults)
    if refuses(faults):
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=validation)
    reporter.take_faults(validation)
    known = problem.all_visits
    held = [one for one in submission.held_times if one.visit in known]
    if earlier is not None:
        start = earlier.schedule
    elif submission.schedule is not None:
        start = carry_over(with_held(problem, held), horizon, submission.schedule).schedule
    else:
        start = None
    # Solver work is no time: how much of it an earlier attempt did is not known.
    spent = 0.0 if limits.reproducible else reporter.spent
    settings = FillSettings(
        time_limit=max(_LEAST_SECONDS, limits.time_limit - spent),
        gap=limits.gap,
        workers=limits.workers,
        seed=limits.seed,
        reproducible=limits.reproducible,
    )
    result, certificate = fill_around(
        problem,
        horizon,
        held,
        settings,
        reporter.take_point,
        start=start,
        on_better=reporter.take_schedule,
    )
    if not held:  # with held times the bounds are about another question
        result = with_regret(problem, horizon, result, settings)
    schedule = result.schedule
    answer = Answer(
        validation=validation,
        result=result.model_copy(update={"schedule": None, "kpis": ()}),
        schedule=schedule,
        kpis=result.kpis,
        figures=None if schedule is None else figures(problem, schedule),
        objective=result.objective,
        certificate=certificate,
    )
    if schedule is None and not result.interrupted:
        infeasible = result.status is Status.INFEASIBLE
        status = RunStatus.INFEASIBLE if infeasible else RunStatus.FAILED
        return status, None if infeasible else Failure.NO_SCHEDULE, answer
    return (RunStatus.STOPPED if result.interrupted else RunStatus.COMPLETED), None, answer


def _validate(body: bytes, _: Incumbent | None, __: Reporter) -> Outcome:
    """Completed also where the input is refused: the list is what was asked for."""
    submission = Submission.model_validate_json(body)
    faults = problems_of(submission.problem, submission.dates.horizon)
    answer = Answer(validation=tuple(on_wire(fault) for fault in faults))
    return RunStatus.COMPLETED, None, answer


def _measure(body: bytes, _: Incumbent | None, __: Reporter) -> Outcome:
    submission = Submission.model_validate_json(body)
    schedule = submission.schedule
    if schedule is None:  # refused when it was submitted
        return RunStatus.FAILED, Failure.INPUT, Answer()
    problem, faults = put_aside(submission.problem, schedule.horizon)
    validation = tuple(on_wire(fault) for fault in faults)
    if refuses(faults):
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=validation)
    kpis = measure(problem, schedule)
    answer = Answer(
        validation=validation,
        schedule=schedule,
        kpis=kpis,
        figures=figures(problem, schedule),
        objective=objective_points(kpis),
    )
    return RunStatus.COMPLETED, None, answer


def _explain(body: bytes, _: Incumbent | None, __: Reporter) -> Outcome:
    """What binds for each visit without a time, and the changes that were tried and help."""
    from engine.explain.explain import explain

    submission = Submission.model_validate_json(body)
    schedule = submission.schedule
    if schedule is None:  # refused when it was submitted
        return RunStatus.FAILED, Failure.INPUT, Answer()
    problem, faults = put_aside(submission.problem, schedule.horizon)
    validation = tuple(map(on_wire, faults))
    if refuses(faults):
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=validation)
    try:
        report = explain(problem, schedule)
    except PracticeProblemsError as error:
        found = (*validation, *map(on_wire, error.problems))
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=found)
    answer = Answer(validation=validation, schedule=schedule, explanations=report)
    return RunStatus.COMPLETED, None, answer


_OPERATIONS: dict[Operation, Callable[[bytes, Incumbent | None, Reporter], Outcome]] = {
    Operation.SOLVE: _solve,
    Operation.VALIDATE: _validate,
    Operation.MEASURE: _measure,
    Operation.EXPLAIN: _explain,
    Operation.WHAT_IF: compare,
    Operation.MODEL_DAYS: design,
    Operation.REPAIR: repair,
}
