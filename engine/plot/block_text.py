"""The words in a block: who, what, when, with whom; and the sentence behind it."""

from engine.plot.lettering import Line, lines_in
from engine.plot.names import Names
from engine.plot.stages_in_chair import StageInChair
from engine.plot.visit_signs import Sign
from engine.units import clock_text


def block_lines(
    names: Names, stage: StageInChair, width: float, head: float, height: float
) -> tuple[Line, ...]:
    """Patient and code first; a block of one line also bears its start where that fits.

    A name that is too long is cut, never the code: then the code stands first.
    """
    who, code, when = names.of(stage.visit.patient), _code(stage), _when(stage)
    people = _people(names, stage)
    rows = (
        (f"{who} {code}", f"{code} {who}"),
        (f"{when} {people}", when),
        (stage.procedure.title,),
    )
    one_line = (f"{when[:5]} {who} {code}", f"{who} {code}", f"{code} {who}")
    return lines_in(rows, one_line, width, head, height)


def block_sentence(names: Names, stage: StageInChair, chair: str, signs: tuple[Sign, ...]) -> str:
    """Everything there is to know, for the tooltip."""
    who, title = names.of(stage.visit.patient), stage.procedure.title
    return ". ".join(
        (
            f"{_when(stage)} {who}: {title} ({_code(stage)}), visit {stage.visit.id}",
            f"{names.of(chair)}, {_people(names, stage) or 'nobody named'}",
            *(sign.sentence for sign in signs),
        )
    )


def _code(stage: StageInChair) -> str:
    """`PROG 1/2` for the first of two rooms."""
    rooms = len(stage.procedure.stages)
    return stage.procedure.code + (f" {stage.index + 1}/{rooms}" if rooms > 1 else "")


def _when(stage: StageInChair) -> str:
    start, end = stage.span
    return f"{clock_text(start)}–{clock_text(end)}"


def _people(names: Names, stage: StageInChair) -> str:
    ids = [stage.segments[0].staff, *(segment.doctor for segment in stage.segments)]
    return " ".join(names.of(one) for one in dict.fromkeys(ids) if one is not None)
