"""The design of model days, as a worker makes it."""

from api.queue.outcome import Outcome, refuses, too_late_to_stop
from api.queue.reporter import Reporter
from api.wire.built import ModelDaysOnWire
from api.wire.faults import on_wire
from api.wire.model_days import ModelDaySubmission
from api.wire.run import Answer
from api.wire.status import Failure, RunStatus
from engine.model_day.adopt import adopt
from engine.model_day.counted import count_visits
from engine.model_day.day_types import column_minutes, day_types_of
from engine.model_day.demand import demand_of
from engine.model_day.derivation import derivation_lines
from engine.model_day.goal_faults import goal_faults
from engine.model_day.known_treatments import known_treatments
from engine.validation import put_aside


def design(body: bytes, _: object, reporter: Reporter) -> Outcome:
    """Goals, demand, a design of each day type, and the page; a stop keeps what is designed."""
    # The solver is loaded here: the other operations need not wait for it.
    from engine.model_day.design.build import BuildSettings, build_model_days
    from engine.model_day.design.design_day import DesignSettings
    from engine.plot.model_day_page import model_day_html

    submission = ModelDaySubmission.model_validate_json(body)
    problem, faults = put_aside(submission.problem)
    wrong = goal_faults(submission.goals, problem.practice, "goals")
    validation = tuple(map(on_wire, (*faults, *wrong)))
    if refuses(faults) or wrong:
        return RunStatus.FAILED, Failure.INPUT, Answer(validation=validation)
    counted = count_visits(submission.history, problem.as_of.date())
    known = known_treatments(problem)
    demand = demand_of(submission.goals, problem.practice, counted, known)
    minutes = column_minutes(submission.goals, problem.practice)
    derivation = tuple(derivation_lines(demand, minutes))
    limits = submission.limits
    settings = BuildSettings(
        DesignSettings(limits.time_limit, limits.gap, limits.workers, limits.seed),
        with_costs=limits.costs,
        designs=limits.designs,
    )
    built = build_model_days(problem, demand, settings, lambda _line: reporter.take_step())
    too_late_to_stop()
    types = day_types_of(demand.goals, problem.practice)
    made = ModelDaysOnWire(
        derivation=derivation,
        built=built,
        practice=adopt(problem, types, built.days).practice,
    )
    page = model_day_html(problem, built, [*derivation, *built.lines])
    answer = Answer(validation=validation, model_days=made, page=page)
    if built.stopped:
        return RunStatus.STOPPED, None, answer
    if not built.complete:
        return RunStatus.FAILED, Failure.NO_SCHEDULE, answer
    return RunStatus.COMPLETED, None, answer
