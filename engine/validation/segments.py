"""Segments of a stage: on the grid, and doctor time that may come late inside its stage."""

from collections.abc import Iterator

from engine.practice import Problem, Procedure, SegmentKind, Stage
from engine.problems import PracticeProblem
from engine.validation.codes import fault


def segment_faults(
    problem: Problem, procedure: Procedure, stage: Stage, begin: int
) -> Iterator[PracticeProblem]:
    """Faults of one stage, which begins `begin` minutes after the start of the visit."""
    where, grid = f"procedure {procedure.code}", problem.practice.grid_minutes
    stage_end = begin + stage.minutes
    borders = [begin]
    for segment in stage.segments:
        borders.append(borders[-1] + segment.minutes)
    for index, segment in enumerate(stage.segments):
        start, end = borders[index], borders[index + 1]
        if segment.minutes % grid:
            yield fault(
                "segment-off-grid",
                where,
                f"{segment.kind} segment [{start}, {end}) min is {segment.minutes} min long, off "
                f"the {grid} min grid",
                f"make it a multiple of {grid} min, or choose a finer grid",
            )
        if segment.kind is not SegmentKind.DOCTOR:
            continue
        if segment.float_minutes % grid:
            yield fault(
                "float-off-grid",
                where,
                f"doctor segment [{start}, {end}) min floats by {segment.float_minutes} min, off "
                f"the {grid} min grid",
                "the minutes beyond the last whole step are not used",
            )
        latest = (start + segment.float_minutes, end + segment.float_minutes)
        if latest[1] > stage_end:
            yield fault(
                "float-leaves-stage",
                where,
                f"doctor segment [{latest[0]}, {latest[1]}) min, late by its float, leaves the "
                f"stage [{begin}, {stage_end}) min",
                f"let it float by at most {stage_end - end} min",
            )
        following = (
            borders[at]
            for at in range(index + 1, len(stage.segments))
            if stage.segments[at].kind is SegmentKind.DOCTOR
        )
        next_start = next(following, None)
        if next_start is not None and latest[1] > next_start:
            yield fault(
                "float-overlaps-doctor",
                where,
                f"doctor segment [{latest[0]}, {latest[1]}) min, late by its float, overlaps the "
                f"next doctor segment at minute {next_start}",
                f"let it float by at most {next_start - end} min",
            )
    if stage.turnover_minutes % grid:
        yield fault(
            "turnover-off-grid",
            where,
            f"turnover of {stage.turnover_minutes} min after [{begin}, {stage_end}) min is off the "
            f"{grid} min grid",
            f"make it a multiple of {grid} min",
        )
