"""The command `modelday`."""

from importlib.metadata import version
from typing import Annotated

import typer

from engine.cli.adherence_command import adherence
from engine.cli.build_command import build
from engine.cli.certify_command import certify
from engine.cli.check_command import check
from engine.cli.demo_command import demo
from engine.cli.design_year_command import design_year
from engine.cli.fill_command import fill
from engine.cli.fill_hole_command import fill_hole
from engine.cli.generate_command import generate
from engine.cli.huddle_command import huddle
from engine.cli.measure_command import measure
from engine.cli.migrate_command import migrate
from engine.cli.moves_command import moves
from engine.cli.openings_command import openings
from engine.cli.prices_command import prices
from engine.cli.release_command import release
from engine.cli.repair_command import repair
from engine.cli.repair_template_command import repair_template
from engine.cli.respond_command import respond
from engine.cli.risk_commands import risk
from engine.cli.simulate_command import simulate
from engine.cli.slots_command import price_slots
from engine.cli.staff_calendar_command import staff_calendar
from engine.cli.validate_command import validate
from engine.cli.what_if_command import what_if
from engine.cli.why_command import why

app = typer.Typer(
    name="modelday",
    help="Designs and fills the model day of an orthodontic practice, checks and measures.",
    no_args_is_help=True,
    add_completion=False,
    # Tracebacks with local values could show rows of a practice's book.
    pretty_exceptions_enable=False,
)
for command in (
    demo,
    build,
    design_year,
    fill,
    price_slots,
    openings,
    fill_hole,
    huddle,
    why,
    repair,
    moves,
    respond,
    check,
    certify,
    measure,
    adherence,
    migrate,
    repair_template,
    release,
    staff_calendar,
    simulate,
    what_if,
    prices,
    generate,
    validate,
):
    app.command()(command)
app.add_typer(risk)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"modelday {version('modelday')}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="The version."),
    ] = False,
) -> None:
    """Designs and fills the model day of an orthodontic practice, checks and measures."""
