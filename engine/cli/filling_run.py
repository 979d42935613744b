"""One run of the fill, as `fill` and `demo` both do it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.certificate.certificate import Certificate
from engine.cli.console import OUT, Exit
from engine.cli.progress import watching
from engine.cli.tables import kpi_table, number
from engine.files import Loaded
from engine.kpi.adherence import adherence
from engine.kpi.filled import Filled
from engine.practice import Horizon, Problem
from engine.result import KpiValue, Regret, Result

if TYPE_CHECKING:
    from engine.filling.fill import FillSettings
    from engine.template.regret import FreeFill


def run_fill(
    problem: Problem, horizon: Horizon, settings: "FillSettings", quiet: bool
) -> tuple[Result, Certificate | None]:
    """Fills while a person watches, certifies what came out, and prices the model days."""
    # Loading the solver takes a second, which the other commands need not wait for.
    from engine.filling.fill import fill_certified
    from engine.template.regret import with_regret

    with watching(settings.time_limit, quiet) as on_progress:
        result, certificate = fill_certified(problem, horizon, settings, on_progress)
    return with_regret(problem, horizon, result, settings), certificate


def compare_freely(
    problem: Problem, horizon: Horizon, result: Result, settings: "FillSettings"
) -> "FreeFill | None":
    """A second fill without model days; None where the first left no schedule or was stopped."""
    from engine.template.regret import fill_freely

    if result.schedule is None or result.interrupted:
        return None
    return fill_freely(problem, horizon, result, settings)


def result_document(problem: Problem, result: Result) -> dict[str, Any]:
    """The result for machines, without the schedule, which has a file of its own.

    With it `adherence`: how far the schedule follows the model days; None without a schedule.
    """
    kept = None
    if result.schedule is not None:
        found = adherence(Filled(problem, result.schedule))
        kept = {**found.model_dump(mode="json"), "kept_share": found.kept_share}
    return {**result.model_dump(mode="json", exclude={"schedule"}), "adherence": kept}


def run_document(loaded: Loaded, result: Result, files: Sequence[Path]) -> dict[str, Any]:
    """A whole run for machines: the result, what the input lacked, and where the files are."""
    return {
        **result_document(loaded.problem, result),
        "problems": [problem.as_dict() for problem in loaded.problems],
        "defaults": [use._asdict() for use in loaded.defaults],
        "files": [str(path) for path in files],
    }


def exit_code_of(result: Result) -> Exit:
    """Interrupted with a schedule: saved. Without a schedule there is nothing good to say."""
    if result.schedule is None:
        return Exit.NOT_GOOD
    return Exit.INTERRUPTED if result.interrupted else Exit.DONE


def print_result(result: Result, files: Sequence[Path], free: tuple[KpiValue, ...] = ()) -> None:
    """Status, figures, gap, and where the files are. `free`: figures without model days."""
    if result.kpis:
        beside = {"without model days": free} if free else {}
        OUT.print(kpi_table({"engine": result.kpis, **beside}))
    OUT.print(closing_line(result), highlight=False, soft_wrap=True)
    if result.regret is not None:
        OUT.print(regret_line(result.regret), highlight=False, soft_wrap=True)
    for note in result.notes:
        OUT.print(f"  {note}", markup=False, highlight=False, soft_wrap=True)
    print_files(files)


def closing_line(result: Result) -> str:
    """`feasible after 12.1 s, gap 0.30 % of the avoidable part (bound 1,198.2), seed 0`."""
    parts = [f"{result.status.value} after {result.seconds:.1f} s"]
    if result.gap is not None and result.bound is not None:
        parts.append(
            f"gap {100 * result.gap:.2f} % of the avoidable part (bound {number(result.bound)})"
        )
    elif result.schedule is not None:
        parts.append("gap not known (no bound was found)")
    if result.certified_gap is not None:
        parts.append(f"certified {100 * result.certified_gap:.2f} %")
    parts.append(f"seed {result.seed}")
    if result.interrupted:
        parts.append("interrupted")
    return ", ".join(parts)


def regret_line(regret: Regret) -> str:
    """What the model days cost these dates, in points, as far as it is known."""
    parts = []
    if regret.found is not None:
        parts.append(f"{number(regret.found)} points by a second fill without them")
    if regret.estimate is not None:
        parts.append(f"{number(regret.estimate)} by prices")
    if regret.at_least:
        parts.append(f"at least {number(regret.at_least)}")
    if regret.at_most is not None:
        parts.append(f"at most {number(regret.at_most)}")
    return "The model days cost " + ", ".join(parts)


def print_files(files: Sequence[Path]) -> None:
    """One line per file, as paths to click or copy."""
    OUT.print("[bold]Results[/bold]")
    for path in files:
        OUT.print(f"  {path}", markup=False, highlight=False, soft_wrap=True)
