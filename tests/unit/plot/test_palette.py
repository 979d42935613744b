"""Colours: light, distinct, and readable under dark text."""

from engine.plot.palette import CLASS_COLOURS, class_colours, legend
from engine.practice import Cell, ModelDay

INK = "#1d2733"


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_dark_text_is_readable_on_every_fill():
    for colour in CLASS_COLOURS:
        assert (luminance(colour) + 0.05) / (luminance(INK) + 0.05) >= 4.5, colour
    assert len(set(CLASS_COLOURS)) == len(CLASS_COLOURS)


def test_classes_of_procedures_and_of_cells_have_a_fill(tiny):
    cell = Cell(id="x", procedure_class="emergency", columns=("C1",), start="08:00", end="09:00")
    problem = tiny.problem(model_days=(ModelDay(id="full", title="Full", cells=(cell,)),))
    colours = class_colours(problem)
    assert list(colours) == ["adj", "clean", "bond", "exam", "rec", "emergency"]
    assert len(set(colours.values())) == 6
    assert legend(problem)[2] == ("bond", colours["bond"], "BOND")
    assert legend(problem)[5] == ("emergency", colours["emergency"], "")


def test_colours_repeat_rather_than_run_out(tiny):
    many = [tiny.procedure(f"P{n}", "A10") for n in range(len(CLASS_COLOURS) + 2)]
    colours = class_colours(tiny.problem(procedures=many))
    assert set(colours.values()) == set(CLASS_COLOURS)
